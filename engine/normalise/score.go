package normalise

import (
	"math"

	"rubric/engine/cell"
	"rubric/engine/order"
)

// beyondNumbers is why a score that would be infinite is none.
const beyondNumbers = "the score is beyond the range of numbers"

// each scores every value by itself. A result that is no finite number is no
// score.
func each(in Input, score cell.Vector, f func(x float64) float64) (out Outcome) {
	for i, x := range in.Value.Values {
		if in.Value.Valid.Get(i) {
			out.put(in, score, i, f(x))
		}
	}
	return out
}

// put stores a score that is a finite number, and marks the cell otherwise.
func (o *Outcome) put(in Input, score cell.Vector, i int, y float64) {
	if finite(y) {
		score.Put(i, y+0) // −0 becomes 0
		return
	}
	o.refuse(in, i, beyondNumbers)
}

// refuse marks a cell that has a value and no score.
func (o *Outcome) refuse(in Input, i int, reason string) {
	if o.Invalid == nil {
		o.Invalid, o.Reason = cell.NewBits(in.Value.Len()), reason
	}
	o.Invalid.Set(i)
}

// none is the outcome of a column of which no value has a score.
func none(in Input, reason string) Outcome {
	if in.Value.Valid.Count() == 0 {
		return Outcome{}
	}
	out := cell.NewBits(in.Value.Len())
	copy(out, in.Value.Valid)
	return Outcome{Invalid: out, Reason: reason}
}

// constant is the outcome of a column that has no spread.
func constant(in Input) Outcome {
	if in.Value.Valid.Count() == 1 {
		return none(in, "only one unit has a value")
	}
	return none(in, "all units have the same value")
}

// ends are the worst and the best value; both are 0 where there is none.
func ends(in Input) (worst, best float64) {
	low, high := math.Inf(1), math.Inf(-1)
	for i, x := range in.Value.Values {
		if in.Value.Valid.Get(i) {
			low, high = min(low, x), max(high, x)
		}
	}
	if low > high {
		return 0, 0
	}
	if in.Best == order.Lowest {
		return high, low
	}
	return low, high
}

// share is how much of the way between two ends x has behind it: 0 at from, 1 at
// to. The ends are not equal. Where a difference is beyond the greatest double,
// that of the halves is not.
func share(x, from, to float64) float64 {
	way, whole := x-from, to-from
	if finite(way) && finite(whole) {
		return way / whole
	}
	return (x/2 - from/2) / (to/2 - from/2)
}

// onto puts a share on a scale: low at 0, high at 1, and nothing between them
// outside, whatever the last place is rounded to.
func onto(share, low, high float64) float64 {
	y := float64(share*(high-low)) + low
	switch {
	case share == 1:
		return high
	case share >= 0 && share < 1:
		return max(low, min(high, y))
	}
	return y
}
