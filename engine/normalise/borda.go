package normalise

import (
	"rubric/engine/cell"
	"rubric/spec/method"
)

// Borda counts the units that a unit is better than: the rank from the worst,
// less 1. Tied units get, by the tie rule,
//
//	low    the number strictly worse
//	high   the number worse or equal, the unit itself not counted
//	mean   the average of the two
//	dense  the number of distinct worse values
//
// Scores are counted in units. Only units with a value are counted; one that is
// floored has 0 as the worst has.
//
// Source: J.-C. de Borda, Mémoire sur les élections au scrutin, 1784; COINr's
// n_borda, whose ties are `low` unless it is told otherwise.
//
// By hand, values 9 7 7 3: low 3 1 1 0, high 3 2 2 0, mean 3 1.5 1.5 0, dense 2 1 1 0.
var Borda = Method{
	Signature: method.Signature{
		Step: method.Normalise, Name: "borda",
		Title:     "the number of units that the unit is better than",
		Formula:   "low: #worse; high: #worse or equal − 1; mean: (low + high) / 2; dense: #distinct worse values",
		Source:    "Borda, Mémoire sur les élections au scrutin, 1784; COINr, n_borda",
		Params:    []method.Param{tiesParam, overParam},
		Ranks:     true,
		Direction: true, Floor: true,
	},
	Apply: func(in Input, score cell.Vector) Outcome {
		fromWorst(in, score)
		for i, r := range score.Values {
			score.Values[i] = r - 1
		}
		return Outcome{}
	},
	Floor: zero,
}
