package aggregate

import (
	"slices"

	"rubric/engine/cell"
	"rubric/spec/method"
)

// Max is the best of the children, as where one way out is enough, or the worst
// risk where higher scores are worse. It takes no weights.
//
// Source: OECD and JRC, Handbook on Constructing Composite Indicators, 2008, step 6.
//
// By hand: children 7 1 4, 7.
var Max = Method{
	Signature: method.Signature{
		Step: method.Aggregate, Name: "max",
		Title: "the highest of the children", Formula: "max xᵢ", Source: "OECD/JRC Handbook 2008, weighting and aggregation",
	},
	Apply: func(in Input, value cell.Vector) Outcome {
		return each(equally(in), value, func(x, _ []float64) (float64, string) { return slices.Max(x), "" })
	},
}
