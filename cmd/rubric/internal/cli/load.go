package cli

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"hash"
	"io"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"rubric/engine"
	"rubric/engine/dataset"
	"rubric/engine/report"
	"rubric/spec"
	"rubric/spec/check"
	"rubric/spec/correction"
	"rubric/spec/diag"
	"rubric/spec/extend"
	"rubric/spec/override"
	"rubric/spec/silence"
	"rubric/spec/source"
)

// loaded is a methodology that was found, read and checked.
type loaded struct {
	place
	set      []string          // changes that are tried
	changes  []override.Change // more of these, of a case of a suite
	language string            // that titles are wanted in; empty: English, or else their first
	editions map[string]place  // where each of its documents was found, by its file's name
	m        *check.Methodology
	digests  report.Digests
	hashes   map[string]hash.Hash
}

// load finds, reads and checks a methodology. It prints warnings and errors.
func (a *app) load(arg string, set ...string) (*loaded, error) {
	at, err := a.locate(arg)
	if err != nil {
		return nil, err
	}
	l, list, err := a.document(at, set...)
	if err != nil {
		return nil, err
	}
	if err := a.print(atLeast(list, diag.Warning)); err != nil {
		return nil, err
	}
	if len(set) > 0 { // whatever comes of it is not the method of the document
		l.digests.Settings = set
		if _, err := fmt.Fprintf(a.Stderr, "not the document as it is: %s\n", strings.Join(set, ", ")); err != nil {
			return nil, err
		}
	}
	return l, nil
}

// setFlag is the flag of changes that are tried without editing the document.
func setFlag(cmd *cobra.Command, set *[]string) {
	cmd.Flags().StringArrayVar(set, "set", nil, "try a change without editing: NODE.KEY=VALUE, such as economy.weight=2; repeatable")
}

// document reads and checks the document at a place; the methodology is nil if
// there is an error among the findings.
func (a *app) document(at place, set ...string) (*loaded, diag.List, error) {
	return a.documentIn("", at, set...)
}

// documentIn is document with the titles in a language.
func (a *app) documentIn(language string, at place, set ...string) (*loaded, diag.List, error) {
	text, err := at.read(at.file)
	if err != nil {
		return nil, nil, usageError{fmt.Errorf("read %s: %w", at.name(at.file), unwrapped(err))}
	}
	a.reads(at, at.file)
	l := &loaded{place: at, set: set, language: language, editions: map[string]place{}, hashes: map[string]hash.Hash{}}
	file := source.NewFile(at.name(at.file), text)
	m, list := a.checked(l, file)
	l.m = m
	list.Add(a.notesOf(file, m)...)
	if m == nil {
		return l, list, nil
	}
	for _, name := range l.beside() {
		a.reads(l.placeOf(name), name)
	}
	sum := sha256.New()
	sum.Write(text)
	for _, e := range m.Extends { // one digest of all that the document says
		sum.Write(e.File.Data)
	}
	l.digests = report.Digests{Document: "sha256:" + hex.EncodeToString(sum.Sum(nil)), Engine: version() + " engine " + engine.Version, Data: map[string]string{}}
	return l, list, nil
}

// notesOf reads the notes that silence findings in a document and in those that it
// extends.
func (a *app) notesOf(file *source.File, m *check.Methodology) (list diag.List) {
	files := []*source.File{file}
	if m != nil {
		for _, e := range m.Extends {
			files = append(files, e.File)
		}
	}
	for _, f := range files {
		notes, wrong := silence.Read(f)
		a.notes = append(a.notes, notes...)
		list.Add(wrong...)
	}
	return list
}

// placeOf is where a file stands that the document names: beside the document
// that its name was written in.
func (l *loaded) placeOf(name string) place {
	if at, ok := l.editions[l.m.Files.Places[name].File]; ok {
		return at
	}
	return l.place
}

