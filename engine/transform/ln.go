package transform

import (
	"math"

	"rubric/spec/method"
)

// Ln is the natural logarithm. By hand: ln 1 = 0, ln e² = 2; 0 and −1 have none.
var Ln = Method{
	Signature: method.Signature{
		Step: method.Transform, Name: "ln",
		Title: "the natural logarithm", Formula: "ln x", Source: "OECD/JRC Handbook 2008, step 5: normalisation, scale transformation",
	},
	Apply: func(x float64) (float64, string) {
		if x <= 0 {
			return 0, "the logarithm of a number that is not positive"
		}
		return math.Log(x), ""
	},
}
