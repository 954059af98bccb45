package trace_test

import (
	"bytes"
	"encoding/json"
	"io"
	"io/fs"
	"math"
	"path"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"rubric/engine"
	"rubric/engine/aggregate"
	"rubric/engine/cell"
	"rubric/engine/dataset"
	"rubric/engine/report"
	"rubric/engine/trace"
	"rubric/methodologies"
	"rubric/spec"
	"rubric/spec/check"
	"rubric/spec/expr"
	"rubric/spec/source"
)

// load checks a document and reads files beside it.
func load(t *testing.T, name, document string, open func(string) (io.ReadCloser, error)) (*check.Methodology, *dataset.Dataset) {
	t.Helper()
	doc, list := spec.Load(source.NewFile(name, []byte(document)))
	require.Zero(t, list.Errors(), "%v", list)
	m, list := check.Check(doc, engine.Catalogue())
	require.Zero(t, list.Errors(), "%v", list)
	input := func(file string) dataset.Input {
		return dataset.Input{Name: path.Join(path.Dir(name), file), Open: func() (io.ReadCloser, error) { return open(file) }}
	}
	var in dataset.Inputs
	if m.Files.Units != "" {
		units := input(m.Files.Units)
		in.Units = &units
	}
	for _, f := range m.Files.Data {
		in.Data = append(in.Data, input(f))
	}
	for _, f := range m.Files.Given {
		in.Given = append(in.Given, input(f))
	}
	d, list, err := dataset.Load(m, in)
	require.NoError(t, err)
	require.Zero(t, list.Errors(), "%v", list)
	return m, d
}

func eval(t *testing.T, p *engine.Plan, d *dataset.Dataset) *engine.Result {
	t.Helper()
	r, list := p.Eval(d, engine.Options{})
	require.Zero(t, list.Errors(), "%v", list)
	return r
}

// published is the result of a methodology that is built in.
func published(t *testing.T, name string) *engine.Result {
	t.Helper()
	text, err := fs.ReadFile(methodologies.FS, path.Join(name, "methodology.yaml"))
	require.NoError(t, err)
	m, d := load(t, "methodologies/"+name+"/methodology.yaml", string(text), func(file string) (io.ReadCloser, error) {
		return methodologies.FS.Open(path.Join(name, file))
	})
	return eval(t, engine.Compile(m), d)
}

// plan plans a document whose files are in the test.
func plan(t *testing.T, document string, files map[string]string) (*engine.Plan, *dataset.Dataset) {
	t.Helper()
	m, d := load(t, "doc.yaml", document, func(file string) (io.ReadCloser, error) {
		return io.NopCloser(strings.NewReader(files[file])), nil
	})
	return engine.Compile(m), d
}

func of(t *testing.T, r *engine.Result, unit, node string) *trace.Trace {
	t.Helper()
	u, ok := r.Data.Unit(unit)
	require.True(t, ok, unit)
	n, _ := r.Plan.Methodology.Node(node)
	require.NotNil(t, n, node)
	return trace.Of(r, n, u)
}

func text(t *testing.T, tr *trace.Trace, s report.Style) string {
	t.Helper()
	var b bytes.Buffer
	require.NoError(t, trace.Text(&b, tr, s))
	return b.String()
}

