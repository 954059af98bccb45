package normalise

import (
	"rubric/engine/cell"
	"rubric/engine/numeric"
	"rubric/engine/order"
	"rubric/spec/method"
)

// ZScore is the distance from the mean in standard deviations:
//
//	score = (x − m)/s·sd + mean    higher is better
//	score = (m − x)/s·sd + mean    lower is better
//
// m and s are the mean and the sample standard deviation (n − 1) of the column;
// `mean` and `sd` are those that the scores are to have. Scores are counted in
// `sd`, and have no bottom. A column whose values are all the same has none.
//
// Source: OECD and JRC, Handbook on Constructing Composite Indicators, 2008,
// step 5, normalisation, p. 30, standardisation; COINr's n_zscore.
//
// By hand, values 5 4 3: m = 4, s = √((1 + 0 + 1)/2) = 1; scores 1 0 −1, with mean 100 and sd 10 110 100 90.
var ZScore = Method{
	Signature: method.Signature{
		Step: method.Normalise, Name: "z_score",
		Title:   "the distance from the mean in standard deviations",
		Formula: "(x − m)/s·sd + mean; lower is better: (m − x)/s·sd + mean; m and s are the mean and sample standard deviation of all units",
		Source:  "OECD/JRC Handbook 2008, step 5: normalisation, p. 30: standardisation",
		Params: []method.Param{
			{Name: "mean", Kind: method.Number, Doc: "the mean of the scores", Default: "0"},
			{Name: "sd", Kind: method.Number, Doc: "the standard deviation of the scores, above 0", Default: "1"},
			overParam, transformParam,
		},
		Direction: true,
		Check: func(args method.Args) (param, wrong, help string) {
			if args.Number("sd") <= 0 {
				return "sd", "the standard deviation of the scores is not above 0", "give a number above 0; for values of which the lower are better, write `direction: lower`"
			}
			return "", "", ""
		},
	},
	Apply: func(in Input, score cell.Vector) Outcome {
		sorted := numeric.Sorted(in.Value)
		if len(sorted) == 0 || sorted[0] == sorted[len(sorted)-1] {
			return constant(in)
		}
		scale := tame(sorted)
		m, s := middle(sorted), numeric.SD(sorted)
		mean, sd := in.Args.Number("mean"), in.Args.Number("sd")
		return each(in, score, func(x float64) float64 {
			z := (float64(x*scale) - m) / s
			if in.Best == order.Lowest {
				z = -z
			}
			return float64(z*sd) + mean
		})
	},
}

// tame multiplies sorted numbers by a power of two, which it returns, where
// their squares or sums could leave the range of doubles: what is counted in
// standard deviations, or in means, does not depend on the unit of measurement.
func tame(sorted []float64) float64 {
	size := max(-sorted[0], sorted[len(sorted)-1])
	scale := 1.0
	switch {
	case size > 0x1p+480:
		scale = 0x1p-600
	case size < 0x1p-400:
		scale = 0x1p+600
	default:
		return 1
	}
	for i := range sorted {
		sorted[i] *= scale
	}
	return scale
}

// middle is the mean of sorted numbers, and never outside them: the mean of
// equal numbers is their number.
func middle(sorted []float64) float64 {
	return max(sorted[0], min(sorted[len(sorted)-1], numeric.Mean(sorted)))
}
