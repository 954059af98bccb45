package trace

import (
	"fmt"
	"strings"

	"rubric/spec/decimal"
)

// given says where a supplied figure stands and what it means.
func (p *page) given(n *Node, indent int) {
	g := n.Given
	at := p.at(g.File, g.Line)
	switch {
	case g.Line == 0:
		p.say(indent, plain, "%s has no row of this %s", at, p.t.Noun)
	case g.Figure == nil:
		p.say(indent, plain, "%s, column `%s`: the cell is empty", at, g.Header)
	case g.As == "value":
		p.say(indent, plain, "%s, column `%s`: %s is given as the value, not as the score", at, g.Header, g.Written)
	default:
		p.say(indent, plain, "%s, column `%s`", at, g.Header)
	}
	if r := g.Reading; r != nil {
		p.reading(n, r, indent)
	}
}

// reading says what a given score means by its node's rule.
func (p *page) reading(n *Node, r *Reading, indent int) {
	score := p.points(r.Method, *n.Score)
	text := score
	switch {
	case r.Floor && *r.Again == *n.Score:
		text = fmt.Sprintf("%s: the last place, or the floor of a %s without a figure; the given column cannot tell them apart", score, p.t.Noun)
	case r.Floor:
		text = fmt.Sprintf("%s: the floor of a %s without a figure; %s %s it, and tied in the last place each would have %s",
			score, p.t.Noun, p.count(r.Standing.Tied+1), have(r.Standing.Tied+1), p.points(r.Method, *r.Again))
	case r.Method == "lookup" && r.Levels == nil:
		text = "no declared level has this score"
	case r.Method == "lookup":
		text = fmt.Sprintf("%s is the level `%s`", short(*n.Score), strings.Join(r.Levels, "` or `"))
	case r.Terms != "" && r.Counted != "":
		text = fmt.Sprintf("%s = %s: %s", r.Terms, score, p.counted(r))
	case r.Terms != "":
		text = fmt.Sprintf("%s = %s", r.Terms, score)
	case r.Counted != "":
		text = fmt.Sprintf("%s: %s", score, p.counted(r))
	case r.Ties != "mean":
		text = "its rule cannot give this score"
	}
	rule := p.rule(r.Method, r.Ties)
	if r.Rule != n.Path {
		rule += ", the rule of its one indicator"
	}
	p.say(indent, plain, "%s (%s)", text, rule)
	if r.Standing != nil && !r.Floor {
		p.borne(n, r, indent)
	}
}

// counted is what a given score says of other units.
func (p *page) counted(r *Reading) string {
	switch {
	case strings.HasPrefix(r.Counted, "distinct") && r.Count == 1:
		return "1 " + strings.TrimSuffix(r.Counted, "s")
	case strings.HasPrefix(r.Counted, "distinct"):
		return fmt.Sprintf("%d %s", r.Count, r.Counted)
	case r.Count == 1:
		return fmt.Sprintf("1 %s is %s", p.t.Noun, r.Counted)
	}
	return fmt.Sprintf("%d %s are %s", r.Count, p.t.Plural, r.Counted)
}

// borne says whether the given column itself bears the score out.
func (p *page) borne(n *Node, r *Reading, indent int) {
	s := r.Standing
	others, side := s.Better, "higher"
	if strings.Contains(r.Counted, "worse") {
		others, side = s.Worse, "lower"
	}
	column := fmt.Sprintf("%s %s a %s score, %s the same", p.count(others), have(others), side, none(s.Tied))
	if *r.Again == *n.Score {
		p.say(indent, plain, "the given column agrees: %s", column)
		return
	}
	p.say(indent, plain, "the given column does not agree: %s, of which the rule makes %s", column, p.points(r.Method, *r.Again))
}

// statements writes what a publication states of the node.
func (p *page) statements(n *Node, indent int) {
	for _, s := range n.Stated {
		figure := measured(s.Written, s.Measure)
		if s.Figure != "value" {
			figure = s.Figure + " " + figure
		}
		note := ""
		if s.Note != "" {
			note = s.Note + "; "
		}
		p.say(indent, plain, "the report states %s%s (%s%s)", figure, beside(n, s), note, p.at(s.File, s.Line))
	}
}

// measured is a number with its measure; one that begins with a factor, such as
// 100m CNY, is multiplied by.
func measured(number, measure string) string {
	switch {
	case measure == "":
		return number
	case measure[0] >= '0' && measure[0] <= '9':
		return number + " × " + measure
	}
	return number + " " + measure
}

// beside holds a computed value against a stated one, where the two are in the
// same measure.
func beside(n *Node, s Stated) string {
	if s.Figure != "value" || n.Value == nil || n.Formula == nil {
		return ""
	}
	x := *n.Value
	switch {
	case n.Formula.Display == "percent" && s.Measure == "percent":
		x *= 100
	case n.Formula.Display == "percent" || s.Measure != "" && s.Measure != n.Formula.Measure:
		return ""
	}
	switch x = decimal.HalfUp(x, s.Decimals); x {
	case s.Value:
		return ", to which this rounds"
	default:
		return fmt.Sprintf(", where this rounds to %s", written(x, max(s.Decimals, 0)))
	}
}
