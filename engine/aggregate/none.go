package aggregate

import (
	"rubric/engine/cell"
	"rubric/spec/method"
)

// None combines nothing: a node that only holds its children, and has neither
// value nor score. By hand: children 60 and 45, no value.
var None = Method{
	Signature: method.Signature{
		Step: method.Aggregate, Name: "none",
		Title: "the node only holds its children", Formula: "no value", Source: "Rubric",
	},
	Apply: func(in Input, value cell.Vector) Outcome {
		clear(value.Valid)
		return Outcome{}
	},
}
