package main

import (
	"bytes"
	"errors"
	"io"
	"math"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"rubric/engine"
	"rubric/engine/dataset"
	"rubric/engine/sketch"
	"rubric/engine/table"
	"rubric/spec"
	"rubric/spec/check"
	"rubric/spec/correction"
	"rubric/spec/deviation"
	"rubric/spec/diag"
	"rubric/spec/lock"
	"rubric/spec/silence"
	"rubric/spec/source"
	"rubric/spec/tree"
)

// seed adds the files of all archives whose names end in a suffix.
func seed(f *testing.F, suffix string, add func(a *txtar.Archive, file txtar.File)) {
	names, _ := filepath.Glob("../../testdata/*/*.txtar")
	for _, name := range names {
		a, err := txtar.ParseFile(name)
		if err != nil {
			f.Fatal(err)
		}
		for _, file := range a.Files {
			if strings.HasSuffix(file.Name, suffix) {
				add(a, file)
			}
		}
	}
}

// FuzzLock: whatever a lock holds, it is read or refused with findings; one that
// is read says the same when it is written again, and fits itself.
func FuzzLock(f *testing.F) {
	seed(f, lock.Name, func(_ *txtar.Archive, file txtar.File) { f.Add(file.Data) })
	f.Add((&lock.Lock{Edition: "a/1", Files: []lock.File{{Name: "no", Digest: lock.Digest(nil)}, {Name: "- a: b #\u00a0'\"", Digest: lock.Digest([]byte("x"))}}}).Text())
	f.Fuzz(func(t *testing.T, data []byte) {
		file := source.NewFile("fuzz.lock", data)
		l, list := lock.Load(file)
		sound(t, list, file)
		if l == nil {
			if list.Errors() == 0 {
				t.Error("neither a lock nor an error")
			}
			return
		}
		again, list := lock.Load(source.NewFile("again.lock", l.Text()))
		if again == nil {
			t.Fatalf("what was written cannot be read: %v\n%s", list, l.Text())
		}
		if list := l.Check(again); len(list) > 0 {
			t.Errorf("a lock does not fit itself: %v\n%s", list, l.Text())
		}
	})
}

// FuzzCorrections: whatever a list of corrections holds, it is read or refused with
// findings, and its figures are numbers.
func FuzzCorrections(f *testing.F) {
	seed(f, ".yaml", func(_ *txtar.Archive, file txtar.File) {
		if strings.Contains(string(file.Data), "rubric: corrections/1") {
			f.Add(file.Data)
		}
	})
	f.Add([]byte("rubric: corrections/1\ncells:\n  - {unit: Ada, column: gdp, old: missing, new: 1e400, reason: \"a\"}\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		file := source.NewFile("fuzz.yaml", data)
		cells, list := correction.Load(file)
		sound(t, list, file)
		for _, c := range cells {
			if c.Unit == "" || c.Column == "" || c.Reason == "" || c.Place.File != file.Name {
				t.Errorf("not a correction: %+v", c)
			}
			for _, x := range []*float64{c.Old, c.New} {
				if x != nil && (math.IsNaN(*x) || math.IsInf(*x, 0)) {
					t.Errorf("not a number: %+v", c)
				}
			}
		}
	})
}

// FuzzDeviations: whatever a list of deviations holds, it is read or refused with
// findings, and what it speaks of is there.
func FuzzDeviations(f *testing.F) {
	m, list := checked("fuzz.yaml", []byte(small))
	if m == nil {
		f.Fatal(list)
	}
	seed(f, "deviations.yaml", func(_ *txtar.Archive, file txtar.File) { f.Add(file.Data) })
	published, err := os.ReadFile("../../methodologies/cities-of-opportunity/2025/deviations.yaml")
	if err != nil {
		f.Fatal(err)
	}
	f.Add(published)
	f.Fuzz(func(t *testing.T, data []byte) {
		file := source.NewFile("fuzz.yaml", data)
		known, list := deviation.Load(file, m)
		sound(t, list, file)
		if known == nil {
			if list.Errors() == 0 {
				t.Error("neither a list nor an error")
			}
			return
		}
		for _, d := range known.Raw {
			if d.Node == nil || math.IsNaN(d.Tolerance) || math.IsInf(d.Tolerance, 0) {
				t.Errorf("not a deviation: %+v", d)
			}
		}
		for _, d := range known.Columns {
			if d.Node == nil {
				t.Errorf("not a deviation: %+v", d)
			}
		}
	})
}

