package cli

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math"
	"os"
	"path"
	"path/filepath"
	"reflect"
	"slices"

	"github.com/spf13/cobra"

	"rubric/engine"
	"rubric/engine/dataset"
	"rubric/engine/prove"
	"rubric/engine/report"
	"rubric/engine/suite"
	"rubric/spec/check"
	"rubric/spec/diag"
	"rubric/spec/diff"
	"rubric/spec/source"
)

func (a *app) proveCommand() *cobra.Command {
	var data []string
	var format, output string
	var within float64
	cmd := &cobra.Command{
		Use:   "prove OLD NEW",
		Short: "Prove that two versions of a methodology yield the same figures",
		Long: "Prove that two versions of a methodology yield the same figures: over the data that each names, every FILE of --data,\n" +
			"and every case of the " + suite.Name + " beside each. What is proved has a digest; what is not, the first figure that differs.",
		Example: "  rubric prove HEAD:./draft draft\n" +
			"  rubric prove old new --data 2023.csv --data 2024.csv --within 1e-9",
		Args: exactly("OLD", "NEW"),
		RunE: func(cmd *cobra.Command, args []string) error {
			switch {
			case math.IsNaN(within) || math.IsInf(within, 0) || within < 0:
				return usage("--within: %v is no tolerance: a number of at least 0", within)
			case slices.Contains(data, "-"):
				return usage("--data: standard input can be read once, and a proof reads it twice: name a file")
			}
			p, err := a.proof(args, data, within)
			if err != nil {
				return err
			}
			err = a.output(output, func(w io.Writer) error {
				if format == "json" {
					return prove.JSON(w, p)
				}
				return prove.Text(w, p, report.Style{Width: a.width(w), Color: a.color(w)})
			})
			if err == nil && p.First != nil {
				return errFindings
			}
			return err
		},
	}
	formatFlag(cmd, &format, "text", "text", "json")
	cmd.Flags().StringArrayVar(&data, "data", nil, "raw data that both versions are tried on, each file by itself; repeatable")
	cmd.Flags().Float64Var(&within, "within", 0, "by how much a value or a score may differ; 0: not by a bit. Ranks, bands and statuses never may")
	cmd.Flags().StringVarP(&output, "output", "o", "", "write to this file, whole or not at all; - is standard output")
	return cmd
}

// versions loads two versions of one methodology, and says what changed between them.
func (a *app) versions(args []string) (before, after *loaded, d *diff.Diff, err error) {
	if before, err = a.load(args[0]); err != nil {
		return nil, nil, nil, err
	}
	if after, err = a.load(args[1]); err != nil {
		return nil, nil, nil, err
	}
	if err := a.oneIndex(before, after); err != nil {
		return nil, nil, nil, err
	}
	d, err = diff.Of(before.m, after.m)
	return before, after, d, err
}

// oneIndex holds two documents to be of one index.
func (a *app) oneIndex(one, other *loaded) error {
	if one.m.Index == other.m.Index {
		return nil
	}
	d := diag.New(diag.NameIndex, other.m.Root.Place, "the index is `%s`, and that of %s is `%s`: versions of one index are put side by side", other.m.Index, one.name(one.file), one.m.Index)
	return a.print(diag.List{d.WithRelated(one.m.Root.Place, "the other index").
		WithHelp("name two versions of one index, or correct `index:`; to see another index' method on the same data, `rubric score METHODOLOGY --data FILE`")})
}

// proof tries two versions on everything that there is.
func (a *app) proof(args, data []string, within float64) (*prove.Proof, error) {
	before, after, d, err := a.versions(args)
	if err != nil {
		return nil, err
	}
	t := &trial{a: a, before: before, after: after, p: prove.New(d, within)}
	if err := t.own(); err != nil {
		return nil, err
	}
	for i, name := range data {
		if t.again(name, data[:i]) {
			continue
		}
		if err := t.data(name, before, dataFlags{data: []string{name}}); err != nil {
			return nil, err
		}
	}
	if err := t.suites(); err != nil {
		return nil, err
	}
	if len(t.p.Runs) == 0 {
		return nil, usage("nothing to prove it on: neither version names data or has a %s; name a file by --data", suite.Name)
	}
	t.p.Close()
	return t.p, nil
}

