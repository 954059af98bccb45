package trace

import (
	"rubric/engine"
	"rubric/engine/cell"
	"rubric/engine/order"
	"rubric/engine/report"
	"rubric/spec/check"
)

// builder is the state of one Of.
type builder struct {
	r      *engine.Result
	m      *check.Methodology
	unit   int
	peers  []int // rows of the same period
	ranked int   // how many of these are ranked
	stated []Stated
}

// node traces one node: what was given of it, what was computed of it, and for
// a variable the indicators below.
func (b *builder) node(f *engine.Figures) *Node {
	out := b.figures(f)
	for p := f.Node.Parent; p != nil; p = p.Parent {
		if p.Level != check.Index {
			out.Trail = append([]string{p.Title}, out.Trail...)
		}
		if out.Under == "" && b.r.Figures(p).Origin == engine.Given {
			out.Under = p.Path
		}
	}
	for _, s := range b.stated {
		if s.Node == f.Node.Path {
			out.Stated = append(out.Stated, s)
		}
	}
	for _, id := range f.Node.Unproven {
		for _, reason := range b.m.Unproven {
			if reason.ID == id {
				out.Unproven = append(out.Unproven, Reason(reason))
			}
		}
	}
	if f.Origin != engine.Given {
		b.computed(out, f)
		return out
	}
	out.Given = b.given(f)
	if f.Node.GivenAs == "value" {
		out.Normalisation = b.normalisation(f)
	}
	if out.Score == nil || b.r.Status(f, b.unit).Absent() {
		out.Absence = b.absence(f)
	}
	switch {
	case f.Beside != nil:
		out.Beside = b.figures(f.Beside)
		b.computed(out.Beside, f.Beside)
	case f.Node.Level == check.Variable && b.any(f.Node.Children):
		out.Children = b.indicators(f.Node.Node)
	}
	return out
}

// figures is a node with its own figures.
func (b *builder) figures(f *engine.Figures) *Node {
	n := f.Node
	out := &Node{Path: n.Path, Title: n.Title, Level: n.Level.String(), Origin: f.Origin.String(), Status: b.r.Status(f, b.unit).String(), Bands: len(n.Bands) > 0}
	if f.Value.Valid != nil && f.Value.Valid.Get(b.unit) {
		if f.Texts != nil {
			out.Text = f.Texts[b.unit]
		} else {
			out.Value = number(f.Value.At(b.unit))
		}
	}
	if f.Score.Valid == nil {
		return out
	}
	out.Score = number(f.Score.At(b.unit))
	if out.Score == nil {
		return out
	}
	out.Place = b.place(f)
	if f.Rank != nil {
		out.Rank = &Rank{f.Rank[b.unit], n.Node.Rank.Rule, n.Node.Rank.Best}
	}
	if band := b.r.Band(f, b.unit); band != nil {
		out.Band = &Band{band.ID, band.Title, report.Range(band)}
	}
	return out
}

// computed adds how a node that was not given came to its figures.
func (b *builder) computed(out *Node, f *engine.Figures) {
	n := f.Node
	switch {
	case n.Formula != nil:
		out.Formula = b.formula(n)
	case f.Origin == engine.NotComputed:
	case n.Single:
		out.Single = true
	default:
		out.Aggregation = b.aggregation(f)
	}
	if f.Origin == engine.Computed && !n.Single {
		out.Normalisation = b.normalisation(f)
		out.Steps = b.changes(f)
	}
	if s := b.r.Status(f, b.unit); s != cell.Excluded && n.Node.Aggregate.Method != "none" && (out.Score == nil || s.Absent() || s == cell.Invalid || s == cell.NotComputed) {
		out.Absence = b.absence(f)
	}
	if n.Level == check.Variable {
		out.Children = b.indicators(n.Node)
	}
}

func (b *builder) indicators(n *check.Node) (out []*Node) {
	for _, child := range n.Children {
		out = append(out, b.node(b.r.Figures(child)))
	}
	return out
}

// any says whether there are figures of any of some nodes.
func (b *builder) any(nodes []*check.Node) bool {
	for _, n := range nodes {
		if b.r.Figures(n).Origin != engine.NotComputed {
			return true
		}
	}
	return false
}

// place counts the units with better and with equal scores. What is better the
// node's rank says, or else that of the next node above that has one.
func (b *builder) place(f *engine.Figures) *Place {
	score := b.among(f.Score)
	above, equal, below := order.Position(score, b.unit)
	if f.Node.Best() == "lowest" {
		above = below
	}
	return &Place{above, equal - 1, score.Valid.Count()}
}

// among is a column without the cells of other periods.
func (b *builder) among(v cell.Vector) cell.Vector {
	if b.r.Data.Periods() == nil {
		return v
	}
	out := cell.Vector{Values: v.Values, Valid: cell.NewBits(v.Len())}
	for _, u := range b.peers {
		if v.Valid.Get(u) {
			out.Valid.Set(u)
		}
	}
	return out
}

func number(x float64, ok bool) *float64 {
	if !ok {
		return nil
	}
	return &x
}
