package chapter

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"rubric/spec/method"
	"rubric/spec/typeset"
)

// written is a call as a key: what is equal says the same.
func written(c method.Call) string {
	var out strings.Builder
	out.WriteString(c.Method)
	for _, a := range c.Args {
		fmt.Fprintf(&out, " %s=%v", a.Name, argument(a))
	}
	return out.String()
}

// argument is a parameter's value as a text of its own.
func argument(a method.Arg) string {
	switch {
	case a.Levels != nil:
		return fmt.Sprint(a.Levels)
	case a.Ladder != nil:
		var out []string
		for _, r := range a.Ladder {
			out = append(out, span("x", r.Low, r.High, r.LowIncluded, r.HighIncluded)+fmt.Sprint(r.Score))
		}
		return strings.Join(out, " ")
	case a.Nodes != nil:
		return strings.Join(a.Nodes, " ")
	case a.Word != "":
		return a.Word
	case a.Pair[0] < a.Pair[1]:
		return typeset.Number(a.Pair[0]) + "–" + typeset.Number(a.Pair[1])
	}
	return typeset.Number(a.Number)
}

// call describes a method with its parameters: what it does in sentences, then its
// name, which leads to its formula. Levels and ranges are tables.
func (b *builder) call(step method.Step, c method.Call, except ...string) (Text, []Block) {
	s, _ := b.catalogue.Find(step, c.Method)
	out := b.sentence(text(b.methodTitle(step, s)))
	if step == method.Round {
		out, except = append(b.sentence(text(b.decimals(c))), out...), append(except, "decimals")
	}
	var args method.Args
	for _, a := range c.Args {
		if p, _ := s.Param(a.Name); !slices.Contains(except, a.Name) && !(a.Word == p.Default && slices.Contains(unsaid, a.Name)) {
			args = append(args, a)
		}
	}
	out = append(out, b.arguments(s, args)...)
	return append(out, plain(b.say("open")), b.method(s), plain(b.say("close"))), b.tables(c)
}

// method is a method's name, which leads to where it is explained.
func (b *builder) method(s method.Signature) Piece {
	if !slices.ContainsFunc(b.used, func(u method.Signature) bool { return u.Step == s.Step && u.Name == s.Name }) {
		b.used = append(b.used, s)
	}
	return Piece{Text: s.Name, Code: true, Link: "#" + methodID(s)}
}

func methodID(s method.Signature) string { return "method/" + string(s.Step) + "/" + s.Name }

// decimals says to how many digits a score is rounded.
func (b *builder) decimals(c method.Call) string {
	switch n := int(c.Args.Number("decimals")); {
	case n == 0:
		return b.say("rounded to whole")
	case n == 1:
		return b.say("rounded to one")
	case n < 0:
		return b.say("rounded to tens %s", typeset.Number(math.Pow10(-n)))
	default:
		return b.say("rounded to %d decimals", n)
	}
}

// methods explains each method that was named, once: what it does, its formula, and
// where it comes from.
func (b *builder) methods() Section {
	t := Table{By: -1, Head: []Head{{Title: b.say("method")}, {Title: b.say("what it does")}, {Title: b.say("formula")}, {Title: b.say("source")}}}
	for _, s := range b.used {
		formula := Cell{}
		if s.Formula != s.Title {
			formula = cell(s.Formula)
		}
		t.Rows = append(t.Rows, Row{ID: methodID(s), Cells: []Cell{{Text: Text{code(s.Name)}}, cell(b.methodTitle(s.Step, s)), formula, cell(s.Source)}})
	}
	if len(t.Rows) == 0 {
		return Section{}
	}
	return Section{ID: sectionID("methods"), Title: b.say("methods"), Blocks: []Block{Paragraph{text(b.say("methods intro"))}, t}}
}

// sentence begins with a capital and ends with a stop.
func (b *builder) sentence(t Text) Text {
	if len(t) == 0 {
		return nil
	}
	out := slices.Clone(t)
	out[0].Text = capital(out[0].Text)
	return append(out, plain(b.say("stop")+b.say("space")))
}