// FuzzSet: whatever is tried with --set, it acts or is refused with findings, and
// a document that it leaves without errors has a plan.
func FuzzSet(f *testing.F) {
	for _, change := range []string{
		"wealth.weight=2", "index.aggregate=geometric_mean", "defaults.indicator.normalise=min_max", "wealth/burden.normalise.low=0", "bands.high.from=3", "wealth.weight=~",
		"wealth/output.treat=[{method: clip, low: 0}]", "wealth/output.rank.best=lowest", "burden.formula=\"gdp +\"", "columns.gdp=~", "rubric.x=1", "index.=1", "=", "a.b.c.d.e=1", "seat.missing=error", "wealth.indicators=~", "dimensions.wealth=3",
	} {
		f.Add(change)
	}
	f.Fuzz(func(t *testing.T, change string) {
		file := source.NewFile("fuzz.yaml", []byte(small))
		name, text, _ := strings.Cut(change, "=")
		key := name[strings.LastIndexByte(name, '.')+1:]
		set := source.NewFile("--set "+name, []byte(key+": "+text))
		doc, list := spec.LoadWith(file, spec.Options{Set: []string{change}})
		if doc == nil {
			sound(t, list, file, set)
			return
		}
		unique(t, doc.Root)
		m, more := check.Check(doc, engine.Catalogue())
		list.Add(more...)
		sound(t, list, file, set)
		if list.Errors() > 0 {
			return
		}
		plan := m.Resolved()
		if again, list := checked("plan.yaml", plan); again == nil {
			t.Fatalf("the plan is no document: %v\n%s", list, plan)
		}
	})
}

// FuzzExtends: whatever an edition says of another one, they become one document or
// are refused with findings; and an edition that changes nothing is the other one.
func FuzzExtends(f *testing.F) {
	seed(f, ".yaml", func(a *txtar.Archive, file txtar.File) {
		if !strings.Contains(string(file.Data), "extends:") {
			return
		}
		for _, other := range a.Files {
			if strings.HasSuffix(other.Name, ".yaml") && other.Name != file.Name {
				f.Add(other.Data, file.Data)
			}
		}
	})
	for _, changes := range []string{
		"rubric: 1\nindex: test\nedition: \"2\"\ntitle: Test\nextends: base\n",
		"rubric: 1\nindex: test\nedition: \"2\"\ntitle: Test\nextends: base\nmoved: {wealth/output: raw/output, rank: wealth, raw: wealth/raw}\ndimensions: {wealth: {indicators: {burden: ~}}}\n",
		"rubric: 1\nextends: base\ndimensions: ~\nmoved: {wealth: new/wealth}\ndimensions: {new: {dimensions: {}}}\n",
		"rubric: 1\nextends: self\n", "rubric: 1\nextends: base\nmoved: [a]\ncolumns: [1]\nbands: 3\n",
	} {
		f.Add([]byte(small), []byte(changes))
	}
	f.Fuzz(func(t *testing.T, base, changes []byte) {
		before, after := source.NewFile("before.yaml", base), source.NewFile("after.yaml", changes)
		load := func(file *source.File) (*spec.Document, *check.Methodology) {
			doc, list := spec.LoadWith(file, spec.Options{Resolve: func(ref string, _ *source.File) (*source.File, error) {
				switch ref {
				case "self":
					return after, nil
				case "nowhere":
					return nil, errors.New("it is not there")
				}
				return before, nil
			}})
			if doc == nil {
				if list.Errors() == 0 {
					t.Error("neither a document nor an error")
				}
				sound(t, list, before, after, file)
				return nil, nil
			}
			unique(t, doc.Root)
			m, more := check.Check(doc, engine.Catalogue())
			list.Add(more...)
			sound(t, list, before, after, file)
			if list.Errors() > 0 {
				return doc, nil
			}
			return doc, m
		}
		if _, m := load(after); m != nil {
			if again, list := checked("plan.yaml", m.Resolved()); again == nil {
				t.Fatalf("the plan is no document: %v\n%s", list, m.Resolved())
			}
		}
		doc, m := load(before)
		if m == nil || doc.Root.Get("extends") != nil {
			return
		}
		same := "rubric: 1\nextends: before\n"
		for _, key := range []string{"edition", "status", "comparability"} {
			if n := doc.Root.Get(key); n != nil {
				same += key + ": " + tree.Quoted(n.Text()) + "\n"
			}
		}
		if _, again := load(source.NewFile("same.yaml", []byte(same))); again == nil || !reflect.DeepEqual(m.Resolved(), again.Resolved()) {
			t.Errorf("an edition that changes nothing is another one:\n%s", base)
		}
	})
}

// unique holds that no map of a document has a key twice.
func unique(t *testing.T, n *tree.Node) {
	seen := map[string]bool{}
	for _, e := range n.Entries {
		if seen[e.Key.Value] {
			t.Errorf("the key %q twice", e.Key.Value)
		}
		seen[e.Key.Value] = true
		unique(t, e.Value)
	}
	for _, x := range n.Items {
		unique(t, x)
	}
}

