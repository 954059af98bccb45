package chapter

import (
	"fmt"
	"slices"
	"strings"

	"rubric/spec/check"
)

// columns are the figures that a data set must bring, and which indicators use them.
func (b *builder) columns() Section {
	t := Table{Wide: true, By: -1}
	for _, key := range []string{"column", "name", "measure", "year", "used by", "header", "note", "source"} {
		t.Head = append(t.Head, Head{Title: b.say(key)})
	}
	for _, c := range b.m.Columns {
		t.Rows = append(t.Rows, Row{ID: columnID(c.Name), Cells: []Cell{
			cell(c.Title), {Text: Text{code(c.Name)}}, cell(b.columnMeasure(c)), cell(c.Year), {Text: b.users(c.Name)},
			{Text: headers(c)}, cell(strings.Join(b.notes(c), "; ")), {Text: b.sourcesOf(c.Sources, false)},
		}})
	}
	if len(t.Rows) == 0 {
		return Section{}
	}
	source := t.shared(len(t.Head)-1, func(int) bool { return false })
	t.compact(1)
	return Section{ID: sectionID("columns"), Title: b.say("columns"), Blocks: append([]Block{Paragraph{text(b.say("columns intro"))}, t}, b.sourceOfAll(source)...)}
}

func (b *builder) columnMeasure(c check.Column) string {
	if c.Text {
		return b.say("a text")
	}
	return c.Measure
}

// headers are those in data files, where they are not the column's name.
func headers(c check.Column) (out Text) {
	if slices.Equal(c.Headers, []string{c.Name}) {
		return nil
	}
	for i, h := range c.Headers {
		if i > 0 {
			out = append(out, plain(", "))
		}
		out = append(out, code(h))
	}
	return out
}

func (b *builder) notes(c check.Column) (out []string) {
	if c.Note != "" {
		out = append(out, c.Note)
	}
	if c.Constant {
		out = append(out, b.say("constant"))
	}
	if r := c.Range; r != nil {
		out = append(out, span(b.say("value"), &r[0], &r[1], true, true))
	}
	return out
}

// users are the indicators of a column by their numbers, and the derived figures by
// their titles.
func (b *builder) users(name string) Text {
	var out []Text
	for _, n := range b.m.Nodes {
		if n.Formula == nil || !slices.Contains(n.Inputs(), name) {
			continue
		}
		label := n.Title
		if number, ok := b.numbers[n]; ok {
			label = fmt.Sprint(number)
		}
		out = append(out, Text{{Text: label, Link: "#" + nodeID(n)}})
	}
	return b.joined(out)
}

// sources are where figures come from.
func (b *builder) sources() Section {
	t := Table{By: -1, Head: []Head{{Title: b.say("source")}, {Title: b.say("publisher")}, {Title: b.say("note")}}}
	for _, s := range b.m.Sources {
		title := Piece{Text: s.Title}
		if strings.HasPrefix(s.URL, "https://") || strings.HasPrefix(s.URL, "http://") {
			title.Link = s.URL
		}
		t.Rows = append(t.Rows, Row{ID: sourceID(s.ID), Cells: []Cell{{Text: Text{title}}, cell(s.Publisher), cell(s.Note)}})
	}
	if len(t.Rows) == 0 {
		return Section{}
	}
	t.compact(1)
	return Section{ID: sectionID("sources"), Title: b.say("sources"), Blocks: []Block{t}}
}

// spaced is an id as a person reads it.
func spaced(id string) string {
	s := strings.ReplaceAll(id, "_", " ")
	return strings.ToUpper(s[:1]) + s[1:]
}
