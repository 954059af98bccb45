package attribute_test

import (
	"fmt"
	"io"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"rubric/engine"
	"rubric/engine/attribute"
	"rubric/engine/dataset"
	"rubric/spec"
	"rubric/spec/check"
	"rubric/spec/diff"
	"rubric/spec/source"
)

func methodology(t testing.TB, text string) *check.Methodology {
	t.Helper()
	doc, list := spec.Load(source.NewFile("test.yaml", []byte(text)))
	require.Zero(t, list.Errors(), "%v", list)
	m, list := check.Check(doc, engine.Catalogue())
	require.NotNil(t, m, "%v", list)
	return m
}

// side is a version with its data; reader is the version that reads them.
func data(t testing.TB, reader *check.Methodology, csv string) *dataset.Dataset {
	t.Helper()
	d, list, err := dataset.Load(reader, dataset.Inputs{Data: []dataset.Input{{Name: "data.csv", Open: func() (io.ReadCloser, error) { return io.NopCloser(strings.NewReader(csv)), nil }}}})
	require.NoError(t, err)
	require.NotNil(t, d, "%v", list)
	return d
}

// attributed compares two documents over two files, as the command does.
func attributed(t testing.TB, old, now, oldCSV, newCSV string, o attribute.Options) *attribute.Attribution {
	t.Helper()
	a, b := methodology(t, old), methodology(t, now)
	d, err := diff.Of(a, b)
	require.NoError(t, err)
	in := attribute.Data{Old: data(t, a, oldCSV).With(data(t, b, oldCSV)), New: data(t, b, newCSV).With(data(t, a, newCSV))}
	one, list := engine.Compile(a).Eval(in.Old, engine.Options{})
	require.NotNil(t, one, "%v", list)
	two, list := engine.Compile(b).Eval(in.New, engine.Options{})
	require.NotNil(t, two, "%v", list)
	out, err := attribute.Of(d, one, two, in, o)
	require.NoError(t, err)
	return out
}

const head = `rubric: 1
index: test
edition: "1"
title: Test
units: {noun: town, plural: towns}
columns: {x: {title: X}, v: {title: V}}
defaults:
  indicator: {normalise: none, missing: error}
  dimension: {aggregate: sum, missing: error}
  index: {aggregate: sum, missing: error, rank: standard}
dimensions:
  a:
    title: A
    weight: %s
    indicators:
      p: {title: P, formula: %s}
  b:
    title: B
    indicators:
      q: {title: Q, formula: %s}
`

func document(weight, p, q string) string { return fmt.Sprintf(head, weight, p, q) }

const towns = "town,x,v\nAda,2,3\nBly,4,1\n"

// Worked by hand. The index is 1·x + v and becomes 3·2x + v: the weight w of A, and the
// formula f of P.
//
//	      nobody  w    f    both        w: ½((w − nobody) + (both − f))   f
//	Ada   5       9    7    15          ½(4 + 8) = 6                      ½(2 + 6) = 4
//	Bly   5       13   9    25          ½(8 + 16) = 12                    ½(4 + 12) = 8
//
// Both are 1st before; Ada is 2nd in each of the others: ½(1 + 0) a place each.
// Alone, w and f move Ada by 4 + 2 of 10 and Bly by 8 + 4 of 20; what is left is
// 4 + 8 = 12, of 4 + 2 + 4 + 8 + 4 + 8 = 30.
func TestTwoFactorsByHand(t *testing.T) {
	a := attributed(t, document("1", "x", "v"), document("3", "2 * x", "v"), towns, towns, attribute.Options{Order: []string{"2"}})
	require.Len(t, a.Factors, 2)
	require.Equal(t, "weight", a.Factors[0].Changes[0].Key)
	require.Equal(t, "formula", a.Factors[1].Changes[0].Key)
	require.True(t, a.Exact)
	require.Equal(t, 4, a.Evaluations)
	index := a.Nodes[0]
	require.Equal(t, "index", index.Now.Path)
	ada, bly := index.Units[0], index.Units[1]
	require.Equal(t, []float64{6, 4}, ada.Score.By)
	require.Equal(t, []float64{12, 8}, bly.Score.By)
	require.Equal(t, []float64{0.5, 0.5}, ada.Rank.By)
	require.Equal(t, []float64{0, 0}, bly.Rank.By)
	require.Equal(t, []float64{4, 2}, ada.Score.Alone)
	require.Equal(t, []float64{9, 6}, index.Score.Mean)
	require.InDelta(t, 0.4, index.Score.Interaction, 1e-12)
	// The formula first, then the weight.
	require.Equal(t, []int{1, 0}, a.Order)
	require.Equal(t, []float64{8, 2}, ada.Score.Steps)
	// The dimension itself has no weight in it: only its formula moves it.
	require.Equal(t, "a", a.Nodes[1].Now.Path)
	require.Equal(t, []float64{0, 2}, a.Nodes[1].Units[0].Score.By)
}

