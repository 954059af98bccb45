package normalise

import (
	"rubric/engine/cell"
	"rubric/engine/order"
	"rubric/spec/method"
)

// DistanceToTarget is how much of the way from the worst value to a target a
// unit has behind it:
//
//	score = (x − min)/(target − min)    higher is better
//	score = (max − x)/(max − target)    lower is better
//
// The worst unit has 0, one at the target 1, one beyond it more than 1 unless
// `cap: high` holds it there. Scores have no unit of measurement; the target is in that of the
// value, and is transformed with it.
//
// A target that the worst unit has already reached leaves no way to measure, and
// no unit has a score; COINr scores such a column 0, or upside down.
//
// Source: OECD and JRC, Handbook on Constructing Composite Indicators, 2008,
// step 5, normalisation, p. 30, distance to a reference; COINr's n_dist2targ, of which `cap: high` is cap_max.
//
// By hand, values 11 7 5 1, target 9: 10/8 = 1.25, 6/8 = 0.75, 4/8 = 0.5, 0; with cap high 1 0.75 0.5 0.
var DistanceToTarget = Method{
	Signature: method.Signature{
		Step: method.Normalise, Name: "distance_to_target",
		Title:   "how much of the way from the worst unit to a target the unit has behind it",
		Formula: "(x − min)/(target − min); lower is better: (max − x)/(max − target)",
		Source:  "OECD/JRC Handbook 2008, step 5: normalisation, p. 30: distance to a reference; COINr, n_dist2targ",
		Params: []method.Param{
			{Name: "target", Kind: method.Number, Doc: "the value that scores 1"},
			{Name: "cap", Kind: method.Word, Doc: "`high` holds scores beyond the target at 1", Values: []string{"none", "high"}, Default: "none"},
			overParam, transformParam,
		},
		Direction: true, Floor: true,
	},
	Apply: func(in Input, score cell.Vector) Outcome {
		target, ok := in.bound("target")
		if !ok {
			return none(in, "the transformation has no value at the target")
		}
		worst, _ := ends(in)
		if in.Best == order.Highest && target <= worst || in.Best == order.Lowest && target >= worst {
			return none(in, "the worst unit has reached the target, so no way is left to measure")
		}
		return held(in, score, 0, 1, in.Args.Word("cap"), func(x float64) float64 { return share(x, worst, target) })
	},
	Floor: zero,
}
