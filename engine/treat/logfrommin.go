package treat

import (
	"math"

	"rubric/engine/cell"
	"rubric/spec/method"
)

// LogFromMin is the logarithm of the distance from the smallest value, plus one:
// ln(x − min + 1), which every number has; the smallest becomes 0. How strongly it
// pulls depends on the measure: in thousands it is nearly a straight line.
//
// Source: COIN Tool of the JRC; COINr 1.1.14, log_CT_orig().
//
// By hand, −1 0 3: ln 1 = 0, ln 2, ln 5.
var LogFromMin = Method{
	Signature: method.Signature{
		Step: method.Treat, Name: "log_from_min",
		Title: "the logarithm of the distance from the smallest value, plus one", Formula: "ln(x − min + 1)", Source: "COIN Tool; COINr 1.1.14, log_CT_orig",
	},
	Apply: func(in Input) Outcome { return logFromMin(in.Value) },
}

func logFromMin(v cell.Vector) Outcome {
	low, _, some := ends(v)
	if !some {
		return Outcome{Idle: empty}
	}
	return each(v, func(x float64) (float64, string) { return math.Log(x - low + 1), "" })
}
