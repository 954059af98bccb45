package engine

import (
	"slices"

	"rubric/engine/normalise"
	"rubric/engine/order"
	"rubric/spec/check"
	"rubric/spec/expr"
	"rubric/spec/method"
)

// Leaving leaves nodes out of a result, one at a time, to see what becomes of the
// ranking. Only the ancestors of a node are evaluated again, which for one of 66
// indicators of 60 units takes some hundredths of a millisecond. It is not safe for
// concurrent use.
type Leaving struct {
	r      *Result
	e      *evaluation
	nodes  []Figures         // scores of the ranked rows, which the siblings of a node keep
	before map[int]standings // by node: what its ranking is
}

// standings are the ranks of the rows, 1 for the best; 0: none.
type standings []float64

// Leaving prepares it. The result must hold the figures of all levels.
func (r *Result) Leaving() *Leaving {
	d := r.Data
	if r.reduced != nil {
		d = r.reduced.data
	}
	l := &Leaving{r: r, before: map[int]standings{}, nodes: slices.Clone(r.Nodes)}
	l.e = &evaluation{p: r.Plan, d: d, n: d.Rows(), periods: sectionsOf(d.Sections()), result: &Result{Plan: r.Plan, Data: d}}
	l.e.pool.n = l.e.n
	if r.reduced != nil {
		for i := range l.nodes {
			l.nodes[i].Score = l.nodes[i].Score.Pick(r.reduced.rows)
		}
	}
	return l
}

// Out says how many ranks are others if a node is left out: those of the index or,
// where that only holds its children, of the one above the node that does not. The
// weights of its siblings stay what they are relative to each other; a parent that
// would hold nothing is left out, too; which units are ranked stays as it was settled.
//
// There is no answer where that ranking does not rest on the node, consists of it
// alone, or speaks of it by name: in a formula, a condition, or as a tie-breaker.
func (l *Leaving) Out(n *Node) (top *Node, moved int, ok bool) {
	l.e.result.Nodes = slices.Clone(l.nodes)
	var now standings
	gone, changed := n.Node, []*check.Node{n.Node}
	for p := n.Parent; p != nil && l.ranks(p); p = p.Parent {
		top = &l.r.Plan.Nodes[p.At]
		changed = append(changed, p)
		node := top
		if gone != nil {
			if len(p.Children) == 1 {
				gone = p
				continue
			}
			if node, ok = l.r.Plan.without(node, gone); !ok {
				return nil, 0, false
			}
			gone = nil
		}
		now = l.evaluate(node)
	}
	if top == nil || gone != nil || top.broken(changed) {
		return nil, 0, false
	}
	before, known := l.before[top.At]
	if !known {
		l.e.result.Nodes = slices.Clone(l.nodes)
		before = l.evaluate(top)
		l.before[top.At] = before
	}
	for i := range before {
		if before[i] != now[i] {
			moved++
		}
	}
	return top, moved, true
}

// ranks says whether the ranking goes on through a node.
func (l *Leaving) ranks(n *check.Node) bool {
	f := &l.r.Nodes[n.At]
	return f.Needed && f.Origin == Computed && f.Kept && n.Aggregate.Method != "none"
}

// without is a node that lacks a child; not ok where it speaks of it by name, or has
// too few children then.
func (p *Plan) without(n *Node, gone *check.Node) (*Node, bool) {
	for _, f := range []*expr.Expr{n.AggregateFormula, n.MinCoverage.Condition} {
		if f != nil && slices.Contains(f.Inputs(), gone.ID) {
			return nil, false
		}
	}
	inner := *n.Node
	inner.Children = slices.DeleteFunc(slices.Clone(inner.Children), func(c *check.Node) bool { return c == gone })
	out := *n
	out.Node = &inner
	if inner.Keeps && len(inner.Children) == 1 {
		inner.Single, inner.Normalise = true, method.Call{Method: "none"}
		out.Normalise = must(normalise.Find("none"))
		out.Floor = p.Nodes[inner.Children[0].At].Floor
	}
	return &out, out.Least() <= len(inner.Children)
}

// broken says whether the ties of a node's ranks are broken by one of some nodes.
func (n *Node) broken(by []*check.Node) bool {
	return n.Node.Rank != nil && slices.ContainsFunc(by, func(b *check.Node) bool {
		return slices.Contains(n.Node.Rank.By, b.Path) || slices.Contains(n.Node.Rank.By, b.ID)
	})
}

// evaluate does a parent again, of which the scores of the children are there.
func (l *Leaving) evaluate(n *Node) standings {
	f := &Figures{Node: n, Origin: Computed, Kept: true}
	l.e.aggregate(n, f, &l.e.ranker)
	l.e.normalise(n, f, &l.e.ranker)
	ranked := f.Score
	if n.Round != nil {
		if n.Node.Round.Args.Word("rank_on") == "unrounded" {
			ranked.Values = slices.Clone(ranked.Values)
		}
		l.e.round(n, f)
	}
	l.e.result.Nodes[n.At] = *f
	best := order.Highest
	if n.Node.Rank != nil && n.Node.Rank.Best == "lowest" {
		best = order.Lowest
	}
	out := make(standings, l.e.n)
	for _, s := range l.e.sections(false) {
		ranks := make([]float64, s.n) // 0 where there is no score
		l.e.ranker.Rank(ranks, s.vector(ranked), order.Standard, best)
		for k, rank := range ranks {
			out[s.row(k)] = rank
		}
	}
	return out
}
