package sense

import (
	"rubric/engine"
	"rubric/engine/cell"
	"rubric/engine/stats"
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
	top := w.part(w.r.Figures(w.top(parent).Node).Score)
	squares, weights := make([]float64, len(parent.Children)), make([]float64, len(parent.Children))
	correlations := make([]*float64, len(parent.Children))
	all, total := 0.0, 0.0
	for i, child := range parent.Children {
		if weights[i] = child.Weight; child.Weight == 0 {
			continue // a part that only is shown
		}
		score := w.part(w.r.Figures(child).Score)
		if score.Valid == nil || score.Valid.Count() < least {
			return
		}
		if r := stats.Pearson(score, top); r != nil {
			correlations[i], squares[i] = r, *r**r
		}
		if parent.Aggregate.Name == "sum" {
			weights[i] *= w.reach(w.find(child.Path))
		}
		all += squares[i]
		total += weights[i]
	}
	if all == 0 || total == 0 {
		return
	}
	for i, child := range parent.Children {
		share, weight := squares[i]/all, weights[i]/total
		if r := correlations[i]; r == nil || *r < 0 || weight == 0 || share <= factor*weight && share >= weight/factor {
			continue
		}
		n := w.find(child.Path)
		w.report(diag.SenseImportance, n, "weights are not importance, which the spread of the scores and their correlations decide, too: change the weight, or say that this is meant",
			"`%s` has %.0f %% of the weight in %s, and %.0f %% of the importance that its parts have for %s", n.Path, 100*weight, called(parent), 100*share, called(w.top(parent)))
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

// part is the cells of the rows that are looked at.
func (w *watch) part(v cell.Vector) cell.Vector {
	if v.Valid == nil {
		return v
	}
	out := cell.NewVector(len(w.rows))
	for k, i := range w.rows {
		if x, ok := v.At(i); ok {
			out.Put(k, x)
		}
	}
	return out
}
