package treat

import (
	"math"

	"rubric/engine/cell"
	"rubric/spec/method"
)

// Sqrt is the square root: √x, a milder pull on a long upper tail than a
// logarithm. Negatives have none.
//
// Source: J. W. Tukey, Exploratory Data Analysis, 1977, chapter 3, the ladder of
// powers.
//
// By hand: 9 → 3; 0 → 0; −1 becomes invalid.
var Sqrt = Method{
	Signature: method.Signature{
		Step: method.Treat, Name: "sqrt",
		Title: "the square root", Formula: "√x", Source: "Tukey, Exploratory Data Analysis, 1977, chapter 3",
	},
	Apply: func(in Input) Outcome { return sqrt(in.Value) },
}

func sqrt(v cell.Vector) Outcome {
	return each(v, func(x float64) (float64, string) {
		if x < 0 {
			return 0, "the square root of a negative number"
		}
		return math.Sqrt(x), ""
	})
}
