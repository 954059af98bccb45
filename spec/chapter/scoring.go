package chapter

import (
	"reflect"
	"slices"
	"strings"

	"rubric/spec/check"
	"rubric/spec/expr"
	"rubric/spec/method"
)

// scoring says what happens to the nodes of each level, from the bottom to the top.
func (b *builder) scoring() Section {
	out := Section{ID: sectionID("scoring"), Title: b.say("scoring"), Blocks: []Block{Paragraph{text(b.say("scoring intro"))}}}
	if f := b.ranked(); len(f.Items) > 0 {
		out.Blocks = append(out.Blocks, f)
	}
	if f := b.columnSteps(); len(f.Items) > 0 {
		out.Sections = append(out.Sections, Section{ID: sectionID("scoring-columns"), Title: b.say("level columns"), Blocks: []Block{f}})
	}
	for _, level := range []check.Level{check.Indicator, check.Variable, check.Dimension, check.Index} {
		nodes := b.scored(level)
		if len(nodes) == 0 {
			continue
		}
		facts := b.steps(level, nodes)
		title := b.say("level " + level.String())
		if n := len(out.Sections); n > 0 && reflect.DeepEqual(out.Sections[n-1].Blocks, []Block{facts}) { // the same is said once
			out.Sections[n-1].Title += b.say("comma") + title
			continue
		}
		out.Sections = append(out.Sections, Section{ID: sectionID("scoring-" + level.String()), Title: title, Blocks: []Block{facts}})
	}
	return out
}

// scored are the nodes of a level.
func (b *builder) scored(level check.Level) (out []*check.Node) {
	for _, n := range b.m.Nodes {
		if n.Level == level {
			out = append(out, n)
		}
	}
	return out
}

// steps are what happens to the nodes of a level, in the order in which it does.
func (b *builder) steps(level check.Level, nodes []*check.Node) Facts {
	var out Facts
	add := func(label string, among []*check.Node, of func(n *check.Node) (string, func() Fact)) {
		if f, ok := b.fact(label, among, rules(among, of)); ok {
			out.Items = append(out.Items, f)
		}
	}
	many := slices.DeleteFunc(slices.Clone(nodes), func(n *check.Node) bool { return n.Single })
	if level == check.Indicator {
		out.Items = append(out.Items, Fact{Label: b.say("value head"), Text: text(b.say("value of indicator"))})
		add("treatment", nodes, func(n *check.Node) (string, func() Fact) { return b.treatments(n.Treat) })
	} else {
		add("aggregation", many, b.aggregation)
	}
	if f, ok := b.normalisation(many); ok {
		out.Items = append(out.Items, f)
	}
	add("single", slices.DeleteFunc(slices.Clone(nodes), func(n *check.Node) bool { return n.Level != check.Variable || len(n.Children) != 1 }), b.single)
	add("rounding", nodes, func(n *check.Node) (string, func() Fact) {
		if n.Round == nil {
			return "", nil
		}
		return b.ruleOf(method.Round, *n.Round)
	})
	add("ranks", nodes, b.rank)
	add("given", nodes, func(n *check.Node) (string, func() Fact) {
		if n.GivenAs != "value" {
			return "", nil
		}
		return n.GivenAs, func() Fact { return Fact{Text: text(b.say("given as value"))} }
	})
	return out
}

// ruleOf is the rule that a method with its parameters is.
func (b *builder) ruleOf(step method.Step, c method.Call) (string, func() Fact) {
	return written(c), func() Fact {
		said, blocks := b.call(step, c)
		return Fact{Text: said, Blocks: blocks}
	}
}

func (b *builder) treatments(calls []method.Call) (string, func() Fact) {
	var keys []string
	for _, c := range calls {
		keys = append(keys, written(c))
	}
	return strings.Join(keys, "; "), func() Fact {
		var f Fact
		for i, c := range calls {
			said, blocks := b.call(method.Treat, c)
			if i > 0 {
				f.Text = append(f.Text, plain(b.say("then")))
			}
			f.Text, f.Blocks = append(f.Text, said...), append(f.Blocks, blocks...)
		}
		return f
	}
}

// aggregation says how a parent combines its children; a formula by itself.
func (b *builder) aggregation(n *check.Node) (string, func() Fact) {
	key := written(n.Aggregate)
	if n.AggregateFormula != nil {
		key += n.Path // its names are the node's own
	}
	alike, ok := b.knows("even " + n.Aggregate.Method)
	ok = ok && even(n)
	if ok {
		key += " even"
	}
	return key, func() Fact {
		said, blocks := b.call(method.Aggregate, n.Aggregate)
		if ok { // weights are no matter
			said[0].Text = alike
		}
		return Fact{Text: said, Blocks: append(blocks, b.own(n.AggregateFormula, n)...)}
	}
}

// own is the formula of a method that is one.
func (b *builder) own(e *expr.Expr, n *check.Node) []Block {
	if e == nil {
		return nil
	}
	return []Block{Math{b.typeset(e, n)}}
}

func (b *builder) single(n *check.Node) (string, func() Fact) {
	key := map[bool]string{true: "single keep", false: "single normalise"}[n.Single]
	return key, func() Fact { return Fact{Text: text(b.say(key))} }
}

// rank says how ranks are given, and what breaks ties.
func (b *builder) rank(n *check.Node) (string, func() Fact) {
	if n.Rank == nil {
		return "", nil
	}
	c := method.Call{Method: n.Rank.Rule, Args: method.Args{{Name: "best", Word: n.Rank.Best}}}
	if n.Rank.By != nil {
		c.Args = append(c.Args, method.Arg{Name: "by", Nodes: n.Rank.By})
	}
	return b.ruleOf(method.Rank, c)
}

// columnSteps are what is done to columns before any formula sees them.
func (b *builder) columnSteps() (out Facts) {
	for _, c := range b.m.Columns {
		var items []Text
		var blocks []Block
		if c.Impute != nil {
			said, more := b.call(method.Impute, *c.Impute)
			items, blocks = append(items, append(text(b.say("imputation")+b.say("colon")), said...)), append(blocks, more...)
		}
		if _, say := b.treatments(c.Treat); len(c.Treat) > 0 {
			said := say()
			items, blocks = append(items, append(text(b.say("treatment")+b.say("colon")), said.Text...)), append(blocks, said.Blocks...)
		}
		if items != nil {
			out.Items = append(out.Items, Fact{Label: c.Title, Blocks: append([]Block{List{items}}, blocks...)})
		}
	}
	return out
}
