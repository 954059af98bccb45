package treat

import (
	"maps"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"rubric/engine/cell"
	"rubric/spec/method"
)

// gone stands for a missing cell, invalid for one that a treatment made so.
const (
	gone    = -999
	invalid = -998
)

func vector(values ...float64) cell.Vector {
	v := cell.NewVector(len(values))
	for i, x := range values {
		v.Values[i] = math.NaN() // whoever reads behind an absent cell will be seen
		if x != gone {
			v.Put(i, x)
		}
	}
	return v
}

// run applies a method to a copy, and checks what it says of the cells.
func run(t *testing.T, name string, args method.Args, v cell.Vector) ([]float64, Outcome) {
	t.Helper()
	m, ok := Find(name)
	require.True(t, ok, name)
	after := cell.Vector{Values: slices.Clone(v.Values), Valid: slices.Clone(v.Valid)}
	out := m.Apply(Input{Value: after, Args: args})
	require.Equal(t, out.Invalid != nil, out.Reason != "", "%s: a reason goes with invalid cells", name)
	values := make([]float64, v.Len())
	for i := range values {
		x, ok := after.At(i)
		wrong := out.Invalid != nil && out.Invalid.Get(i)
		require.Equal(t, v.Valid.Get(i), ok != wrong, "%s: cell %d is as it was, or invalid", name, i)
		switch {
		case wrong:
			values[i] = invalid
		case !ok:
			values[i] = gone
		default:
			require.False(t, math.IsNaN(x) || math.IsInf(x, 0), "%s: cell %d", name, i)
			values[i] = x
		}
		if before, ok := v.At(i); ok && out.Idle != "" {
			require.Equal(t, math.Float64bits(before), math.Float64bits(x), "%s: idle", name)
		}
	}
	return values, out
}

func numbers(named ...any) (out method.Args) {
	for i := 0; i < len(named); i += 2 {
		a := method.Arg{Name: named[i].(string)}
		switch x := named[i+1].(type) {
		case string:
			a.Word = x
		case float64:
			a.Number = x
		case int:
			a.Number = float64(x)
		}
		out = append(out, a)
	}
	return out
}

func skewArgs(cells int, then string) method.Args {
	return numbers("max_cells", cells, "max_skew", 2, "max_kurtosis", 3.5, "then", then)
}

