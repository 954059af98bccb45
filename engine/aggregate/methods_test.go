package aggregate

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"

	"rubric/engine/cell"
	"rubric/engine/order"
	"rubric/spec/method"
)

// The examples of the methods' comments, and what missing children do.
func TestMethodsByHand(t *testing.T) {
	const none = -1
	power := func(p float64) method.Args { return method.Args{{Name: "power", Number: p}} }
	polarity := func(w string) method.Args { return method.Args{{Name: "polarity", Word: w}} }
	for _, c := range []struct {
		name     string
		m        Method
		args     method.Args
		weights  []float64
		children []cell.Vector
		want     []float64
		reason   string
	}{
		{"geometric", GeometricMean, nil, []float64{1, 1}, []cell.Vector{vector(2, 0), vector(8, 8)}, []float64{4, none}, "a geometric mean over a score that is not above zero"},
		{"geometric, weights 1 3", GeometricMean, nil, []float64{1, 3}, []cell.Vector{vector(2), vector(8)}, []float64{math.Sqrt(32)}, ""},
		{"geometric, one child missing", GeometricMean, nil, []float64{1, 3}, []cell.Vector{vector(2, none, none), vector(none, 8, none)}, []float64{2, 8, none}, ""},
		{"geometric, a zero of weight 0", GeometricMean, nil, []float64{0, 1}, []cell.Vector{vector(0), vector(8)}, []float64{8}, ""},
		{"harmonic", HarmonicMean, nil, []float64{1, 1}, []cell.Vector{vector(2, 0), vector(6, 6)}, []float64{3, none}, "a harmonic mean over a score of zero"},
		{"harmonic, weights 1 3", HarmonicMean, nil, []float64{1, 3}, []cell.Vector{vector(2), vector(6)}, []float64{4}, ""},
		{"harmonic, reciprocals cancel", HarmonicMean, nil, []float64{1, 1}, []cell.Vector{vector(2), vector(-2)}, []float64{none}, "a harmonic mean over scores whose reciprocals add up to zero"},
		{"power 2", GeneralisedMean, power(2), []float64{1, 1}, []cell.Vector{vector(3), vector(4)}, []float64{math.Sqrt(12.5)}, ""},
		{"power 0.5", GeneralisedMean, power(0.5), []float64{1, 1}, []cell.Vector{vector(1, 1), vector(9, -4)}, []float64{4, none}, "a generalised mean of fractional power over a negative score"},
		{"power 0 is geometric", GeneralisedMean, power(0), []float64{1, 1}, []cell.Vector{vector(2), vector(8)}, []float64{4}, ""},
		{"power −1 of zero", GeneralisedMean, power(-1), []float64{1, 1}, []cell.Vector{vector(0), vector(8)}, []float64{none}, "a generalised mean of negative power over a score that is not above zero"},
		{"power 2 of what squares cannot hold", GeneralisedMean, power(2), []float64{1, 1}, []cell.Vector{vector(1e200), vector(1e200)}, []float64{1e200}, ""},
		{"median of three", Median, nil, []float64{1, 1, 1}, []cell.Vector{vector(7), vector(1), vector(4)}, []float64{4}, ""},
		{"median of four", Median, nil, []float64{1, 1, 1, 1}, []cell.Vector{vector(7), vector(1), vector(4), vector(2)}, []float64{3}, ""},
		{"min", Min, nil, []float64{1, 1, 1}, []cell.Vector{vector(7), vector(1), vector(4)}, []float64{1}, ""},
		{"max", Max, nil, []float64{1, 1, 1}, []cell.Vector{vector(7), vector(1), vector(4)}, []float64{7}, ""},
		{"balance is good", MazziottaPareto, polarity("positive"), []float64{1, 1}, []cell.Vector{vector(90), vector(110)}, []float64{99}, ""},
		{"balance is bad", MazziottaPareto, polarity("negative"), []float64{1, 1}, []cell.Vector{vector(90), vector(110)}, []float64{101}, ""},
		{"no mean to divide by", MazziottaPareto, polarity("positive"), []float64{1, 1}, []cell.Vector{vector(-2), vector(2)}, []float64{none}, "a coefficient of variation of scores whose mean is zero"},
		{"copeland", Copeland, nil, []float64{1, 1, 1}, []cell.Vector{vector(3, 2, 1), vector(3, 2, 1), vector(1, 3, 2)}, []float64{2, 0, -2}, ""},
		{"copeland, weights 1 1 4", Copeland, nil, []float64{1, 1, 4}, []cell.Vector{vector(3, 2, 1), vector(3, 2, 1), vector(1, 3, 2)}, []float64{-2, 2, 0}, ""},
		{"copeland, equal in a half, 0.3 against 0.1 + 0.2", Copeland, nil, []float64{0.3, 0.1, 0.2}, []cell.Vector{vector(2, 1), vector(1, 2), vector(1, 2)}, []float64{0, 0}, ""},
		{"copeland, no common child", Copeland, nil, []float64{1, 1}, []cell.Vector{vector(2, none, 1), vector(none, 1, 3)}, []float64{1, -1, 0}, ""},
		{"borda", Borda, nil, []float64{1, 1}, []cell.Vector{vector(9, 7, 3), vector(5, 5, 8)}, []float64{2.5, 1.5, 2}, ""},
	} {
		value := cell.NewVector(c.children[0].Len())
		out := c.m.Apply(Input{Children: c.children, Weights: c.weights, Omit: true, Args: c.args, Ranker: &order.Ranker{}}, value)
		require.Equal(t, c.reason, out.Reason, c.name)
		for i, want := range c.want {
			x, ok := value.At(i)
			if c.name == "copeland" || c.m.Name == "copeland" {
				require.True(t, ok)
				require.Equal(t, want, x, "%s, unit %d", c.name, i)
				continue
			}
			require.Equal(t, want != none, ok, "%s, unit %d", c.name, i)
			if ok {
				require.InEpsilon(t, want, x, 1e-15, "%s, unit %d", c.name, i)
			}
		}
	}
}

// On positive scores the means stand in their order, between the lowest and the
// highest child; and weights are relative.
func TestMeansStandInOrder(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 300 {
		n := 1 + r.IntN(6)
		in := Input{Ranker: &order.Ranker{}}
		scaled := in
		for range n {
			v := cell.NewVector(3)
			for i := range 3 {
				v.Put(i, math.Exp(4*r.NormFloat64()))
			}
			in.Children = append(in.Children, v)
			w := r.Float64() + 0.01
			in.Weights, scaled.Weights = append(in.Weights, w), append(scaled.Weights, 8*w)
		}
		scaled.Children = in.Children
		var before []float64
		for _, m := range []Method{Min, HarmonicMean, GeometricMean, ArithmeticMean, Max} {
			value, other := cell.NewVector(3), cell.NewVector(3)
			m.Apply(in, value)
			m.Apply(scaled, other)
			for i, x := range value.Values {
				require.InEpsilon(t, x, other.Values[i], 1e-14, m.Name)
				if before != nil {
					require.LessOrEqual(t, before[i], x*(1+1e-13), m.Name)
				}
			}
			before = value.Values
		}
	}
}
