package normalise

import (
	"rubric/engine/cell"
	"rubric/engine/order"
	"rubric/spec/method"
)

// RankPoints gives the best of N units N points and the last 1. Tied units get,
// by the tie rule,
//
//	high   N − (number of units strictly better)
//	low    1 + (number strictly worse; units without a value count as worse)
//	mean   the average of the two
//	dense  N − (number of distinct better values)
//
// Where missing figures are floored, N counts all units and a missing one has 1
// point; else N counts the units with a value.
//
// Source: PwC and China Development Research Foundation, Chinese Cities of
// Opportunity 2025, the chapter on method: 60 points for the first of 60.
//
// By hand, N = 4, values 9 7 7 3: high 4 3 3 1, low 4 2 2 1, mean 4 2.5 2.5 1,
// dense 4 3 3 2.
var RankPoints = Method{
	Signature: method.Signature{
		Step: method.Normalise, Name: "rank_points",
		Title:     "the best of N units has N points, the last 1",
		Formula:   "high: N − #better; low: 1 + #worse; mean: (high + low) / 2; dense: N − #distinct better values",
		Source:    "Chinese Cities of Opportunity 2025, method",
		Params:    []method.Param{tiesParam, overParam},
		Ranks:     true,
		Direction: true, Floor: true,
	},
	Apply: func(in Input, score cell.Vector) Outcome {
		in.Ranker.Rank(score.Values, in.Value, tieRule(in.Args.Word("ties")), in.Best)
		copy(score.Valid, in.Value.Valid)
		// A rank r counts from the best: points are N + 1 − r.
		top := float64(in.Units + 1)
		for i, r := range score.Values {
			score.Values[i] = top - r
		}
		return Outcome{}
	},
	Floor: one,
}

// tieRule is the rank rule behind a tie rule of points: points are N + 1 − rank.
func tieRule(ties string) order.Ties {
	switch ties {
	case "low":
		return order.Modified
	case "mean":
		return order.Fractional
	case "dense":
		return order.Dense
	}
	return order.Standard
}
