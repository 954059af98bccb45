package chapter

import (
	"fmt"

	"rubric/spec/check"
)

// overview is what one wants to know first.
func (b *builder) overview() Section {
	m := b.m
	ranked := m.Units.Plural
	if m.Units.Expect > 0 {
		ranked = b.count(m.Units.Expect, m.Units.Noun, m.Units.Plural)
	}
	facts := Facts{}
	fact := func(label string, t Text) { facts.Items = append(facts.Items, Fact{Label: b.say(label), Text: t}) }
	fact("what is ranked", text(ranked))
	if len(m.Units.Only) > 0 {
		fact("only", b.ids(m.Units.Only))
	}
	if len(m.Units.LeaveOut) > 0 {
		fact("left out", b.ids(m.Units.LeaveOut))
	}
	if p := m.Periods; p != nil {
		if p.Only != "" {
			fact("period", text(p.Noun+" "+p.Only))
		} else {
			fact("period", text(b.say("each %s by itself", p.Noun)))
		}
	}
	fact("built of", b.built())
	if len(m.Headline) > 0 {
		var shown []Text
		for _, n := range m.Headline {
			shown = append(shown, b.node(n))
		}
		fact("headline", b.joined(shown))
	}
	fact("status", text(b.say("status "+m.Status)))
	if m.Comparability != "" {
		fact("comparability", Text{plain(b.say("comparable") + " "), code(m.Comparability)})
	}
	fact("edition id", Text{code(m.Index + "/" + m.Edition)})
	if len(m.Extends) > 0 {
		fact("extends", Text{code(m.Extends[0].Ref)})
	}
	if len(m.Groups) > 0 {
		var groups []Text
		for _, g := range m.Groups {
			groups = append(groups, text(g.Title))
		}
		fact("groups", b.joined(groups))
	}
	return Section{ID: sectionID("overview"), Title: b.say("overview"), Blocks: []Block{facts}}
}

// ids are units by their ids in the data.
func (b *builder) ids(units []check.Named) Text {
	var out []Text
	for _, u := range units {
		out = append(out, Text{code(u.Name)})
	}
	return b.joined(out)
}

// built counts the nodes of each level.
func (b *builder) built() Text {
	var parts []Text
	for _, level := range []check.Level{check.Dimension, check.Variable, check.Indicator, check.Derived} {
		n := 0
		for _, x := range b.m.Nodes {
			if x.Level == level {
				n++
			}
		}
		if n > 0 {
			parts = append(parts, text(b.count(n, b.say("one "+level.String()), b.say("many "+level.String()))))
		}
	}
	return b.joined(parts)
}

// structure is the dimensions with what they hold, without the indicators where there
// are variables.
func (b *builder) structure() Section {
	t := Table{By: -1, Head: []Head{{Title: b.say("dimension")}, {Title: b.say("holds")}, {Title: b.say("indicators"), Number: true}}}
	var add func(n *check.Node, depth int)
	add = func(n *check.Node, depth int) {
		var held []Text
		for _, child := range n.Children {
			if child.Level != check.Dimension {
				held = append(held, Text{{Text: child.Title, Link: "#" + nodeID(child)}})
			}
		}
		t.Rows = append(t.Rows, Row{Cells: []Cell{
			{Text: Text{{Text: n.Title, Strong: depth == 0, Link: "#" + nodeID(n)}}, Indent: depth}, {Text: b.joined(held)}, cell(fmt.Sprint(len(leaves(n)))),
		}})
		for _, child := range n.Children {
			if child.Level == check.Dimension {
				add(child, depth+1)
			}
		}
	}
	for _, n := range b.m.Root.Children {
		add(n, 0)
	}
	title := "structure"
	if len(b.scored(check.Variable)) == 0 {
		title = "structure without variables"
	}
	return Section{ID: sectionID("structure"), Title: b.say(title), Blocks: []Block{t}}
}

// leaves are the indicators below a node.
func leaves(n *check.Node) (out []*check.Node) {
	if n.Level == check.Indicator {
		return []*check.Node{n}
	}
	for _, child := range n.Children {
		out = append(out, leaves(child)...)
	}
	return out
}
