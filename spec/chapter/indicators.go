package chapter

import (
	"fmt"
	"slices"
	"strings"

	"rubric/spec/check"
	"rubric/spec/expr"
	"rubric/spec/measure"
	"rubric/spec/method"
	"rubric/spec/typeset"
)

// indicators is the table that every publisher of an index prints: what is above
// several rows stands once.
func (b *builder) indicators() Section {
	all := leaves(b.m.Root)
	depth, variables := 0, false
	for _, n := range all {
		d, v := above(n)
		depth = max(depth, len(d))
		variables = variables || v != nil
	}
	t := Table{Wide: true, By: 1, Head: []Head{{Title: b.say("no"), Number: true}}}
	for i := range depth {
		title := b.say("dimension")
		if i > 0 {
			title = b.say("sub-dimension")
		}
		t.Head = append(t.Head, Head{Title: title})
	}
	if variables {
		t.Head = append(t.Head, Head{Title: b.say("variable")})
	}
	for _, key := range []string{"indicator", "formula", "direction", "measure", "year", "source"} {
		t.Head = append(t.Head, Head{Title: b.say(key)})
	}
	var before []*check.Node
	for _, n := range all {
		groups, v := above(n)
		for len(groups) < depth {
			groups = append(groups, nil)
		}
		if variables {
			groups = append(groups, v)
		}
		t.Rows = append(t.Rows, b.indicator(n, groups, before))
		before = groups
	}
	title := "indicators"
	if variables {
		title = "variables and indicators"
	}
	source := t.shared(len(t.Head)-1, func(row int) bool { return len(all[row].Inputs()) == 0 })
	t.compact(1 + depth)
	return Section{ID: sectionID("indicators"), Title: b.say(title), Blocks: append([]Block{t}, b.sourceOfAll(source)...)}
}

// above are the dimensions that an indicator stands in, the outermost first, and its
// variable.
func above(n *check.Node) (dimensions []*check.Node, variable *check.Node) {
	for p := n.Parent; p != nil && p.Level != check.Index; p = p.Parent {
		if p.Level == check.Variable {
			variable = p
			continue
		}
		dimensions = append([]*check.Node{p}, dimensions...)
	}
	return dimensions, variable
}

// indicator is a row. A group that is the one of the row above is not said again.
func (b *builder) indicator(n *check.Node, groups, before []*check.Node) Row {
	row := Row{ID: nodeID(n), Cells: []Cell{cell(fmt.Sprint(b.numbers[n]))}}
	same := before != nil
	for i, g := range groups {
		same = same && before[i] == g
		switch {
		case same:
			row.Cells = append(row.Cells, Cell{Same: true})
		case g == nil:
			row.Cells = append(row.Cells, Cell{})
		default:
			row.Cells = append(row.Cells, Cell{Text: text(g.Title), ID: nodeID(g), Marks: reasons(g)})
		}
	}
	return Row{row.ID, append(row.Cells,
		Cell{Text: text(n.Title), Marks: reasons(n)}, Cell{Text: b.formula(n)}, cell(b.direction(n)), cell(b.measure(n)), Cell{Text: b.years(n)}, Cell{Text: b.from(n)},
	)}
}

// reasons are where it is said why choices of a node are unproven.
func reasons(n *check.Node) (out []string) {
	for _, id := range n.Unproven {
		out = append(out, "#"+reasonID(id))
	}
	return out
}

// formula is a node's formula as it is seen; a plain column by its title.
func (b *builder) formula(n *check.Node) Text {
	f := b.typeset(n.Formula, n)
	if title, ok := f.Plain(); ok {
		return Text{{Text: title, Link: b.linkOf(n)}}
	}
	return Text{{Formula: f}}
}

// linkOf is where the one column of a formula is explained.
func (b *builder) linkOf(n *check.Node) string {
	if name := n.Formula.Columns[0]; b.m.Column(name) != nil {
		return "#" + columnID(name)
	}
	return ""
}