// reads notes a file of the document's folder as read by this run.
func (a *app) reads(at place, name string) {
	f, err := at.open(name)
	if err != nil {
		return // it is reported where it is read
	}
	defer f.Close()
	if info, err := f.Stat(); err == nil {
		a.read = append(a.read, info)
	}
}

// beside are the names of the files that a document names.
func (l *loaded) beside() []string {
	m := l.m
	names := slices.Concat(m.Files.Data, m.Files.Given, m.Files.Status)
	for _, t := range m.Files.Published {
		if t.File != "" {
			names = append(names, t.File)
		}
	}
	for _, name := range []string{m.Files.Units, m.Files.Corrections, m.Files.Deviations} {
		if name != "" {
			names = append(names, name)
		}
	}
	return names
}

// checked loads and checks a document, and the editions that it extends.
func (a *app) checked(l *loaded, f *source.File) (*check.Methodology, diag.List) {
	l.editions[f.Name] = l.place
	resolve := func(ref string, from *source.File) (*source.File, error) {
		at, err := a.edition(l.editions[from.Name], ref)
		if err != nil {
			return nil, err
		}
		text, err := at.read(at.file)
		if err != nil {
			return nil, unwrapped(err)
		}
		a.reads(at, at.file)
		l.editions[at.name(at.file)] = at
		return source.NewFile(at.name(at.file), text), nil
	}
	folder := "" // what was typed need not say it
	if _, at := l.fs.(revision); !at && !l.isBuiltIn() {
		folder = path.Dir(filepath.ToSlash(a.real(f.Name)))
	}
	doc, list := spec.LoadWith(f, spec.Options{Resolve: resolve, Set: l.set, Changes: l.changes, Folder: folder})
	if doc == nil {
		return nil, list.Sorted()
	}
	m, more := check.CheckIn(doc, engine.Catalogue(), l.language)
	// One cause, one finding: what the schema refuses at a place need not be
	// refused there again for what it means.
	shape := map[source.Place]bool{}
	for _, d := range list {
		shape[d.Place] = true
	}
	for _, d := range more {
		if !shape[d.Place] {
			list.Add(d)
		}
	}
	for _, e := range doc.Extends {
		list = extended(e, resolve, list)
	}
	if list.Errors() > 0 {
		return nil, list.Sorted()
	}
	return m, list.Sorted()
}

// extended adds what is wrong with an edition that is extended: it stands by
// itself, or nothing can be built on it.
func extended(e extend.Edition, resolve extend.Resolve, list diag.List) diag.List {
	doc, own := spec.LoadWith(e.File, spec.Options{Resolve: resolve})
	if doc != nil && own.Errors() == 0 {
		_, more := check.Check(doc, engine.Catalogue())
		own.Add(more...)
	}
	if own.Errors() == 0 {
		return list
	}
	for _, d := range own {
		if d.Severity == diag.Error && !slices.ContainsFunc(list, func(x diag.Diagnostic) bool { return x.Place == d.Place && x.Code == d.Code }) {
			list.Add(d)
		}
	}
	list.Add(diag.New(diag.ExtendsInvalid, e.Place, "the edition `%s` has errors, and nothing can be built on it", e.Ref).WithHelp("correct %s", e.File.Name))
	return list
}

// atLeast leaves out findings below a severity.
func atLeast(list diag.List, s diag.Severity) diag.List {
	var out diag.List
	for _, d := range list {
		if d.Severity >= s {
			out.Add(d)
		}
	}
	return out
}

// nothingGiven is the name that stands for no file: --given none computes
// everything from raw data.
const nothingGiven = "none"

// dataFlags are the flags that replace what lies beside the document.
type dataFlags struct {
	data, given []string
}

func (f *dataFlags) add(cmd *cobra.Command) {
	cmd.Flags().StringArrayVar(&f.data, "data", nil, "raw data, instead of the document's; repeatable; - is standard input")
	cmd.Flags().StringArrayVar(&f.given, "given", nil, "given figures of nodes, instead of the document's; repeatable; none: compute all from raw data")
}

