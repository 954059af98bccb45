package cli

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math"
	"path"
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
	if before.m.Index != after.m.Index {
		return nil, nil, nil, usage("%s is of the index `%s`, and %s of `%s`: versions of one index are compared", before.name(before.file), before.m.Index, after.name(after.file), after.m.Index)
	}
	d, err = diff.Of(before.m, after.m)
	return before, after, d, err
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
	for _, name := range data {
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
	t.sameData = len(oldAll) == len(newAll)
	for i := range oldAll {
		t.sameData = t.sameData && sameFile(t.before, oldAll[i], t.after, newAll[i])
	}
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

// sameFile says whether two versions name files of one content.
func sameFile(l *loaded, name string, m *loaded, other string) bool {
	x, err := l.placeOf(name).open(name)
	if err != nil {
		return false
	}
	defer x.Close()
	y, err := m.placeOf(other).open(other)
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
