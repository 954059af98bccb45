package treat

import (
	"math"

	"rubric/engine/cell"
	"rubric/spec/method"
)

// LogGII stretches the column from 1 to its largest value and takes the logarithm:
// ln((max − 1)·(x − min)/(max − min) + 1). The smallest value becomes 0, the
// largest ln max. Where the largest value is not above 1 it would turn the order
// round, or have no logarithm: the column then stays as it is.
//
// Source: the spreadsheet of the Global Innovation Index 2020, after COINr 1.1.14,
// log_GII(), which warns of the turned order and returns its column unchanged.
//
// By hand, 0 3 9: 8·0/9 + 1 = 1 → 0; 8·3/9 + 1 = 11/3 → ln(11/3); 9 → ln 9.
var LogGII = Method{
	Signature: method.Signature{
		Step: method.Treat, Name: "log_gii",
		Title: "the logarithm of the column stretched from 1 to its largest value", Formula: "ln((max − 1)·(x − min)/(max − min) + 1)", Source: "Global Innovation Index 2020, after COINr 1.1.14, log_GII",
	},
	Apply: func(in Input) Outcome { return logGII(in.Value) },
}

func logGII(v cell.Vector) Outcome {
	low, high, some := ends(v)
	switch {
	case !some:
		return Outcome{Idle: empty}
	case low == high:
		return Outcome{Idle: constant}
	case high <= 1:
		return Outcome{Idle: "the largest value is not above 1, which would turn the order of the values round"}
	}
	// Halves, because the distance of two numbers may be too large for one.
	across := high/2 - low/2
	return each(v, func(x float64) (float64, string) {
		return math.Log(float64((high-1)*((x/2-low/2)/across)) + 1), ""
	})
}