const everything = `
rubric: 1
index: every
edition: "1"
title: Every step
units: {noun: port, plural: ports}
files: {data: [data.csv]}
columns: {a: {title: A}, b: {title: B}, c: {title: C}, word: {title: Word, type: text}}
defaults:
  indicator: {direction: higher}
  variable:  {aggregate: sum, single: keep}
  dimension: {aggregate: arithmetic_mean, missing: omit, rank: standard}
  index:     {aggregate: sum, missing: propagate, rank: {rule: modified, best: lowest}}
dimensions:
  points:
    title: Points
    weight: 0.7
    indicators:
      high:  {formula: a / b,                 normalise: rank_points, ties: high,  missing: floor, weight: 0.1}
      low:   {formula: "a - b",               normalise: rank_points, ties: low,   missing: floor, weight: 0.2}
      mean:  {formula: c,                     normalise: rank_points, ties: mean,  missing: keep}
      dense: {formula: "c / total(c)",        normalise: rank_points, ties: dense, missing: floor, display: percent}
      lower: {formula: "-a * c", direction: lower, normalise: rank_points, ties: low, missing: keep}
  ranks:
    title: Ranks
    indicators:
      high:  {formula: "quantile(a, 0.25) - a", normalise: ascending_rank, ties: high,  missing: floor}
      low:   {formula: "c > 2 ? a : b",         normalise: ascending_rank, ties: low,   missing: keep}
      mean:  {formula: b, direction: {closest_to: 2}, normalise: ascending_rank, ties: mean, missing: keep}
      dense: {formula: "coalesce(c, 1) * b",    normalise: ascending_rank, ties: dense, missing: floor}
      word:  {formula: word, normalise: {method: lookup, levels: {good: 3, bad: 1}}, missing: keep}
      both:  {formula: 'word == "good" ? a : c', normalise: none, missing: keep}
  pairs:
    title: Pairs
    aggregate: sum
    variables:
      pair:
        normalise: rank_points
        ties: mean
        missing: floor
        indicators:
          one: {formula: a, normalise: rank_points, ties: high, missing: keep}
          two: {formula: "b / c", normalise: rank_points, ties: low, missing: keep}
`

const data = `port,a,b,c,word
one,3,1,0,good
two,1,0,2,bad
three,3,2,2,
four,,4,5.25,good
five,-7,-4,2,good
six,2.5,2,,bad
seven,0,0,0,bad
`

func everyStep(t *testing.T) *engine.Result {
	p, d := plan(t, everything, map[string]string{"data.csv": data})
	return eval(t, p, d)
}

// What a trace says is so, for every unit and node.
func TestATraceAddsUp(t *testing.T) {
	for name, r := range map[string]*engine.Result{"every step": everyStep(t), "published": published(t, "cities-of-opportunity/2025")} {
		t.Run(name, func(t *testing.T) {
			formulas, standings := 0, 0
			for u := range r.Data.Rows() {
				for _, n := range r.Plan.Methodology.Nodes {
					tr := trace.Of(r, n, u)
					walk(tr.Node, func(n *trace.Node) {
						at := r.Data.ID(u) + " " + n.Path
						if n.Aggregation != nil {
							addsUp(t, at, n)
						}
						if n.Formula != nil && n.Formula.Numbers != "" {
							evaluates(t, at, n)
							formulas++
						}
						if x := n.Normalisation; x != nil && x.Standing != nil {
							assert.NotEmpty(t, x.Terms, at)
							assert.Equal(t, x.Score, calculate(t, x.Terms), at)
							standings++
						}
						if n.Score == nil && n.Origin == "computed" && len(tr.Unit.Excluded) == 0 {
							assert.NotNil(t, n.Absence, at)
						}
					})
					var b bytes.Buffer
					require.NoError(t, trace.JSON(&b, tr, report.Digests{}))
					assert.True(t, json.Valid(b.Bytes()))
				}
			}
			assert.NotZero(t, formulas)
			assert.NotZero(t, standings)
		})
	}
}

func walk(n *trace.Node, visit func(*trace.Node)) {
	visit(n)
	for _, child := range n.Children {
		walk(child, visit)
	}
	if n.Beside != nil {
		walk(n.Beside, visit)
	}
}

func addsUp(t *testing.T, at string, n *trace.Node) {
	a := n.Aggregation
	require.True(t, a.Adds, at)
	if a.Value == nil {
		return
	}
	sum := 0.0
	for _, x := range a.Terms {
		if x.Contribution != nil {
			sum += *x.Contribution
		}
	}
	assert.InDelta(t, *a.Value, sum, 1e-9, at)
	assert.InDelta(t, *a.Residual, 0, 1e-9, at)
	if n.Normalisation == nil {
		assert.Equal(t, *a.Value, *n.Score, at)
	}
}

var noColumns, _ = expr.NewEnv(nil)

// calculate evaluates an expression of numbers.
func calculate(t *testing.T, text string) float64 {
	t.Helper()
	e, issues := noColumns.Compile(strings.ReplaceAll(text, "−", "-"))
	require.Empty(t, issues, text)
	v := e.Eval(noCells{})
	require.Equal(t, expr.Valid, v.Outcome, text)
	return v.Number
}

type noCells struct{}

