package engine_test

import (
	"bytes"
	"fmt"
	"io"
	"math"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"rubric/engine"
	"rubric/engine/dataset"
	"rubric/engine/report"
	"rubric/engine/sense"
	"rubric/spec"
	"rubric/spec/check"
	"rubric/spec/diag"
	"rubric/spec/method"
	"rubric/spec/source"
)

// writer makes documents of the whole catalogue at random.
type writer struct {
	*rand.Rand
	panel bool
}

func (w writer) pick(words ...string) string { return words[w.IntN(len(words))] }

func (w writer) number() string {
	return strconv.FormatFloat([]float64{0, 1, -1, 0.5, 3, 10, 100, 1e6, -7.25}[w.IntN(9)], 'g', -1, 64)
}

// call is a random method of a step with random parameters, as the document
// writes it.
func (w writer) call(step method.Step, key string, not ...string) string {
	var all []method.Signature
	for _, s := range engine.Catalogue() {
		if s.Step == step && !s.Text && !slices.Contains(not, s.Name) {
			all = append(all, s)
		}
	}
	s := all[w.IntN(len(all))]
	out := fmt.Sprintf("{%s: %s", key, s.Name)
	for _, p := range s.Params {
		if p.Name == "over" && !w.panel || (p.Optional || p.Default != "") && w.IntN(2) == 0 {
			continue
		}
		value := ""
		switch p.Kind {
		case method.Word:
			if p.Name == "transform" {
				p.Values = engine.Catalogue().Names(method.Transform)
			}
			value = w.pick(p.Values...)
		case method.Number, method.Whole:
			value = w.number()
			if p.Least != nil || p.Most != nil || p.Kind == method.Whole {
				low, high := 0.0, 3.0
				if p.Least != nil {
					low = *p.Least
				}
				if p.Most != nil {
					high = min(*p.Most, low+3)
				}
				if value = strconv.Itoa(int(low)); high >= low+1 {
					value = strconv.Itoa(int(low) + w.IntN(int(high-low)+1))
				}
			}
		case method.Pair:
			value = w.pick("[0, 100]", "[1, 10]", "[-1, 1]")
		case method.Ladder:
			value = w.pick("[{below: 0, score: 1}, {from: 0, below: 10, score: 2}, {from: 10, score: 3}]", "[{from: 5, score: 1}]")
		case method.Formula:
			value = w.pick(`"value / highest(value)"`, `"(value - mean(value)) / sd(value)"`, `"sqrt(value)"`)
			if step == method.Aggregate {
				value = w.pick(`"x0 + 2 * x1"`, `"min(x0, x1) / x1"`, `"coalesce(x0, 0) + ln(x1)"`)
			}
		case method.Column:
			value = "c0"
		case method.Group:
			value = "region"
		case method.Unit:
			value = "u1"
		case method.Nodes:
			value = "[id]"
		default:
			panic(p.Kind)
		}
		out += fmt.Sprintf(", %s: %s", p.Name, value)
	}
	return out + "}"
}

func (w writer) document() string {
	var b strings.Builder
	b.WriteString("rubric: 1\nindex: random\nedition: \"1\"\ntitle: Random\nunits: {noun: unit, plural: units}\ngroups: {region: {}}\n")
	if w.panel {
		b.WriteString("periods: {noun: year}\n")
	}
	b.WriteString("columns:\n")
	for i := range 4 {
		fmt.Fprintf(&b, "  c%d: {title: C%d", i, i)
		if w.IntN(4) == 0 {
			fmt.Fprintf(&b, ", impute: %s", w.impute())
		}
		if w.IntN(4) == 0 {
			fmt.Fprintf(&b, ", treat: %s", w.call(method.Treat, "method"))
		}
		b.WriteString("}\n")
	}
	if w.IntN(5) == 0 {
		b.WriteString("screen: {min_coverage: 30%}\n")
	}
	fmt.Fprintf(&b, "defaults:\n  index: {aggregate: %s, missing: %s, rank: %s}\ndimensions:\n", w.aggregate(), w.pick("propagate", "omit"), w.call(method.Rank, "rule"))
	for i := range 2 {
		fmt.Fprintf(&b, "  x%d:\n    aggregate: %s\n    missing: %s\n", i, w.aggregate(), w.pick("propagate", "omit"))
		if w.IntN(3) == 0 {
			fmt.Fprintf(&b, "    normalise: %s\n", w.call(method.Normalise, "method", "formula"))
		}
		if w.IntN(3) == 0 {
			fmt.Fprintf(&b, "    round: %s\n", w.call(method.Round, "rule"))
		}
		b.WriteString("    indicators:\n")
		for k := range 2 {
			fmt.Fprintf(&b, "      x%d:\n        formula: %s\n        direction: %s\n        normalise: %s\n        missing: %s\n", k,
				w.pick("c0", "c1", "c2 / c3", "c1 - c2", "ln(c3)", "c0 * 1e200 * c1", "c1 / total(c1)"), w.pick("higher", "lower", "{closest_to: 3}"),
				w.call(method.Normalise, "method"), w.pick("keep", "{impute: "+w.impute()+", else: keep}"))
			if w.IntN(3) == 0 {
				fmt.Fprintf(&b, "        treat: %s\n", w.call(method.Treat, "method"))
			}
		}
	}
	b.WriteString("derive:\n  gap: {formula: score(\"x0\") - score(\"x1\") / score(\"x0/x0\"), rank: standard}\n")
	return b.String()
}

