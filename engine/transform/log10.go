package transform

import (
	"math"

	"rubric/spec/method"
)

// Log10 is the logarithm to base 10. By hand: log10 1000 = 3, log10 0.1 = −1; 0 and −1 have none.
var Log10 = Method{
	Signature: method.Signature{
		Step: method.Transform, Name: "log10",
		Title: "the logarithm to base 10", Formula: "log10 x", Source: "OECD/JRC Handbook 2008, step 5: normalisation, scale transformation",
	},
	Apply: func(x float64) (float64, string) {
		if x <= 0 {
			return 0, "the logarithm of a number that is not positive"
		}
		return math.Log10(x), ""
	},
}
