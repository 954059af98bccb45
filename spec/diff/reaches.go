package diff

import (
	"slices"
	"strings"

	"rubric/spec/check"
)

// act finds the nodes that a change of what is no node acts on: those whose weights are of a
// set.
func (w *differ) act(c *Change) {
	set, ok := strings.CutPrefix(c.Subject, "weights ")
	if !ok {
		return
	}
	c.through = nil
	for _, m := range []*check.Methodology{w.a.new, w.a.old} {
		for _, n := range m.Nodes {
			path := n.Path
			if m == w.a.old {
				path = w.a.now[path]
			}
			if n.Weighting == set && path != "" && !slices.Contains(c.through, path) {
				c.through = append(c.through, path)
			}
		}
	}
}

// reaches are the nodes whose figures a change may change, in the order of the new
// document: those that it acts on, those above them, and the derived figures that name
// one of these. A weight acts in the parent.
func (w *differ) reaches(c Change) []string {
	in := map[string]bool{}
	m := w.a.new
	var up func(n *check.Node)
	up = func(n *check.Node) {
		if n == nil || in[n.Path] {
			return
		}
		in[n.Path] = true
		up(n.Parent)
		for _, d := range m.Nodes {
			for _, r := range d.Refs {
				if r.Node == n {
					up(d)
				}
			}
			if d.Rank == nil {
				continue
			}
			for _, name := range d.Rank.By {
				if by, _ := m.Node(name); by == n {
					in[d.Path] = true // its rank, and not its score
				}
			}
		}
	}
	gone := func(path string) { // the nearest node above that is there still
		for n := at(w.a.old, path); n != nil; n = n.Parent {
			if there := at(m, w.a.now[n.Path]); there != nil {
				up(there)
				return
			}
		}
	}
	column, isColumn := strings.CutPrefix(c.Subject, "column ")
	switch {
	case len(c.through) > 0:
		for _, path := range c.through {
			up(at(m, path))
		}
	case isColumn:
		for _, n := range m.Nodes {
			if slices.Contains(n.Inputs(), column) {
				up(n)
			}
		}
	case len(c.Acts) == 0 && c.Subject == "document":
		if c.Severity > 0 { // the data, the units: all
			for _, n := range m.Nodes {
				in[n.Path] = true
			}
		}
	case c.Key == "" && (c.Kind == Removed || c.Kind == Merged):
		for _, path := range c.Acts {
			gone(path)
		}
		if c.Kind == Merged {
			for _, path := range strings.Split(c.After, ", ") {
				up(at(m, path))
			}
		}
	default:
		for _, path := range c.Acts {
			n := at(m, path)
			if n != nil && c.Key == "weight" {
				n = n.Parent
			}
			up(n)
		}
		if c.Kind == Moved { // and what it was taken from
			if was := at(w.a.old, c.Before); was != nil && was.Parent != nil {
				gone(was.Parent.Path)
			}
		}
	}
	var out []string
	for _, n := range m.Nodes {
		if in[n.Path] {
			out = append(out, n.Path)
		}
	}
	return out
}