// The data are a factor where they differ, and units that entered or left another. Bly
// left, Cor entered; Ada's x became 5. Ranks: Ada 1st of (5, 5), then 2nd of (8, 9).
//
//	Ada's score: nobody 5, d 8, u 5, both 8: data 3, units 0
//	Ada's rank:  nobody 1, d 1 (8 and 5), u 2 (5 and 9), both 2: data 0, units 1
func TestDataAndUnitsApart(t *testing.T) {
	same := document("1", "x", "v")
	a := attributed(t, same, same, towns, "town,x,v\nCor,8,1\nAda,5,3\n", attribute.Options{})
	require.Equal(t, []attribute.Kind{attribute.NewData, attribute.Units}, []attribute.Kind{a.Factors[0].Kind, a.Factors[1].Kind})
	require.Equal(t, []string{"Cor"}, a.Factors[1].Entered)
	require.Equal(t, []string{"Bly"}, a.Factors[1].Left)
	ada := a.Nodes[0].Units[0]
	require.Len(t, a.Nodes[0].Units, 1)
	require.Equal(t, []float64{3, 0}, ada.Score.By)
	require.Equal(t, []float64{0, 1}, ada.Rank.By)
}

// A factor that moves nothing has no effect at all, not a small one.
func TestNullFactor(t *testing.T) {
	ranked := func(s string) string {
		return strings.ReplaceAll(strings.ReplaceAll(s, "normalise: none, missing: error", "normalise: rank_points, ties: high, direction: higher, missing: floor"), "formula: x", "formula: 100 * x")
	}
	old := strings.ReplaceAll(document("0.1", "x", "v"), "normalise: none, missing: error", "normalise: rank_points, ties: high, direction: higher, missing: floor")
	now := ranked(document("0.3", "x", "v / 7"))
	a := attributed(t, old, now, "town,x,v\nA,0.1,0.7\nB,0.3,0.1\nC,0.2,0.9\n", "town,x,v\nA,0.1,0.7\nB,0.3,0.1\nC,0.2,0.9\n", attribute.Options{})
	require.Len(t, a.Factors, 3)
	for _, n := range a.Nodes {
		for _, u := range n.Units {
			for i, f := range a.Factors {
				if f.Changes[0].Key == "formula" {
					require.Zero(t, u.Score.By[i])
					require.Zero(t, u.Rank.By[i])
				}
			}
		}
	}
}

// Two factors that do the same have the same effect, but for the last bit, which the sum may want.
func TestSymmetricFactors(t *testing.T) {
	old := document("1", "x", "x")
	now := document("1", "sqrt(x) / 3", "sqrt(x) / 3")
	old = strings.ReplaceAll(old, "index: {aggregate: sum", "index: {aggregate: geometric_mean")
	now = strings.ReplaceAll(now, "index: {aggregate: sum", "index: {aggregate: geometric_mean")
	old, now = strings.ReplaceAll(old, ", v: {title: V}", ""), strings.ReplaceAll(now, ", v: {title: V}", "")
	csv := "town,x\nA,0.1\nB,0.37\nC,22\n"
	a := attributed(t, old, now, csv, csv, attribute.Options{})
	require.Len(t, a.Factors, 2)
	for _, u := range a.Nodes[0].Units {
		require.InDelta(t, u.Score.By[0], u.Score.By[1], 1e-15*math.Abs(u.Score.Old)+1e-15)
		require.Equal(t, u.Rank.By[0], u.Rank.By[1])
	}
}

