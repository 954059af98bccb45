package compare

import (
	"math"

	"rubric/engine/cell"
	"rubric/engine/stats"
)

// Section is how the units moved in one node at one period. Units are ranked within a
// period, so correlations are, too: over all periods at once they would say above all
// that scores grow with the years.
type Section struct {
	Period   string   // empty: the data have none
	Common   int      // units, or units at a period, that both sides scored
	Moved    int      // of these, in another place than before
	Rescored int      // of these, with another score
	Shift    float64  // the mean of |places| over these
	Most     Move     // the one that moved furthest
	Spearman *float64 // of the scores of these; nil: none
	Kendall  *float64 // tau-b
}

// section is what the moves of one period say, after their places are known.
func (n *Node) section(period string, rows []int, x, y cell.Vector) Section {
	s := Section{Period: period, Common: len(rows)}
	before, after := cell.NewVector(len(rows)), cell.NewVector(len(rows))
	for k, i := range rows {
		m := n.Moves[i]
		s.Shift += math.Abs(m.Places()) / float64(len(rows))
		if m.Places() != 0 {
			s.Moved++
		}
		if m.Differs() {
			s.Rescored++
		}
		if math.Abs(m.Places()) > math.Abs(s.Most.Places()) {
			s.Most = m
		}
		before.Put(k, x.Values[i])
		after.Put(k, y.Values[i])
	}
	pair := stats.Correlate(n.Before.Path, n.Now.Path, before, after)
	s.Spearman, s.Kendall = pair.Spearman, pair.Kendall
	return s
}

// total is what the periods say together.
func (n *Node) total() {
	var spearman, kendall []float64
	for _, s := range n.Periods {
		n.Common, n.Moved, n.Rescored = n.Common+s.Common, n.Moved+s.Moved, n.Rescored+s.Rescored
		if math.Abs(s.Most.Places()) > math.Abs(n.Most.Places()) {
			n.Most = s.Most
		}
		if s.Spearman != nil && s.Kendall != nil {
			spearman, kendall = append(spearman, *s.Spearman), append(kendall, *s.Kendall)
		}
	}
	for _, s := range n.Periods {
		n.Shift += float64(s.Shift * float64(s.Common) / float64(n.Common))
	}
	n.Spearman, n.Kendall = mean(spearman), mean(kendall)
}

// mean is that of some numbers; nil: there are none.
func mean(x []float64) *float64 {
	if len(x) == 0 {
		return nil
	}
	var sum float64
	for _, v := range x {
		sum += v
	}
	sum /= float64(len(x))
	return &sum
}
