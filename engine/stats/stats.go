// Package stats is what an analyst asks first, before an index is trusted: how
// the figures of each node are distributed, how the children of a node go
// together, and with it.
//
//	s := stats.Of(result, "")
//	s.Nodes[0].Skew      // nil where there is none, as in a constant column
//	s.Blocks[0].Pairs    // correlations of the scores below one parent
//
// A statistic that does not exist is absent, never NaN. None depends on the order
// of rows.
package stats

import (
	"slices"

	"rubric/engine"
	"rubric/engine/cell"
	"rubric/spec/check"
)

// Statistics are those of one result, at one period.
type Statistics struct {
	FormatVersion int     `json:"formatVersion"`
	Index         string  `json:"index"`
	Edition       string  `json:"edition"`
	Title         string  `json:"title"`
	Period        string  `json:"period,omitempty"`
	Units         int     `json:"units"`
	Nodes         []Node  `json:"nodes"`
	Blocks        []Block `json:"blocks"`

	noun, plural, periods string
}

// Block is a parent with its children, whose scores are held against each other.
type Block struct {
	Parent     string      `json:"parent"` // path
	Title      string      `json:"title"`
	Children   []string    `json:"children"` // paths of those with scores
	Titles     []string    `json:"titles"`
	Pairs      []Pair      `json:"pairs"` // children among themselves, then each with the parent
	Alpha      *float64    `json:"alpha"` // Cronbach's
	Components []Component `json:"components"`
	Complete   int         `json:"complete"` // units with a score of every child, which components rest on
}

// Of describes a result, at one period; at the last one for "".
func Of(r *engine.Result, period string) *Statistics {
	out := Nodes(r, period)
	rows := slices.DeleteFunc(r.Data.Of(out.Period), r.Excluded)
	for i := range r.Nodes {
		if b, ok := block(r, &r.Nodes[i], rows); ok {
			out.Blocks = append(out.Blocks, b)
		}
	}
	return out
}

// Nodes is what Of says of the nodes one by one, without holding them against each other,
// which takes most of its time.
func Nodes(r *engine.Result, period string) *Statistics {
	m := r.Plan.Methodology
	if all := r.Data.Periods(); period == "" && len(all) > 0 {
		period = all[len(all)-1]
	}
	rows := slices.DeleteFunc(r.Data.Of(period), r.Excluded)
	out := &Statistics{
		FormatVersion: 1, Index: m.Index, Edition: m.Edition, Title: m.Title, Period: period, Units: len(rows), Nodes: []Node{}, Blocks: []Block{},
		noun: m.Units.Noun, plural: m.Units.Plural,
	}
	if m.Periods != nil {
		out.periods = m.Periods.Noun
	}
	for i := range r.Nodes {
		f := &r.Nodes[i]
		if !f.Kept || f.Origin == engine.NotComputed || f.Texts != nil && f.Score.Valid == nil {
			continue
		}
		what, v := "value", f.Value
		if f.Node.Level != check.Indicator || v.Valid == nil || f.Texts != nil {
			what, v = "score", f.Score
		}
		if v.Valid == nil || f.Node.Formula == nil && f.Node.Aggregate.Name == "none" && f.Origin != engine.Given {
			continue
		}
		n := describe(f.Node.Node, what, part(v, rows))
		for _, row := range rows {
			if v.Valid.Get(row) && r.Status(f, row) == cell.Imputed {
				n.Imputed++
			}
		}
		out.Nodes = append(out.Nodes, n)
	}
	return out
}

// part is the cells of some rows.
func part(v cell.Vector, rows []int) cell.Vector {
	out := cell.NewVector(len(rows))
	for k, i := range rows {
		if x, ok := v.At(i); ok {
			out.Put(k, x)
		}
	}
	return out
}

// block holds the children of a node against each other; there is none where
// fewer than two have scores.
func block(r *engine.Result, f *engine.Figures, rows []int) (Block, bool) {
	out := Block{Parent: f.Node.Path, Title: f.Node.Title}
	var scores []cell.Vector
	for _, n := range f.Node.Children {
		child := r.Figures(n)
		if child.Score.Valid == nil || child.Origin == engine.NotComputed || n.Aggregate.Method == "none" {
			continue
		}
		out.Children, out.Titles = append(out.Children, n.Path), append(out.Titles, n.Title)
		scores = append(scores, part(child.Score, rows))
	}
	if len(scores) < 2 {
		return out, false
	}
	for i := range scores {
		for k := range i {
			out.Pairs = append(out.Pairs, Correlate(out.Children[i], out.Children[k], scores[i], scores[k]))
		}
	}
	if f.Score.Valid != nil && (f.Node.Aggregate.Name != "none" || f.Origin == engine.Given) {
		parent := part(f.Score, rows)
		for i := range scores {
			out.Pairs = append(out.Pairs, Correlate(out.Parent, out.Children[i], parent, scores[i]))
		}
	}
	out.Alpha = alpha(scores)
	out.Components, out.Complete = components(scores)
	return out, true
}
