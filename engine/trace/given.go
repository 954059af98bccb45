package trace

import (
	"math"

	"rubric/engine"
	"rubric/engine/cell"
)

// Reading is what a given score means by the rule of its own node, and what the
// given column itself says of it.
type Reading struct {
	Rule     string    `json:"rule"` // path of the node whose rule it is: itself, or the one indicator whose score it keeps
	Method   string    `json:"method"`
	Ties     string    `json:"ties,omitempty"`
	Terms    string    `json:"terms,omitempty"` // 60 − 0; empty where the rule cannot give this score
	Counted  string    `json:"counted,omitempty"`
	Count    int       `json:"count"`              // how many of what Counted says the score stands for
	Levels   []string  `json:"levels,omitempty"`   // lookup: the levels with this score
	Standing *Standing `json:"standing,omitempty"` // of the score among the given ones
	Again    *float64  `json:"again,omitempty"`    // what the rule makes of that standing
	Floor    bool      `json:"floor,omitempty"`    // the score is the bottom of the scale, which a unit without a figure has
}

// given traces a supplied figure to its cell.
func (b *builder) given(f *engine.Figures) *Given {
	c := b.r.Data.Given[f.Node.Path]
	out := &Given{As: f.Node.GivenAs, Figure: number(c.At(b.unit)), File: c.From(b.unit).File, Line: c.Line(b.unit), Header: c.From(b.unit).Header}
	if out.Figure == nil {
		return out
	}
	out.Written = written(*out.Figure, c.Decimals)
	if out.As == "score" && !b.r.Excluded(b.unit) {
		out.Reading = b.reading(f.Node, *out.Figure, c.Vector)
	}
	return out
}

// reading is nil where the node's rule gives a score no meaning.
func (b *builder) reading(n *engine.Node, score float64, given cell.Vector) *Reading {
	rule := b.r.Plan.Rule(n)
	out := &Reading{Rule: rule.Path, Method: rule.Normalise.Name, Ties: rule.Ties()}
	if out.Method == "lookup" {
		for _, l := range rule.Levels() {
			if l.Score == score {
				out.Levels = append(out.Levels, l.Text)
			}
		}
		return out
	}
	if !byRank(out.Method) {
		return nil
	}
	column := cell.Vector{Values: given.Values, Valid: cell.NewBits(given.Len())}
	for _, u := range b.peers {
		if given.Valid.Get(u) && !b.r.Excluded(u) {
			column.Valid.Set(u)
		}
	}
	out.Standing = b.standing(column, rule.Missing == "floor")
	_, again := arithmetic(out.Method, out.Ties, *out.Standing)
	out.Again = &again
	out.invert(score)
	out.Floor = rule.Missing == "floor" && score == rule.Floor
	return out
}

// invert reads the rule backwards: how many units a score says are better or worse.
func (r *Reading) invert(score float64) {
	n := r.Standing.Units
	if score != math.Trunc(score) || score < 1 || score > float64(n) || r.Ties == "mean" {
		if r.Ties == "mean" && *r.Again == score {
			r.Terms, _ = arithmetic(r.Method, r.Ties, *r.Standing)
		}
		return
	}
	k := int(score)
	// One standing for which the rule gives this score, in the count that it goes by.
	var s Standing
	switch {
	case r.Ties == "low":
		r.Counted, r.Count = "strictly worse", k-1
		s = Standing{Units: n, Better: n - k, Worse: k - 1}
	case r.Ties == "dense" && r.Method == "rank_points":
		r.Counted, r.Count = "distinct better values", n-k
		s = Standing{Units: n, DistinctBetter: n - k}
	case r.Ties == "dense":
		r.Counted, r.Count = "distinct worse values", k-1
		s = Standing{Units: n, DistinctWorse: k - 1}
	case r.Method == "rank_points":
		r.Counted, r.Count = "strictly better", n-k
		s = Standing{Units: n, Better: n - k}
	default:
		r.Counted, r.Count = "worse or tied, itself included", k
		r.Terms = ""
		return
	}
	r.Terms, _ = arithmetic(r.Method, r.Ties, s)
}
