package house

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"io"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"rubric/engine"
	"rubric/engine/dataset"
	"rubric/engine/report"
	"rubric/spec"
	"rubric/spec/check"
	"rubric/spec/diag"
	"rubric/spec/source"
)

// The examples of the documentation are run. In a page,
//
//   - a fence of yaml that begins with `rubric: 1` is a whole document, and has no
//     error and no warning; a fence of csv after it is its data, and a second
//     one holds figures of the result;
//   - a table after `<!-- cells -->` is data; a table after `<!-- values -->`
//     says what formulas over them yield, after `<!-- scores -->` what keys of
//     an indicator make of the column `value`, after `<!-- ranks -->` which
//     ranks it has, and after `<!-- logic && -->` what an operator yields.
var example = regexp.MustCompile("(?ms)^```(yaml|csv)\n(.*?)^```$|^<!-- (cells|values|scores|ranks|logic \\S+) -->\n((?:\\|[^\n]*\n)+)")

func TestExamplesAreWhatTheySay(t *testing.T) {
	p := readProject(t)
	counts := map[string]int{}
	for _, page := range pages(t, p) {
		text := p.read(t, page)
		r := runner{T: t, counts: counts}
		for _, m := range example.FindAllStringSubmatchIndex(text, -1) {
			part := func(i int) string {
				if m[2*i] < 0 {
					return ""
				}
				return text[m[2*i]:m[2*i+1]]
			}
			at := fmt.Sprintf("%s:%d", page, 1+strings.Count(text[:m[0]], "\n"))
			t.Run(at, func(t *testing.T) {
				r.T = t
				if part(1) != "" {
					r.fence(at, part(1), part(2))
				} else {
					r.table(part(3), parseTable(part(4)))
				}
			})
		}
	}
	for _, what := range []string{"document", "result", "values", "scores", "ranks", "logic"} {
		assert.NotZero(t, counts[what], "no page has an example of %s", what)
	}
}

// runner goes through the examples of a page.
type runner struct {
	*testing.T
	counts map[string]int
	m      *check.Methodology // of the last document
	result *engine.Result
	cells  [][]string
}

func (r *runner) fence(at, language, text string) {
	switch {
	case language == "yaml":
		r.m, r.result = nil, nil
		if !strings.HasPrefix(text, "rubric: 1\n") {
			return // a piece of a document
		}
		r.counts["document"]++
		r.m = r.document(at, text)
	case r.m != nil && r.result == nil:
		r.result = r.evaluate(r.m, text)
	case r.result != nil:
		r.counts["result"]++
		r.compare(text)
		r.m, r.result = nil, nil
	}
}

func (r *runner) document(name, text string) *check.Methodology {
	r.Helper()
	doc, list := spec.Load(source.NewFile(name, []byte(text)))
	require.NotNil(r, doc, "%v", list)
	m, more := check.Check(doc, engine.Catalogue())
	for _, d := range append(list, more...) {
		unused := d.Code == diag.ColumnUnused.Name && name == generatedName // a table need not use all cells
		assert.True(r, d.Severity < diag.Warning || unused, "%s", d)
	}
	require.NotNil(r, m, text)
	return m
}

// generatedName is the name of documents made from tables.
const generatedName = "example"

func (r *runner) evaluate(m *check.Methodology, data string) *engine.Result {
	r.Helper()
	d, list, err := dataset.Load(m, dataset.Inputs{Data: []dataset.Input{{Name: "data.csv", Open: func() (io.ReadCloser, error) {
		return io.NopCloser(strings.NewReader(data)), nil
	}}}})
	require.NoError(r, err)
	require.NotNil(r, d, "%v", list)
	result, list := engine.Compile(m).Eval(d, engine.Options{})
	require.NotNil(r, result, "%v", list)
	return result
}

// compare holds the lines of an example against the tidy CSV of the result,
// whose header they pick from: unit, node, and in a panel the period.
func (r *runner) compare(text string) {
	var out bytes.Buffer
	require.NoError(r, report.CSV(&out, r.result, report.View{}))
	have := records(r.T, out.String())
	rows := map[[3]string]map[string]string{}
	for _, one := range have[1:] {
		fields := map[string]string{}
		for i, name := range have[0] {
			fields[name] = one[i]
		}
		rows[[3]string{fields["unit"], fields["period"], fields["node"]}] = fields
	}
	want := records(r.T, text)
	for _, one := range want[1:] {
		asked := map[string]string{}
		for i, name := range want[0] {
			asked[name] = one[i]
		}
		fields := rows[[3]string{asked["unit"], asked["period"], asked["node"]}]
		for i, name := range want[0] {
			assert.Equal(r, one[i], fields[name], "%s of %v", name, one)
		}
	}
}

func records(t *testing.T, text string) [][]string {
	t.Helper()
	out, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	require.NoError(t, err)
	return out
}

