package impute

import (
	"encoding/json"
	"math"
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"

	"rubric/engine/cell"
	"rubric/spec/method"
)

// gone stands for a missing cell.
const gone = -999

func vector(values ...float64) cell.Vector {
	v := cell.NewVector(len(values))
	for i, x := range values {
		v.Values[i] = x
		if x != gone {
			v.Put(i, x)
		}
	}
	return v
}

// run applies a method, and checks that it writes what it says and nothing else.
func run(t *testing.T, name string, in Input) []float64 {
	t.Helper()
	m, ok := Find(name)
	require.True(t, ok, name)
	values, filled := slices.Clone(in.Value.Values), cell.NewBits(in.Value.Len())
	valid := slices.Clone(in.Value.Valid)
	m.Apply(in, values, filled)
	require.Equal(t, valid, in.Value.Valid)
	out := make([]float64, len(values))
	for i, x := range values {
		known, ok := in.Value.At(i)
		switch {
		case ok:
			require.False(t, filled.Get(i), "%s: cell %d is known", name, i)
			require.Equal(t, math.Float64bits(known), math.Float64bits(x), "%s: cell %d is known", name, i)
			out[i] = x
		case filled.Get(i):
			require.False(t, math.IsNaN(x) || math.IsInf(x, 0), "%s: cell %d", name, i)
			out[i] = x
		default:
			require.Equal(t, math.Float64bits(in.Value.Values[i]), math.Float64bits(x), "%s: cell %d was not filled", name, i)
			out[i] = gone
		}
	}
	return out
}

func word(name, w string) method.Args { return method.Args{{Name: name, Word: w}} }

func number(name string, x float64) method.Args { return method.Args{{Name: name, Number: x}} }

func TestAcrossUnitsByHand(t *testing.T) {
	for _, c := range []struct {
		name   string
		args   method.Args
		in     []float64
		group  []int
		column []float64
		want   []float64
	}{
		{"mean", nil, []float64{2, gone, 4, 9}, nil, nil, []float64{2, 5, 4, 9}},
		{"mean", nil, []float64{gone, gone}, nil, nil, []float64{gone, gone}},
		{"median", nil, []float64{2, gone, 4, 9}, nil, nil, []float64{2, 4, 4, 9}},
		{"median", nil, []float64{2, gone, 4}, nil, nil, []float64{2, 3, 4}},
		{"group_mean", word("of", "region"), []float64{2, 4, gone, gone, 7}, []int{0, 0, 0, 1, 1}, nil, []float64{2, 4, 3, 7, 7}},
		{"group_mean, no group and none known", word("of", "region"), []float64{2, gone, gone, 8, gone}, []int{0, -1, 2, -1, 0}, nil, []float64{2, gone, gone, 8, 2}},
		{"group_median", word("of", "region"), []float64{2, 4, 9, gone, gone}, []int{0, 0, 0, 0, 1}, nil, []float64{2, 4, 9, 4, gone}},
		{"value", number("value", 1), []float64{2, gone, 4}, nil, nil, []float64{2, 1, 4}},
		{"value", number("value", 0), []float64{gone}, nil, nil, []float64{0}},
		{"regression", word("predictor", "x"), []float64{2, 4, 6, gone}, nil, []float64{1, 2, 3, 4}, []float64{2, 4, 6, 8}},
		{"regression", word("predictor", "x"), []float64{1, 2, 6, gone}, nil, []float64{1, 2, 3, 4}, []float64{1, 2, 6, 8}},
		{"regression, its column missing", word("predictor", "x"), []float64{2, 4, 6, gone}, nil, []float64{1, 2, 3, gone}, []float64{2, 4, 6, gone}},
		{"regression, two pairs", word("predictor", "x"), []float64{2, 4, 6, gone}, nil, []float64{1, 2, gone, 4}, []float64{2, 4, 6, gone}},
		{"regression, a constant column", word("predictor", "x"), []float64{2, 4, 6, gone}, nil, []float64{5, 5, 5, 4}, []float64{2, 4, 6, gone}},
	} {
		name := c.name
		for i, r := range name {
			if r == ',' {
				name = name[:i]
				break
			}
		}
		in := Input{Value: vector(c.in...), Group: c.group, Predictor: vector(c.column...), Args: c.args}
		require.Equal(t, c.want, run(t, name, in), c.name)
	}
}