func (w writer) impute() string {
	if w.panel {
		return w.call(method.Impute, "method")
	}
	return w.call(method.Impute, "method", "last_known", "linear_in_time", "nearest_period")
}

func (w writer) aggregate() string { return w.call(method.Aggregate, "method", "none") }

// data is a file with ties, gaps, constants, zeros and extremes.
func (w writer) data() []string {
	rows := []string{"unit,year,region,c0,c1,c2,c3"}
	kinds := [4]int{w.IntN(6), w.IntN(6), w.IntN(6), w.IntN(6)}
	for u := range 3 + w.IntN(16) {
		years := 1
		if w.panel {
			years = 1 + w.IntN(4)
		}
		for y := range years {
			row := fmt.Sprintf("u%d,%d,%s", u, 2020+y, w.pick("a", "b", ""))
			for _, kind := range kinds {
				x := ""
				switch {
				case w.IntN(5) == 0:
				case kind == 0:
					x = "7"
				case kind == 1:
					x = strconv.Itoa(w.IntN(4))
				case kind == 2:
					x = w.pick("1e308", "-1e308", "5e-324", "0", "-0", "1e-300")
				case kind == 3:
					x = strconv.FormatFloat(-math.Exp(w.NormFloat64()*3), 'g', 6, 64)
				case kind == 4:
					x = w.pick("", "0")
				default:
					x = strconv.FormatFloat(w.NormFloat64()*10, 'f', 2, 64)
				}
				row += "," + x
			}
			rows = append(rows, row)
		}
	}
	return rows
}

// evaluated is the result as tidy CSV; findings are what they are.
func evaluated(t *testing.T, m *check.Methodology, rows []string, workers int) (string, *engine.Result) {
	t.Helper()
	d, list, err := dataset.Load(m, dataset.Inputs{Data: []dataset.Input{{Name: "data.csv", Open: func() (io.ReadCloser, error) {
		return io.NopCloser(strings.NewReader(strings.Join(rows, "\n") + "\n")), nil
	}}}})
	require.NoError(t, err)
	if d == nil {
		require.Positive(t, list.Errors())
		return "", nil
	}
	r, list := engine.Compile(m).Eval(d, engine.Options{Workers: workers, Ledger: true})
	if r == nil {
		require.Positive(t, list.Errors())
		for _, x := range list {
			require.True(t, x.Severity < diag.Error || x.Help != "", "%s", x)
		}
		return "", nil
	}
	var b, l bytes.Buffer
	require.NoError(t, report.CSV(&b, r, report.View{}))
	require.NoError(t, report.Ledger(&l, r, report.View{}))
	return b.String() + l.String(), r
}

// Whatever methods a document chooses and whatever the data are: there is no
// number that is none, what is absent says why, the plan means the same, and
// neither cores nor the order of rows can be seen.
func TestWholeCatalogueAtRandom(t *testing.T) {
	seeds := 400
	if testing.Short() {
		seeds = 50
	}
	scored := 0
	for seed := range seeds {
		w := writer{rand.New(rand.NewPCG(uint64(seed), 11)), seed%2 == 1}
		text := w.document()
		rows := w.data()
		doc, list := spec.Load(source.NewFile("random.yaml", []byte(text)))
		require.NotNil(t, doc, "%s\n%v", text, list)
		m, more := check.Check(doc, engine.Catalogue())
		if m == nil { // a choice that cannot act, such as weights under min: it is said
			require.Positive(t, append(list, more...).Errors())
			continue
		}
		out, r := evaluated(t, m, rows, 1)
		if r == nil {
			continue
		}
		scored++
		for _, d := range sense.Of(r) {
			require.NotRegexp(t, `NaN|Inf|%!`, d.Message, "seed %d\n%s", seed, text)
		}
		context := fmt.Sprintf("seed %d\n%s\n%s", seed, text, strings.Join(rows, "\n"))
		require.NotContains(t, out, "NaN", context)
		require.NotContains(t, out, "Inf", context)
		for line := range strings.Lines(out) {
			f := strings.Split(strings.TrimSpace(line), ",")
			if len(f) == 10 && f[4] == "" && f[5] == "" && f[0] != "unit" {
				require.NotContains(t, []string{"measured", "estimated", "imputed", "computed", "given"}, f[8], "%s\n%s", line, context)
			}
			if len(f) == 10 && f[8] == "invalid" {
				require.NotEmpty(t, f[9], "%s\n%s", line, context)
			}
		}
		// The plan means the same, and is its own plan.
		plan := m.Resolved()
		again, list := spec.Load(source.NewFile("plan.yaml", plan))
		require.NotNil(t, again, "%s\n%v", plan, list)
		planned, more := check.Check(again, engine.Catalogue())
		require.NotNil(t, planned, "%s\n%v\n%s", plan, append(list, more...), context)
		same, _ := evaluated(t, planned, rows, 4)
		require.Equal(t, out, same, context)
		require.Equal(t, string(plan), string(planned.Resolved()), context)
		// Rows in another order.
		other := slices.Clone(rows)
		w.Shuffle(len(other)-1, func(i, k int) { other[i+1], other[k+1] = other[k+1], other[i+1] })
		shuffled, _ := evaluated(t, m, other, 2)
		require.Equal(t, sortedLines(out), sortedLines(shuffled), context)
	}
	require.Greater(t, scored, seeds/8, "of %d documents", seeds)
}

func sortedLines(s string) []string {
	lines := strings.Split(s, "\n")
	slices.Sort(lines)
	return lines
}
