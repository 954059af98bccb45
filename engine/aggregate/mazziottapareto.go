package aggregate

import (
	"math"

	"rubric/engine/cell"
	"rubric/spec/method"
)

// MazziottaPareto is the mean of the children, corrected for how unbalanced they
// are:
//
//	value = M ∓ S·cv,   cv = S / M
//
// M and S are mean and standard deviation of the unit's own children, S with their
// number below the line. What it measures says the sign: the correction is
// subtracted where more is good (`positive`: well-being), added where more is bad
// (`negative`: poverty). Children are usually z-scores of mean 100 and deviation 10:
// `normalise: {method: z_score, mean: 100, sd: 10}`. It takes no weights. There is
// no value where the mean is zero.
//
// Source: Mazziotta and Pareto, Measuring Well-Being Over Time: The Adjusted
// Mazziotta–Pareto Index Versus Other Non-compensatory Indices, Social Indicators
// Research 136, 2018.
//
// By hand: children 90 and 110: M = 100, S = 10, cv = 0.1; positive 100 − 1 = 99, negative 101.
var MazziottaPareto = Method{
	Signature: method.Signature{
		Step: method.Aggregate, Name: "mazziotta_pareto",
		Title: "the mean of the children, corrected for their imbalance", Formula: "M − S²/M (positive), M + S²/M (negative)", Source: "Mazziotta and Pareto, Social Indicators Research 136, 2018",
		Params: []method.Param{{Name: "polarity", Kind: method.Word, Values: []string{"positive", "negative"}, Doc: "what more of the node is: good, and imbalance is subtracted; or bad, and it is added"}},
	},
	Apply: func(in Input, value cell.Vector) Outcome {
		sign := -1.0
		if in.Args.Word("polarity") == "negative" {
			sign = 1
		}
		return each(equally(in), value, func(x, w []float64) (float64, string) {
			sum, n := dot(x, w, func(v float64) float64 { return v })
			mean := sum / n
			if mean == 0 {
				return 0, "a coefficient of variation of scores whose mean is zero"
			}
			squares, _ := dot(x, w, func(v float64) float64 { return (v - mean) * (v - mean) })
			s := math.Sqrt(squares / n)
			return mean + float64(sign*(s*(s/mean))), ""
		})
	},
}
