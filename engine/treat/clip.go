package treat

import (
	"math"

	"rubric/spec/method"
)

// Clip holds the values between two bounds: max(low, min(high, x)). Either bound
// may be absent.
//
// Source: OECD and JRC, Handbook on Constructing Composite Indicators, 2008,
// step 5, normalisation: outliers held at fixed thresholds.
//
// By hand, low 0 and high 10: −5 3 12 → 0 3 10.
var Clip = Method{
	Signature: method.Signature{
		Step: method.Treat, Name: "clip",
		Title: "values held between two bounds", Formula: "max(low, min(high, x))", Source: "OECD/JRC Handbook 2008, step 5: thresholds for outliers",
		Params: []method.Param{
			{Name: "low", Kind: method.Number, Optional: true, Doc: "the bound below which no value stays"},
			{Name: "high", Kind: method.Number, Optional: true, Doc: "the bound above which no value stays"},
		},
		Check: func(args method.Args) (param, wrong, help string) {
			switch {
			case !args.Has("low") && !args.Has("high"):
				return "low", "there is no bound", "give `low`, `high` or both"
			case args.Has("low") && args.Has("high") && args.Number("low") >= args.Number("high"):
				return "high", "`high` is not above `low`", "exchange the two, or leave one out"
			}
			return "", "", ""
		},
	},
	Apply: func(in Input) Outcome {
		low, high := math.Inf(-1), math.Inf(1)
		if in.Args.Has("low") {
			low = in.Args.Number("low")
		}
		if in.Args.Has("high") {
			high = in.Args.Number("high")
		}
		hold(in.Value, low, high)
		return Outcome{}
	},
}
