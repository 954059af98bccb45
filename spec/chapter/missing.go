package chapter

import (
	"fmt"
	"reflect"

	"rubric/spec/check"
	"rubric/spec/method"
)

// missing says what an absent figure does, level by level.
func (b *builder) missing() Section {
	var facts Facts
	for _, level := range []check.Level{check.Indicator, check.Variable, check.Dimension, check.Index} {
		nodes := b.scored(level)
		of := nodes[:0:0]
		for _, n := range nodes {
			if n.Missing != "" {
				of = append(of, n)
			}
		}
		f, ok := b.fact("level "+level.String(), of, rules(of, b.missingRule))
		if !ok {
			continue
		}
		if n := len(facts.Items); n > 0 && reflect.DeepEqual(facts.Items[n-1].Text, f.Text) && reflect.DeepEqual(facts.Items[n-1].Blocks, f.Blocks) {
			facts.Items[n-1].Label += b.say("comma") + f.Label // the same is said once
			continue
		}
		facts.Items = append(facts.Items, f)
	}
	out := Section{ID: sectionID("missing"), Title: b.say("missing")}
	if len(facts.Items) > 0 {
		out.Blocks = append(out.Blocks, facts)
	}
	if len(b.m.Markers) > 0 {
		t := Table{By: -1, Head: []Head{{Title: b.say("marker")}, {Title: b.say("marker reason")}}}
		for _, k := range b.m.Markers {
			reason := k.Reason
			if reason == "" {
				reason = b.say("marker " + k.Status)
			}
			t.Rows = append(t.Rows, Row{Cells: []Cell{{Text: Text{code(k.Text)}}, cell(reason)}})
		}
		out.Blocks = append(out.Blocks, Paragraph{text(b.say("markers"))}, t)
	}
	return out
}

func (b *builder) missingRule(n *check.Node) (string, func() Fact) {
	key := n.Missing + fmt.Sprint(n.MinCoverage.Count, n.MinCoverage.Percent)
	if n.MinCoverage.Condition != nil {
		key += n.MinCoverage.Condition.Text
	}
	if n.Impute != nil {
		key += written(*n.Impute)
	}
	return key, func() Fact {
		kind := "parent "
		if n.Level == check.Indicator {
			kind = "leaf "
		}
		said := b.say("missing "+kind+n.Missing, b.m.Units.Noun, b.m.Units.Plural)
		if n.Impute == nil {
			return Fact{Text: append(text(said), b.coverage(n)...)}
		}
		how, blocks := b.call(method.Impute, *n.Impute)
		out := append(text(b.say("imputed first")+b.say("space")), how...)
		return Fact{Text: append(out, plain(b.say("space")+b.say("else")+said)), Blocks: blocks}
	}
}

// coverage is the least that must be there, where children are left out.
func (b *builder) coverage(n *check.Node) Text {
	switch c := n.MinCoverage; {
	case c.Condition != nil:
		return Text{plain(b.say("space") + b.say("coverage condition") + b.say("space")), {Formula: b.typeset(c.Condition, n)}, plain(b.say("stop"))}
	case c.Percent > 0:
		return text(b.say("space") + b.say("coverage share %s", fmt.Sprint(c.Percent)))
	case c.Count > 0:
		return text(b.say("space") + b.say("coverage count %d", c.Count))
	}
	return nil
}
