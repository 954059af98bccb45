package aggregate

import (
	"math"

	"rubric/engine/cell"
	"rubric/spec/method"
)

// GeometricMean is the weighted geometric mean of the children:
//
//	value = exp(Σ wᵢ·ln xᵢ / Σ wᵢ)
//
// It rewards balance: a low child cannot be made up for in full by a high one. A
// score of zero or below has no logarithm, and the unit has no value: scale the
// children to begin above zero. Under `omit` both sums run over the children that
// are there.
//
// Source: OECD and JRC, Handbook on Constructing Composite Indicators, 2008, step
// 6, geometric aggregation; COINr's a_gmean.
//
// By hand: children 2 and 8, (2·8)^(1/2) = 4; with weights 1 3, (2·8³)^(1/4) = 1024^(1/4) = 5.657.
var GeometricMean = Method{
	Signature: method.Signature{
		Step: method.Aggregate, Name: "geometric_mean",
		Title: "the weighted geometric mean of the children", Formula: "(Π xᵢ^wᵢ)^(1 / Σ wᵢ)", Source: "OECD/JRC Handbook 2008, weighting and aggregation: geometric aggregation; COINr, a_gmean",
		Weights: true,
	},
	Apply: func(in Input, value cell.Vector) Outcome { return each(in, value, geometric) },
}

func geometric(x, w []float64) (float64, string) {
	for _, v := range x {
		if v <= 0 {
			return 0, "a geometric mean over a score that is not above zero"
		}
	}
	if same(x) {
		return x[0], ""
	}
	sum, weights := dot(x, w, math.Log)
	return math.Exp(sum / weights), ""
}
