package aggregate

import (
	"testing"

	"github.com/stretchr/testify/require"

	"rubric/engine/cell"
)

// vector makes cells; −1 is a missing one.
func vector(values ...float64) cell.Vector {
	v := cell.NewVector(len(values))
	for i, x := range values {
		v.Values[i] = x
		if x != -1 {
			v.Put(i, x)
		}
	}
	return v
}

func TestAggregationsByHand(t *testing.T) {
	// Three children of three units: all there, the second missing, none there.
	children := []cell.Vector{vector(60, 60, -1), vector(45, -1, -1), vector(30, 30, -1)}
	for _, c := range []struct {
		name    string
		m       Method
		weights []float64
		omit    bool
		want    []float64
	}{
		{"sum", Sum, []float64{1, 1, 1}, false, []float64{135, -1, -1}},
		{"sum, weights 1 2 1: 60 + 90 + 30", Sum, []float64{1, 2, 1}, false, []float64{180, -1, -1}},
		{"sum, omit: 60 + 30, unscaled", Sum, []float64{1, 1, 1}, true, []float64{135, 90, -1}},
		{"mean: 135 / 3", ArithmeticMean, []float64{1, 1, 1}, false, []float64{45, -1, -1}},
		{"mean, weights 1 2 1: 180 / 4", ArithmeticMean, []float64{1, 2, 1}, false, []float64{45, -1, -1}},
		{"mean, weights 3 2 1, omit: 300 / 6, (180 + 30) / 4", ArithmeticMean, []float64{3, 2, 1}, true, []float64{50, 52.5, -1}},
		{"mean, a weight of 0 alone is no mean", ArithmeticMean, []float64{0, 1, 0}, true, []float64{45, -1, -1}},
		{"none", None, []float64{1, 1, 1}, true, []float64{-1, -1, -1}},
	} {
		value := cell.NewVector(3)
		c.m.Apply(Input{Children: children, Weights: c.weights, Omit: c.omit}, value)
		for i, want := range c.want {
			x, ok := value.At(i)
			require.Equal(t, want != -1, ok, "%s, unit %d", c.name, i)
			if ok {
				require.Equal(t, want, x, "%s, unit %d", c.name, i)
			}
		}
	}
}