// dataset reads the data of a methodology: what flags name, else what the
// document names.
func (a *app) dataset(l *loaded, f dataFlags, digest bool) (*dataset.Dataset, error) {
	in, err := a.dataInputs(l, f, digest)
	if err != nil {
		return nil, err
	}
	d, list, err := dataset.Load(l.m, in)
	if err != nil {
		return nil, usageError{err}
	}
	if err := a.print(atLeast(list, diag.Warning)); err != nil {
		return nil, err
	}
	for name, h := range l.hashes {
		l.digests.Data[name] = "sha256:" + hex.EncodeToString(h.Sum(nil))
	}
	return d, nil
}

func (a *app) dataInputs(l *loaded, f dataFlags, digest bool) (in dataset.Inputs, err error) {
	in, list, err := a.unsaidInputs(l, f, digest)
	if err != nil {
		return in, err
	}
	return in, a.print(atLeast(list, diag.Warning))
}

// unsaidInputs is dataInputs with what was found in the list of corrections, which
// nobody has been told.
func (a *app) unsaidInputs(l *loaded, f dataFlags, digest bool) (in dataset.Inputs, list diag.List, err error) {
	if name := l.m.Files.Units; name != "" {
		units, err := l.bundled(name, digest)
		if err != nil {
			return in, nil, err
		}
		in.Units = &units
	}
	if in.Data, err = a.inputs(l, f.data, l.m.Files.Data, digest); err != nil {
		return in, nil, err
	}
	if f.data == nil { // letters and corrections are of the document's own data
		if in.Status, err = a.inputs(l, nil, l.m.Files.Status, digest); err != nil {
			return in, nil, err
		}
		if in.Corrections, list, err = a.corrections(l, digest); err != nil {
			return in, nil, err
		}
	}
	in.Given, err = a.inputs(l, f.given, l.m.Files.Given, digest)
	return in, list, err
}

// listed is a list in YAML beside a document, of corrections or of deviations.
func listed(in dataset.Input) (*source.File, error) {
	r, err := in.Open()
	if err != nil {
		return nil, usageError{err}
	}
	defer r.Close()
	data, err := readDocument(r)
	if err != nil {
		return nil, usageError{err}
	}
	return source.NewFile(in.Name, data), nil
}

// corrections reads the list of cells that are changed; none without one.
func (a *app) corrections(l *loaded, digest bool) ([]correction.Cell, diag.List, error) {
	name := l.m.Files.Corrections
	if name == "" {
		return nil, nil, nil
	}
	in, err := l.bundled(name, digest)
	if err != nil {
		return nil, nil, err
	}
	file, err := listed(in)
	if err != nil {
		return nil, nil, err
	}
	cells, list := correction.Load(file)
	return cells, list, nil
}

func (a *app) inputs(l *loaded, flags, bundled []string, digest bool) ([]dataset.Input, error) {
	var out []dataset.Input
	if flags != nil {
		for _, name := range flags {
			if name == nothingGiven {
				continue
			}
			in, err := a.external(l, name, digest)
			if err != nil {
				return nil, err
			}
			out = append(out, in)
		}
		return out, nil
	}
	for _, name := range bundled {
		in, err := l.bundled(name, digest)
		if err != nil {
			return nil, err
		}
		out = append(out, in)
	}
	return out, nil
}

