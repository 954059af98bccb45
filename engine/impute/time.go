package impute

import (
	"math"

	"rubric/spec/method"
)

// maxGapParam is how far the methods along time reach. Absent: as far as there
// are periods.
func maxGapParam(doc string) method.Param {
	return method.Param{Name: "max_gap", Kind: method.Number, Optional: true, Least: method.Bound(0), Doc: doc}
}

// instant is how close two times are the same: a minute, in years. Months are no
// round part of a year, and their distances differ in the last digits.
const instant = 2e-6

// within says whether a distance in time is bridged.
func within(distance float64, args method.Args) bool {
	return !args.Has("max_gap") || distance <= args.Number("max_gap")+instant
}

// neighbours calls fill for every absent cell of every unit, with the nearest
// known cells before and after it in time; −1 where there is none.
func (in Input) neighbours(fill func(i, before, after int)) {
	for _, cells := range in.Series {
		before := -1
		for k := 0; k < len(cells); {
			if in.Value.Valid.Get(cells[k]) {
				before = cells[k]
				k++
				continue
			}
			end, after := k, -1
			for ; end < len(cells) && after < 0; end++ {
				if in.Value.Valid.Get(cells[end]) {
					after = cells[end]
				}
			}
			if after >= 0 {
				end--
			}
			for ; k < end; k++ {
				fill(cells[k], before, after)
			}
		}
	}
}

// line is the height at time t of the line through two cells.
func (in Input) line(a, b int, t float64) (float64, bool) {
	ta, tb, ya, yb := in.Times[a], in.Times[b], in.Value.Values[a], in.Value.Values[b]
	if ta == tb {
		return 0, false
	}
	part := (t - ta) / (tb - ta)
	y := ya + float64(part*(yb-ya))
	if math.IsInf(y, 0) || math.IsNaN(y) { // the distance of the two is too large for a number
		y = float64(ya*(1-part)) + float64(yb*part)
	}
	return y, !math.IsInf(y, 0) && !math.IsNaN(y)
}