// A revision of the old year comes right before the new year, always. Ada 2 → 2.5 by the
// revision, → 4 by the new year.
func TestRevisionApart(t *testing.T) {
	of := func(year string) string {
		return strings.ReplaceAll(document("1", "x", "v"), "columns:", "periods: {noun: year, only: \""+year+"\"}\ncolumns:")
	}
	oldCSV := "town,year,x,v\nAda,2020,2,3\nBly,2020,4,1\n"
	newCSV := "town,year,x,v\nAda,2020,2.5,3\nAda,2021,4,3\nBly,2020,4,1\nBly,2021,5,1\n"
	a, b := methodology(t, of("2020")), methodology(t, strings.ReplaceAll(of("2021"), "formula: x", "formula: 2 * x"))
	d, err := diff.Of(a, b)
	require.NoError(t, err)
	in := attribute.Data{Old: data(t, a, oldCSV), Revised: data(t, a, newCSV), New: data(t, b, newCSV)}
	one, _ := engine.Compile(a).Eval(in.Old, engine.Options{})
	two, _ := engine.Compile(b).Eval(in.New, engine.Options{})
	out, err := attribute.Of(d, one, two, in, attribute.Options{})
	require.NoError(t, err)
	var names []string
	for _, f := range out.Factors {
		names = append(names, f.Name)
	}
	require.Equal(t, []string{"1", "revision", "data"}, names)
	// Two orders, f r d and r d f. Ada: 5 before, x 2, 2.5, 4, doubled by f.
	//   f: ½(2 + 4) = 3   r: ½(1 + 0.5) = 0.75   d: ½(3 + 1.5) = 2.25   sum 6 = 11 − 5
	ada := out.Nodes[0].Units[0].Score
	require.Equal(t, []float64{3, 0.75, 2.25}, ada.By)
	require.Equal(t, []float64{2, 0.5, 1.5}, ada.Alone)
	sampled, err := attribute.Of(d, one, two, in, attribute.Options{Exact: 1, Permutations: 2})
	require.NoError(t, err)
	require.Equal(t, ada.By, sampled.Nodes[0].Units[0].Score.By) // an order and its reverse are all that there are
	_, err = attribute.Of(d, one, two, in, attribute.Options{Order: []string{"data", "revision"}})
	require.ErrorContains(t, err, "the revision of the old data comes before the new data")
	_, err = attribute.Of(d, one, two, in, attribute.Options{Order: []string{"7"}})
	require.ErrorContains(t, err, "no factor is called `7`: one of 1, revision, data")
}

// A new indicator whose column only the new data have brings its figures with it: Ada 5, with
// the weight 7; z is 7 where x was 2. One that has none for a unit that is only on the old
// side cannot be without the units that left.
func TestColumnOfOneVersion(t *testing.T) {
	old, now := document("1", "x", "v"), strings.ReplaceAll(document("2", "z", "v"), "columns: {x: {title: X},", "columns: {z: {title: Z},")
	a := attributed(t, old, now, towns, "town,z,v\nAda,7,3\nBly,4,1\n", attribute.Options{})
	require.Len(t, a.Factors, 2)
	require.Equal(t, []string{"1", "2"}, []string{a.Factors[0].Name, a.Factors[1].Name})
	require.Equal(t, []float64{4.5, 7.5}, a.Nodes[0].Units[0].Score.By) // w: ½(2 + 7); z: ½(5 + 10)

	// The same column, without a figure in the new data.
	old = document("1", "'x + coalesce(w, 0)'", "v")
	old = strings.ReplaceAll(old, "columns: {", "columns: {w: {title: W}, ")
	a = attributed(t, old, document("1", "x", "v"), "town,x,v,w\nAda,2,3,1\nBly,4,1,\n", "town,x,v,w\nAda,3,3,\nBly,4,1,\n", attribute.Options{})
	require.Equal(t, []attribute.Kind{attribute.Method, attribute.NewData}, []attribute.Kind{a.Factors[0].Kind, a.Factors[1].Kind})
	require.Equal(t, []float64{-1, 1}, a.Nodes[0].Units[0].Score.By)

	a = attributed(t, document("1", "x", "v"), now, towns, "town,z,v\nAda,7,3\n", attribute.Options{})
	require.Len(t, a.Factors, 2)
	require.Equal(t, "2+units", a.Factors[1].Name)
	require.Equal(t, attribute.Joint, a.Factors[1].Kind)
	require.Contains(t, a.Factors[1].Reason, "`a/p` has no figure for Bly")
}

