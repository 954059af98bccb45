package aggregate

import (
	"slices"

	"rubric/engine/cell"
	"rubric/spec/method"
)

// Min is the worst of the children: nothing makes up for it. It takes no weights.
//
// Source: OECD and JRC, Handbook on Constructing Composite Indicators, 2008, step 6, non-compensatory aggregation.
//
// By hand: children 7 1 4, 1.
var Min = Method{
	Signature: method.Signature{
		Step: method.Aggregate, Name: "min",
		Title: "the lowest of the children", Formula: "min xᵢ", Source: "OECD/JRC Handbook 2008, weighting and aggregation: non-compensatory",
	},
	Apply: func(in Input, value cell.Vector) Outcome {
		return each(equally(in), value, func(x, _ []float64) (float64, string) { return slices.Min(x), "" })
	},
}