// parseTable is the cells of a Markdown table without the line under its head.
func parseTable(text string) (out [][]string) {
	for i, line := range strings.Split(strings.TrimSpace(text), "\n") {
		if i == 1 {
			continue
		}
		line = strings.ReplaceAll(strings.TrimSuffix(strings.TrimPrefix(strings.TrimSpace(line), "|"), "|"), `\|`, "\x00")
		var cells []string
		for _, c := range strings.Split(line, "|") {
			cells = append(cells, strings.Trim(strings.ReplaceAll(c, "\x00", "|"), " `"))
		}
		out = append(out, cells)
	}
	return out
}

func (r *runner) table(what string, cells [][]string) {
	what, operator, _ := strings.Cut(what, " ")
	r.counts[what]++
	switch what {
	case "cells":
		r.cells = cells
	case "values":
		r.rows(cells, func(formula string) string {
			return fmt.Sprintf("formula: %s, normalise: none, missing: keep", strconv.Quote(formula))
		}, func(f *engine.Figures, unit int) string {
			if x, ok := f.Value.At(unit); ok {
				return report.Number(x)
			}
			return r.result.Status(f, unit).String()
		})
	case "scores":
		r.rows(cells, func(keys string) string {
			more := []string{"formula: value", "missing: keep"}
			if strings.Contains(keys, "rank") {
				more = append(more, "direction: higher") // the others take none
			}
			for _, m := range more {
				if key, _, _ := strings.Cut(m, " "); !strings.Contains(keys, key) {
					keys += ", " + m
				}
			}
			return keys
		}, func(f *engine.Figures, unit int) string {
			if x, ok := f.Score.At(unit); ok && !r.result.Excluded(unit) {
				return report.Number(x)
			}
			return "–"
		})
	case "ranks":
		r.rows(cells, func(rule string) string {
			return "formula: value, normalise: none, missing: keep, rank: " + rule
		}, func(f *engine.Figures, unit int) string {
			if !f.Score.Valid.Get(unit) {
				return "–"
			}
			return report.Number(f.Rank[unit])
		})
	case "logic":
		r.logic(operator, cells)
	}
}

// rows evaluates one indicator for each row of a table over the page's cells.
func (r *runner) rows(want [][]string, keys func(string) string, figure func(*engine.Figures, int) string) {
	var doc, data strings.Builder
	doc.WriteString("rubric: 1\nindex: example\nedition: \"1\"\ntitle: Example\nunits: {noun: unit, plural: units}\ncolumns:\n")
	for k, name := range r.cells[0][1:] {
		kind := "number"
		for _, line := range r.cells[1:] {
			if _, err := strconv.ParseFloat(line[k+1], 64); err != nil && line[k+1] != "" {
				kind = "text"
			}
		}
		fmt.Fprintf(&doc, "  %s: {title: Column, type: %s}\n", name, kind)
	}
	doc.WriteString("defaults: {dimension: {aggregate: none}, index: {aggregate: none}}\ndimensions:\n  all:\n    indicators:\n")
	for i, line := range want[1:] {
		fmt.Fprintf(&doc, "      row_%d: {%s}\n", i, keys(line[0]))
	}
	for i, line := range r.cells {
		if i == 0 {
			line = append([]string{"unit"}, line[1:]...)
		}
		data.WriteString(strings.Join(line, ",") + "\n")
	}
	m := r.document(generatedName, doc.String())
	r.result = r.evaluate(m, data.String())
	for i, line := range want[1:] {
		n, _ := m.Node(fmt.Sprintf("all/row_%d", i))
		f := r.result.Figures(n)
		for k, name := range want[0][1:] {
			id, _, _ := strings.Cut(name, " ")
			unit, ok := r.result.Data.Unit(id)
			require.True(r, ok, name)
			assert.True(r, agrees(line[k+1], figure(f, unit)), "%s for %s: the page says %s, and it is %s", line[0], id, line[k+1], figure(f, unit))
		}
	}
	r.result = nil
}

// agrees compares two figures at the decimals that the page shows.
func agrees(shown, figure string) bool {
	x, err := strconv.ParseFloat(figure, 64)
	_, fraction, found := strings.Cut(shown, ".")
	if err != nil || !found {
		return shown == figure
	}
	return strconv.FormatFloat(x, 'f', len(fraction), 64) == shown
}

// operands are the four things that a condition can be.
var operands = map[string]string{"true": "1 > 0", "false": "0 > 1", "missing": "absent > 0", "invalid": "1 / zero > 0"}

func (r *runner) logic(operator string, want [][]string) {
	r.cells = [][]string{{"unit", "absent", "zero"}, {"x", "", "0"}, {"y", "1", "0"}}
	for _, line := range want[1:] {
		for k, right := range want[0][1:] {
			formula := fmt.Sprintf("((%s) %s (%s)) ? 1 : 0", operands[line[0]], operator, operands[right])
			expected, ok := map[string]string{"true": "1", "false": "0", "missing": "missing", "invalid": "invalid"}[line[k+1]]
			require.True(r, ok, line[k+1])
			r.table("values", [][]string{{"formula", "x"}, {formula, expected}})
		}
	}
}
