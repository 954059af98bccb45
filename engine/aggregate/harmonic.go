package aggregate

import (
	"rubric/engine/cell"
	"rubric/spec/method"
)

// HarmonicMean is the weighted harmonic mean of the children:
//
//	value = Σ wᵢ / Σ (wᵢ / xᵢ)
//
// It punishes low scores more than the geometric mean does. A score of zero has no
// reciprocal, and the unit has no value. Under `omit` both sums run over the
// children that are there.
//
// Source: UNDP, Human Development Report, technical note on the Gender Inequality
// Index; COINr's a_hmean, which takes negative scores too.
//
// By hand: children 2 and 6, 2 / (1/2 + 1/6) = 3; with weights 1 3, 4 / (1/2 + 3/6) = 4.
var HarmonicMean = Method{
	Signature: method.Signature{
		Step: method.Aggregate, Name: "harmonic_mean",
		Title: "the weighted harmonic mean of the children", Formula: "Σ wᵢ / Σ (wᵢ / xᵢ)", Source: "UNDP, Human Development Report, technical notes; COINr, a_hmean",
		Weights: true,
	},
	Apply: func(in Input, value cell.Vector) Outcome {
		return each(in, value, func(x, w []float64) (float64, string) {
			for _, v := range x {
				if v == 0 {
					return 0, "a harmonic mean over a score of zero"
				}
			}
			sum, weights := dot(x, w, func(v float64) float64 { return 1 / v })
			if sum == 0 {
				return 0, "a harmonic mean over scores whose reciprocals add up to zero"
			}
			return weights / sum, ""
		})
	},
}