// Above the limit orders are sampled: near what is exact, with an error that says how
// near, the same again for the same seed, and summing to the change all the same.
func TestSampledOrders(t *testing.T) {
	old, now := document("1", "x", "v"), strings.ReplaceAll(document("3", "2 * x", "v * v"), "index: {aggregate: sum", "index: {aggregate: geometric_mean")
	exact := attributed(t, old, now, towns, towns, attribute.Options{})
	sampled := attributed(t, old, now, towns, towns, attribute.Options{Exact: 1, Permutations: 4000, Seed: 7})
	again := attributed(t, old, now, towns, towns, attribute.Options{Exact: 1, Permutations: 4000, Seed: 7, Workers: 1})
	require.False(t, sampled.Exact)
	require.Equal(t, 4000, sampled.Orders)
	for k, n := range sampled.Nodes {
		require.Equal(t, n.Units, again.Nodes[k].Units)
		for j, u := range n.Units {
			sum := 0.0
			for i, x := range u.Score.By {
				require.LessOrEqual(t, math.Abs(x-exact.Nodes[k].Units[j].Score.By[i]), 5*u.Score.Error+1e-12)
				sum += x
			}
			require.Equal(t, u.Score.New-u.Score.Old, sum)
		}
	}
	require.Positive(t, sampled.Nodes[0].Score.Error)
}

// The order in which changes are listed is no matter.
func TestChangesInAnyOrder(t *testing.T) {
	a, b := methodology(t, document("1", "x", "v")), methodology(t, document("0.3", "x / 7", "v * v + x"))
	in := data(t, a, towns)
	one, _ := engine.Compile(a).Eval(in, engine.Options{})
	two, _ := engine.Compile(b).Eval(in, engine.Options{})
	effects := func(turn func(*diff.Diff)) map[string][]float64 {
		d, err := diff.Of(a, b)
		require.NoError(t, err)
		turn(d)
		out, err := attribute.Of(d, one, two, attribute.Data{Old: in, New: in}, attribute.Options{})
		require.NoError(t, err)
		found := map[string][]float64{}
		for i, f := range out.Factors {
			for _, u := range out.Nodes[0].Units {
				found[f.Changes[0].ID] = append(found[f.Changes[0].ID], u.Score.By[i], u.Rank.By[i])
			}
		}
		return found
	}
	as := effects(func(*diff.Diff) {})
	require.Len(t, as, 3)
	turned := effects(func(d *diff.Diff) { slices.Reverse(d.Changes) })
	for id, want := range as {
		require.InDeltaSlice(t, want, turned[id], 1e-15) // which one takes the rounding may differ
	}
}