func (noCells) Number(int) (float64, bool)            { return 0, false }
func (noCells) Text(int) (string, bool)               { return "", false }
func (noCells) Aggregate(int) (float64, bool, string) { return 0, false, "" }

// evaluates holds a formula with the numbers in it against the value: the
// numbers stand in the right places.
func evaluates(t *testing.T, at string, n *trace.Node) {
	f := n.Formula
	if n.Value == nil || strings.Contains(f.Numbers, "missing") {
		return
	}
	got := calculate(t, f.Numbers)
	assert.InDelta(t, *n.Value, got, 1e-5*math.Max(1, math.Abs(*n.Value)), "%s: %s", at, f.Numbers)
}

// Every page fits on a terminal of 80 columns, but for a path that is longer
// than that, and is plain.
func TestTextFitsTheTerminal(t *testing.T) {
	for _, r := range []*engine.Result{everyStep(t), published(t, "cities-of-opportunity/2025")} {
		for u := range min(r.Data.Rows(), 12) {
			for _, n := range r.Plan.Methodology.Nodes {
				tr := trace.Of(r, n, u)
				for _, line := range strings.Split(text(t, tr, report.Style{Width: 80}), "\n") {
					if strings.Contains(strings.TrimSpace(line), " ") {
						assert.LessOrEqual(t, utf8.RuneCountInString(line), 80, line)
					}
					assert.Equal(t, strings.TrimRight(line, " "), line)
					assert.NotContains(t, line, "\x1b")
					assert.NotContains(t, line, "%!")
				}
				coloured := text(t, tr, report.Style{Width: 80, Color: true})
				assert.Equal(t, strings.Count(coloured, "\x1b[0m")*2, strings.Count(coloured, "\x1b["))
			}
		}
	}
}

// By hand: 3449.81 / 36801.90 = 0.0937400; nobody has less; 60 − 0 = 60.
func TestTheDebtOfShenzhen(t *testing.T) {
	r := published(t, "cities-of-opportunity/2025")
	n := of(t, r, "Shenzhen", "economic_strength/government_debt_burden").Node
	assert.Equal(t, "given", n.Origin)
	assert.Equal(t, 60.0, *n.Score)
	assert.Equal(t, "methodologies/cities-of-opportunity/2025/variable_scores.csv", n.Given.File)
	assert.Equal(t, 6, n.Given.Line)
	require.NotNil(t, n.Beside)
	i := n.Beside.Children[0]
	assert.Equal(t, "economic_strength/government_debt_burden", i.Under)
	assert.Equal(t, "3449.81 / 36801.90", i.Formula.Numbers)
	assert.Equal(t, "9.37 %", i.Formula.Result)
	assert.Equal(t, []string{"government_debt", "gdp"}, []string{i.Formula.Cells[0].Column, i.Formula.Cells[1].Column})
	assert.Equal(t, "60 − 0", i.Normalisation.Terms)
	assert.Equal(t, 6, i.Formula.Cells[1].Line)
}

func TestStatusesAreNamed(t *testing.T) {
	p, d := plan(t, oneIndicator, map[string]string{"data.csv": "port,a\none,1\ntwo,2\nthree,3\n"})
	d.Columns["a"].Status = []cell.Status{cell.Measured, cell.Estimated, cell.Imputed}
	r := eval(t, p, d)
	assert.NotContains(t, text(t, of(t, r, "one", "x/i"), report.Style{}), "estimated")
	got := text(t, of(t, r, "two", "x/i"), report.Style{})
	assert.Contains(t, got, "Score 2 · computed, estimated\n")
	assert.Contains(t, got, "a  2  A, estimated\n")
	assert.Contains(t, text(t, of(t, r, "three", "x/i"), report.Style{}), "a  3  A, imputed\n")
}

const oneIndicator = `
rubric: 1
index: one
edition: "1"
title: One
units: {noun: port, plural: ports}
files: {data: [data.csv]}
columns: {a: {title: A}}
dimensions:
  x:
    title: X
    aggregate: sum
    missing: propagate
    indicators:
      i: {title: I, formula: a, direction: higher, normalise: rank_points, ties: high, missing: keep}
defaults: {index: {aggregate: sum, missing: propagate}}
`

