package check

import (
	"fmt"
	"slices"
)

// building is one hybrid while it is made.
type building struct {
	*Hybrids
	p     Provisions
	nodes []*Node // by the place of a pair; nil: it is not there
	out   *Hybrid
}

// there says whether a node is in the hybrid.
func (b *building) there(p *pair) bool {
	switch {
	case p.now == nil:
		return !b.p[p.subject][""]
	case p.old == nil:
		return b.p[p.subject][""]
	}
	return true
}

// tree puts the nodes below their parents.
func (b *building) tree() error {
	for _, p := range b.pairs {
		if b.there(p) {
			n, err := b.mixed(p)
			if err != nil {
				return err
			}
			b.nodes[p.place] = n
		}
	}
	children := map[*pair][]*pair{}
	for _, p := range b.pairs {
		if b.nodes[p.place] == nil || p == b.root {
			continue
		}
		parent := p.parentOld
		if p.old == nil || p.now != nil && b.p[p.subject][""] {
			parent = p.parentNow
		}
		if parent != nil && b.nodes[parent.place] == nil {
			return fmt.Errorf("`%s` stands in `%s`, which is not there", p.path(), parent.path())
		}
		children[parent] = append(children[parent], p)
	}
	order := func(p *pair) int { return p.orderOld }
	if b.p["document"]["order"] {
		order = func(p *pair) int { return p.orderNow }
	}
	for _, list := range children {
		slices.SortFunc(list, func(x, y *pair) int { return order(x) - order(y) })
	}
	placed, seen := 0, map[string]bool{}
	var place func(p *pair, parent *Node)
	place = func(p *pair, parent *Node) {
		n := b.nodes[p.place]
		above := ""
		if parent != nil && parent.Level != Index {
			above = parent.Path + "/"
		}
		for seen[above+n.ID] { // one of either version: only the hybrid has both
			n.ID += "~"
		}
		n.Parent, n.At, n.Path = parent, len(b.out.Nodes), above+n.ID
		seen[n.Path] = true
		if parent != nil {
			parent.Children = append(parent.Children, n)
		}
		b.out.Nodes = append(b.out.Nodes, n)
		b.out.Names = append(b.out.Names, p.name)
		if p.old != nil && p.now != nil {
			b.out.Both[p.now.At] = n
		}
		placed++
		for _, child := range children[p] {
			place(child, n)
		}
	}
	place(b.root, nil)
	for _, p := range children[nil] { // derived figures
		place(p, nil)
	}
	b.out.Root = b.nodes[b.root.place]
	for _, n := range b.nodes {
		if n != nil {
			placed--
		}
	}
	if placed != 0 {
		return fmt.Errorf("nodes would stand in each other")
	}
	return nil
}

func (p *pair) path() string {
	if p.now != nil {
		return p.now.Path
	}
	return p.old.Path
}
