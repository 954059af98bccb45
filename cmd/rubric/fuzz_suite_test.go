package main

import (
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"rubric/engine/dataset"
	"rubric/engine/suite"
	"rubric/spec/check"
	"rubric/spec/diag"
	"rubric/spec/override"
	"rubric/spec/source"
	"rubric/spec/tree"
)

// FuzzSuite: whatever a suite says, it is run or refused with findings; every failure
// has its place in the suite, and what --update makes of it is a suite again, of
// which no figure fails that could be rewritten.
func FuzzSuite(f *testing.F) {
	seed(f, "suite.yaml", func(_ *txtar.Archive, file txtar.File) { f.Add(string(file.Data)) })
	f.Add("rubric: suite/1\nindex: test\ncases:\n  a:\n    data: |\n      unit,gdp\n      a,1\n    expect: {a: {output: {value: , score: 2}}}\n")
	f.Add("rubric: suite/1\r\nindex: test\r\ncases: {a: {data: \"unit;gdp\\na;1\", expect: {a: {index: 1}}, order: [a level with a in output]}}\r\n")
	m, list := checked("methodology.yaml", []byte(small))
	if m == nil {
		f.Fatal(list)
	}
	f.Fuzz(func(t *testing.T, text string) {
		file := source.NewFile("suite.yaml", []byte(text))
		s, list := suite.Load(file, m)
		sound(t, list, file)
		if s == nil {
			if list.Errors() == 0 {
				t.Error("neither a suite nor an error")
			}
			return
		}
		for _, c := range s.Cases {
			if c.Data != nil && c.Data.Files != nil || c.Given != nil && c.Given.Files != nil {
				return // there are none
			}
		}
		failures := outcome(t, s, m)
		document := source.NewFile("methodology.yaml", []byte(small))
		sound(t, failures, file, document)
		if strings.Contains(text, "set") {
			return // which may change what can be expected
		}
		after, n := diag.Fixed(file, failures, true)
		if n == 0 {
			return
		}
		again, list := suite.Load(source.NewFile("suite.yaml", after), m)
		if again == nil {
			for _, d := range list { // what was found may contradict the rest, and no more than that
				if d.Severity == diag.Error && !strings.HasPrefix(d.Code, "suite/") {
					t.Fatalf("not a suite any more: %v\n%s", list, after)
				}
			}
			return
		}
		left := 0
		for _, d := range outcome(t, again, m) {
			if d.Fix != nil {
				left++
			}
		}
		if left > 0 && n == len(failures) {
			t.Errorf("%d figures still fail after they were rewritten\n%s", left, after)
		}
	})
}

// outcome runs a suite that has no files.
func outcome(t *testing.T, s *suite.Suite, m *check.Methodology) diag.List {
	r := &suite.Runner{
		Suite: s, Methodology: m,
		Changed: func([]override.Change) (*check.Methodology, diag.List) { return m, nil },
		Own:     func(*check.Methodology) (dataset.Inputs, diag.List, error) { return dataset.Inputs{}, nil, nil },
		Open: func(*tree.Node, *check.Methodology) (dataset.Input, error) {
			t.Fatal("a file is opened that nobody named")
			return dataset.Input{}, nil
		},
	}
	report, err := r.Run(s.Cases)
	if err != nil {
		t.Fatal(err)
	}
	return report.Failures()
}
