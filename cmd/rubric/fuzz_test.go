package main

import (
	"bytes"
	"encoding/csv"
	"io"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"rubric/engine"
	"rubric/engine/dataset"
	"rubric/engine/report"
	"rubric/spec"
	"rubric/spec/chapter"
	"rubric/spec/chapter/markdown"
	"rubric/spec/chapter/page"
	"rubric/spec/check"
	"rubric/spec/diag"
	"rubric/spec/source"
)

// checked loads and checks a document.
func checked(name string, data []byte) (*check.Methodology, diag.List) {
	doc, list := spec.Load(source.NewFile(name, data))
	if doc == nil {
		return nil, list
	}
	m, more := check.Check(doc, engine.Catalogue())
	list.Add(more...)
	if list.Errors() > 0 {
		return nil, list
	}
	return m, list
}

// sound holds findings against what every finding has: a place within one of the
// files, a message, and, if it is an error, a way out.
func sound(t *testing.T, list diag.List, files ...*source.File) {
	quoted := slices.ContainsFunc(files, func(f *source.File) bool { return strings.Contains(f.Name+string(f.Data), "%!") })
	for _, d := range list {
		p := d.Place
		at := slices.IndexFunc(files, func(f *source.File) bool { return f.Name == p.File })
		if at < 0 {
			t.Errorf("nowhere: %v", d)
			continue
		}
		lines := files[at].Lines()
		switch {
		case p.Line > lines, p.EndLine > lines, p.EndLine < p.Line, p.Line > 0 && p.Column < 1,
			p.EndLine == p.Line && p.EndColumn < p.Column:
			t.Errorf("a place that is not in the file: %v", d)
		case p.Line > 0 && p.Column > len([]rune(p.Text))+1:
			t.Errorf("a column behind the line's end: %v", d)
		case d.Message == "", strings.Contains(d.Message+d.Help, "%!") && !quoted:
			t.Errorf("a message gone wrong: %v %s", d, d.Help)
		case d.Severity == diag.Error && d.Help == "":
			t.Errorf("no way out: %v", d)
		}
	}
	if err := diag.Text(io.Discard, list, diag.Style{Width: 40}); err != nil {
		t.Error(err)
	}
}

// FuzzValidate: whatever a document holds, checking it ends, without a panic,
// with findings that stand within the file; and one without errors can be
// written out as its own plan.
func FuzzValidate(f *testing.F) {
	archives, _ := filepath.Glob("../../testdata/errors/*.txtar")
	for _, name := range archives {
		a, err := txtar.ParseFile(name)
		if err != nil {
			f.Fatal(err)
		}
		for _, file := range a.Files {
			if strings.HasSuffix(file.Name, ".yaml") {
				f.Add(file.Data)
			}
		}
	}
	f.Add([]byte(small))
	for _, name := range []string{"../../methodologies/cities-of-opportunity/2025/methodology.yaml", "../../testdata/workload/methodology.yaml"} {
		data, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		m, list := checked("fuzz.yaml", data)
		sound(t, list, source.NewFile("fuzz.yaml", data))
		if m == nil {
			if list.Errors() == 0 {
				t.Error("neither a methodology nor an error")
			}
			return
		}
		plan := m.Resolved()
		again, list := checked("plan.yaml", plan)
		if again == nil {
			t.Fatalf("the plan is no document: %v\n%s", list, plan)
		}
		if !bytes.Equal(plan, again.Resolved()) {
			t.Errorf("the plan has another plan:\n%s\n%s", plan, again.Resolved())
		}
		engine.Compile(m)
	})
}

// FuzzDocs: a document without errors has a chapter in every language, whatever its
// titles hold, and its page has no element that they wrote.
func FuzzDocs(f *testing.F) {
	for _, pattern := range []string{"../../testdata/script/docs*.txtar", "../../testdata/eval/*.txtar"} {
		archives, _ := filepath.Glob(pattern)
		for _, name := range archives {
			a, err := txtar.ParseFile(name)
			if err != nil {
				f.Fatal(err)
			}
			for _, file := range a.Files {
				if strings.HasSuffix(file.Name, ".yaml") {
					f.Add(file.Data)
				}
			}
		}
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		m, _ := checked("methodology.yaml", data)
		if m == nil {
			return
		}
		for _, language := range chapter.Languages() {
			c := chapter.Of(m, engine.Catalogue(), chapter.Options{Language: language})
			var text, html bytes.Buffer
			if markdown.Write(&text, c) != nil || page.Write(&html, c) != nil {
				t.Fatal("a buffer cannot fail")
			}
			for line := range strings.Lines(text.String()) {
				if strings.HasSuffix(line, " \n") {
					t.Errorf("a space at the end of a line: %q", line)
				}
			}
			if bytes.Contains(html.Bytes(), []byte("<script")) || bytes.Contains(html.Bytes(), []byte("<img")) {
				t.Error("a title became an element")
			}
		}
	})
}

// FuzzScore: whatever the data hold, scoring ends, without a panic, with
// findings or with figures that are numbers.
func FuzzScore(f *testing.F) {
	m, list := checked("fuzz.yaml", []byte(small))
	if m == nil {
		f.Fatal(list)
	}
	p := engine.Compile(m)
	for _, seed := range []string{
		"city,gdp,debt,seat\nAda,4,1,capital\nBly,0,2,town\nCor,,3,town\nDur,1,2,\n",
		"city;gdp;debt;seat\nAda;4,5;1;capital\nBly;-0;1e308;town\nCor;1e-320;-1e308;town\n",
		"city,gdp,debt,seat\n\"A\nda\",1e308,1e308,capital\nBly,1.7e308,-1.7e308,village\n",
		"\ufeffcity\tgdp\tdebt\tseat\r\nAda\t1\t2\ttown\r\n", "city,gdp\n", "", "city,gdp,debt,seat\n,,,\n",
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		in := func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(data)), nil }
		d, list, err := dataset.Load(m, dataset.Inputs{Data: []dataset.Input{{Name: "fuzz.csv", Open: in}}})
		if err != nil {
			t.Fatal(err)
		}
		if d == nil {
			if list.Errors() == 0 {
				t.Fatal("neither data nor an error")
			}
			return
		}
		r, list := p.Eval(d, engine.Options{})
		if r == nil {
			if list.Errors() == 0 {
				t.Fatal("neither a result nor an error")
			}
			return
		}
		var out bytes.Buffer
		if err := report.CSV(&out, r, report.View{}); err != nil {
			t.Fatal(err)
		}
		rows, err := csv.NewReader(&out).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		if want := 1 + d.Rows()*len(m.Nodes); len(rows) != want {
			t.Fatalf("%d rows, want %d", len(rows), want)
		}
		for _, row := range rows[1:] {
			for _, column := range []int{5, 6} { // score, rank
				if x, err := strconv.ParseFloat(row[column], 64); row[column] != "" && (err != nil || math.IsInf(x, 0) || math.IsNaN(x)) {
					t.Errorf("not a number: %q", row)
				}
			}
			if text := strings.ToLower(row[4]); row[2] != "rank/seat" && (strings.Contains(text, "inf") || strings.Contains(text, "nan")) {
				t.Errorf("not a number: %q", row)
			}
			if (row[5] == "") != (row[8] == "missing" || row[8] == "invalid" || row[8] == "excluded") {
				t.Errorf("the score is not what the status says: %q", row)
			}
		}
		if err := report.Table(io.Discard, r, report.View{}, report.Style{Width: 40}); err != nil {
			t.Error(err)
		}
		if err := report.JSON(io.Discard, r, report.View{}, report.Digests{}); err != nil {
			t.Error(err)
		}
	})
}
