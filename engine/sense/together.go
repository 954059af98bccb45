package sense

import (
	"math/bits"

	"rubric/engine"
	"rubric/engine/cell"
	"rubric/engine/stats"
	"rubric/spec/diag"
)

// together looks at the children of a node: each with it, and two by two.
func (w *watch) together(parent *engine.Node) {
	if parent.Aggregate.Name == "none" || len(parent.Children) < 2 {
		return // which only holds indices of their own
	}
	var parts []*engine.Node
	var scores []cell.Vector
	for _, child := range parent.Children {
		f := w.r.Figures(child)
		if f.Score.Valid == nil || f.Origin == engine.NotComputed || child.Aggregate.Method == "none" {
			continue
		}
		parts, scores = append(parts, f.Node), append(scores, f.Score.Pick(w.rows))
	}
	if len(parts) < 2 {
		return
	}
	whole := w.r.Figures(parent.Node).Score.Pick(w.rows)
	for i, n := range parts {
		for k := range i {
			if r, ok := correlation(scores[i], scores[k]); ok && r >= redundant {
				w.report(diag.SenseRedundant, n, "leave one of them out, or give them less weight; or say why both count", "`%s` says what `%s` says: their scores correlate by %.2f", n.Path, parts[k].Path, r)
			}
		}
		if r, ok := correlation(scores[i], whole); ok && r < 0 {
			w.report(diag.SenseNegative, n, "look at its direction; or say why it belongs there", "`%s` works against %s, of which it is a part: their scores correlate by %.2f", n.Path, called(parent), r)
		}
	}
}

// correlation is Pearson's of two scores, where enough units have both.
func correlation(x, y cell.Vector) (float64, bool) {
	if x.Valid == nil || y.Valid == nil {
		return 0, false
	}
	both := 0
	for i := range x.Valid {
		both += bits.OnesCount64(x.Valid[i] & y.Valid[i])
	}
	if both < least {
		return 0, false
	}
	r := stats.Pearson(x, y)
	if r == nil {
		return 0, false
	}
	return *r, true
}
