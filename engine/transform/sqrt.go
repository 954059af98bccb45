package transform

import (
	"math"

	"rubric/spec/method"
)

// Sqrt is the square root. By hand: sqrt 9 = 3, sqrt 0 = 0; −1 has none.
var Sqrt = Method{
	Signature: method.Signature{
		Step: method.Transform, Name: "sqrt",
		Title: "the square root", Formula: "sqrt x", Source: "OECD/JRC Handbook 2008, step 5: normalisation, scale transformation",
	},
	Apply: func(x float64) (float64, string) {
		if x < 0 {
			return 0, "the square root of a negative number"
		}
		return math.Sqrt(x), ""
	},
}
