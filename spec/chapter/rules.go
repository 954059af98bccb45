package chapter

import (
	"slices"

	"rubric/spec/check"
)

// rule is something that holds for some nodes of a level.
type rule struct {
	key   string
	nodes []*check.Node
	say   func() Fact // the text, and what does not fit into it
}

// rules groups nodes by what holds for them, in the order of the document. An empty
// key is nothing to say.
func rules(nodes []*check.Node, of func(n *check.Node) (key string, say func() Fact)) (out []*rule) {
	for _, n := range nodes {
		key, say := of(n)
		if key == "" {
			continue
		}
		i := slices.IndexFunc(out, func(r *rule) bool { return r.key == key })
		if i < 0 {
			i = len(out)
			out = append(out, &rule{key: key, say: say})
		}
		out[i].nodes = append(out[i].nodes, n)
	}
	return out
}

// fact says rules under a label: the one that holds for most of the nodes without
// names, and of the others, and of those that have none, which nodes they are.
func (b *builder) fact(label string, level []*check.Node, found []*rule) (Fact, bool) {
	out := Fact{Label: b.say(label)}
	if len(found) == 0 {
		return out, false
	}
	if i := most(found); 2*len(found[i].nodes) > len(level) {
		said := found[i].say()
		out.Text, out.Blocks = said.Text, said.Blocks
		rest := slices.Delete(slices.Clone(found), i, i+1)
		if none := ruleless(level, found); none != nil {
			rest = append(rest, &rule{nodes: none, say: func() Fact { return Fact{Text: text(b.say("no rule"))} }})
		}
		if found = rest; len(found) > 0 {
			out.Blocks = append(out.Blocks, Paragraph{text(b.say("but"))})
		}
	}
	var items []Text
	for _, r := range found {
		said := r.say()
		names := append(b.names(r.nodes), plain(b.say("colon")))
		if len(said.Blocks) == 0 {
			items = append(items, append(names, said.Text...))
			continue
		}
		out.Blocks = append(out.Blocks, b.listed(items)...)
		items = nil
		out.Blocks = append(append(out.Blocks, Paragraph{append(names, said.Text...)}), said.Blocks...)
	}
	out.Blocks = append(out.Blocks, b.listed(items)...)
	return out, true
}

// most is which rule holds for most nodes.
func most(found []*rule) (at int) {
	for i, r := range found {
		if len(r.nodes) > len(found[at].nodes) {
			at = i
		}
	}
	return at
}

// ruleless are the nodes for which none of the rules holds.
func ruleless(level []*check.Node, found []*rule) (out []*check.Node) {
	for _, n := range level {
		if !slices.ContainsFunc(found, func(r *rule) bool { return slices.Contains(r.nodes, n) }) {
			out = append(out, n)
		}
	}
	return out
}

func (b *builder) listed(items []Text) []Block {
	if len(items) == 0 {
		return nil
	}
	return []Block{List{items}}
}

// names says which nodes are meant: a node above them where all below it are.
func (b *builder) names(nodes []*check.Node) Text {
	level := nodes[0].Level
	var out []Text
	var cover func(n *check.Node)
	cover = func(n *check.Node) {
		below := atLevel(n, level)
		all := !slices.ContainsFunc(below, func(x *check.Node) bool { return !slices.Contains(nodes, x) })
		switch {
		case n.Level == level && slices.Contains(nodes, n):
			out = append(out, b.node(n))
		case all && len(below) > 1 && n.Level != check.Index:
			out = append(out, append(text(b.say("all of")+" "), b.node(n)...))
			return
		}
		for _, child := range n.Children {
			cover(child)
		}
	}
	if level == check.Derived || level == check.Index {
		for _, n := range nodes {
			out = append(out, b.node(n))
		}
	} else {
		cover(b.m.Root)
	}
	return b.joined(out)
}

// atLevel are the nodes of a level below a node.
func atLevel(n *check.Node, level check.Level) (out []*check.Node) {
	for _, child := range n.Children {
		if child.Level == level {
			out = append(out, child)
		}
		out = append(out, atLevel(child, level)...)
	}
	return out
}