func TestTreatmentsByHand(t *testing.T) {
	ln := math.Log
	for _, c := range []struct {
		name     string
		args     method.Args
		in, want []float64
		reason   string
	}{
		{"asinh", nil, []float64{0, 0.75, -0.75, gone}, []float64{0, math.Ln2, -math.Ln2, gone}, ""},
		{"box_cox", numbers("lambda", 2), []float64{2, 5, 10}, []float64{0, 7.5, 40}, ""},
		{"box_cox", numbers("lambda", 0.5), []float64{2, gone, 5, 10}, []float64{0, gone, 2, 4}, ""},
		{"box_cox", numbers("lambda", 0), []float64{2, 5, 10}, []float64{0, ln(4), ln(9)}, ""},
		{"box_cox", numbers("lambda", 1e-18), []float64{2, 5, 10}, []float64{0, ln(4), ln(9)}, ""},
		{"box_cox", numbers("lambda", 1), []float64{2, 5, 10}, []float64{0, 3, 8}, ""},
		{"box_cox", numbers("lambda", 2), []float64{0, 1e200}, []float64{0, invalid}, tooLarge},
		{"clip", numbers("low", 0, "high", 10), []float64{-5, 3, gone, 12}, []float64{0, 3, gone, 10}, ""},
		{"clip", numbers("low", 0), []float64{-5, 3, 12}, []float64{0, 3, 12}, ""},
		{"clip", numbers("high", 10), []float64{-5, 3, 12}, []float64{-5, 3, 10}, ""},
		{"log", nil, []float64{1, math.E * math.E, 0, -1, gone}, []float64{0, 2, invalid, invalid, gone}, "the logarithm of a number that is not positive"},
		{"log_from_min", nil, []float64{-1, 0, 3, gone}, []float64{0, ln(2), ln(5), gone}, ""},
		{"log_from_min", nil, []float64{4, 4}, []float64{0, 0}, ""},
		{"log_gii", nil, []float64{0, 3, 9, gone}, []float64{0, ln(11.0 / 3), ln(9), gone}, ""},
		{"log_shift", nil, []float64{0, 99, 100, gone}, []float64{0, ln(100), ln(101), gone}, ""},
		{"log_shift_by_skew", nil, []float64{0, 99, 100}, []float64{-ln(101), -ln(2), 0}, ""},
		{"log_shift_by_skew", nil, []float64{0, gone, 1, 100}, []float64{0, gone, ln(2), ln(101)}, ""},
		{"sqrt", nil, []float64{9, 0, -1, gone}, []float64{3, 0, invalid, gone}, "the square root of a negative number"},
		{"winsorise_count", numbers("low", 1, "high", 2), []float64{1, 5, 6, 7, 90, 100}, []float64{5, 5, 6, 7, 7, 7}, ""},
		{"winsorise_count", numbers("low", 0, "high", 1), []float64{100, gone, 7, 100, 5}, []float64{100, gone, 7, 100, 5}, ""},
		{"winsorise_quantile", numbers("low", 0.25, "high", 0.75), []float64{0, 10, 20, 30, 100}, []float64{10, 10, 20, 30, 30}, ""},
		{"winsorise_quantile", numbers("low", 0, "high", 0.75), []float64{0, 10, 20, 30, 100}, []float64{0, 10, 20, 30, 30}, ""},
		{"winsorise_skew", skewArgs(1, "none"), []float64{1, 2, 3, 4, 5, 6, 7, 8, 9, 1000}, []float64{1, 2, 3, 4, 5, 6, 7, 8, 9, 9}, ""},
		{"winsorise_skew", skewArgs(1, "log"), []float64{1, 2, 3, 4, 5, 6, 7, 8, 9, 1000}, []float64{1, 2, 3, 4, 5, 6, 7, 8, 9, 9}, ""},
		{"winsorise_skew", skewArgs(2, "none"), []float64{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 1000, 1000}, []float64{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 12, 12}, ""},
		// Two steps: 1000 becomes 900, then both 9; the first alone does not pass.
		{"winsorise_skew", skewArgs(2, "none"), []float64{1, 2, 3, 4, 5, 6, 7, 8, 9, 1, 2, 3, 4, 5, 6, 7, 8, 9, 900, 1000}, []float64{1, 2, 3, 4, 5, 6, 7, 8, 9, 1, 2, 3, 4, 5, 6, 7, 8, 9, 9, 9}, ""},
		// One cell is not enough: the column stays as far as it was pulled in, or is
		// treated from where it was.
		{"winsorise_skew", skewArgs(1, "none"), []float64{1, 2, 3, 4, 5, 6, 7, 8, 9, 1, 2, 3, 4, 5, 6, 7, 8, 9, 900, 1000}, []float64{1, 2, 3, 4, 5, 6, 7, 8, 9, 1, 2, 3, 4, 5, 6, 7, 8, 9, 900, 900}, ""},
		{"winsorise_skew", skewArgs(0, "sqrt"), []float64{1, 4, 1, 4, 1, 4, 1, 4, 1e6}, []float64{1, 2, 1, 2, 1, 2, 1, 2, 1000}, ""},
		{"winsorise_skew", skewArgs(0, "log"), []float64{0, 1, 1, 1, 1, 1, 1, 1e6}, []float64{invalid, 0, 0, 0, 0, 0, 0, ln(1e6)}, "the logarithm of a number that is not positive"},
	} {
		got, out := run(t, c.name, c.args, vector(c.in...))
		require.Empty(t, out.Idle, "%s %v", c.name, c.in)
		require.Equal(t, c.reason, out.Reason)
		require.InDeltaSlice(t, c.want, got, 1e-14, "%s %v", c.name, c.in)
	}
}

func TestThenIsDoneToTheColumnAsItWas(t *testing.T) {
	column := []float64{1, 2, 3, 4, 5, 6, 7, 8, 9, 1, 2, 3, 4, 5, 6, 7, 8, 9, 900, 1000}
	for name := range after {
		want, _ := run(t, name, nil, vector(column...))
		got, _ := run(t, "winsorise_skew", skewArgs(1, name), vector(column...))
		require.Equal(t, want, got, name)
	}
}

