package attribute

import (
	"math"

	"rubric/engine/cell"
	"rubric/engine/order"
	"rubric/spec/check"
)

// places are the places by score among the units that both sides have, equal ones
// sharing the better: what stands for ranks where the method ranks nobody.
func (g *game) places(scores []float64, n *check.Node, ranker *order.Ranker) []float64 {
	best := order.Highest
	if lowest(n) {
		best = order.Lowest
	}
	out := make([]float64, len(scores))
	for _, rows := range g.sections {
		v := cell.NewVector(len(rows))
		for k, j := range rows {
			if !math.IsNaN(scores[j]) {
				v.Put(k, scores[j])
			}
		}
		ranks := make([]float64, len(rows))
		ranker.Rank(ranks, v, order.Standard, best)
		for k, j := range rows {
			out[j] = math.NaN()
			if v.Valid.Get(k) {
				out[j] = ranks[k]
			}
		}
	}
	return out
}

// periods are the rows that both sides have, those of each period apart.
func (g *game) periods() [][]int {
	at := map[string]int{}
	var out [][]int
	for j, row := range g.rows {
		period := g.now.Data.Period(row.now)
		k, ok := at[period]
		if !ok {
			k = len(out)
			at[period] = k
			out = append(out, nil)
		}
		out[k] = append(out[k], j)
	}
	return out
}
