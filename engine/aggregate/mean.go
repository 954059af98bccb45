package aggregate

import (
	"rubric/engine/cell"
	"rubric/spec/method"
)

// ArithmeticMean is the weighted mean of the children: value = Σ wᵢ·xᵢ / Σ wᵢ.
// Under `omit` both sums run over the children that are there; a unit whose
// present children all have weight 0 has no value.
//
// Source: OECD and JRC, Handbook on Constructing Composite Indicators, 2008,
// weighting and aggregation, additive methods.
//
// By hand: (60 + 45 + 30) / 3 = 45; with weights 1 2 1, 180 / 4 = 45.
var ArithmeticMean = Method{
	Signature: method.Signature{
		Step: method.Aggregate, Name: "arithmetic_mean",
		Title: "the weighted mean of the children", Formula: "Σ wᵢ·xᵢ / Σ wᵢ", Source: "OECD/JRC Handbook 2008, weighting and aggregation: additive methods",
		Adds: true, Weights: true,
	},
	Apply: func(in Input, value cell.Vector) Outcome {
		clear(value.Values)
		weights := make([]float64, value.Len())
		for i, c := range in.Children {
			add(value.Values, c, in.Weights[i])
			for k := range weights {
				if c.Valid.Get(k) {
					weights[k] += in.Weights[i]
				}
			}
		}
		present(in, value.Valid)
		for k, w := range weights {
			if w == 0 {
				value.Valid.Clear(k)
				continue
			}
			value.Values[k] /= w
		}
		return Outcome{}
	},
}
