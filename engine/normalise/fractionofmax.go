package normalise

import (
	"rubric/engine/cell"
	"rubric/engine/order"
	"rubric/spec/method"
)

// FractionOfMax relates a value to the best one:
//
//	score = x/max    higher is better; max above 0
//	score = min/x    lower is better; all values above 0
//
// The best unit has 1. Scores have no unit of measurement, and keep ratios: twice as good is twice the
// score, in either direction. Where the values do not allow that, no unit has a
// score.
//
// COINr's n_fracmax agrees where higher is better. Where lower is better it
// turns the sign of the values and divides by the greatest, which is x/min: the
// worse unit has the higher score.
//
// Source: OECD and JRC, Handbook on Constructing Composite Indicators, 2008,
// step 5, normalisation, p. 30, distance to a reference, the leader; COINr's n_fracmax.
//
// By hand, values 8 4 2, higher: 1, 4/8 = 0.5, 2/8 = 0.25; lower: 2/8 = 0.25, 2/4 = 0.5, 1.
var FractionOfMax = Method{
	Signature: method.Signature{
		Step: method.Normalise, Name: "fraction_of_max",
		Title:     "the value as a fraction of the best unit's",
		Formula:   "x/max; lower is better: min/x",
		Source:    "OECD/JRC Handbook 2008, step 5: normalisation, p. 30: distance to a reference; COINr, n_fracmax",
		Params:    []method.Param{overParam, transformParam},
		Direction: true,
	},
	Apply: func(in Input, score cell.Vector) Outcome {
		_, best := ends(in)
		if in.Best == order.Lowest {
			if best <= 0 {
				return none(in, "lower is better, and a value is not above zero, so there is no fraction of it")
			}
			return each(in, score, func(x float64) float64 { return best / x })
		}
		if best <= 0 {
			return none(in, "the greatest value is not above zero, so there is no fraction of it")
		}
		return each(in, score, func(x float64) float64 { return x / best })
	},
}
