package aggregate

import (
	"rubric/engine/cell"
	"rubric/spec/method"
)

// Sum adds the children: value = Σ wᵢ·xᵢ, in document order. Under `omit` it
// adds what is there, unscaled.
//
// Source: OECD and JRC, Handbook on Constructing Composite Indicators, 2008,
// weighting and aggregation, additive methods.
//
// By hand: 60 + 45 + 30 = 135; with weights 1 2 1, 60 + 90 + 30 = 180.
var Sum = Method{
	Signature: method.Signature{
		Step: method.Aggregate, Name: "sum",
		Title: "the weighted children added up", Formula: "Σ wᵢ·xᵢ", Source: "OECD/JRC Handbook 2008, weighting and aggregation: additive methods",
		Adds: true, Weights: true,
	},
	Apply: func(in Input, value cell.Vector) Outcome {
		clear(value.Values)
		for i, c := range in.Children {
			add(value.Values, c, in.Weights[i])
		}
		present(in, value.Valid)
		return Outcome{}
	},
}