// arguments says the parameters that fit into a line: those that have a sentence each
// in its own, the others in one.
func (b *builder) arguments(s method.Signature, args method.Args) (out Text) {
	var named []Text
	for _, a := range args {
		p, _ := s.Param(a.Name)
		if slices.Contains([]method.Kind{method.Levels, method.Ladder, method.Formula}, p.Kind) {
			continue // they are tables, and blocks
		}
		said, sentence := b.argument(p, a)
		if sentence {
			out = append(out, b.sentence(said)...)
		} else {
			named = append(named, said)
		}
	}
	return append(b.sentence(b.joined(named)), out...)
}

// unsaid are the parameters whose defaults are what a reader takes for granted.
var unsaid = []string{"transform", "over", "best", "cap"}

// argument says one parameter: in a sentence where there is one, else by its name.
func (b *builder) argument(p method.Param, a method.Arg) (said Text, sentence bool) {
	if p.Kind == method.Word {
		if said, ok := b.knows(a.Name + " " + a.Word); ok {
			return text(said), true
		}
	}
	label := plain(b.known("param "+a.Name, strings.ReplaceAll(a.Name, "_", " ")) + " ")
	switch p.Kind {
	case method.Pair:
		return Text{label, plain(b.say("from %s to %s", typeset.Number(a.Pair[0]), typeset.Number(a.Pair[1])))}, false
	case method.Column:
		if column := b.m.Column(a.Word); column != nil {
			return Text{label, {Text: column.Title, Link: "#" + columnID(column.Name)}}, false
		}
	case method.Group:
		for _, g := range b.m.Groups {
			if g.ID == a.Word {
				return Text{label, plain(g.Title)}, false
			}
		}
	case method.Nodes:
		var names []Text
		for _, name := range a.Nodes {
			if n, _ := b.m.Node(name); n != nil {
				names = append(names, b.node(n))
				continue
			}
			names = append(names, text(b.say("own id")))
		}
		return append(Text{label}, b.joined(names)...), false
	}
	return Text{label, plain(argument(a))}, false
}

// tables are the parameters that are lists: judged levels, and ranges with scores.
func (b *builder) tables(c method.Call) (out []Block) {
	for _, a := range c.Args {
		switch {
		case a.Levels != nil:
			t := Table{By: -1, Head: []Head{{Title: b.say("level")}, {Title: b.say("score head"), Number: true}}}
			for _, l := range a.Levels {
				t.Rows = append(t.Rows, Row{Cells: []Cell{cell(l.Text), cell(typeset.Number(l.Score))}})
			}
			out = append(out, t)
		case a.Ladder != nil:
			t := Table{By: -1, Head: []Head{{Title: b.say("range")}, {Title: b.say("score head"), Number: true}}}
			for _, r := range a.Ladder {
				t.Rows = append(t.Rows, Row{Cells: []Cell{cell(span(b.say("value"), r.Low, r.High, r.LowIncluded, r.HighIncluded)), cell(typeset.Number(r.Score))}})
			}
			out = append(out, t)
		}
	}
	return out
}

// span is a range as an inequality: 2,000 ≤ score < 2,400.
func span(what string, low, high *float64, lowIncluded, highIncluded bool) string {
	less := map[bool]string{true: "≤", false: "<"}
	more := map[bool]string{true: "≥", false: ">"}
	switch {
	case low != nil && high != nil:
		return typeset.Number(*low) + " " + less[lowIncluded] + " " + what + " " + less[highIncluded] + " " + typeset.Number(*high)
	case low != nil:
		return what + " " + more[lowIncluded] + " " + typeset.Number(*low)
	case high != nil:
		return what + " " + less[highIncluded] + " " + typeset.Number(*high)
	}
	return what
}

// methodTitle is what a method does, in the language of the chapter where it is
// known, else as the catalogue has it.
func (b *builder) methodTitle(step method.Step, s method.Signature) string {
	return b.known("method "+string(step)+"/"+s.Name, s.Title)
}
