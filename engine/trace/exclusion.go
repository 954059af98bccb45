package trace

import (
	"fmt"
	"strings"

	"rubric/engine"
	"rubric/spec/check"
)

// exclusion is every node with the rule exclude_unit of which the unit has no
// figure, and what the screen says.
func (b *builder) exclusion() (out []Lack) {
	if why := b.r.Screened(b.unit); why != "" {
		out = append(out, Lack{"screen", why})
	}
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
		return fmt.Sprintf("no figure in %s", b.r.Data.Given[f.Node.Path].From(b.unit).File)
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

// has says whether a unit had a figure of a node when exclusion was settled:
// before any normalisation, or with the floor that the missing rule puts in its
// place.
func (b *builder) has(n *check.Node, floored bool) bool {
	f := b.r.Figures(n)
	return floored && n.Missing == "floor" || b.r.Had(f.Node, b.unit)
}