func TestWhenThereIsNothingToDo(t *testing.T) {
	all := []string{"log_gii", "log_shift", "log_shift_by_skew", "winsorise_count", "winsorise_quantile", "winsorise_skew"}
	args := append(skewArgs(3, "none"), numbers("low", 0.1, "high", 0.9)...)
	for _, c := range []struct {
		names []string
		args  method.Args
		in    []float64
		idle  string
	}{
		{append(all, "log_from_min", "box_cox"), args, []float64{gone, gone}, empty},
		{append(all, "log_from_min", "box_cox"), args, nil, empty},
		{all, args, []float64{4, gone, 4, 4}, constant},
		{all, args, []float64{0, math.Copysign(0, -1)}, constant},
		{all, args, []float64{7}, constant},
		{[]string{"log_shift_by_skew", "winsorise_skew"}, args, []float64{4, 5}, tooFew},
		{[]string{"log_gii"}, nil, []float64{0.2, 1}, "the largest value is not above 1, which would turn the order of the values round"},
		{[]string{"winsorise_count"}, numbers("low", 1, "high", 1), []float64{1, 2, 3}, "so few cells have a value that fewer than two would be left alone"},
		{[]string{"winsorise_skew"}, skewArgs(1, "none"), []float64{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 1000, 1000}, "its outliers are more than `max_cells`"},
		{[]string{"winsorise_skew"}, skewArgs(5, "none"), []float64{0, 0, 0, 0, 7}, "without its outliers all cells would have the same value"},
		{[]string{"winsorise_skew"}, skewArgs(5, "none"), []float64{0, 0, 0, 0, -7}, "without its outliers all cells would have the same value"},
	} {
		for _, name := range c.names {
			_, out := run(t, name, c.args, vector(c.in...))
			require.Equal(t, c.idle, out.Idle, "%s %v", name, c.in)
		}
	}
}

func TestParametersTogether(t *testing.T) {
	for _, c := range []struct {
		name, param string
		args        method.Args
	}{
		{"clip", "low", nil},
		{"clip", "high", numbers("low", 3, "high", 3)},
		{"clip", "", numbers("low", 3)},
		{"clip", "", numbers("low", 3, "high", 4)},
		{"winsorise_count", "low", numbers("low", 0, "high", 0)},
		{"winsorise_count", "", numbers("low", 0, "high", 1)},
		{"winsorise_quantile", "high", numbers("low", 0.5, "high", 0.5)},
		{"winsorise_quantile", "low", numbers("low", 0, "high", 1)},
		{"winsorise_quantile", "", numbers("low", 0, "high", 0.9)},
	} {
		m, _ := Find(c.name)
		param, wrong, help := m.Check(c.args)
		require.Equal(t, c.param, param, "%s %v", c.name, c.args)
		require.Equal(t, c.param != "", wrong != "" && help != "")
	}
}

func TestListIsInOrder(t *testing.T) {
	var names []string
	for _, m := range Methods {
		names = append(names, m.Name)
		require.Equal(t, method.Treat, m.Step)
		require.NotEmpty(t, m.Title)
		require.NotEmpty(t, m.Formula)
		require.NotEmpty(t, m.Source)
	}
	require.True(t, slices.IsSorted(names))
}

// calls is every method with parameters that it may have.
func calls() (out []method.Call) {
	for _, m := range Methods {
		switch m.Name {
		case "box_cox":
			for _, lambda := range []float64{-1, 0, 1e-9, 0.5, 3} {
				out = append(out, method.Call{Method: m.Name, Args: numbers("lambda", lambda)})
			}
		case "clip":
			out = append(out, method.Call{Method: m.Name, Args: numbers("low", -1, "high", 2)})
		case "winsorise_count":
			out = append(out, method.Call{Method: m.Name, Args: numbers("low", 1, "high", 2)})
		case "winsorise_quantile":
			out = append(out, method.Call{Method: m.Name, Args: numbers("low", 0.1, "high", 0.9)})
		case "winsorise_skew":
			for _, then := range append([]string{"none"}, slices.Sorted(maps.Keys(after))...) {
				out = append(out, method.Call{Method: m.Name, Args: skewArgs(2, then)})
			}
		default:
			out = append(out, method.Call{Method: m.Name})
		}
	}
	return out
}

