package engine_test

import (
	"fmt"
	"math/rand/v2"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"rubric/engine"
	"rubric/engine/dataset"
	"rubric/spec"
	"rubric/spec/check"
	"rubric/spec/source"
)

// To leave a node out of a result is to evaluate the document without it.
func TestLeavingOutIsTheDocumentWithout(t *testing.T) {
	compared, idle := 0, 0
	for seed := range 300 {
		w := writer{rand.New(rand.NewPCG(uint64(seed), 12)), seed%2 == 1}
		text, _, _ := strings.Cut(w.document(), "derive:\n")
		rows := w.data()
		r := scoredAs(t, text, rows)
		if r == nil {
			continue
		}
		for _, path := range []string{"x0", "x0/x1", "x1/x0"} {
			n, _ := r.Plan.Methodology.Node(path)
			_, moved, ok := r.Leaving().Out(&r.Plan.Nodes[n.At])
			without := scoredAs(t, cut(text, path), rows)
			if !ok || without == nil || !sameUnits(r, without) {
				continue // such as a screen that now leaves out others
			}
			if compared++; moved == 0 {
				idle++
			}
			require.Equal(t, differ(standing(r), standing(without)), moved, "seed %d without %s\n%s\n%s", seed, path, text, strings.Join(rows, "\n"))
		}
	}
	require.Greater(t, compared-idle, 40)
	require.Greater(t, idle, 10)
}

// scoredAs is a document over data; nil where it cannot be.
func scoredAs(t *testing.T, text string, rows []string) *engine.Result {
	doc, _ := spec.Load(source.NewFile("random.yaml", []byte(text)))
	require.NotNil(t, doc, text)
	m, _ := check.Check(doc, engine.Catalogue())
	if m == nil {
		return nil
	}
	_, r := evaluated(t, m, rows, 1)
	return r
}

// cut is a document without a node: a dimension, or an indicator of one.
func cut(text, path string) string {
	dimension, indicator, inner := strings.Cut(path, "/")
	from := strings.Index(text, "\n  "+dimension+":\n    aggregate") + 1
	depth := 2
	if inner {
		from += strings.Index(text[from:], "\n      "+indicator+":\n") + 1
		depth = 6
	}
	to := from + strings.IndexByte(text[from:], '\n') + 1
	next := regexp.MustCompile(fmt.Sprintf(`(?m)^ {0,%d}\S`, depth)).FindStringIndex(text[to:])
	if next == nil {
		return text[:from]
	}
	return text[:from] + text[to+next[0]:]
}

func sameUnits(a, b *engine.Result) bool {
	for i := range a.Data.Rows() {
		if a.Excluded(i) != b.Excluded(i) {
			return false
		}
	}
	return a.Data.Rows() == b.Data.Rows()
}

// standing counts, for each row, the rows of its period with a better score; −1: it
// has none.
func standing(r *engine.Result) []int {
	root := r.Nodes[0]
	better := func(x, y float64) bool { return x > y }
	if rank := root.Node.Node.Rank; rank != nil && rank.Best == "lowest" {
		better = func(x, y float64) bool { return x < y }
	}
	out := make([]int, r.Data.Rows())
	sections := r.Data.Sections()
	if sections == nil {
		sections = [][]int{rowsOf(r.Data)}
	}
	for _, rows := range sections {
		for _, i := range rows {
			x, ok := root.Score.At(i)
			if !ok {
				out[i] = -1
				continue
			}
			for _, k := range rows {
				if y, ok := root.Score.At(k); ok && better(y, x) {
					out[i]++
				}
			}
		}
	}
	return out
}

func rowsOf(d *dataset.Dataset) (out []int) {
	for i := range d.Rows() {
		out = append(out, i)
	}
	return out
}

func differ(a, b []int) (n int) {
	for i := range a {
		if a[i] != b[i] {
			n++
		}
	}
	return n
}

// Leaving out what a formula or a tie-breaker names, what the ranking consists of, or
// what it does not rest on, has no answer.
func TestLeavingOutHasNoAnswer(t *testing.T) {
	const text = `rubric: 1
index: leaving
edition: "1"
title: Leaving
units: {noun: unit, plural: units}
columns: {a: {title: A}, b: {title: B}, c: {title: C}}
defaults:
  indicator: {normalise: none, missing: keep}
  variable: {aggregate: sum, missing: omit, normalise: rank_points, ties: high, single: keep}
  dimension: {aggregate: sum, missing: omit}
  index: {aggregate: none}
dimensions:
  alone: {indicators: {a: {formula: a}}}
  named: {aggregate: {method: formula, formula: a + 2 * b}, indicators: {a: {formula: a}, b: {formula: b}, }}
  ties: {rank: {rule: ordinal, by: [ties/b, id]}, indicators: {a: {formula: a}, b: {formula: b}}}
  enough: {min_coverage: 2, indicators: {a: {formula: a}, b: {formula: b}}}
  kept: {variables: {v: {indicators: {a: {formula: a}, b: {formula: b}}}, w: {formula: c}}}
`
	r := scoredAs(t, text, []string{"unit,a,b,c", "x,1,5,2", "y,2,5,1", "z,4,1,3.5"})
	require.NotNil(t, r)
	for path, want := range map[string]string{
		"alone/a": "no answer", "named/a": "no answer", "ties/b": "no answer", "enough/a": "no answer", "alone": "no answer", "index": "no answer",
		// a + b is 6 7 5, so the ranks are 2 1 3; b alone is 5 5 1: 1 1 3.
		"ties/a": "1 of ties",
		// v is the points of 6 7 5, which is 2 3 1, and with w 4 4 4.5: ranks 2 2 1; w alone is 2 1 3.5: 2 3 1.
		"kept/v": "1 of kept",
		// v keeps the score of b, 5 5 1, and with w 7 6 4.5: 1 2 3; points of it would be 5 4 4.5 in all, and 3 moved.
		"kept/v/a": "2 of kept",
	} {
		n, _ := r.Plan.Methodology.Node(path)
		got := "no answer"
		if top, moved, ok := r.Leaving().Out(&r.Plan.Nodes[n.At]); ok {
			got = fmt.Sprintf("%d of %s", moved, top.Path)
		}
		require.Equal(t, want, got, path)
	}
}

func BenchmarkLeaving(b *testing.B) {
	m := workloadMethodology(b)
	r, _ := engine.Compile(m).Eval(workloadData(b, m, 60), engine.Options{})
	for b.Loop() {
		l := r.Leaving()
		for i := range r.Plan.Nodes {
			l.Out(&r.Plan.Nodes[i])
		}
	}
}
