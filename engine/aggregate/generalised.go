package aggregate

import (
	"math"

	"rubric/engine/cell"
	"rubric/spec/method"
)

// GeneralisedMean is the weighted power mean of the children:
//
//	value = (Σ wᵢ·xᵢ^p / Σ wᵢ)^(1/p)
//
// p = 1 is the arithmetic mean, −1 the harmonic one, and 0 stands for its limit,
// the geometric mean. The lower p, the less a high child makes up for a low one.
// A unit has no value where a power has none: of zero or a negative score with p
// of zero or below, of a negative score with a fractional p.
//
// Source: OECD and JRC, Handbook on Constructing Composite Indicators, 2008, step
// 6; COINr's a_genmean, which has no value at all where a child is missing.
//
// By hand: children 3 and 4, p = 2: ((9 + 16)/2)^(1/2) = 3.536; children 1 and 9, p = 0.5: ((1 + 3)/2)² = 4.
var GeneralisedMean = Method{
	Signature: method.Signature{
		Step: method.Aggregate, Name: "generalised_mean",
		Title: "the weighted power mean of the children", Formula: "(Σ wᵢ·xᵢ^p / Σ wᵢ)^(1/p); the geometric mean for p = 0", Source: "OECD/JRC Handbook 2008, weighting and aggregation; COINr, a_genmean",
		Weights: true,
		Params:  []method.Param{{Name: "power", Kind: method.Number, Doc: "the exponent p: 1 arithmetic, 0 geometric, −1 harmonic", Least: method.Bound(-100), Most: method.Bound(100)}},
	},
	Apply: func(in Input, value cell.Vector) Outcome {
		p := in.Args.Number("power")
		if p == 0 {
			return each(in, value, geometric)
		}
		return each(in, value, func(x, w []float64) (float64, string) { return power(x, w, p) })
	},
}

// power is the power mean. Scores are divided by the largest one first, so that
// their powers are numbers.
func power(x, w []float64, p float64) (float64, string) {
	largest := 0.0
	for _, v := range x {
		largest = max(largest, math.Abs(v))
		switch {
		case p < 0 && v <= 0:
			return 0, "a generalised mean of negative power over a score that is not above zero"
		case v < 0 && p != math.Trunc(p):
			return 0, "a generalised mean of fractional power over a negative score"
		}
	}
	if largest == 0 {
		return 0, ""
	}
	if same(x) && x[0] > 0 {
		return x[0], ""
	}
	sum, weights := dot(x, w, func(v float64) float64 { return math.Pow(v/largest, p) })
	if sum < 0 && p != 1 {
		return 0, "a generalised mean whose powers add up to a negative number"
	}
	if p == 1 {
		return largest * (sum / weights), ""
	}
	return largest * math.Pow(sum/weights, 1/p), ""
}
