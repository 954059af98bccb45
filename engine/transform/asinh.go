package transform

import (
	"math"

	"rubric/spec/method"
)

// Asinh is the inverse hyperbolic sine, a logarithm that zero and negatives have too. By hand: asinh 0 = 0, asinh 0.75 = ln(0.75 + 1.25) = ln 2.
var Asinh = Method{
	Signature: method.Signature{
		Step: method.Transform, Name: "asinh",
		Title: "the inverse hyperbolic sine, a logarithm that zero and negatives have too", Formula: "ln(x + sqrt(x² + 1))", Source: "Johnson, Systems of Frequency Curves, Biometrika 36, 1949",
	},
	Apply: func(x float64) (float64, string) {
		return math.Asinh(x), ""
	},
}