// external is a file that the user names.
func (a *app) external(l *loaded, name string, digest bool) (dataset.Input, error) {
	if name == "-" {
		in, err := a.stdin()
		if err != nil {
			return dataset.Input{}, err
		}
		return dataset.Input{Name: "standard input", Shape: l.m.Files.Read, Open: func() (io.ReadCloser, error) {
			return l.hashed("standard input", io.NopCloser(in), digest), nil
		}}, nil
	}
	info, err := os.Stat(a.path(name))
	if err != nil {
		return dataset.Input{}, usage("cannot read %s: %v", name, unwrapped(err))
	}
	a.read = append(a.read, info)
	if info.IsDir() {
		return dataset.Input{}, usage("%s is a folder, where a file is meant: name a file in it", name)
	}
	return dataset.Input{Name: name, Size: info.Size(), Shape: l.shape(filepath.Base(name)), Open: func() (io.ReadCloser, error) {
		f, err := os.Open(a.path(name))
		if err != nil {
			return nil, err
		}
		return l.hashed(name, f, digest), nil
	}}, nil
}

// stdin is standard input, for one who reads it; where two versions read the same data, all
// of it is kept for both.
func (a *app) stdin() (io.Reader, error) {
	if !a.sharesStdin {
		if a.stdinTaken {
			return nil, usage("standard input can be read once: name it in one place")
		}
		a.stdinTaken = true
		return a.Stdin, nil
	}
	if !a.stdinTaken {
		a.stdinTaken = true
		text, err := io.ReadAll(a.Stdin)
		if err != nil {
			return nil, usageError{fmt.Errorf("read standard input: %w", err)}
		}
		a.stdinText = text
	}
	return bytes.NewReader(a.stdinText), nil
}

// shape is how a file is laid out: as the document says of it, or of the only one of
// its base name where it stands in for that, else of all of which it says nothing.
func (l *loaded) shape(name string) check.Shape {
	if s, ok := l.m.Files.Shapes[name]; ok {
		return s
	}
	out, found := l.m.Files.Read, 0
	for known, s := range l.m.Files.Shapes {
		if path.Base(known) == path.Base(name) {
			out = s
			found++
		}
	}
	if found > 1 {
		return l.m.Files.Read // which of them is meant is not known
	}
	return out
}

// bundled is a file that the document names.
func (l *loaded) bundled(name string, digest bool) (dataset.Input, error) {
	at, folder := l.m.Files.Places[name], l.placeOf(name)
	shown := folder.name(name)
	f, err := folder.open(name)
	if err != nil {
		return dataset.Input{}, usage("%s: cannot read %s: %v", at, shown, unwrapped(err))
	}
	info, err := f.Stat()
	if err != nil || info.IsDir() {
		f.Close()
		return dataset.Input{}, usage("%s: %s is a folder, where a file is meant", at, shown)
	}
	return dataset.Input{Name: shown, Size: info.Size(), Place: at, Sources: l.m.Files.Sources[name], Shape: l.shape(name), Open: func() (io.ReadCloser, error) {
		return l.hashed(shown, f, digest), nil
	}}, nil
}

// hashed digests what is read on its way.
func (l *loaded) hashed(name string, r io.ReadCloser, digest bool) io.ReadCloser {
	if !digest {
		return r
	}
	h := sha256.New()
	l.hashes[name] = h
	return struct {
		io.Reader
		io.Closer
	}{io.TeeReader(r, h), r}
}

// evaluate compiles and evaluates a methodology.
func (a *app) evaluate(l *loaded, d *dataset.Dataset, o engine.Options) (*engine.Result, error) {
	plan := engine.Compile(l.m)
	a.stats.lap("compile")
	r, list := plan.Eval(d, o)
	if err := a.print(atLeast(list, diag.Warning)); err != nil {
		return nil, err
	}
	a.stats.lap("evaluate")
	return r, nil
}

// output writes a result to a file, atomically, or to standard output.
func (a *app) output(name string, write func(io.Writer) error) error {
	if name == "" || name == "-" {
		return write(a.Stdout)
	}
	if info, err := os.Stat(a.path(name)); err == nil {
		for _, r := range a.read {
			if os.SameFile(info, r) {
				return usage("cannot write %s: this run reads it", name)
			}
		}
	}
	return atomically(a.path(name), name, write)
}
