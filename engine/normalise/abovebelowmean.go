package normalise

import (
	"math"

	"rubric/engine/cell"
	"rubric/engine/numeric"
	"rubric/engine/order"
	"rubric/spec/method"
)

// AboveBelowMean says on which side of the mean m a unit stands, with a band
// about it:
//
//	score =  1 where x > m + p·|m|
//	score =  0 where m − p·|m| ≤ x ≤ m + p·|m|
//	score = −1 where x < m − p·|m|
//
// and the signs turned where lower is better. p is `threshold`, a share of the
// mean. Scores have no unit of measurement. The Handbook writes the band about x/m = 1, which is the same
// where the mean is above zero. Outliers move no score but by moving the mean.
//
// Source: OECD and JRC, Handbook on Constructing Composite Indicators, 2008,
// step 5, normalisation, p. 30, indicators above or below the mean.
//
// By hand, values 16 11 9 4, threshold 0.1: m = 10, band 9 to 11; scores 1 0 0 −1.
var AboveBelowMean = Method{
	Signature: method.Signature{
		Step: method.Normalise, Name: "above_below_mean",
		Title:   "1 above the mean, 0 about it, −1 below it",
		Formula: "1 if x > m + p·|m|; −1 if x < m − p·|m|; else 0; lower is better: the signs turned; m is the mean of all units, p the threshold",
		Source:  "OECD/JRC Handbook 2008, step 5: normalisation, p. 30: indicators above or below the mean",
		Params: []method.Param{
			{Name: "threshold", Kind: method.Number, Doc: "how far from the mean still counts as about it, as a share of the mean", Least: method.Bound(0)},
			overParam, transformParam,
		},
		Direction: true, Floor: true,
	},
	Apply: func(in Input, score cell.Vector) Outcome {
		sorted := numeric.Sorted(in.Value)
		if len(sorted) == 0 {
			return Outcome{}
		}
		scale := tame(sorted)
		m := middle(sorted)
		// The reach may be infinite, and then nothing is outside.
		reach := float64(in.Args.Number("threshold") * math.Abs(m))
		above, below := 1.0, -1.0
		if in.Best == order.Lowest {
			above, below = below, above
		}
		return each(in, score, func(x float64) float64 {
			switch x = float64(x * scale); {
			case x-m > reach:
				return above
			case m-x > reach:
				return below
			}
			return 0
		})
	},
	Floor: func(method.Args) float64 { return -1 },
}
