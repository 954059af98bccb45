package aggregate

import (
	"rubric/engine/cell"
	"rubric/engine/order"
	"rubric/spec/method"
)

// Borda lets every child rank the units, and adds up their points: for each child
// the number of units that are worse, and half of those that tie, times the child's
// weight:
//
//	value = Σ wᵢ·(#worse in i + ½ #tied in i)
//
// Only the order of scores counts. A child ranks the units that have a score of it.
// Under `omit` a unit gets nothing from a child that it lacks.
//
// Source: J.-C. de Borda, Mémoire sur les élections au scrutin, 1784; OECD and JRC,
// Handbook on Constructing Composite Indicators, 2008, step 6.
//
// By hand, two children of units A 9 5, B 7 5, C 3 8: the first gives 2 1 0, the second ½ ½ 2: A 2.5, B 1.5, C 2.
var Borda = Method{
	Signature: method.Signature{
		Step: method.Aggregate, Name: "borda",
		Title: "the points that the children's rankings give, added up", Formula: "Σ wᵢ·(#worse + ½ #tied)", Source: "Borda, Mémoire sur les élections au scrutin, 1784; OECD/JRC Handbook 2008, weighting and aggregation",
		Weights: true, Across: true,
	},
	Apply: func(in Input, value cell.Vector) Outcome {
		clear(value.Values)
		ranks := make([]float64, value.Len())
		for i, c := range in.Children {
			in.Ranker.Rank(ranks, c, order.Fractional, order.Lowest)
			for k := range value.Values {
				if c.Valid.Get(k) {
					value.Values[k] += float64(in.Weights[i] * (ranks[k] - 1))
				}
			}
		}
		present(in, value.Valid)
		return Outcome{}
	},
}
