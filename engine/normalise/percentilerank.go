package normalise

import (
	"rubric/engine/cell"
	"rubric/spec/method"
)

// PercentileRank is the share of the other units that a unit is better than,
// put on a scale:
//
//	score = a + (b − a)·(rank − 1)/(n − 1)    to [a, b]
//
// The rank counts from the worst of the n units with a value, with the tie rules
// of ascending_rank; under `dense` n counts distinct values, as the rank does.
// Scores have no unit of measurement. One value alone has no place among others, nor under `dense` have
// values that are all the same.
//
// Source: OECD and JRC, Handbook on Constructing Composite Indicators, 2008,
// step 5, normalisation, p. 30, ranking; COINr's n_prank, whose ties are `low`.
//
// By hand, values 9 7 7 3: low 3/3 1/3 1/3 0, high 1 2/3 2/3 0, mean 1 1.5/3 = 0.5 0.5 0, dense 2/2 1/2 1/2 0.
var PercentileRank = Method{
	Signature: method.Signature{
		Step: method.Normalise, Name: "percentile_rank",
		Title:     "the share of the other units that the unit is better than",
		Formula:   "a + (b − a)·(r − 1)/(n − 1), to [a, b]; r is the ascending rank of n units, under dense of n distinct values",
		Source:    "OECD/JRC Handbook 2008, step 5: normalisation, p. 30: ranking; COINr, n_prank",
		Params:    []method.Param{tiesParam, toParam, overParam},
		Ranks:     true,
		Direction: true, Floor: true,
	},
	Apply: func(in Input, score cell.Vector) (out Outcome) {
		n, distinct := fromWorst(in, score)
		if in.Args.Word("ties") == "dense" {
			n = distinct
		}
		if n < 2 {
			clear(score.Valid)
			return constant(in)
		}
		low, high := in.Args.Pair("to")
		for i, r := range score.Values {
			if !score.Valid.Get(i) {
				continue
			}
			score.Valid.Clear(i)
			out.put(in, score, i, onto((r-1)/float64(n-1), low, high))
		}
		return out
	},
	Floor: bottom,
}
