package order

import (
	"math"

	"rubric/engine/cell"
)

// Position counts the valid cells above, equal to and below cell i, itself
// included in equal, without sorting the column. All are 0 where cell i is not valid.
//
// Where the highest value is best, above + 1 is the Standard rank and above +
// equal the Modified one.
func Position(v cell.Vector, i int) (above, equal, below int) {
	x, ok := v.At(i)
	if !ok {
		return 0, 0, 0
	}
	at := place(x)
	for start, end := nextRun(v.Valid, 0); start < end; start, end = nextRun(v.Valid, end) {
		for _, x := range v.Values[start:end] {
			switch p := place(x); {
			case p > at:
				above++
			case p == at:
				equal++
			default:
				below++
			}
		}
	}
	return above, equal, below
}

// place is a number that stands among its like as x stands among doubles.
func place(x float64) int64 {
	if x == 0 {
		x = 0 // of −0 too
	}
	return signed(int64(math.Float64bits(x)))
}
