package aggregate

import (
	"slices"

	"rubric/engine/cell"
	"rubric/spec/method"
)

// Median is the middle one of the children's scores; of an even number, the mean
// of the two middle ones. It takes no weights: of several weighted medians none is
// the usual one, and some depend on the order of ties.
//
// Source: OECD and JRC, Handbook on Constructing Composite Indicators, 2008, step 6.
//
// By hand: children 7 1 4, 4; children 7 1 4 2, (2 + 4)/2 = 3.
var Median = Method{
	Signature: method.Signature{
		Step: method.Aggregate, Name: "median",
		Title: "the middle one of the children", Formula: "x₍₍ₙ₊₁₎/₂₎; of an even number, the mean of the two middle ones", Source: "OECD/JRC Handbook 2008, weighting and aggregation",
	},
	Apply: func(in Input, value cell.Vector) Outcome {
		return each(equally(in), value, func(x, _ []float64) (float64, string) {
			slices.Sort(x)
			n := len(x)
			return x[(n-1)/2]/2 + x[n/2]/2, ""
		})
	},
}
