// Package numeric has the statistics of a column. Each depends on the values
// alone, never on the order of rows: values are put in order before they are
// added, and sums carry a compensation.
package numeric

import (
	"math"
	"slices"

	"rubric/engine/cell"
)

// Sorted is the present values of a vector, ascending. A zero has no sign: which of −0
// and 0 came first would depend on the order of the rows.
func Sorted(v cell.Vector) []float64 {
	out := make([]float64, 0, v.Valid.Count())
	for i, x := range v.Values {
		if v.Valid.Get(i) {
			out = append(out, x+0)
		}
	}
	slices.Sort(out)
	return out
}

// Sum adds numbers in the order given, with Neumaier's compensation: the error
// does not grow with their number (A. Neumaier, ZAMM 54, 1974).
func Sum(values []float64) float64 {
	sum, lost := 0.0, 0.0
	for _, x := range values {
		t := sum + x
		if math.Abs(sum) >= math.Abs(x) {
			lost += (sum - t) + x
		} else {
			lost += (x - t) + sum
		}
		sum = t
	}
	return sum + lost
}

// Mean is the arithmetic mean of sorted values.
func Mean(sorted []float64) float64 { return Sum(sorted) / float64(len(sorted)) }

// SD is the sample standard deviation, √(Σ(x−mean)²/(n−1)), of at least two
// sorted values.
func SD(sorted []float64) float64 {
	mean := Mean(sorted)
	squares := make([]float64, len(sorted))
	for i, x := range sorted {
		squares[i] = float64((x - mean) * (x - mean))
	}
	slices.Sort(squares)
	return math.Sqrt(Sum(squares) / float64(len(sorted)-1))
}

// Quantile is the value at probability p of sorted values, by linear
// interpolation between order statistics: type 7 of R. Hyndman and Y. Fan, The
// American Statistician 50, 1996. h = (n−1)p; x[⌊h⌋] + (h−⌊h⌋)(x[⌊h⌋+1]−x[⌊h⌋]).
func Quantile(sorted []float64, p float64) float64 {
	h := float64(float64(len(sorted)-1) * p) // the conversion forbids arm64 to fuse it with what follows
	low := int(math.Floor(h))
	if low+1 >= len(sorted) {
		return sorted[len(sorted)-1]
	}
	return sorted[low] + float64((h-float64(low))*(sorted[low+1]-sorted[low]))
}
