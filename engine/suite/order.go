package suite

import (
	"slices"
	"strings"

	"rubric/spec/check"
	"rubric/spec/diag"
	"rubric/spec/source"
	"rubric/spec/tree"
)

// Order is units of which each is above the next one, or level with it.
type Order struct {
	Units    []string
	Relation string // between each and the next: above, level with
	Path     string // of the node
	Text     string // as it is written

	at      []source.Place // of the units
	written *tree.Node
}

// relations are the words between the units of an order.
var relations = []string{"above", "below", "level with"}

// order reads `a above b above c in node`. A unit whose own name has such a word in it
// stands in double quotes.
func (r *reader) order(c *Case, n *tree.Node) *Order {
	o := &Order{Path: "index", Text: strings.Join(strings.Fields(n.Value), " "), written: n}
	wrong := func(format string, args ...any) *Order {
		r.report(diag.SuiteExpectation, n.Place(), "such as `a above b`, `a above b above c in PATH`, `a level with b`; a name with such a word in it in double quotes", format, args...)
		return nil
	}
	end := len(n.Value)
	if at := outside(n.Value, " in "); at != nil {
		from := at[len(at)-1] + len(" in ")
		name := strings.TrimSpace(n.Value[from:])
		node, found := r.of(c, n, name, from)
		if node == nil && found {
			return nil
		}
		if node != nil {
			o.Path, end = node.Path, from-len(" in ")
		}
	}
	text := n.Value[:end]
	from := 0
	var cuts [][2]int
	for _, word := range relations {
		at := outside(text, " "+word+" ")
		if len(at) == 0 {
			continue
		}
		if o.Relation != "" {
			return wrong("%s has two kinds of relation", tree.Shown(o.Text))
		}
		o.Relation = word
		for _, i := range at {
			cuts = append(cuts, [2]int{from, i})
			from = i + len(word) + 2
		}
	}
	if o.Relation == "" {
		return wrong("%s does not say which unit is above which", tree.Shown(o.Text))
	}
	for _, cut := range append(cuts, [2]int{from, end}) {
		start, stop := cut[0], cut[1]
		for start < stop && text[start] == ' ' {
			start++
		}
		for stop > start && strings.ContainsRune(" \n", rune(text[stop-1])) {
			stop--
		}
		if start == stop {
			return wrong("%s names no unit at one place", tree.Shown(o.Text))
		}
		unit := text[start:stop]
		if len(unit) > 2 && unit[0] == '"' && unit[len(unit)-1] == '"' {
			unit, start, stop = unit[1:len(unit)-1], start+1, stop-1
		}
		if slices.Contains(o.Units, unit) {
			r.report(diag.SuiteContradiction, n.At(start, stop), "name each unit once", "%s stands twice in one order", tree.Shown(unit))
			return nil
		}
		o.Units, o.at = append(o.Units, unit), append(o.at, n.At(start, stop))
	}
	if o.Relation == "below" {
		slices.Reverse(o.Units)
		slices.Reverse(o.at)
		o.Relation = "above"
	}
	return o
}

// of is the node behind `in`. Where nothing is called nearly so, the words are a part of
// a unit's name, and nothing is found.
func (r *reader) of(c *Case, n *tree.Node, name string, from int) (node *check.Node, found bool) {
	node, several := r.m.Node(name)
	switch {
	case node != nil:
		return node, true
	case len(several) == 0 && (c.Set != nil || strings.Contains(name, " ")):
		return nil, false
	case len(several) == 0:
		var known []string
		for _, x := range r.m.Nodes {
			known = append(known, x.Path, x.ID)
		}
		if _, near := diag.Nearest(name, known); !near {
			return nil, false
		}
	}
	r.nodeAt(n.At(from, from+len(name)), name)
	return nil, true
}

// outside are the places of a word outside of double quotes.
func outside(text, word string) (at []int) {
	quoted := false
	for i := 0; i < len(text); i++ {
		switch {
		case text[i] == '"' && (quoted || i == 0 || text[i-1] == ' '):
			quoted = !quoted
		case !quoted && strings.HasPrefix(text[i:], word):
			at = append(at, i)
		}
	}
	return at
}
