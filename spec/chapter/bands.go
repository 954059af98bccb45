package chapter

import (
	"rubric/spec/check"
	"rubric/spec/method"
)

// bands are the labelled ranges of scores, of the index first.
func (b *builder) bands() Section {
	t := Table{By: -1, Head: []Head{{Title: b.say("of node")}, {Title: b.say("band")}, {Title: b.say("scores")}}}
	for _, n := range b.m.Nodes {
		for i, band := range n.Bands {
			of := Cell{Text: b.node(n)}
			if n.Level == check.Index {
				of = cell(b.say("level index"))
			}
			if i > 0 {
				of = Cell{Same: true}
			}
			range_ := span(b.say("score"), band.Low, band.High, band.LowIncluded, band.HighIncluded)
			t.Rows = append(t.Rows, Row{Cells: []Cell{of, cell(band.Title), cell(range_)}})
		}
	}
	if len(t.Rows) == 0 {
		return Section{}
	}
	return Section{ID: sectionID("bands"), Title: b.say("bands"), Blocks: []Block{Paragraph{text(b.say("bands intro %s", b.m.Units.Noun))}, t}}
}

// derived are the figures that are computed from scores.
func (b *builder) derived() Section {
	out := Section{ID: sectionID("derived"), Title: b.say("derived")}
	for _, n := range b.m.Nodes {
		if n.Level != check.Derived {
			continue
		}
		s := Section{ID: nodeID(n), Title: n.Title}
		if n.Description != "" {
			s.Blocks = append(s.Blocks, Paragraph{text(n.Description)})
		}
		s.Blocks = append(s.Blocks, Math{b.typeset(n.Formula, n)})
		var facts Facts
		fact := func(label string, t Text) {
			if len(t) > 0 && t.String() != "" {
				facts.Items = append(facts.Items, Fact{Label: b.say(label), Text: t})
			}
		}
		switch {
		case n.Measure != "":
			fact("measure", text(n.Measure))
		case n.Display == "percent":
			fact("measure", text(b.say("percent")))
		}
		if n.Round != nil {
			said, _ := b.call(method.Round, *n.Round)
			fact("rounding", said)
		}
		if _, say := b.rank(n); say != nil {
			fact("ranks", say().Text)
		}
		if len(facts.Items) > 0 {
			s.Blocks = append(s.Blocks, facts)
		}
		out.Sections = append(out.Sections, s)
	}
	if len(out.Sections) > 0 {
		out.Blocks = []Block{Paragraph{text(b.say("derived intro %s", b.m.Units.Noun))}}
	}
	return out
}

// unproven are the choices that the published figures do not prove.
func (b *builder) unproven() Section {
	var facts Facts
	for _, r := range b.m.Unproven {
		var of []Text
		for _, n := range b.m.Nodes {
			for _, id := range n.Unproven {
				if id == r.ID {
					of = append(of, b.node(n))
				}
			}
		}
		facts.Items = append(facts.Items, Fact{ID: reasonID(r.ID), Label: spaced(r.ID), Text: text(r.Text), Blocks: []Block{Paragraph{append(text(b.say("concerns")+b.say("colon")), b.joined(of)...)}}})
	}
	if len(facts.Items) == 0 {
		return Section{}
	}
	return Section{ID: sectionID("unproven"), Title: b.say("unproven"), Blocks: []Block{Paragraph{text(b.say("unproven intro"))}, facts}}
}
