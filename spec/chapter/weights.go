package chapter

import (
	"slices"
	"strconv"

	"rubric/spec/check"
	"rubric/spec/typeset"
)

// weights says what each node weighs. Where all children of a node weigh alike, that
// is said once.
func (b *builder) weights() Section {
	out := Section{ID: sectionID("weights"), Title: b.say("weights")}
	weighing, uneven := 0, 0
	var sets []string
	for _, n := range b.m.Nodes {
		if n.Weighting == "" || n.Single || len(n.Children) < 2 {
			continue
		}
		weighing++
		if !even(n) {
			uneven++
		}
		if n.Weighting != "given" && n.Weighting != "equal" && !slices.Contains(sets, n.Weighting) {
			sets = append(sets, n.Weighting)
		}
	}
	for _, set := range b.m.WeightSets {
		if slices.Contains(sets, set.ID) && set.Title != "" {
			out.Blocks = append(out.Blocks, Paragraph{text(b.say("weight set %s", set.Title))})
		}
	}
	switch {
	case weighing == 0:
		return Section{}
	case uneven == 0:
		out.Blocks = append(out.Blocks, Paragraph{text(b.say("weights equal"))})
		return out
	}
	out.Blocks = append(out.Blocks, Paragraph{text(b.say("weights intro"))}, b.weightTree())
	return out
}

// even says whether the children of a node weigh alike.
func even(n *check.Node) bool {
	return !slices.ContainsFunc(n.Children, func(x *check.Node) bool { return x.Weight != n.Children[0].Weight })
}

// allEven says whether nothing below a node weighs more than its siblings.
func allEven(n *check.Node) bool {
	return (n.Weighting == "" || even(n)) && !slices.ContainsFunc(n.Children, func(x *check.Node) bool { return !allEven(x) })
}

func (b *builder) weightTree() Table {
	t := Table{By: -1, Head: []Head{
		{Title: b.say("node")}, {Title: b.say("weight"), Number: true}, {Title: b.say("share of parent"), Number: true}, {Title: b.say("share of index"), Number: true}, {Title: b.say("below")},
	}}
	weighed := map[string]check.Weighed{}
	for _, w := range b.m.Weighed() {
		weighed[w.Node] = w
	}
	var add func(n *check.Node, depth int)
	add = func(n *check.Node, depth int) {
		w := weighed[n.Path]
		below := ""
		if len(n.Children) > 1 && allEven(n) && n.Weighting != "" {
			below = b.say("equal parts %d", len(n.Children))
		}
		declared := typeset.Number(w.Declared)
		if w.Share == nil {
			declared = "–"
		}
		t.Rows = append(t.Rows, Row{Cells: []Cell{{Text: Text{{Text: n.Title, Link: "#" + nodeID(n)}}, Indent: depth}, cell(declared), cell(percent(w.Share)), cell(percent(w.Effective)), cell(below)}})
		if allEven(n) {
			return
		}
		for _, child := range n.Children {
			add(child, depth+1)
		}
	}
	for _, n := range b.m.Root.Children {
		add(n, 0)
	}
	t.compact(4)
	return t
}

// percent is a share with as many digits as tell it apart from its neighbours.
func percent(x *float64) string {
	if x == nil {
		return "–"
	}
	return strconv.FormatFloat(*x*100, 'f', 2, 64) + " %"
}
