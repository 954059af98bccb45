package screen

import "rubric/spec/method"

// Condition asks that an expression holds, over the columns of the data set and
// what the other rules count. One without an answer, for want of a figure, does
// not hold.
//
// By hand: `available >= 3 && population > 100`: a unit with 4 values and 90 persons fails, one with 3 and 120 does not.
var Condition = Method{method.Signature{
	Step: method.Screen, Name: "condition",
	Title: "an expression that must hold, over columns, `available`, `coverage` and `nonzero`", Formula: "the expression itself", Source: "Rubric, for rules that the others cannot say",
}}
