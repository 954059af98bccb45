package sense

import (
	"rubric/engine"
	"rubric/spec/diag"
)

// factor is how many times the importance of a part may be more, or less, than its
// weight says. Paruolo and others find ratios of this size in published indices, and
// call them such that the weights do not say what the index measures.
const factor = 2.0

// importance holds the weights of a parent's children against what they explain of the
// ranking. The importance of a child is the squared correlation of its score with the
// score at the top, the first-order measure of the sources for a relation that is a
// straight line:
//
//	share = r² / Σ r²    over the children
//
// It is asked where an aggregation takes weights, and every child has scores. A child
// that is constant, or that the index runs against, is reported as that.
//
// Source: P. Paruolo, M. Saisana and A. Saltelli, Ratings and rankings: voodoo or
// science?, Journal of the Royal Statistical Society A 176, 2013; W. Becker, M. Saisana,
// P. Paruolo and I. Vandecasteele, Weights and importance in composite indicators:
// closing the gap, Ecological Indicators 80, 2017.
//
// By hand, two children with equal weights and correlations of 0.9 and 0.3: squares
// 0.81 and 0.09, shares 90 % and 10 %; the second has a fifth of its weight.
func (w *watch) importance(parent *engine.Node) {
	f := w.r.Figures(parent.Node)
	if !f.Needed || f.Origin != engine.Computed || !parent.Aggregate.Weights || len(parent.Children) < 2 || parent.Single {
		return
	}
	top := w.top(parent)
	whole := w.r.Figures(top.Node).Score.Pick(w.rows)
	type part struct {
		*engine.Node
		weight, r float64
	}
	var parts []part
	weights, squares := 0.0, 0.0
	for _, child := range parent.Children {
		n := w.find(child.Path)
		p := part{Node: n, weight: child.Weight}
		if p.weight == 0 {
			continue // it only is shown
		}
		score := w.r.Figures(child).Score.Pick(w.rows)
		if score.Valid == nil {
			return
		}
		if parent.Aggregate.Name == "sum" {
			p.weight *= w.reach(n)
		}
		p.r, _ = correlation(score, whole) // 0 where it is constant
		parts = append(parts, p)
		weights, squares = weights+p.weight, squares+float64(p.r*p.r)
	}
	if weights == 0 || squares == 0 {
		return
	}
	for _, p := range parts {
		weight, share := p.weight/weights, p.r*p.r/squares
		if p.r <= 0 || share <= factor*weight && share >= weight/factor {
			continue
		}
		w.report(diag.SenseImportance, p.Node, "weights are not importance, which the spread of the scores and their correlations decide, too: change the weight, or say that this is meant",
			"`%s` has %.0f %% of the weight in %s, and %.0f %% of the importance that its parts have for %s", p.Path, 100*weight, called(parent), 100*share, called(top))
	}
}

// reach is how many figures of one scale a score adds up.
func (w *watch) reach(n *engine.Node) float64 {
	if n.Aggregate.Name != "sum" || n.Normalise.Name != "none" || n.Single {
		return 1
	}
	sum := 0.0
	for _, child := range n.Children {
		sum += float64(child.Weight * w.reach(w.find(child.Path)))
	}
	return sum
}

// top is the node whose ranking a node counts for: the index, or below one that only
// holds its children the highest that does not.
func (w *watch) top(n *engine.Node) *engine.Node {
	for n.Parent != nil {
		p := &w.r.Plan.Nodes[n.Parent.At]
		if p.Aggregate.Name == "none" {
			break
		}
		n = p
	}
	return n
}