// FuzzInit: whatever a data file holds, a sketch is made of it or refused with
// findings; and one that is made is a document that reads the file without an error.
func FuzzInit(f *testing.F) {
	for _, seed := range []string{
		"city,gdp,debt\nAda,1,2\nBly,3,n/a\n", ",iso3,country,le_1990,le_1991,area\n0,ADA,Ada,1,2,3\n1,BLY,Bly,2,..,4\n", "Country;Year;x\nA;2020;1,5\nA;2021;2\nB;2020;-\n",
		"unit,index,no,y,if,x.y,x y,经济,2020\na,1,2,3,4,5,6,7,8\nb,2,3,4,5,6,7,8,9\n", "id,x_{period},x_1990,x_1991\na,1,2,3\nb,2,3,4\n", "unit\na\n", "a,b\n1,2\n1,3\n", "id,NA,region\na,1,r\nb,NA,r\nc,3,s\nd,4,s\n",
		"name,x,unit\nA,1e308,a\nB,-1e308,b\n", "unit,x1990,x1991,x\na,1,1,1\nb,2,2,2\n", "year,unit,x\n2020,a,1\n2020,a,2\n", "unit,le 1990,le 1991,le\na,1,2,9\nb,2,3,8\n",
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		s, list, err := sketch.From(sketch.Input{Name: "fuzz.csv", Read: func(o table.Options) (*table.Table, diag.List, error) {
			return table.Open(bytes.NewReader(data), o)
		}})
		if err != nil {
			t.Fatal(err)
		}
		if s == nil {
			if list.Errors() == 0 {
				t.Error("neither a sketch nor an error")
			}
			return
		}
		document := s.Document(sketch.Names{Index: "x", Edition: "1", Title: "X", Data: "fuzz.csv"})
		m, list := checked("fuzz.yaml", document)
		if m == nil {
			t.Fatalf("the sketch is no document: %v\n%s", list, document)
		}
		in := func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(data)), nil }
		if d, list, err := dataset.Load(m, dataset.Inputs{Data: []dataset.Input{{Name: "fuzz.csv", Open: in}}}); err != nil || d == nil {
			t.Fatalf("the sketch does not read its file: %v %v\n%s\n%s", err, list, document, data)
		}
	})
}

// FuzzSilence: whatever a document holds, its notes are read or refused with findings,
// and act on lines of it.
func FuzzSilence(f *testing.F) {
	seed(f, ".yaml", func(_ *txtar.Archive, file txtar.File) {
		if strings.Contains(string(file.Data), "rubric: ignore") {
			f.Add(file.Data)
		}
	})
	f.Add([]byte("a: |\n  # rubric: ignore band/gap because x\nb: 1 # rubric: ignore band/gap because it is\n# rubric:ignore\tband/gap , weight/idle until 2028-02-29 because y\nc: {d: \"x\"}"))
	f.Fuzz(func(t *testing.T, data []byte) {
		file := source.NewFile("fuzz.yaml", data)
		notes, list := silence.Read(file)
		sound(t, list, file)
		at := diag.Diagnostic{Code: "band/gap", Severity: diag.Info, Place: source.Place{File: "fuzz.yaml", Line: 1}}
		for line := range file.Lines() {
			at.Place.Line = line + 1
			silence.Apply(notes, diag.List{at}, "2026-11-26")
		}
		sound(t, silence.Idle(notes, "2026-11-26", true), file)
		for _, n := range notes {
			if n.Reason == "" || len(n.Codes) == 0 {
				t.Errorf("not a note: %+v", n)
			}
		}
	})
}

// FuzzFix: safe fixes change no text of a document, and leave nothing that they could
// fix again.
func FuzzFix(f *testing.F) {
	seed(f, ".yaml", func(_ *txtar.Archive, file txtar.File) { f.Add(file.Data) })
	f.Add([]byte("rubric: 1\nindex: no\nedition: 2025\ntitle: {en: Yes, zh: 3.10}\nunits: {noun: on, plural: n}\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		file := source.NewFile("fuzz.yaml", data)
		root, _ := tree.Parse(file)
		if root == nil {
			return
		}
		_, list := checked("fuzz.yaml", data)
		text, n := diag.Fixed(file, list, false)
		after, _ := tree.Parse(source.NewFile("fuzz.yaml", text))
		if after == nil {
			t.Fatalf("%d fixes broke the document:\n%s\n%s", n, data, text)
		}
		if before, now := written(root), written(after); !reflect.DeepEqual(before, now) {
			t.Fatalf("%d fixes changed the document:\n%q\n%q", n, before, now)
		}
		if _, list = checked("fuzz.yaml", text); list.Errors() > 0 {
			if _, more := diag.Fixed(source.NewFile("fuzz.yaml", text), list, false); more >= n && n > 0 {
				t.Fatalf("%d fixes leave %d:\n%s\n%s", n, more, data, text)
			}
		}
	})
}

// written are the keys and scalars of a document in their order, as they are written
// but for quotes.
func written(n *tree.Node) (out []string) {
	if n.Kind != tree.Map && n.Kind != tree.List {
		text := n.Value
		if n.Kind == tree.Number || n.Kind == tree.Truth {
			text = n.Span.Text()
		}
		return []string{text}
	}
	for _, e := range n.Entries {
		out = append(append(out, e.Key.Value), written(e.Value)...)
	}
	for _, x := range n.Items {
		out = append(out, written(x)...)
	}
	return out
}
