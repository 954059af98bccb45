package engine

import (
	"cmp"
	"slices"

	"rubric/spec/diag"
)

// breakers are the nodes whose scores break the ties of a node's rank.
func (p *Plan) breakers(n *Node) []int {
	var out []int
	if n.Node.Rank == nil {
		return nil
	}
	for _, name := range n.Node.Rank.By {
		if found, _ := p.Methodology.Node(name); found != nil {
			out = append(out, found.At)
		}
	}
	return out
}

// ordinals gives every unit a rank of its own: those that tie are put in order
// by the declared tie-breakers. What still ties shares a rank and is reported.
func (e *evaluation) ordinals() {
	for i := range e.p.Nodes {
		n, f := &e.p.Nodes[i], &e.result.Nodes[i]
		if n.Rank == nil || n.Rank.Name != "ordinal" || f.Rank == nil {
			continue
		}
		for _, s := range e.sections(false) {
			e.ordinal(n, f, s)
		}
	}
}

func (e *evaluation) ordinal(n *Node, f *Figures, s section) {
	var rows []int
	for k := range s.n {
		if i := s.row(k); f.Score.Valid.Get(i) {
			rows = append(rows, i)
		}
	}
	compare := func(a, b int) int {
		if c := cmp.Compare(f.Rank[a], f.Rank[b]); c != 0 {
			return c
		}
		for _, by := range n.Node.Rank.By {
			if by == "id" {
				if c := cmp.Compare(e.d.ID(a), e.d.ID(b)); c != 0 {
					return c
				}
				continue
			}
			found, _ := e.p.Methodology.Node(by)
			other := &e.result.Nodes[found.At]
			if c := e.better(other, a, b); c != 0 {
				return c
			}
		}
		return 0
	}
	slices.SortStableFunc(rows, compare)
	ranks := make([]float64, len(rows))
	for k, i := range rows {
		ranks[k] = float64(k + 1)
		if k > 0 && compare(rows[k-1], i) == 0 {
			ranks[k] = ranks[k-1]
			e.report(diag.New(diag.RankTie, n.Place, "`%s` and `%s` tie in `%s`, and no tie-breaker tells them apart", e.d.ID(rows[k-1]), e.d.ID(i), n.Path).WithNode(n.Path).WithUnit(e.d.ID(i)).
				WithHelp("name another node under `by:`, or `id` as the last one"))
		}
	}
	for k, i := range rows {
		f.Rank[i] = ranks[k]
	}
}

// better compares two units by a node's score, the better first by that node's
// own rank, or else the higher; a missing one comes last.
func (e *evaluation) better(f *Figures, a, b int) int {
	if f.Score.Valid == nil {
		return 0
	}
	x, hasX := f.Score.At(a)
	y, hasY := f.Score.At(b)
	switch {
	case !hasX && !hasY:
		return 0
	case !hasX:
		return 1
	case !hasY:
		return -1
	}
	if f.Node.Node.Rank != nil && f.Node.Node.Rank.Best == "lowest" {
		return cmp.Compare(x, y)
	}
	return cmp.Compare(y, x)
}