func TestOrderOfRowsIsIrrelevant(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	v := cell.NewVector(300)
	for i := range v.Values {
		if r.IntN(6) > 0 {
			v.Put(i, math.Exp(r.NormFloat64()*3)-1)
		}
	}
	for _, call := range calls() {
		want, outcome := run(t, call.Method, call.Args, v)
		for range 5 {
			at := r.Perm(v.Len())
			other := cell.NewVector(v.Len())
			for i := range v.Values {
				if x, ok := v.At(i); ok {
					other.Put(at[i], x)
				}
			}
			got, o := run(t, call.Method, call.Args, other)
			require.Equal(t, outcome.Idle, o.Idle)
			for i := range want {
				require.Equal(t, want[i], got[at[i]], "%s %v, row %d", call.Method, call.Args, i)
			}
		}
	}
}

// No treatment turns the order of two cells round.
func TestOrderOfValuesIsKept(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 8))
	v := cell.NewVector(200)
	for i := range v.Values {
		v.Put(i, math.Exp(r.NormFloat64()*2)-0.5)
	}
	for _, call := range calls() {
		got, _ := run(t, call.Method, call.Args, v)
		at := make([]int, v.Len())
		for i := range at {
			at[i] = i
		}
		slices.SortFunc(at, func(a, b int) int {
			if v.Values[a] < v.Values[b] {
				return -1
			}
			return 1
		})
		at = slices.DeleteFunc(at, func(i int) bool { return got[i] == invalid })
		require.True(t, slices.IsSortedFunc(at, func(a, b int) int {
			switch {
			case got[a] < got[b]:
				return -1
			case got[a] > got[b]:
				return 1
			}
			return 0
		}), "%s %v", call.Method, call.Args)
	}
}

// The limit of winsorise_skew holds whatever is tied.
func TestWinsoriseSkewNeverReplacesMoreThanItMay(t *testing.T) {
	r := rand.New(rand.NewPCG(9, 10))
	for range 2000 {
		v := cell.NewVector(3 + r.IntN(30))
		for i := range v.Values {
			v.Put(i, math.Floor(math.Sinh(r.NormFloat64()*3)))
		}
		most := r.IntN(6)
		got, _ := run(t, "winsorise_skew", skewArgs(most, "none"), v)
		changed := 0
		for i, x := range v.Values {
			if got[i] != x {
				changed++
			}
		}
		require.LessOrEqual(t, changed, most, "%v → %v", v.Values, got)
	}
}

func FuzzTreatment(f *testing.F) {
	f.Add([]byte{})
	f.Add([]byte{6, 7, 15, 6, 8})
	f.Add([]byte{15, 15, 15})
	f.Add([]byte{6, 6, 6, 7})
	f.Add([]byte{8, 9, 0, 0, 0})
	kinds := []float64{0, math.Copysign(0, -1), 1, -1, 0.1, 3, math.MaxFloat64, -math.MaxFloat64, math.SmallestNonzeroFloat64, -math.SmallestNonzeroFloat64, 1e300, 1e-300, 1e16, 2}
	f.Fuzz(func(t *testing.T, text []byte) {
		text = text[:min(len(text), 200)]
		v := cell.NewVector(len(text))
		for i, b := range text {
			v.Values[i] = math.NaN()
			if k := int(b) % (len(kinds) + 2); k < len(kinds) {
				v.Put(i, kinds[k])
			}
		}
		for _, call := range calls() {
			run(t, call.Method, call.Args, v)
		}
	})
}

func BenchmarkWinsoriseSkew(b *testing.B) {
	r := rand.New(rand.NewPCG(1, 2))
	v := cell.NewVector(1_000_000)
	for i := range v.Values {
		v.Put(i, math.Exp(r.NormFloat64()*2))
	}
	m, _ := Find("winsorise_skew")
	for b.Loop() {
		m.Apply(Input{Value: cell.Vector{Values: slices.Clone(v.Values), Valid: v.Valid}, Args: skewArgs(5, "none")})
	}
}
