package report

import (
	"rubric/engine"
	"rubric/engine/cell"
	"rubric/engine/order"
)

// within ranks units inside their groups, by the rule of the node that is ranked.
type within struct {
	title string
	names []string
	ranks map[int]string
}

func newWithin(r *engine.Result, rows []int, f *engine.Figures, group string) *within {
	w := &within{title: group, ranks: map[int]string{}}
	c := r.Data.Groups[group]
	if c == nil {
		return w
	}
	for _, g := range r.Plan.Methodology.Groups {
		if g.ID == group {
			w.title = g.Title
		}
	}
	w.names = c.Text
	members := map[string][]int{}
	for _, u := range rows {
		if c.Valid.Get(u) {
			members[c.Text[u]] = append(members[c.Text[u]], u)
		}
	}
	if f.Node.Rank == nil || f.Score.Valid == nil {
		return w
	}
	best := order.Highest
	if f.Node.Node.Rank.Best == "lowest" {
		best = order.Lowest
	}
	for _, units := range members {
		scores, ranks := cell.NewVector(len(units)), make([]float64, len(units))
		for k, u := range units {
			if x, ok := f.Score.At(u); ok {
				scores.Put(k, x)
			}
		}
		(&order.Ranker{}).Rank(ranks, scores, f.Node.Rank.Ties, best)
		for k, u := range units {
			if scores.Valid.Get(k) {
				w.ranks[u] = Number(ranks[k])
			}
		}
	}
	return w
}

// of is the group of a unit, and its rank there.
func (w *within) of(u int) (name, rank string) {
	if w.names == nil || w.names[u] == "" {
		return "–", "–"
	}
	rank, ok := w.ranks[u]
	if !ok {
		rank = "–"
	}
	return w.names[u], rank
}
