package weight

import "rubric/spec/method"

// Equal gives every child of a parent the same weight, whatever else is written.
//
// By hand: four children, a quarter each.
var Equal = Method{method.Signature{
	Step: method.Weight, Name: "equal",
	Title: "every child of a parent has the same weight", Formula: "1 / n", Source: "OECD/JRC Handbook 2008, weighting and aggregation: equal weighting",
}}