func TestAlongTimeByHand(t *testing.T) {
	years := []float64{2019, 2020, 2021, 2022, 2023, 2024}
	ends := func(w string, gap ...float64) method.Args {
		return gapped(word("ends", w), gap)
	}
	prefer := func(w string, gap ...float64) method.Args { return gapped(word("prefer", w), gap) }
	for _, c := range []struct {
		name  string
		args  method.Args
		times []float64
		in    []float64
		want  []float64
	}{
		{"last_known", nil, years, []float64{gone, 4, gone, gone, 7, gone}, []float64{gone, 4, 4, 4, 7, 7}},
		{"last_known", gapped(nil, []float64{1}), years, []float64{gone, 4, gone, gone, 7, gone}, []float64{gone, 4, 4, gone, 7, 7}},
		{"nearest_period", prefer("before"), years, []float64{3, gone, 5, gone, gone, gone}, []float64{3, 3, 5, 5, 5, 5}},
		{"nearest_period", prefer("after"), years, []float64{3, gone, 5, gone, gone, gone}, []float64{3, 5, 5, 5, 5, 5}},
		{"nearest_period", prefer("after", 1), years, []float64{3, gone, 5, gone, gone, gone}, []float64{3, 5, 5, 5, gone, gone}},
		{"nearest_period", prefer("before"), years, []float64{gone, gone, 5, gone, gone, 8}, []float64{5, 5, 5, 5, 8, 8}},
		{"nearest_period", prefer("before", 0), years, []float64{gone, gone, 5, gone, gone, 8}, []float64{gone, gone, 5, gone, gone, 8}},
		{"nearest_period", prefer("before"), years, []float64{gone, gone, gone, gone, gone, gone}, []float64{gone, gone, gone, gone, gone, gone}},
		// One month before and one after: their distances differ in the last digits.
		{"nearest_period", prefer("after"), []float64{2020 + 1.0/12, 2020 + 2.0/12, 2020 + 3.0/12}, []float64{1, gone, 2}, []float64{1, 2, 2}},
		{"nearest_period", prefer("before"), []float64{2020 + 1.0/12, 2020 + 2.0/12, 2020 + 3.0/12}, []float64{1, gone, 2}, []float64{1, 1, 2}},
		{"linear_in_time", ends("keep"), years, []float64{gone, 2, gone, 6, gone, gone}, []float64{gone, 2, 4, 6, gone, gone}},
		{"linear_in_time", ends("hold"), years, []float64{gone, 2, gone, 6, gone, gone}, []float64{2, 2, 4, 6, 6, 6}},
		{"linear_in_time", ends("extend"), years, []float64{gone, 2, gone, 6, gone, gone}, []float64{0, 2, 4, 6, 8, 10}},
		{"linear_in_time", ends("extend"), years, []float64{gone, 2, 3, 6, 8, gone}, []float64{1, 2, 3, 6, 8, 10}},
		{"linear_in_time", ends("hold", 1), years, []float64{gone, 2, gone, 6, gone, gone}, []float64{2, 2, gone, 6, 6, gone}},
		{"linear_in_time", ends("keep", 2), years, []float64{1, gone, 3, gone, gone, 6}, []float64{1, 2, 3, gone, gone, 6}},
		{"linear_in_time", ends("extend", 1), years, []float64{gone, gone, 3, 5, gone, gone}, []float64{gone, 1, 3, 5, 7, gone}},
		{"linear_in_time", ends("hold"), years, []float64{gone, gone, 3, gone, gone, gone}, []float64{3, 3, 3, 3, 3, 3}},
		{"linear_in_time", ends("extend"), years, []float64{gone, gone, 3, gone, gone, gone}, []float64{gone, gone, 3, gone, gone, gone}},
		{"linear_in_time", ends("hold"), years, []float64{gone, gone, gone, gone, gone, gone}, []float64{gone, gone, gone, gone, gone, gone}},
		// 2010 and 2020 around 2012: a fifth of the way.
		{"linear_in_time", ends("keep"), []float64{2010, 2012, 2020}, []float64{10, gone, 20}, []float64{10, 12, 20}},
	} {
		var cells []int
		for i := range c.in {
			cells = append(cells, i)
		}
		in := Input{Value: vector(c.in...), Series: [][]int{cells}, Times: c.times, Args: c.args}
		require.Equal(t, c.want, run(t, c.name, in), "%s %v", c.name, c.args)
	}
}

func gapped(args method.Args, gap []float64) method.Args {
	if len(gap) > 0 {
		args = append(args, method.Arg{Name: "max_gap", Number: gap[0]})
	}
	return args
}

// calls is every method with parameters that it may have.
func calls() (out []method.Call) {
	for _, m := range Methods {
		args := method.Args{{Name: "of", Word: "g"}, {Name: "predictor", Word: "x"}, {Name: "value", Number: 3}, {Name: "prefer", Word: "after"}}
		if m.Name != "linear_in_time" {
			out = append(out, method.Call{Method: m.Name, Args: args})
			continue
		}
		for _, ends := range []string{"keep", "hold", "extend"} {
			out = append(out, method.Call{Method: m.Name, Args: word("ends", ends)}, method.Call{Method: m.Name, Args: gapped(word("ends", ends), []float64{2})})
		}
	}
	return out
}

func TestListIsInOrder(t *testing.T) {
	require.True(t, slices.IsSortedFunc(Methods, func(a, b Method) int {
		if a.Name < b.Name {
			return -1
		}
		return 1
	}))
	for _, m := range Methods {
		require.Equal(t, method.Impute, m.Step)
		require.NotEmpty(t, m.Title+m.Formula+m.Source)
	}
}