// typeset makes a formula ready to be written. Names are columns, or the figures of
// nodes that a node's formula sees.
func (b *builder) typeset(e *expr.Expr, n *check.Node) *typeset.Formula {
	return typeset.Of(e, typeset.Names{Units: b.m.Units.Plural, Words: b.formulas, Column: func(name string) typeset.Name {
		if ref, ok := n.Refs[name]; ok {
			figure := ref.Figure
			if figure == "score" {
				figure = ""
			}
			return typeset.Name{Title: ref.Node.Title, Figure: figure}
		}
		for _, child := range n.Children {
			if child.ID == name {
				return typeset.Name{Title: child.Title}
			}
		}
		if c := b.m.Column(name); c != nil {
			return typeset.Name{Title: c.Title}
		}
		return typeset.Name{Title: b.known("name "+name, name)}
	}})
}

func (b *builder) direction(n *check.Node) string {
	switch n.Direction.Kind {
	case "":
		if s, ok := b.catalogue.Find(method.Normalise, n.Normalise.Method); ok && s.Text {
			return b.say("judged")
		}
		return ""
	case "closest_to":
		return b.say("closest to %s", typeset.Number(n.Direction.Target))
	}
	return b.say("direction " + n.Direction.Kind)
}

// measure is what the values are measured in: as the indicator says, or as follows
// from its columns.
func (b *builder) measure(n *check.Node) string {
	switch {
	case n.Measure != "":
		return n.Measure
	case n.Display == "percent":
		return b.say("percent")
	}
	found, issues := measure.Infer(n.Formula, func(name string) measure.Measure {
		if c := b.m.Column(name); c != nil {
			return measure.Parse(c.Measure)
		}
		return measure.Measure{}
	})
	switch {
	case len(issues) > 0 || !found.Known || !found.Scaled:
		return ""
	case n.Formula.Root.Op == expr.Column: // as it is written
		return found.String()
	case len(found.Powers) == 0 && found.Scale == 1:
		return b.say("ratio")
	case len(found.Powers) == 0: // one scale over another
		return ""
	}
	return b.spelt(found.String())
}

// spelt is a measure that follows from others, with its words as columns write them:
// the arithmetic has small letters alone.
func (b *builder) spelt(s string) string {
	words := strings.Fields(s)
	for i, word := range words {
		for _, c := range b.m.Columns {
			for _, written := range strings.Fields(c.Measure) {
				if strings.EqualFold(word, written) {
					words[i] = written
				}
			}
		}
	}
	return strings.Join(words, " ")
}

// years are those of the columns, each once.
func (b *builder) years(n *check.Node) Text {
	var out []Text
	var seen []string
	for _, name := range n.Inputs() {
		if c := b.m.Column(name); c != nil && c.Year != "" && !slices.Contains(seen, c.Year) {
			seen = append(seen, c.Year)
			out = append(out, text(c.Year))
		}
	}
	return b.joined(out)
}

// from are the sources of the columns, each once.
func (b *builder) from(n *check.Node) Text {
	var ids []string
	for _, name := range n.Inputs() {
		if c := b.m.Column(name); c != nil {
			for _, id := range c.Sources {
				if !slices.Contains(ids, id) {
					ids = append(ids, id)
				}
			}
		}
	}
	return b.sourcesOf(ids, true)
}

// sourcesOf are the titles of sources, with their publishers where these are wanted.
func (b *builder) sourcesOf(ids []string, publishers bool) Text {
	var out []Text
	for _, id := range ids {
		i := slices.IndexFunc(b.m.Sources, func(s check.Source) bool { return s.ID == id })
		said := Text{{Text: b.m.Sources[i].Title, Link: "#" + sourceID(id)}}
		if by := b.m.Sources[i].Publisher; publishers && by != "" {
			said = append(said, plain(b.say("comma")+by))
		}
		out = append(out, said)
	}
	return b.semicolons(out)
}

// semicolons joins titles that may have commas themselves.
func (b *builder) semicolons(texts []Text) (out Text) {
	for i, t := range texts {
		if i > 0 {
			out = append(out, plain(b.say("semicolon")))
		}
		out = append(out, t...)
	}
	return out
}
