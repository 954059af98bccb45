package aggregate

import (
	"rubric/engine/cell"
)

// each combines the children of every unit by itself: f sees the scores that are
// there with their weights, in document order, those of weight 0 left out, and
// says why it has no value. A unit that lacks a score has none, but under Omit; a
// unit whose scores all have weight 0 never has one.
func each(in Input, value cell.Vector, f func(x, w []float64) (y float64, reason string)) (out Outcome) {
	present(in, value.Valid)
	x, w := make([]float64, 0, len(in.Children)), make([]float64, 0, len(in.Children))
	for i := range value.Values {
		value.Values[i] = 0
		if !value.Valid.Get(i) {
			continue
		}
		x, w = x[:0], w[:0]
		for k, c := range in.Children {
			if in.Weights[k] != 0 && c.Valid.Get(i) {
				x, w = append(x, c.Values[i]), append(w, in.Weights[k])
			}
		}
		if len(x) == 0 {
			value.Valid.Clear(i)
			continue
		}
		y, reason := f(x, w)
		if reason != "" {
			value.Valid.Clear(i)
			out.invalid(i, len(value.Values), reason)
			continue
		}
		value.Values[i] = y
	}
	return out
}

// invalid marks a unit, and keeps the first reason.
func (o *Outcome) invalid(unit, units int, reason string) {
	if o.Invalid == nil {
		o.Invalid, o.Reason = cell.NewBits(units), reason
	}
	o.Invalid.Set(unit)
}

// equally leaves the weights out, for methods that take none.
func equally(in Input) Input {
	in.Weights = make([]float64, len(in.Children))
	for i := range in.Weights {
		in.Weights[i] = 1
	}
	return in
}

// dot is Σ wᵢ·f(xᵢ), and Σ wᵢ.
func dot(x, w []float64, f func(float64) float64) (sum, weights float64) {
	for i := range x {
		sum += float64(w[i] * f(x[i]))
		weights += w[i]
	}
	return sum, weights
}

// same says whether all scores are equal. A mean of equal scores is that score,
// without the rounding error that its logarithms and powers would make, and that
// would break ties.
func same(x []float64) bool {
	for _, v := range x {
		if v != x[0] {
			return false
		}
	}
	return true
}
