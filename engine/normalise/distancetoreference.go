package normalise

import (
	"rubric/engine/cell"
	"rubric/engine/order"
	"rubric/spec/method"
)

// DistanceToReference is 1 less the distance to a reference unit, as a share of
// that unit's distance to the worst:
//
//	score = 1 − (ref − x)/(ref − min)    higher is better
//	score = 1 − (x − ref)/(max − ref)    lower is better
//
// The reference unit has 1, the worst unit 0, better units than the reference
// more than 1. Scores have no unit of measurement. The reference is that of the same period. Where
// it has no value, or is itself the worst, no unit has a score.
//
// Source: OECD and JRC, Handbook on Constructing Composite Indicators, 2008,
// step 5, normalisation, p. 30, distance to a reference; COINr's n_dist2ref.
//
// By hand, values 9 7 5 1, reference the second: 1 + 2/6 = 1.33…, 1, 1 − 2/6 = 0.67…, 1 − 6/6 = 0.
var DistanceToReference = Method{
	Signature: method.Signature{
		Step: method.Normalise, Name: "distance_to_reference",
		Title:     "1 less the distance to a reference unit, as a share of its distance to the worst",
		Formula:   "1 − (ref − x)/(ref − min); lower is better: 1 − (x − ref)/(max − ref)",
		Source:    "OECD/JRC Handbook 2008, step 5: normalisation, p. 30: distance to a reference; COINr, n_dist2ref",
		Params:    []method.Param{{Name: "unit", Kind: method.Unit, Doc: "the reference unit, which scores 1"}, transformParam},
		Direction: true, Floor: true,
	},
	Apply: func(in Input, score cell.Vector) Outcome {
		if in.Reference < 0 || !in.Value.Valid.Get(in.Reference) {
			return none(in, "the reference unit has no value")
		}
		ref := in.Value.Values[in.Reference]
		worst, _ := ends(in)
		if in.Best == order.Highest && ref <= worst || in.Best == order.Lowest && ref >= worst {
			return none(in, "no unit is worse than the reference unit")
		}
		return each(in, score, func(x float64) float64 { return 1 - share(x, ref, worst) })
	},
	Floor: zero,
}