// Shuffled rows, with everything that belongs to them, are filled with the same
// numbers to the last bit.
func TestOrderOfRowsIsIrrelevant(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	const units, periods = 40, 5
	const n = units * periods
	value, column := cell.NewVector(n), cell.NewVector(n)
	groups, times := make([]int, n), make([]float64, n)
	series := make([][]int, units)
	for i := range n {
		if r.IntN(3) > 0 {
			value.Put(i, math.Exp(r.NormFloat64()*9))
		}
		if r.IntN(5) > 0 {
			column.Put(i, math.Exp(r.NormFloat64()*9))
		}
		groups[i], times[i] = r.IntN(6)-1, 2000+float64(i%periods)
		series[i/periods] = append(series[i/periods], i)
	}
	for _, call := range calls() {
		in := Input{Value: value, Group: groups, Predictor: column, Series: series, Times: times, Args: call.Args}
		want := run(t, call.Method, in)
		require.NotEqual(t, -1, slices.IndexFunc(want, func(x float64) bool { return x != gone }))
		for range 5 {
			at := r.Perm(n) // row i comes to at[i]
			other := Input{Value: cell.NewVector(n), Predictor: cell.NewVector(n), Group: make([]int, n), Times: make([]float64, n), Series: make([][]int, units), Args: call.Args}
			for i := range n {
				if x, ok := value.At(i); ok {
					other.Value.Put(at[i], x)
				}
				if x, ok := column.At(i); ok {
					other.Predictor.Put(at[i], x)
				}
				other.Group[at[i]], other.Times[at[i]] = groups[i], times[i]
			}
			for u, cells := range series {
				for _, i := range cells {
					other.Series[u] = append(other.Series[u], at[i])
				}
			}
			got := run(t, call.Method, other)
			for i := range n {
				require.Equal(t, want[i], got[at[i]], "%s, row %d", call.Method, i)
			}
		}
	}
}

// hostile reads cells from bytes: the ends of the line, the smallest numbers, and
// their neighbours.
func hostile(text []byte) cell.Vector {
	kinds := []float64{0, math.Copysign(0, -1), 1, -1, 0.1, 3, math.MaxFloat64, -math.MaxFloat64, math.SmallestNonzeroFloat64, -math.SmallestNonzeroFloat64, 1e300, 1e-300, 1e16, 2}
	v := cell.NewVector(len(text))
	for i, b := range text {
		if int(b)%(len(kinds)+2) < len(kinds) {
			v.Put(i, kinds[int(b)%(len(kinds)+2)])
		}
	}
	return v
}

func FuzzImputation(f *testing.F) {
	f.Add([]byte{}, []byte{})
	f.Add([]byte{6, 7, 15, 6, 8}, []byte{1, 2, 3, 6, 7})
	f.Add([]byte{15, 15, 15}, []byte{0, 0, 0})
	f.Add([]byte{6, 6, 6, 15}, []byte{6, 7, 6, 10})
	f.Fuzz(func(t *testing.T, text, other []byte) {
		n := min(len(text), len(other), 200)
		in := Input{Value: hostile(text[:n]), Predictor: hostile(other[:n]), Group: make([]int, n), Times: make([]float64, n)}
		var cells []int
		for i := range n {
			in.Group[i], in.Times[i] = int(other[i]%5)-1, float64(i/2)
			if cells = append(cells, i); other[i]%7 == 0 {
				in.Series, cells = append(in.Series, cells), nil
			}
		}
		in.Series = append(in.Series, cells)
		for _, call := range calls() {
			in.Args = call.Args
			run(t, call.Method, in)
		}
	})
}

// The cases are outputs of COINr 1.1.14.
func TestAgreesWithCOINr(t *testing.T) {
	text, err := os.ReadFile("testdata/coinr.json")
	require.NoError(t, err)
	var file struct {
		COINr string
		Cases []struct {
			Fn, Vector    string
			Input, Output []*string
		}
	}
	require.NoError(t, json.Unmarshal(text, &file))
	require.Equal(t, "1.1.14", file.COINr)
	methods := map[string]string{"i_mean": "mean", "i_median": "median"}
	held := map[string]int{}
	for _, c := range file.Cases {
		in := Input{Value: cell.NewVector(len(c.Input))}
		for i, x := range c.Input {
			if x != nil {
				v, err := strconv.ParseFloat(*x, 64)
				require.NoError(t, err)
				in.Value.Put(i, v)
			}
		}
		got := run(t, methods[c.Fn], in)
		require.Len(t, got, len(c.Output))
		for i, x := range c.Output {
			if x == nil || *x == "NaN" { // COINr has NaN where nothing is known; here the cell stays missing
				require.Equal(t, float64(gone), got[i], "%s %s", c.Fn, c.Vector)
				continue
			}
			want, err := strconv.ParseFloat(*x, 64)
			require.NoError(t, err)
			if want == 0 {
				require.Zero(t, got[i])
			} else {
				require.InEpsilon(t, want, got[i], 1e-12, "%s %s", c.Fn, c.Vector)
			}
		}
		held[c.Fn]++
	}
	require.Equal(t, map[string]int{"i_mean": 17, "i_median": 17}, held)
}
