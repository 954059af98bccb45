package trace

import (
	"fmt"

	"rubric/engine"
	"rubric/engine/cell"
	"rubric/spec/check"
	"rubric/spec/expr"
)

// Absence says why there is no figure, and what the missing rule made of that.
type Absence struct {
	Reasons []string `json:"reasons"`
	Rule    string   `json:"rule"`
	Floored bool     `json:"floored,omitempty"` // the score is the bottom of the scale
}

// absence says why a node has no figure.
func (b *builder) absence(f *engine.Figures) *Absence {
	n := f.Node
	out := &Absence{Rule: n.Missing, Floored: f.Score.Valid != nil && b.r.Floored(f, b.unit)}
	switch {
	case f.Origin == engine.Given:
		out.Reasons = []string{"the given file has no figure"}
	case n.Formula != nil:
		out.Reasons = b.lacks(f)
	case f.Origin == engine.NotComputed:
		out.Reasons = b.uncomputed(n.Node)
	case b.r.Status(f, b.unit) == cell.Invalid:
		out.Reasons = []string{b.r.Reason(f, b.unit)}
	default:
		var names []string
		for _, child := range n.Children {
			if !b.r.Figures(child).Score.Valid.Get(b.unit) {
				names = append(names, "`"+child.ID+"`")
			}
		}
		if names == nil {
			break
		}
		verb := "has"
		if len(names) > 1 {
			verb = "have"
		}
		reason := fmt.Sprintf("%s %s no score", listed(names), verb)
		if least := n.Least(); n.Missing == "omit" && least > 1 {
			reason += fmt.Sprintf(", and at least %d of %d children must have one", least, len(n.Children))
		}
		out.Reasons = []string{reason}
	}
	return out
}

// lacks is what an indicator's formula lacks for the unit.
func (b *builder) lacks(f *engine.Figures) (out []string) {
	n := f.Node
	if f.Origin == engine.NotComputed {
		return b.uncomputed(n.Node)
	}
	v := b.r.Outcome(n, b.unit)
	switch v.Outcome {
	case expr.Invalid:
		return []string{v.Reason}
	case expr.Valid: // a text that no level has
		return []string{fmt.Sprintf("`%s` is none of the declared levels", v.Text)}
	}
	for _, name := range n.Formula.Columns {
		if c := b.r.Data.Columns[name]; c != nil && !c.Valid.Get(b.unit) {
			out = append(out, fmt.Sprintf("`%s` has no figure", name))
		}
	}
	for i, s := range b.r.Aggregates(n, b.unit) {
		if !s.Valid {
			out = append(out, fmt.Sprintf("`%s` has no figure", n.Formula.Aggregates[i].Text))
		}
	}
	if n.Impute != nil {
		out = append(out, fmt.Sprintf("`%s` finds nothing to impute it from", n.Impute.Name))
	}
	return out
}

// uncomputed is why a node cannot be computed from the data at hand.
func (b *builder) uncomputed(n *check.Node) (out []string) {
	if n.Formula == nil {
		for _, child := range n.Children {
			if b.r.Figures(child).Origin == engine.NotComputed {
				out = append(out, fmt.Sprintf("`%s` is neither given nor can it be computed", child.ID))
			}
		}
		return out
	}
	for _, name := range n.Formula.Inputs() {
		if b.r.Data.Columns[name] != nil {
			continue
		}
		reason := fmt.Sprintf("no file has the column `%s`", name)
		if c := b.m.Column(name); c.Header != name {
			reason += fmt.Sprintf(" (header `%s`)", c.Header)
		}
		out = append(out, reason)
	}
	return out
}