// Given figures are of the node, wherever it stands and whatever it is called: A is given
// on both sides, and moved; B has another weight.
func TestGivenNodesThatMove(t *testing.T) {
	old := document("1", "x", "v")
	now := strings.Replace(old, "  b:\n", "  c:\n    title: A\n    indicators:\n      p: {title: P, formula: x}\n  b:\n    weight: 2\n", 1)
	now = strings.Replace(now, "  a:\n    title: A\n    weight: 1\n    indicators:\n      p: {title: P, formula: x}\n", "", 1)
	a, b := methodology(t, old), methodology(t, now)
	d, err := diff.Of(a, b)
	require.NoError(t, err)
	load := func(m *check.Methodology, given string) *dataset.Dataset {
		file := func(name, text string) []dataset.Input {
			return []dataset.Input{{Name: name, Open: func() (io.ReadCloser, error) { return io.NopCloser(strings.NewReader(text)), nil }}}
		}
		out, list, err := dataset.Load(m, dataset.Inputs{Data: file("data.csv", towns), Given: file("given.csv", given)})
		require.NoError(t, err)
		require.NotNil(t, out, "%v", list)
		return out
	}
	in := attribute.Data{Old: load(a, "town,a\nAda,10\nBly,20\n"), New: load(b, "town,c\nAda,10\nBly,25\n")}
	one, _ := engine.Compile(a).Eval(in.Old, engine.Options{})
	two, _ := engine.Compile(b).Eval(in.New, engine.Options{})
	out, err := attribute.Of(d, one, two, in, attribute.Options{})
	require.NoError(t, err)
	require.Equal(t, []attribute.Kind{attribute.Method, attribute.NewData}, []attribute.Kind{out.Factors[0].Kind, out.Factors[1].Kind})
	// Ada 10 + 3, then 10 + 2·3; Bly 20 + 1, then 25 + 2·1.
	require.Equal(t, []float64{3, 0}, out.Nodes[0].Units[0].Score.By)
	require.Equal(t, []float64{1, 5}, out.Nodes[0].Units[1].Score.By)
}

// A unit that has no score in an edition between the two is not attributed, and the
// others are.
func TestUnitWithoutAScoreBetween(t *testing.T) {
	old := strings.ReplaceAll(document("1", "x", "v"), "missing: error", "missing: propagate")
	old = strings.ReplaceAll(old, "indicator: {normalise: none, missing: propagate", "indicator: {normalise: none, missing: keep")
	now := strings.ReplaceAll(old, "formula: x", "formula: 1 / x")
	a := attributed(t, old, now, "town,x,v\nAda,0,3\nBly,4,1\n", "town,x,v\nAda,2,3\nBly,5,1\n", attribute.Options{})
	ada, bly := a.Nodes[0].Units[0], a.Nodes[0].Units[1]
	require.Nil(t, ada.Score.By)
	require.Equal(t, "it has no score where only 1 is new", ada.Score.Reason)
	require.Equal(t, 1, a.Nodes[0].Score.Left)
	// Bly 4, 5 by the data, 1/4 by the formula, 1/5 by both.
	require.InDeltaSlice(t, []float64{(-3.75 - 4.8) / 2, (1 - 0.05) / 2}, bly.Score.By, 1e-12)
}

// Where the figures of all nodes would not fit, the upper ones are attributed, and what is
// told; where not even these do, nothing is.
func TestWhatDoesNotFit(t *testing.T) {
	a, b := methodology(t, document("1", "x", "v")), methodology(t, document("3", "2 * x", "v"))
	d, err := diff.Of(a, b)
	require.NoError(t, err)
	in := data(t, a, towns)
	one, _ := engine.Compile(a).Eval(in, engine.Options{})
	two, _ := engine.Compile(b).Eval(in, engine.Options{})
	nodes := func(memory int) (paths []string) {
		lead, _ := b.Node("b/q")
		out, err := attribute.Of(d, one, two, attribute.Data{Old: in, New: in}, attribute.Options{Memory: memory, Lead: lead})
		require.NoError(t, err)
		require.Equal(t, memory > 0, out.Coarse)
		for _, n := range out.Nodes {
			paths = append(paths, n.Now.Path)
		}
		require.Equal(t, []float64{6, 4}, out.Nodes[0].Units[0].Score.By)
		return paths
	}
	require.Equal(t, []string{"index", "a", "a/p", "b", "b/q"}, nodes(0))
	require.Equal(t, []string{"index", "a", "b", "b/q"}, nodes(600)) // 4 editions, 2 rows, 5 nodes: 640 bytes
	_, err = attribute.Of(d, one, two, attribute.Data{Old: in, New: in}, attribute.Options{Memory: 40})
	require.ErrorContains(t, err, "4 editions of 2 rows would not fit into memory")
}

