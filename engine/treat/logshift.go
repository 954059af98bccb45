package treat

import (
	"math"

	"rubric/engine/cell"
	"rubric/spec/method"
)

// LogShift is the logarithm of the distance from the smallest value, plus a
// hundredth of the range: ln(x − min + a), a = 0.01·(max − min). Every number has
// it, and it pulls alike whatever the measure.
//
// Source: COINr 1.1.14, log_CT(), a modified logarithm of the COIN Tool of the JRC.
//
// By hand, 0 99 100: a = 1; ln 1 = 0, ln 100, ln 101.
var LogShift = Method{
	Signature: method.Signature{
		Step: method.Treat, Name: "log_shift",
		Title: "the logarithm of the distance from the smallest value, plus a hundredth of the range", Formula: "ln(x − min + 0.01·(max − min))", Source: "COINr 1.1.14, log_CT",
	},
	Apply: func(in Input) Outcome { return logShift(in.Value) },
}

func logShift(v cell.Vector) Outcome {
	low, high, some := ends(v)
	switch {
	case !some:
		return Outcome{Idle: empty}
	case low == high:
		return Outcome{Idle: constant}
	}
	a := float64(0.01 * (high - low))
	return each(v, func(x float64) (float64, string) { return math.Log(x - low + a), "" })
}
