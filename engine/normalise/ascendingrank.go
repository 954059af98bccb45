package normalise

import (
	"rubric/engine/cell"
	"rubric/engine/order"
	"rubric/spec/method"
)

// AscendingRank ranks from the worst: the worst unit with a value has 1, the
// best as many as there are units with a value. The tie rule says where in the
// ascending order tied units stand:
//
//	low    1 + (number strictly worse)
//	high   the number worse or equal
//	mean   the average of the two
//	dense  1 + (number of distinct worse values)
//
// Source: OECD and JRC, Handbook on Constructing Composite Indicators, 2008,
// normalisation, ranking; COINr's n_rank is `low` with ties at the minimum.
//
// By hand, values 9 7 7 3: low 4 2 2 1, high 4 3 3 1, mean 4 2.5 2.5 1, dense 3 2 2 1.
var AscendingRank = Method{
	Signature: method.Signature{
		Step: method.Normalise, Name: "ascending_rank",
		Title:     "the rank counted from the worst, over the units that have a value",
		Formula:   "low: 1 + #worse; high: #worse or equal; mean: (low + high) / 2; dense: 1 + #distinct worse values",
		Source:    "OECD/JRC Handbook 2008, normalisation: ranking",
		Params:    []method.Param{tiesParam, overParam},
		Ranks:     true,
		Direction: true, Floor: true,
	},
	Apply: func(in Input, score cell.Vector) Outcome {
		fromWorst(in, score)
		return Outcome{}
	},
	Floor: one,
}

// fromWorst writes the rank from the worst of every value by the tie rule, and
// returns how many values there are and how many distinct ones.
func fromWorst(in Input, score cell.Vector) (valid, distinct int) {
	worst := order.Lowest
	if in.Best == order.Lowest {
		worst = order.Highest
	}
	rule := order.Standard
	switch in.Args.Word("ties") {
	case "high":
		rule = order.Modified
	case "mean":
		rule = order.Fractional
	case "dense":
		rule = order.Dense
	}
	copy(score.Valid, in.Value.Valid)
	return in.Ranker.Rank(score.Values, in.Value, rule, worst)
}
