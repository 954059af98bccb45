package normalise

import (
	"rubric/engine/cell"
	"rubric/spec/method"
)

// DistanceToBest is 1 less the distance to the best value, as a share of the
// distance between the worst and the best:
//
//	score = 1 − (max − x)/(max − min)    higher is better
//	score = 1 − (x − min)/(max − min)    lower is better
//
// Scores have no unit of measurement and are those of min_max on [0, 1], but for the last place.
//
// Source: OECD and JRC, Handbook on Constructing Composite Indicators, 2008,
// step 5, normalisation, p. 30, distance to a reference; COINr's n_dist2max.
//
// By hand, values 9 7 5 1: 1 − 0/8 = 1, 1 − 2/8 = 0.75, 1 − 4/8 = 0.5, 1 − 8/8 = 0.
var DistanceToBest = Method{
	Signature: method.Signature{
		Step: method.Normalise, Name: "distance_to_best",
		Title:     "1 less the distance to the best unit, as a share of that between the worst and the best",
		Formula:   "1 − (max − x)/(max − min); lower is better: 1 − (x − min)/(max − min)",
		Source:    "OECD/JRC Handbook 2008, step 5: normalisation, p. 30: distance to a reference; COINr, n_dist2max",
		Params:    []method.Param{overParam, transformParam},
		Direction: true, Floor: true,
	},
	Apply: func(in Input, score cell.Vector) Outcome {
		worst, best := ends(in)
		if worst == best {
			return constant(in)
		}
		return each(in, score, func(x float64) float64 { return 1 - share(x, best, worst) })
	},
	Floor: zero,
}