// Weights that are said with the weighting that takes them up are one factor with it:
// neither does anything without the other.
func TestWeightsGoWithTheirWeighting(t *testing.T) {
	equal := strings.ReplaceAll(document("1", "x", "v"), "\n    weight: 1", "")
	equal = strings.Replace(equal, "index: {aggregate: sum", "index: {aggregate: arithmetic_mean, weighting: equal", 1)
	given := strings.Replace(document("3", "x", "v"), "index: {aggregate: sum", "index: {aggregate: arithmetic_mean, weighting: given", 1)
	a := attributed(t, equal, given, towns, towns, attribute.Options{})
	require.Len(t, a.Factors, 1)
	require.Equal(t, "neither acts without the other", a.Factors[0].Reason)
	var keys []string
	for _, c := range a.Factors[0].Changes {
		keys = append(keys, c.Key)
	}
	slices.Sort(keys)
	require.Equal(t, []string{"weight", "weighting"}, keys)          // of A, and of the index
	require.Equal(t, []float64{-0.25}, a.Nodes[0].Units[0].Score.By) // Ada (2 + 3)/2, then (3·2 + 3)/4
}

// A cap in the formula and another one in the treatment: raising either lifts nobody, raising
// both does. They are one factor, and not two halves of one. With a weight beside them that
// moves on its own, they still are.
func TestCompanionsAreOneFactor(t *testing.T) {
	capped := func(s, high string) string {
		return strings.ReplaceAll(s, "title: P,", "title: P, treat: {method: clip, high: "+high+"},")
	}
	csv := "town,x,v\nAda,15,3\nBly,4,1\n"
	a := attributed(t, capped(document("1", "'min(x, 10)'", "v"), "10"), capped(document("1", "x", "v"), "20"), csv, csv, attribute.Options{})
	require.Len(t, a.Factors, 1)
	require.Equal(t, attribute.Joint, a.Factors[0].Kind)
	require.Equal(t, "1+2", a.Factors[0].Name)
	require.Equal(t, "its parts move no figure without each other", a.Factors[0].Reason)
	require.Equal(t, []float64{5}, a.Nodes[0].Units[0].Score.By)
	require.Zero(t, a.Nodes[0].Score.Interaction)

	a = attributed(t, capped(document("1", "'min(x, 10)'", "v"), "10"), capped(document("2", "x", "v"), "20"), csv, csv, attribute.Options{})
	require.Equal(t, []string{"1", "2+3"}, []string{a.Factors[0].Name, a.Factors[1].Name})
	// Ada: 13, the weight alone 23, the cap alone 18, both 33.
	require.Equal(t, []float64{12.5, 7.5}, a.Nodes[0].Units[0].Score.By)
}

// By hand: Ada 5, Bly 4, Cor 3, and then 3, 6, 4. Ada fell from 1st to 3rd. With its 3 among
// the old 4 and 3 it would be 2nd, and with its 5 among the new 6 and 4, too: its own part is
// ½((2 − 1) + (3 − 2)) = 1, and the other place is the others'. Bly rose by its own 6 alone:
// ½((1 − 2) + (1 − 1)) = −½, for its 4 would have been first, too, with Cor.
func TestOwnFiguresAndThoseOfOthers(t *testing.T) {
	same := document("1", "x", "v")
	m := methodology(t, same)
	for _, o := range []attribute.Options{{}, {Exact: -1, Permutations: 4}} {
		d, err := diff.Of(m, m)
		require.NoError(t, err)
		in := attribute.Data{Old: data(t, m, "town,x,v\nAda,5,0\nBly,4,0\nCor,3,0\n"), New: data(t, m, "town,x,v\nAda,3,0\nBly,6,0\nCor,4,0\n")}
		one, _ := engine.Compile(m).Eval(in.Old, engine.Options{})
		two, _ := engine.Compile(m).Eval(in.New, engine.Options{})
		o.Lead = m.Root
		a, err := attribute.Of(d, one, two, in, o)
		require.NoError(t, err)
		index := a.Nodes[0]
		require.Equal(t, []float64{2}, index.Units[0].Rank.By)
		require.Equal(t, []float64{1}, index.Units[0].Own)
		require.Equal(t, []float64{-1}, index.Units[1].Rank.By)
		require.Equal(t, []float64{-0.5}, index.Units[1].Own)
		require.Nil(t, a.Nodes[1].Units[0].Own) // another node
	}
}

