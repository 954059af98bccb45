package weight

import "rubric/spec/method"

// Given takes the weights that stand on the children themselves, 1 where none
// does.
//
// By hand: children with `weight: 3` and without a weight, 3/4 and 1/4.
var Given = Method{method.Signature{
	Step: method.Weight, Name: "given",
	Title: "each child has its own `weight`, 1 where none is written", Formula: "wᵢ / Σ w", Source: "OECD/JRC Handbook 2008, weighting and aggregation: participatory methods",
}}
