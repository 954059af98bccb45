package stats

import (
	"encoding/json"
	"math"
	"math/rand/v2"
	"os"
	"testing"

	"github.com/stretchr/testify/require"

	"rubric/engine/cell"
	"rubric/spec/check"
)

func column(x ...float64) cell.Vector { return vector(x) }

func TestByHand(t *testing.T) {
	x, y := column(1, 2, 3), column(1, 2, 9)
	p := Correlate("x", "y", x, y)
	require.InDelta(t, 8/math.Sqrt(76), *p.Pearson, 1e-15)
	require.Equal(t, 1.0, *p.Spearman)
	require.Equal(t, 1.0, *p.Kendall)
	require.InDelta(t, 4.0/6, *kendall([]float64{1, 2, 3, 4}, []float64{1, 3, 2, 4}), 1e-15)
	require.InDelta(t, 16.0/28, *alpha([]cell.Vector{x, y}), 1e-15)

	n := describe(&check.Node{}, "value", column(1, 2, 2, 7))
	require.Equal(t, []int{4, 0, 3, 2}, []int{n.N, n.Missing, n.Distinct, n.Commonest})
	require.Equal(t, []float64{3, 2}, []float64{*n.Mean, *n.Median})
	require.InDelta(t, math.Sqrt(22.0/3), *n.SD, 1e-15)

	c, complete := components([]cell.Vector{column(-1, 1, 0, 0), column(-0.6, 0.6, 0.8, -0.8)})
	require.Equal(t, 4, complete)
	require.InDelta(t, 1.6, c[0].Eigenvalue, 1e-12)
	require.InDelta(t, 0.2, c[1].Share, 1e-12)
	require.InDeltaSlice(t, []float64{math.Sqrt2 / 2, math.Sqrt2 / 2}, c[0].Loadings, 1e-12)
}

// What does not exist is absent.
func TestWhatThereIsNot(t *testing.T) {
	constant, one, none := column(5, 5, 5), cell.NewVector(3), cell.NewVector(3)
	one.Put(1, 4)
	for _, x := range []cell.Vector{constant, one, none} {
		p := Correlate("a", "b", x, column(1, 2, 4))
		require.Nil(t, p.Pearson)
		require.Nil(t, p.Spearman)
		require.Nil(t, p.Kendall)
		c, _ := components([]cell.Vector{x, column(1, 2, 4)})
		require.Empty(t, c)
	}
	require.Nil(t, alpha([]cell.Vector{none, one}))
	require.Nil(t, alpha([]cell.Vector{constant, constant}))
	n := describe(&check.Node{}, "value", none)
	require.Nil(t, n.Mean)
	n = describe(&check.Node{}, "value", constant)
	require.Zero(t, *n.SD)
	require.Nil(t, n.Skew)
	huge := describe(&check.Node{}, "value", column(math.MaxFloat64, math.MaxFloat64, -math.MaxFloat64))
	require.Nil(t, huge.SD)
}

// numpy and scipy agree (testdata/oracle.py).
func TestAgreesWithScipy(t *testing.T) {
	text, err := os.ReadFile("testdata/oracle.json")
	require.NoError(t, err)
	var cases []struct {
		Columns [][]*float64
		Nodes   []struct {
			Mean, Median, SD, Skew, Kurtosis float64
			Distinct                         int
		}
		Pairs       []struct{ Pearson, Spearman, Kendall float64 }
		Alpha       float64
		Eigenvalues []float64
		Loadings    [][]float64
	}
	require.NoError(t, json.Unmarshal(text, &cases))
	require.Len(t, cases, 12)
	near := func(want float64, got *float64) {
		t.Helper()
		require.NotNil(t, got)
		require.InDelta(t, want, *got, 1e-11*max(1, math.Abs(want)))
	}
	for _, c := range cases {
		var columns []cell.Vector
		for i, values := range c.Columns {
			v := cell.NewVector(len(values))
			for k, x := range values {
				if x != nil {
					v.Put(k, *x)
				}
			}
			columns = append(columns, v)
			n, want := describe(&check.Node{}, "value", v), c.Nodes[i]
			near(want.Mean, n.Mean)
			near(want.Median, n.Median)
			near(want.SD, n.SD)
			near(want.Skew, n.Skew)
			near(want.Kurtosis, n.Kurtosis)
			require.Equal(t, want.Distinct, n.Distinct)
		}
		at := 0
		for i := range columns {
			for k := range i {
				p := Correlate("", "", columns[i], columns[k])
				near(c.Pairs[at].Pearson, p.Pearson)
				near(c.Pairs[at].Spearman, p.Spearman)
				near(c.Pairs[at].Kendall, p.Kendall)
				at++
			}
		}
		near(c.Alpha, alpha(columns))
		got, _ := components(columns)
		require.Len(t, got, len(columns))
		for i, x := range got {
			require.InDelta(t, c.Eigenvalues[i], x.Eigenvalue, 1e-10)
			require.InDeltaSlice(t, c.Loadings[i], x.Loadings, 1e-7)
		}
	}
}

// No statistic depends on the order of rows.
func TestRowsInAnyOrder(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	x, y := cell.NewVector(50), cell.NewVector(50)
	for i := range 50 {
		x.Put(i, math.Round(r.NormFloat64()*3)/7)
		y.Put(i, r.NormFloat64()*1e9)
	}
	p, q := cell.NewVector(50), cell.NewVector(50)
	for i, k := range r.Perm(50) {
		p.Put(i, x.Values[k])
		q.Put(i, y.Values[k])
	}
	require.Equal(t, Correlate("", "", x, y), Correlate("", "", p, q))
	require.Equal(t, alpha([]cell.Vector{x, y}), alpha([]cell.Vector{p, q}))
	a, _ := components([]cell.Vector{x, y})
	b, _ := components([]cell.Vector{p, q})
	require.Equal(t, a, b)
}

func BenchmarkPairs(b *testing.B) {
	r := rand.New(rand.NewPCG(5, 6))
	x, y := cell.NewVector(10_000), cell.NewVector(10_000)
	for i := range 10_000 {
		x.Put(i, r.NormFloat64())
		y.Put(i, r.NormFloat64())
	}
	for b.Loop() {
		Correlate("", "", x, y)
	}
}