// A default that changed acts on an indicator that came, too: where only the indicator is
// new, it says what the old default said. By hand, Ada has 2 and 3, and Bly 4 and 1; R is v.
//
//	      old         R new alone       default alone      both
//	Ada   2 + 3 = 5   2 + 3 + 3 = 8     0 + 1 = 1          0 + 1 + 1 = 2
//	Bly   4 + 1 = 5   4 + 1 + 1 = 6     1 + 0 = 1          1 + 0 + 0 = 1
//
// The same the other way round, where R is gone.
func TestDefaultsActOnWhatCame(t *testing.T) {
	method := func(s string) string {
		return strings.ReplaceAll(strings.ReplaceAll(document("1", "x", "v"), "indicator: {normalise: none", "indicator: {normalise: "+s), "formula: ", "direction: higher, formula: ")
	}
	old := strings.ReplaceAll(method("none"), ", direction: higher", "")
	old = strings.ReplaceAll(old, "direction: higher, ", "")
	now := strings.Replace(method("min_max"), "      q: {", "      r: {title: R, direction: higher, formula: v}\n      q: {", 1)
	a := attributed(t, old, now, towns, towns, attribute.Options{})
	effects := func(a *attribute.Attribution) map[string][2]float64 {
		require.Len(t, a.Factors, 2) // the direction goes with the normalisation that takes it
		out := map[string][2]float64{}
		for i, f := range a.Factors {
			name := "default"
			if f.Changes[0].Key == "" {
				name = "R"
			}
			out[name] = [2]float64{a.Nodes[0].Units[0].Score.Alone[i], a.Nodes[0].Units[0].Score.By[i]}
		}
		return out
	}
	named := effects(a)
	// Alone; and ½(−4 + (2 − 8)), ½(3 + (2 − 1)).
	require.Equal(t, map[string][2]float64{"R": {3, 2}, "default": {-4, -5}}, named)

	a = attributed(t, now, old, towns, towns, attribute.Options{})
	require.Equal(t, map[string][2]float64{"R": {-1, -2}, "default": {6, 5}}, effects(a))
}

// Where ranks are dense, or ties share the mean of their places, a unit that alone has other
// figures did all of it itself.
func TestOwnByTheRuleOfRanks(t *testing.T) {
	for _, rule := range []string{"standard", "modified", "dense", "fractional"} {
		m := methodology(t, strings.Replace(document("1", "x", "v"), "rank: standard", "rank: "+rule, 1))
		d, err := diff.Of(m, m)
		require.NoError(t, err)
		csv := "town,x,v\nA,9,0\nB,9,0\nC,8,0\nD,8,0\nE,%d,0\nF,2,0\nG,2,0\n"
		in := attribute.Data{Old: data(t, m, fmt.Sprintf(csv, 1)), New: data(t, m, fmt.Sprintf(csv, 8))}
		one, _ := engine.Compile(m).Eval(in.Old, engine.Options{})
		two, _ := engine.Compile(m).Eval(in.New, engine.Options{})
		a, err := attribute.Of(d, one, two, in, attribute.Options{Lead: m.Root})
		require.NoError(t, err)
		for _, u := range a.Nodes[0].Units {
			want := 0.0
			if u.ID == "E" {
				want = u.Rank.By[0]
				require.Negative(t, want)
			}
			require.Equal(t, []float64{want}, u.Own, "%s %s", rule, u.ID)
		}
	}
}
