package treat

import (
	"math"

	"rubric/spec/method"
)

// BoxCox is the power transformation of Box and Cox, of the distance from the
// smallest value plus one: with y = x − min + 1,
//
//	(y^λ − 1)/λ   for λ ≠ 0
//	ln y          for λ = 0
//
// Below 1 it pulls in the upper tail, above 1 the lower one; 1 only shifts.
//
// Source: G. E. P. Box and D. R. Cox, An analysis of transformations, Journal of
// the Royal Statistical Society B 26, 1964, pp. 211–252; COINr 1.1.14, boxcox().
//
// By hand, 2 5 10, so y 1 4 9: λ = 2 gives 0, 15/2, 80/2; λ = 0.5 gives 0, 2, 4;
// λ = 0 gives 0, ln 4, ln 9.
var BoxCox = Method{
	Signature: method.Signature{
		Step: method.Treat, Name: "box_cox",
		Title: "the power transformation of the distance from the smallest value, plus one", Formula: "y = x − min + 1; (y^λ − 1)/λ, or ln y for λ = 0", Source: "Box and Cox, JRSS B 26, 1964; COINr 1.1.14, boxcox",
		Params: []method.Param{{Name: "lambda", Kind: method.Number, Doc: "the power λ"}},
	},
	Apply: func(in Input) Outcome {
		low, _, some := ends(in.Value)
		if !some {
			return Outcome{Idle: empty}
		}
		lambda := in.Args.Number("lambda")
		return each(in.Value, func(x float64) (float64, string) {
			y := x - low + 1
			switch t := float64(lambda * math.Log(y)); {
			case lambda == 0:
				return math.Log(y), ""
			case math.Abs(t) < 0.1: // y^λ is so close to 1 that the difference would lose its digits
				return math.Expm1(t) / lambda, ""
			}
			return (math.Pow(y, lambda) - 1) / lambda, ""
		})
	},
}
