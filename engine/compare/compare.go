// Package compare holds two results against each other: which units moved, in which
// nodes, and by how much.
//
// Units are matched by id, nodes as spec/diff aligned them, and of panels the periods
// by their names; where each side has one period, those two are compared, whatever
// they are called. Ranks are those of each result, and beside them the places among
// the units that both have: who enters or leaves moves everybody else.
package compare

import (
	"cmp"
	"math"
	"slices"

	"rubric/engine"
	"rubric/engine/attribute"
	"rubric/engine/cell"
	"rubric/engine/report"
	"rubric/spec/approval"
	"rubric/spec/check"
	"rubric/spec/diff"
)

// Comparison is what changed, and who moved.
type Comparison struct {
	Diff     *diff.Diff
	Verdict  Verdict
	Old, New *engine.Result // nil: only the documents were compared
	OldSide  Side           // why Old is nil
	NewSide  Side           // why New is
	Nodes    []*Node        // those that both have, in the order of the new document

	Approved map[string]approval.Approval // changes that somebody has decided on, by fingerprint
	Why      *attribute.Attribution       // nil: nobody asked
}

// Node is how the units moved in one node.
type Node struct {
	Before, Now *check.Node
	Moves       []Move // of all units of either side: those of the new one in its order, then those that left
	Section            // of all periods together; correlations are the means of theirs
	Crossed     int    // units in another band than before
	Periods     []Section
}

// Move is one unit in one node.
type Move struct {
	Unit, Name, Period string
	Old, New           *report.Row // nil: it is not there
	OldPlace, NewPlace float64     // among the units that both have; 0: it is not one of them
}

// Places is by how many places the unit rose, among the units that both sides have;
// negative if it fell.
func (m Move) Places() float64 { return m.OldPlace - m.NewPlace }

// scored says whether both sides have a score.
func (m Move) scored() bool {
	return m.Old != nil && m.New != nil && m.Old.HasScore && m.New.HasScore
}

// Differs says whether the unit has another score than before, or one where it had
// none.
func (m Move) Differs() bool {
	return m.Old != nil && m.New != nil && (m.Old.HasScore != m.New.HasScore || m.Old.HasScore && m.Old.Score != m.New.Score)
}

// Ranked is by how many places its rank rose; false where it has not two.
func (m Move) Ranked() (float64, bool) {
	if m.Old == nil || m.New == nil || !m.Old.HasRank || !m.New.HasRank {
		return 0, false
	}
	return m.Old.Rank - m.New.Rank, true
}

// Of compares two results of the documents of a diff.
func Of(d *diff.Diff, old, now *engine.Result) *Comparison {
	c := &Comparison{Diff: d, Old: old, New: now}
	if old == nil {
		c.OldSide = NoData
	}
	if now == nil {
		c.NewSide = NoData
	}
	if old != nil && now != nil {
		pairs := matched(old, now)
		for _, n := range now.Plan.Methodology.Nodes {
			if was := d.Before(n.Path); was != nil {
				c.Nodes = append(c.Nodes, nodeOf(was, n, old, now, pairs))
			}
		}
	}
	c.Verdict = verdict(c)
	return c
}

func nodeOf(was, is *check.Node, old, now *engine.Result, pairs []rows) *Node {
	n := &Node{Before: was, Now: is}
	before, after := old.Figures(was), now.Figures(is)
	x, y := cell.NewVector(len(pairs)), cell.NewVector(len(pairs))
	at := map[string][]int{} // the moves of a period, of the new side
	for i, p := range pairs {
		var m Move
		if p.old >= 0 {
			r := report.RowOf(old, before, p.old)
			m.Old, m.Unit, m.Name, m.Period = &r, r.Unit, old.Data.Name(p.old), r.Period
		}
		if p.now >= 0 {
			r := report.RowOf(now, after, p.now)
			m.New, m.Unit, m.Name, m.Period = &r, r.Unit, now.Data.Name(p.now), r.Period
		}
		n.Moves = append(n.Moves, m)
		if !m.scored() {
			continue
		}
		x.Put(i, m.Old.Score)
		y.Put(i, m.New.Score)
		at[m.Period] = append(at[m.Period], i)
		if m.crossed() {
			n.Crossed++
		}
	}
	for _, period := range append([]string{""}, now.Data.Periods()...) {
		if rows := at[period]; rows != nil {
			if n.placed() {
				best := was.Best()
				if !n.ranks() { // places are all one way, by what is best now
					best = is.Best()
				}
				n.places(rows, x, best == "lowest", func(m *Move, place float64) { m.OldPlace = place })
				n.places(rows, y, is.Best() == "lowest", func(m *Move, place float64) { m.NewPlace = place })
			}
			n.Periods = append(n.Periods, n.section(period, rows, x, y))
		}
	}
	n.total()
	return n
}

// places ranks some rows by their scores, equal ones sharing the better place: 1, 2, 2, 4.
func (n *Node) places(at []int, scores cell.Vector, lowest bool, set func(*Move, float64)) {
	best := slices.Clone(at)
	slices.SortStableFunc(best, func(a, b int) int {
		if lowest {
			a, b = b, a
		}
		return cmp.Compare(scores.Values[b], scores.Values[a])
	})
	place := 0
	for k, i := range best {
		if k == 0 || scores.Values[i] != scores.Values[best[k-1]] {
			place = k + 1
		}
		set(&n.Moves[i], float64(place))
	}
}

// ByImpact are the moves, those that would be noticed first before the others: a
// changed place before another band before a changed score, and the larger before the smaller.
func (n *Node) ByImpact() []Move {
	out := slices.Clone(n.Moves)
	by := func(m Move) float64 {
		if !m.scored() {
			return 0
		}
		return math.Abs(m.New.Score - m.Old.Score)
	}
	slices.SortStableFunc(out, func(a, b Move) int {
		return cmp.Or(cmp.Compare(math.Abs(b.Places()), math.Abs(a.Places())), btoi(b.crossed())-btoi(a.crossed()), cmp.Compare(by(b), by(a)))
	})
	return out
}

// told are the moves of a kind, those that would be noticed first, and how many more
// there are; most is 0 where all are told.
func (n *Node) told(most int, kind func(Move) bool) (out []Move, left int) {
	for _, m := range n.ByImpact() {
		if kind(m) {
			out = append(out, m)
		}
	}
	if most > 0 && len(out) > most {
		return out[:most], len(out) - most
	}
	return out, 0
}

// crossed says whether a unit that has scores on both sides is in another band.
func (m Move) crossed() bool { return m.scored() && m.Old.Band != m.New.Band }

// changed says whether a unit that has scores on both sides has another one, another place
// or rank, or another band.
func (m Move) changed() bool {
	rose, ranked := m.Ranked()
	return m.Places() != 0 || m.crossed() || m.scored() && m.Old.Score != m.New.Score || ranked && rose != 0
}

// Entered and Left are the units that only one side has.
func (n *Node) Entered() (out []Move) {
	for _, m := range n.Moves {
		if m.Old == nil {
			out = append(out, m)
		}
	}
	return out
}

// Left are the units that only the old side has.
func (n *Node) Left() (out []Move) {
	for _, m := range n.Moves {
		if m.New == nil {
			out = append(out, m)
		}
	}
	return out
}
