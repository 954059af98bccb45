package treat

import (
	"math"

	"rubric/engine/cell"
	"rubric/spec/method"
)

// Asinh is the inverse hyperbolic sine: ln(x + √(x² + 1)). It is close to a
// logarithm where x is large, has zero and negatives too, and keeps their sign.
//
// Source: N. L. Johnson, Systems of frequency curves, Biometrika 36, 1949,
// pp. 149–176.
//
// By hand: 0 → 0; 0.75 → ln(0.75 + 1.25) = ln 2; −0.75 → −ln 2.
var Asinh = Method{
	Signature: method.Signature{
		Step: method.Treat, Name: "asinh",
		Title: "the inverse hyperbolic sine, a logarithm that zero and negatives have too", Formula: "ln(x + √(x² + 1))", Source: "Johnson, Biometrika 36, 1949",
	},
	Apply: func(in Input) Outcome { return asinh(in.Value) },
}

func asinh(v cell.Vector) Outcome {
	return each(v, func(x float64) (float64, string) { return math.Asinh(x), "" })
}
