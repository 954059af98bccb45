package treat

import (
	"maps"
	"math"
	"slices"

	"rubric/engine/cell"
	"rubric/engine/numeric"
	"rubric/spec/method"
)

// WinsoriseSkew pulls in outliers one by one until the column is no longer both
// skewed and heavy-tailed. It passes when
//
//	|skewness| < max_skew  or  kurtosis < max_kurtosis
//
// with the adjusted skewness G1 and excess kurtosis G2. While it does not, the
// longer tail loses its end: at a skewness of 0 or more all cells at the largest
// value get the next smaller value, else all at the smallest the next larger one.
//
// It stops before more than max_cells cells would have been replaced, and before
// all cells would be the same. What it then does is then: with none the column
// stays as far as it was pulled in; with a logarithm or root that is applied to
// the column as it was before, and nothing is winsorised.
//
// Source: COINr 1.1.14, winsorise(), check_SkewKurt() and Treat(), where max_cells
// is winmax; the rule |skewness| > 2 and kurtosis > 3.5 of the JRC's audits. COINr
// counts tied cells only after it has replaced them, and can go beyond its limit;
// here the limit holds. A column of one value makes it fail; here it is left alone.
//
// By hand, 1 2 … 9 1000: G1 = 3.16, G2 = 10.0; 1000 becomes 9, and with G1 = −0.2
// it passes: one cell. 1 2 … 12 1000 1000 with max_cells 1: two cells are tied at
// the end, and stay; with max_cells 2 both become 12.
var WinsoriseSkew = Method{
	Signature: method.Signature{
		Step: method.Treat, Name: "winsorise_skew",
		Title: "outliers get the next value, one by one, until skewness and kurtosis pass", Formula: "until |G1| < max_skew or G2 < max_kurtosis: the end of the longer tail ← the next value", Source: "COINr 1.1.14, winsorise and Treat",
		Params: []method.Param{
			{Name: "max_cells", Kind: method.Whole, Least: method.Bound(0), Doc: "how many cells may be replaced"},
			{Name: "max_skew", Kind: method.Number, Default: "2", Least: method.Bound(0), Doc: "the absolute skewness below which the column passes"},
			{Name: "max_kurtosis", Kind: method.Number, Default: "3.5", Doc: "the excess kurtosis below which the column passes"},
			{Name: "then", Kind: method.Word, Default: "none", Values: append([]string{"none"}, slices.Sorted(maps.Keys(after))...), Doc: "what is done to the column as it was, where winsorising is not enough"},
		},
	},
	Apply: func(in Input) Outcome {
		sorted, idle := spread(in.Value)
		if idle != "" {
			return Outcome{Idle: idle}
		}
		if len(sorted) < 3 {
			return Outcome{Idle: tooFew}
		}
		passed, why := winsorise(sorted, in.Args)
		if then := after[in.Args.Word("then")]; !passed && then != nil {
			return then(in.Value)
		}
		low, high, _ := ends(in.Value)
		if !passed && low == sorted[0] && high == sorted[len(sorted)-1] {
			return Outcome{Idle: why}
		}
		hold(in.Value, sorted[0], sorted[len(sorted)-1])
		return Outcome{}
	},
}

// after is what then may name: the treatments without parameters.
var after = map[string]func(cell.Vector) Outcome{
	"asinh": asinh, "log": log, "log_from_min": logFromMin, "log_gii": logGII,
	"log_shift": logShift, "log_shift_by_skew": logShiftBySkew, "sqrt": sqrt,
}

// winsorise pulls in the ends of sorted values, and says whether they pass, and
// why they were not pulled in further. The order is kept: what was beyond an end
// is now at it, so that holding a column between the two does the same to it.
func winsorise(sorted []float64, args method.Args) (passed bool, why string) {
	limit, last := args.Number("max_cells"), len(sorted)-1
	below, above := 0, 0 // replaced at either end
	for {
		skew, _ := numeric.Skew(sorted)
		if math.Abs(skew) < args.Number("max_skew") {
			return true, ""
		}
		if kurtosis, ok := numeric.Kurtosis(sorted); ok && kurtosis < args.Number("max_kurtosis") {
			return true, ""
		}
		tied := 1
		if skew >= 0 {
			for ; sorted[last-tied] == sorted[last]; tied++ {
			}
			if above = tied; sorted[last-tied] == sorted[0] {
				return false, "without its outliers all cells would have the same value"
			}
		} else {
			for ; sorted[tied] == sorted[0]; tied++ {
			}
			if below = tied; sorted[tied] == sorted[last] {
				return false, "without its outliers all cells would have the same value"
			}
		}
		if float64(below+above) > limit {
			return false, "its outliers are more than `max_cells`"
		}
		if skew >= 0 {
			fill(sorted[last+1-tied:], sorted[last-tied])
		} else {
			fill(sorted[:tied], sorted[tied])
		}
	}
}

func fill(cells []float64, x float64) {
	for i := range cells {
		cells[i] = x
	}
}