// An aggregation that does not add makes no claim to: its formula is shown with
// the scores in it.
func TestNoSumIsClaimedWhereNothingAdds(t *testing.T) {
	p, d := plan(t, strings.Replace(oneIndicator, "    indicators:\n", "    indicators:\n      j: {title: J, formula: -a, direction: higher, normalise: rank_points, ties: high, missing: keep, weight: 2}\n", 1),
		map[string]string{"data.csv": "port,a\none,1\ntwo,2\nthree,3\nfour,\n"})
	n, _ := p.Methodology.Node("x")
	best := p.Nodes[n.At].Aggregate.Signature
	best.Name, best.Formula, best.Adds = "best", "the best child", false
	p.Nodes[n.At].Aggregate = aggregate.Method{Signature: best, Apply: func(in aggregate.Input, value cell.Vector) aggregate.Outcome {
		for u := range value.Values {
			if x, ok := in.Children[0].At(u); ok {
				y, _ := in.Children[1].At(u)
				value.Put(u, max(x, y))
			}
		}
		return aggregate.Outcome{}
	}}
	r := eval(t, p, d)
	tr := of(t, r, "three", "x")
	assert.False(t, tr.Node.Aggregation.Adds)
	for _, x := range tr.Node.Aggregation.Terms {
		assert.Nil(t, x.Contribution)
	}
	assert.Equal(t, `three · One 1
X
dimension x

Score 3 · computed

  best of the scores of its 2 indicators:

    weight   score  place
         2 ×     1      3  computed  J
         1 ×     3      1  computed  I

  best(1 (weight 2), 3 (weight 1)) = 3
  the best child
`, text(t, tr, report.Style{Width: 80}))
	assert.Contains(t, text(t, of(t, r, "four", "x"), report.Style{}), "  `j` and `i` have no score; by the missing rule `propagate` this node is missing too, and nothing else changes\n")
}

func TestAGivenValueIsNormalised(t *testing.T) {
	document := strings.Replace(oneIndicator, "files: {data: [data.csv]}", "files: {given: [given.csv]}", 1)
	document = strings.Replace(document, "missing: keep}", "missing: keep, given: {as: value}}", 1)
	p, d := plan(t, document, map[string]string{"given.csv": "port,i\none,0.5\ntwo,7.25\nthree,7.25\nfour,\n"})
	r := eval(t, p, d)
	assert.Equal(t, `two · One 1
X › I
indicator x/i

Score 3 · given
  given.csv:3, column `+"`i`"+`: 7.25 is given as the value, not as the score
  1st of 3 with a figure; higher is better; 0 ports are strictly better, 1 tied
  3 − 0 = 3 points (rank_points, ties high)
`, text(t, of(t, r, "two", "x/i"), report.Style{Width: 80}))
	assert.Contains(t, text(t, of(t, r, "four", "x/i"), report.Style{}), "  given.csv:5, column `i`: the cell is empty\n  by the missing rule `keep` it stays missing\n")
}

// What a stranger's file says is shown, not done.
func TestTheTerminalObeysNoFile(t *testing.T) {
	document := strings.Replace(oneIndicator, "{title: A}", `{title: "A\e[2J"}`, 1)
	p, d := plan(t, document, map[string]string{"data.csv": "port,a\n\x1b[31mone,1\n"})
	got := text(t, trace.Of(eval(t, p, d), p.Methodology.Nodes[2], 0), report.Style{Width: 80})
	assert.NotContains(t, got, "\x1b")
	assert.Contains(t, got, "\ufffd[31mone · One 1\n")
	assert.Contains(t, got, "a  1  A\ufffd[2J\n")
}

// A method that this package does not know is shown by its own formula.
func TestAnUnknownNormalisationClaimsNoArithmetic(t *testing.T) {
	p, d := plan(t, oneIndicator, map[string]string{"data.csv": "port,a\none,1\ntwo,2\n"})
	n, _ := p.Methodology.Node("x/i")
	m := p.Nodes[n.At].Normalise
	m.Name, m.Formula = "halves", "value / 2"
	p.Nodes[n.At].Normalise = m
	tr := of(t, eval(t, p, d), "two", "x/i")
	assert.Empty(t, tr.Node.Normalisation.Terms)
	assert.Contains(t, text(t, tr, report.Style{}), "halves: score = value / 2 = 2\n")
}