// trial tries two versions on one data set after the other.
type trial struct {
	a             *app
	before, after *loaded
	p             *prove.Proof
	sameData      bool // both name the same files
}

// own tries both versions on the data that each of them names.
func (t *trial) own() error {
	names := func(l *loaded) (data, all []string) {
		f := l.m.Files
		return slices.Concat(f.Data, f.Given), l.beside()
	}
	oldData, oldAll := names(t.before)
	newData, newAll := names(t.after)
	t.sameData = sameFiles(t.before, oldAll, t.after, newAll)
	switch {
	case len(oldData) > 0 && t.sameData:
		return t.data("the data of both", t.before, dataFlags{})
	case len(oldData) > 0:
		if err := t.data("the data of the old version", t.before, dataFlags{}); err != nil {
			return err
		}
	}
	if len(newData) > 0 {
		return t.data("the data of the new version", t.after, dataFlags{})
	}
	return nil
}

// again says whether a file of --data was tried: an earlier one of --data, or the only
// one that a version names, and nothing is said beside it that a file of --data does not
// have.
func (t *trial) again(name string, earlier []string) bool {
	path := t.a.path(name)
	layout := func(name string) [2]check.Shape { return [2]check.Shape{t.before.shape(name), t.after.shape(name)} }
	same := func(other string, open func() (fs.File, error)) bool {
		return reflect.DeepEqual(layout(filepath.Base(name)), layout(filepath.Base(other))) &&
			sameContent(func() (fs.File, error) { return os.Open(path) }, open)
	}
	for _, other := range earlier {
		if same(other, func() (fs.File, error) { return os.Open(t.a.path(other)) }) {
			return true
		}
	}
	beside := func(l *loaded) []string { return append([]string{l.m.Files.Units}, l.m.Files.Given...) }
	for _, l := range []*loaded{t.before, t.after} {
		f := l.m.Files
		if len(f.Data) == 1 && len(f.Status) == 0 && f.Corrections == "" && sameFiles(t.before, beside(t.before), l, beside(l)) &&
			same(f.Data[0], func() (fs.File, error) { return l.placeOf(f.Data[0]).open(f.Data[0]) }) {
			return true
		}
	}
	return false
}

// sameFiles says whether two versions name files of one content, each in its place; an
// empty name is none.
func sameFiles(l *loaded, names []string, m *loaded, others []string) bool {
	if len(names) != len(others) {
		return false
	}
	for i, name := range names {
		switch other := others[i]; {
		case name == "" || other == "":
			if name != other {
				return false
			}
		case !sameContent(func() (fs.File, error) { return l.placeOf(name).open(name) }, func() (fs.File, error) { return m.placeOf(other).open(other) }):
			return false
		}
	}
	return true
}

// sameContent says whether two files have the same bytes; not if one cannot be read.
func sameContent(one, other func() (fs.File, error)) bool {
	x, err := one()
	if err != nil {
		return false
	}
	defer x.Close()
	y, err := other()
	if err != nil {
		return false
	}
	defer y.Close()
	return sameBytes(x, y)
}

// sameBytes compares two files block by block.
func sameBytes(x, y io.Reader) bool {
	a, b := make([]byte, 1<<16), make([]byte, 1<<16)
	for {
		n, err := io.ReadFull(x, a)
		k, other := io.ReadFull(y, b)
		if !bytes.Equal(a[:n], b[:k]) {
			return false
		}
		if err != nil || other != nil {
			return errors.Is(err, io.EOF) == errors.Is(other, io.EOF)
		}
	}
}

