package prove

import (
	"slices"
	"strings"

	"rubric/spec/check"
	"rubric/spec/diff"
)

// suspects are the changes of the document that can have made a difference, the most
// probable ones first: one that acts on the lowest node that differs; on one of the parts
// that it is made of, by their weights; on a column that it reads; on the document as
// a whole. Of the last three, where there is one of the kind before, none.
func (p *Proof) suspects(d *Difference) (out []diff.Change) {
	was, is := p.nodes(d)
	kinds := []func(diff.Change) bool{
		func(c diff.Change) bool { return acts(c, was) || acts(c, is) },
		func(c diff.Change) bool { return actsBelow(c, was) || actsBelow(c, is) },
		func(c diff.Change) bool { return read(c, was) || read(c, is) },
		func(c diff.Change) bool {
			return strings.HasPrefix(c.Subject, "weights ") && is != nil && len(is.Children) > 0
		},
		func(c diff.Change) bool { return len(c.Acts) == 0 },
		func(diff.Change) bool { return true },
	}
	for _, kind := range kinds {
		for _, c := range p.Diff.Changes {
			if c.Class != diff.Editorial && kind(c) {
				out = append(out, c)
			}
		}
		if len(out) > 0 {
			break
		}
	}
	slices.SortStableFunc(out, func(a, b diff.Change) int { return int(b.Severity) - int(a.Severity) })
	return out
}

// nodes are the node that a difference is about, as it was and as it is.
func (p *Proof) nodes(d *Difference) (was, is *check.Node) {
	if d.Finding != nil && d.Finding.Node != "" {
		was, _ = p.Diff.Old.Node(d.Finding.Node)
		is, _ = p.Diff.New.Node(d.Finding.Node)
		return was, is
	}
	if d.Before != "" {
		was, _ = p.Diff.Old.Node(d.Before)
	}
	if d.Node != "" {
		is, _ = p.Diff.New.Node(d.Node)
	}
	return was, is
}

func acts(c diff.Change, n *check.Node) bool { return n != nil && slices.Contains(c.Acts, n.Path) }

func actsBelow(c diff.Change, n *check.Node) bool {
	return n != nil && slices.ContainsFunc(n.Children, func(child *check.Node) bool { return acts(c, child) })
}

// read says whether a change is one of a column that a node reads.
func read(c diff.Change, n *check.Node) bool {
	column, ok := strings.CutPrefix(c.Subject, "column ")
	return ok && n != nil && slices.Contains(n.Inputs(), column)
}
