package normalise

import (
	"rubric/engine/cell"
	"rubric/spec/method"
)

// MinMax puts the worst value at one end of the scale and the best at the other:
//
//	score = a + (b − a)·(x − min)/(max − min)    higher is better, to [a, b]
//	score = a + (b − a)·(max − x)/(max − min)    lower is better
//
// Scores have no unit of measurement. A column whose values are all the same has none.
//
// Source: OECD and JRC, Handbook on Constructing Composite Indicators, 2008,
// step 5, normalisation, p. 30, min-max; COINr's n_minmax.
//
// By hand, values 9 7 5 1, to [0, 100]: range 8; 100·8/8 = 100, 100·6/8 = 75, 100·4/8 = 50, 0.
var MinMax = Method{
	Signature: method.Signature{
		Step: method.Normalise, Name: "min_max",
		Title:     "where the value lies between the worst and the best of all units",
		Formula:   "a + (b − a)·(x − min)/(max − min), to [a, b]; lower is better: a + (b − a)·(max − x)/(max − min)",
		Source:    "OECD/JRC Handbook 2008, step 5: normalisation, p. 30: min-max",
		Params:    []method.Param{toParam, overParam, transformParam},
		Direction: true, Floor: true,
	},
	Apply: func(in Input, score cell.Vector) Outcome {
		worst, best := ends(in)
		if worst == best {
			return constant(in)
		}
		low, high := in.Args.Pair("to")
		return each(in, score, func(x float64) float64 { return onto(share(x, worst, best), low, high) })
	},
	Floor: bottom,
}