// data tries both versions on data of one of them. What neither of them can evaluate
// is no proof of anything.
func (t *trial) data(name string, of *loaded, f dataFlags) error {
	var out [2]prove.Outcome
	for i, l := range []*loaded{t.before, t.after} {
		in, err := t.a.inputsOf(of, l, f)
		if err != nil {
			return err
		}
		if out[i], err = outcome(l.m, in); err != nil {
			return err
		}
	}
	if out[0].Result == nil && out[1].Result == nil {
		return t.a.print(out[1].Errors)
	}
	t.p.Add(name, out[0], out[1])
	return nil
}

// inputsOf are data of one version, laid out as the other one says.
func (a *app) inputsOf(of, by *loaded, f dataFlags) (dataset.Inputs, error) {
	in, err := a.dataInputs(of, f, false)
	if err != nil || of == by {
		return in, err
	}
	for _, list := range [][]dataset.Input{in.Data, in.Given, in.Status} {
		for i := range list {
			list[i].Shape = by.shape(path.Base(list[i].Name))
		}
	}
	if in.Units != nil {
		in.Units.Shape = by.shape(path.Base(in.Units.Name))
	}
	return in, nil
}

// outcome evaluates a version on data.
func outcome(m *check.Methodology, in dataset.Inputs) (out prove.Outcome, err error) {
	d, list, err := dataset.Load(m, in)
	if err != nil {
		return out, usageError{err}
	}
	if d != nil {
		var more diag.List
		out.Result, more = engine.Compile(m).Eval(d, engine.Options{})
		list.Add(more...)
	}
	if out.Errors = atLeast(list.Sorted(), diag.Error); len(out.Errors) > 0 {
		out.Result = nil
	}
	return out, nil
}

// suites tries both versions on the cases of the suites beside them.
func (t *trial) suites() error {
	var first []byte
	for _, l := range []*loaded{t.before, t.after} {
		at := place{l.fs, l.dir, suite.Name, l.shown}
		text, err := at.read(suite.Name)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return usage("cannot read %s: %v", at.name(suite.Name), unwrapped(err))
		}
		again := bytes.Equal(first, text)
		if again && t.sameData {
			continue
		}
		first = text
		if err := t.suite(l, at, text, again); err != nil {
			return err
		}
	}
	return nil
}

// suite tries both versions on the cases of one suite; ownOnly: on those alone that are
// about the data that its methodology names.
func (t *trial) suite(l *loaded, at place, text []byte, ownOnly bool) error {
	doc, list := suite.Parse(source.NewFile(at.name(at.file), text))
	if doc == nil {
		return t.a.print(list)
	}
	if doc.Methodology != "" && path.Base(doc.Methodology) != l.file {
		_, err := fmt.Fprintf(t.a.Stderr, "%s tests %s, and is left out\n", at.name(at.file), diag.Plain(doc.Methodology))
		return err
	}
	s, more := doc.Check(l.m)
	list.Add(more...)
	if err := t.a.print(atLeast(list, diag.Error)); err != nil || s == nil {
		return err
	}
	var runners [2]*suite.Runner
	for i, by := range []*loaded{t.before, t.after} {
		runners[i] = t.a.runner(s, at, by)
		runners[i].Own = func(m *check.Methodology) (dataset.Inputs, diag.List, error) {
			own := *by
			own.m = m
			in, err := t.a.inputsOf(l, &own, dataFlags{})
			return in, nil, err
		}
	}
	for _, c := range s.Cases {
		own := c.Data == nil && c.Given == nil
		if ownOnly && !own || own && c.Set == nil && !c.Computed && len(l.m.Files.Data)+len(l.m.Files.Given) > 0 {
			continue // it was tried
		}
		var out [2]prove.Outcome
		for i, r := range runners {
			result, found, err := r.Evaluate(c)
			if err != nil {
				return err
			}
			if out[i].Errors = atLeast(found.Sorted(), diag.Error); len(out[i].Errors) == 0 {
				out[i].Result = result
			}
		}
		t.p.Add("case "+c.ID+" of "+at.name(at.file), out[0], out[1])
	}
	return nil
}
