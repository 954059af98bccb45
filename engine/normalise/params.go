package normalise

import (
	"math"

	"rubric/spec/method"
)

// tiesParam is the tie rule that the methods by rank share.
var tiesParam = method.Param{Name: "ties", Kind: method.Word, Doc: "what tied units score", Values: []string{"high", "low", "mean", "dense"}}

// overParam says which cells a column's statistics are taken over.
var overParam = method.Param{
	Name: "over", Kind: method.Word, Doc: "the cells that the bounds are taken over: those of the same period, or of all periods",
	Values: []string{"period", "all"}, Default: "period",
}

// transformParam is what is done to a value before it is scored.
var transformParam = method.Param{Name: "transform", Kind: method.Word, Doc: "what is done to the value first; bounds that the parameters name are transformed with it", Optional: true}

// toParam is the scale that scores end up on.
var toParam = method.Param{Name: "to", Kind: method.Pair, Doc: "the ends of the scale: the score of the worst and of the best", Default: "[0, 1]"}

// bound is a parameter in the measure of the value, with what was done to the
// value done to it; ok is false where that has no result.
func (in Input) bound(param string) (x float64, ok bool) {
	x = in.Args.Number(param)
	if in.Transform != nil {
		x = in.Transform(x)
	}
	return x, finite(x)
}

func finite(x float64) bool { return math.Abs(x) <= math.MaxFloat64 }

// one is the bottom of a scale that counts from 1.
func one(method.Args) float64 { return 1 }

// zero is the bottom of a scale that counts from 0.
func zero(method.Args) float64 { return 0 }

// bottom is the worst end of the scale that the document chose.
func bottom(args method.Args) float64 {
	worst, _ := args.Pair("to")
	return worst
}
