package treat

import (
	"math"

	"rubric/engine/cell"
	"rubric/spec/method"
)

// Log is the natural logarithm: ln x. Zero and negatives have none; where the
// column has such, log_shift, log_from_min or asinh may serve.
//
// Source: OECD and JRC, Handbook on Constructing Composite Indicators, 2008,
// step 5, normalisation: scale transformation.
//
// By hand: 1 → 0; e² → 2; 0 and −1 become invalid.
var Log = Method{
	Signature: method.Signature{
		Step: method.Treat, Name: "log",
		Title: "the natural logarithm", Formula: "ln x", Source: "OECD/JRC Handbook 2008, step 5: scale transformation",
	},
	Apply: func(in Input) Outcome { return log(in.Value) },
}

func log(v cell.Vector) Outcome {
	return each(v, func(x float64) (float64, string) {
		if x <= 0 {
			return 0, "the logarithm of a number that is not positive"
		}
		return math.Log(x), ""
	})
}
