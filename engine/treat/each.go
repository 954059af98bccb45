package treat

import (
	"math"

	"rubric/engine/cell"
	"rubric/engine/numeric"
)

// Why a treatment could do nothing with a column.
const (
	empty    = "no cell has a value"
	constant = "all cells have the same value"
	tooFew   = "fewer than three cells have a value, and so few have no skewness"
)

// tooLarge is why a cell has no value where the method has one for every number.
const tooLarge = "the result is too large for a number"

// each puts f(x) in the place of every number. Where f has none, or none that a
// double holds, the cell is invalid; a reason of f's own is named first.
func each(v cell.Vector, f func(x float64) (y float64, reason string)) (out Outcome) {
	for i, x := range v.Values {
		if !v.Valid.Get(i) {
			continue
		}
		y, reason := f(x)
		if reason == "" && (math.IsInf(y, 0) || math.IsNaN(y)) {
			reason = tooLarge
		}
		if reason == "" {
			v.Values[i] = y
			continue
		}
		if out.Invalid == nil {
			out.Invalid = cell.NewBits(v.Len())
		}
		if out.Invalid.Set(i); out.Reason == "" || out.Reason == tooLarge {
			out.Reason = reason
		}
		v.Valid.Clear(i)
	}
	return out
}

// hold puts low in the place of what is below it, and high of what is above.
func hold(v cell.Vector, low, high float64) {
	for i, x := range v.Values {
		if !v.Valid.Get(i) {
			continue
		}
		if x < low {
			v.Values[i] = low
		} else if x > high {
			v.Values[i] = high
		}
	}
}

// spread is the values in order, or why a method that needs a spread is idle.
func spread(v cell.Vector) (sorted []float64, idle string) {
	sorted = numeric.Sorted(v)
	switch {
	case len(sorted) == 0:
		return nil, empty
	case sorted[0] == sorted[len(sorted)-1]:
		return nil, constant
	}
	return sorted, ""
}

// ends is the smallest and the largest value.
func ends(v cell.Vector) (low, high float64, some bool) {
	for i, x := range v.Values {
		if !v.Valid.Get(i) {
			continue
		}
		if !some {
			low, high, some = x, x, true
		}
		low, high = min(low, x), max(high, x)
	}
	return low, high, some
}
