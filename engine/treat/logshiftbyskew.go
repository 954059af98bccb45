package treat

import (
	"math"

	"rubric/engine/cell"
	"rubric/engine/numeric"
	"rubric/spec/method"
)

// LogShiftBySkew pulls in the longer tail, whichever it is: where the skewness is
// above 0 it is log_shift, ln(x − min + a); otherwise its mirror, −ln(max + a − x).
// a = 0.01·(max − min). Both keep the order of the values.
//
// Source: COINr 1.1.14, log_CT_plus().
//
// By hand, 0 99 100: the lower tail is the longer one; a = 1; −ln 101, −ln 2,
// −ln 1 = 0. 0 1 100: ln 1 = 0, ln 2, ln 101.
var LogShiftBySkew = Method{
	Signature: method.Signature{
		Step: method.Treat, Name: "log_shift_by_skew",
		Title: "log_shift, or its mirror where the lower tail is the longer one", Formula: "skewness > 0: ln(x − min + a), else −ln(max + a − x); a = 0.01·(max − min)", Source: "COINr 1.1.14, log_CT_plus",
	},
	Apply: func(in Input) Outcome { return logShiftBySkew(in.Value) },
}

func logShiftBySkew(v cell.Vector) Outcome {
	sorted, idle := spread(v)
	if idle != "" {
		return Outcome{Idle: idle}
	}
	skew, ok := numeric.Skew(sorted)
	if !ok {
		return Outcome{Idle: tooFew}
	}
	if skew > 0 {
		return logShift(v)
	}
	low, high := sorted[0], sorted[len(sorted)-1]
	a := float64(0.01 * (high - low))
	return each(v, func(x float64) (float64, string) { return 0 - math.Log(high+a-x), "" })
}
