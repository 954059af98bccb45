package normalise

import (
	"slices"
	"sort"

	"rubric/engine/cell"
	"rubric/engine/numeric"
	"rubric/engine/order"
	"rubric/spec/method"
)

// QuantileClasses puts units into k classes of about equal size, from the worst, 1, to
// the best, k:
//
//	score = 1 + the number of i in 1 … k−1 with x > quantile(i/k)
//
// where higher is better; where lower is, the same of the negated values.
// Quantiles are type 7. A value that is a quantile belongs to the class below
// it, and equal values are in one class, so ties make classes of unequal size.
// Scores count classes; to give them other scores, score the quantiles with a
// formula. A column whose values are all the same has no classes.
//
// Source: OECD and JRC, Handbook on Constructing Composite Indicators, 2008,
// step 5, normalisation, p. 30, categorical scales by percentiles; R. Hyndman
// and Y. Fan, The American Statistician 50, 1996, for the quantile.
//
// By hand, values 1 2 3 4 5, 2 classes: the cut is the median, 3; scores 1 1 1 2 2. Lower is
// better: 2 2 1 1 1 with 3 of the negated, −3, in the class below.
var QuantileClasses = Method{
	Signature: method.Signature{
		Step: method.Normalise, Name: "quantile_classes",
		Title:   "the quantile class of the unit: 1 for the worst, k for the best",
		Formula: "1 + #{i = 1 … k−1: x > quantile(i/k)}, type 7; lower is better: the same of −x",
		Source:  "OECD/JRC Handbook 2008, step 5: normalisation, p. 30: categorical scales; Hyndman and Fan 1996",
		Params: []method.Param{
			{Name: "classes", Kind: method.Whole, Doc: "how many classes there are: 4 for quartiles, 5 for quintiles", Least: method.Bound(2), Most: method.Bound(1000)},
			overParam,
		},
		Ranks:     true,
		Direction: true, Floor: true,
	},
	Apply: func(in Input, score cell.Vector) Outcome {
		sorted := numeric.Sorted(in.Value)
		if len(sorted) == 0 || sorted[0] == sorted[len(sorted)-1] {
			return constant(in)
		}
		scale := 1.0
		if !finite(sorted[len(sorted)-1] - sorted[0]) {
			scale = 0.5 // then the quantiles' differences are within the range of doubles
		}
		if in.Best == order.Lowest {
			scale = -scale
			slices.Reverse(sorted)
		}
		for i, x := range sorted {
			sorted[i] = float64(x * scale)
		}
		classes := int(in.Args.Number("classes"))
		cuts := make([]float64, classes-1)
		for i := range cuts {
			cuts[i] = numeric.Quantile(sorted, float64(i+1)/float64(classes))
		}
		return each(in, score, func(x float64) float64 {
			return float64(1 + sort.SearchFloat64s(cuts, float64(x*scale)))
		})
	},
	Floor: one,
}
