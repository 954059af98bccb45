package trace

import (
	"fmt"
	"strings"

	"rubric/engine"
	"rubric/spec/check"
	"rubric/spec/expr"
)

// exclusion is every node with the rule exclude_unit of which the unit has no
// figure.
func (b *builder) exclusion() (out []Lack) {
	for i := range b.r.Nodes {
		f := &b.r.Nodes[i]
		if f.Node.Missing == "exclude_unit" && f.Needed && f.Origin != engine.NotComputed && !b.has(f.Node.Node, false) {
			out = append(out, Lack{f.Node.Path, b.lack(f)})
		}
	}
	return out
}

func (b *builder) lack(f *engine.Figures) string {
	switch {
	case f.Origin == engine.Given:
		return fmt.Sprintf("no figure in %s", b.r.Data.Given[f.Node.Path].File)
	case f.Origin == engine.NotComputed:
		return strings.Join(b.uncomputed(f.Node.Node), "; ")
	case f.Node.Formula != nil:
		return strings.Join(b.lacks(f), "; ")
	}
	var parts []string
	for _, child := range f.Node.Children {
		if !b.has(child, true) {
			parts = append(parts, fmt.Sprintf("no score of `%s` (%s)", child.ID, b.lack(b.r.Figures(child))))
		}
	}
	return strings.Join(parts, ", ")
}

// has says whether a unit has a figure of a node before any normalisation, or
// with the floor that the missing rule puts in its place.
func (b *builder) has(n *check.Node, floored bool) bool {
	f := b.r.Figures(n)
	switch {
	case floored && n.Missing == "floor":
		return true
	case f.Origin == engine.Given:
		return b.r.Data.Given[n.Path].Valid.Get(b.unit)
	case f.Origin == engine.NotComputed:
		return false
	case n.Formula != nil:
		return b.r.Outcome(f.Node, b.unit).Outcome == expr.Valid
	}
	have, counted := 0, 0
	for _, child := range n.Children {
		if !b.has(child, true) {
			continue
		}
		have++
		if n.Aggregate != "arithmetic_mean" || child.Weight > 0 { // there is no mean of nothing
			counted++
		}
	}
	if n.Missing == "omit" {
		return counted > 0 && have >= f.Node.Least()
	}
	return have == len(n.Children)
}
