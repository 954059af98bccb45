package trace

import (
	"fmt"
	"io"
	"strings"

	"rubric/engine/report"
	"rubric/spec/diag"
)

// Text writes a trace for a person: the figure first, then how it came about,
// each step below the one that it serves.
func Text(w io.Writer, t *Trace, s report.Style) error {
	p := &page{t: t, s: s}
	p.head()
	p.node(t.Node, 0)
	if p.within {
		p.gap()
		p.say(0, faint, "files are in %s/", t.Folder)
	}
	_, err := io.WriteString(w, p.b.String())
	return err
}

// head says whose trace it is, and of what.
func (p *page) head() {
	t, n := p.t, p.t.Node
	p.b.WriteString(p.paint(bold, diag.Plain(t.Unit.label())) + diag.Plain(" · "+strings.TrimSpace(t.Title+" "+t.Edition)) + "\n")
	if n.Level != "index" {
		p.say(0, bold, "%s", strings.Join(append(n.Trail, n.Title), " › "))
		address := n.Level + " " + n.Path
		if p.s.Width > 0 && len(address) > p.s.Width {
			address = n.Path
		}
		p.say(0, faint, "%s", address)
	}
	p.gap()
	if len(t.Unit.Excluded) == 0 {
		return
	}
	p.say(0, plain, "%s is left out of the ranking: the rule `exclude_unit` asks for a figure.", t.Unit.Name)
	for _, lack := range t.Unit.Excluded {
		p.say(2, plain, "%s: %s", lack.Node, lack.Reason)
	}
	p.gap()
}

// node writes a node's figures and what led to them.
func (p *page) node(n *Node, indent int) {
	p.say(indent, bold, "%s", p.headline(n))
	indent += 2
	switch {
	case n.Under != "" && n.Origin == "not_computed":
		p.say(indent, plain, "`%s`, above it, is given and needs nothing of it", n.Under)
	case n.Under != "" && n.Given != nil:
		p.say(indent, plain, "`%s`, above it, is given too: this is never added in", n.Under)
	case n.Under != "":
		p.say(indent, plain, "computed beside the given `%s`, never added in", n.Under)
	}
	if n.Given != nil {
		p.given(n, indent)
	}
	p.steps(n, indent)
	p.unproven(n, indent)
	if n.Given != nil && n.Children != nil {
		have := 0
		for _, child := range n.Children {
			if child.Origin != "not_computed" {
				have++
			}
		}
		p.gap()
		p.say(indent-2, bold, "Beside, from raw data, never added in: %d of its %d indicators", have, len(n.Children))
	}
	p.children(n, indent)
	if n.Beside != nil {
		p.gap()
		p.say(indent-2, bold, "Beside, from raw data, never added in: %s", p.compared(n))
		p.steps(n.Beside, indent)
		p.children(n.Beside, indent)
	}
}

// child writes an indicator below its variable.
func (p *page) child(n *Node, indent int) {
	p.gap()
	p.say(indent, bold, "%s", n.Title)
	score := p.headline(n)
	p.say(indent, faint, "indicator %s · %s", n.Path[strings.LastIndex(n.Path, "/")+1:], strings.ToLower(score[:1])+score[1:])
	if n.Given != nil {
		p.given(n, indent+2)
	}
	p.steps(n, indent+2)
	p.unproven(n, indent+2)
	if n.Beside != nil {
		p.gap()
		p.say(indent+2, bold, "Beside, from raw data, never added in: %s", p.compared(n))
		p.steps(n.Beside, indent+2)
	}
}

// headline is a node's figures in a line.
func (p *page) headline(n *Node) string {
	if n.Score == nil {
		switch {
		case len(p.t.Unit.Excluded) > 0:
			return "No score: excluded"
		case n.Aggregation != nil && n.Aggregation.Method == "none":
			return fmt.Sprintf("No score: the %s only holds its %s", n.Level, below(n.Aggregation))
		}
		return "No score"
	}
	parts := []string{"Score " + short(*n.Score)}
	shared := ""
	if n.Place.Tied > 0 {
		shared = fmt.Sprintf(", shared with %d", n.Place.Tied)
	}
	if n.Rank != nil {
		if n.Rank.Best == "lowest" {
			shared += ", the lowest is best"
		}
		parts = append(parts, fmt.Sprintf("rank %s of %d%s", report.Number(n.Rank.Rank), n.Place.Of, shared))
	}
	switch {
	case n.Band != nil:
		parts = append(parts, fmt.Sprintf("%s (%s)", n.Band.Title, n.Band.Range))
	case n.Bands:
		parts = append(parts, "in no band")
	}
	switch {
	case n.Absence != nil && n.Absence.Floored:
		return strings.Join(append(parts, "floor: no figure"), " · ")
	case n.Status == "estimated" || n.Status == "imputed":
		return strings.Join(append(parts, n.Origin+", "+n.Status), " · ")
	}
	return strings.Join(append(parts, n.Origin), " · ")
}

// compared is the score that raw data give a given node.
func (p *page) compared(n *Node) string {
	s := n.Beside.Score
	switch {
	case s == nil:
		return "no score"
	case floored(n.Beside):
		return fmt.Sprintf("score %s, for lack of a figure", short(*s))
	case n.Score == nil:
		return "score " + short(*s)
	case *s == *n.Score:
		return fmt.Sprintf("score %s, as given", short(*s))
	}
	return fmt.Sprintf("score %s, where %s is given", short(*s), short(*n.Score))
}

// floored says whether a score is the floor of a missing figure, the node's own
// or that of the one indicator whose score it keeps.
func floored(n *Node) bool {
	return n.Absence != nil && n.Absence.Floored || n.Single && len(n.Children) == 1 && floored(n.Children[0])
}

// steps writes how a computed node came to its figures.
func (p *page) steps(n *Node, indent int) {
	if n.Formula != nil {
		p.formula(n, indent)
	}
	if n.Aggregation != nil && len(p.t.Unit.Excluded) == 0 {
		p.aggregation(n, indent)
	}
	p.statements(n, indent)
	if n.Single {
		p.say(indent, plain, "the variable keeps the score of its one indicator")
	}
	p.changes(n, indent)
	if n.Normalisation != nil {
		p.normalisation(n, indent)
	}
	if n.Absence != nil {
		p.absence(n, indent)
	}
}

// children writes the indicators of a variable.
func (p *page) children(n *Node, indent int) {
	for _, child := range n.Children {
		p.child(child, indent)
	}
}

func (p *page) absence(n *Node, indent int) {
	a := n.Absence
	if n.Aggregation != nil {
		p.gap()
	}
	if n.Status == "not_computed" {
		p.say(indent, plain, "not computed: %s", strings.Join(a.Reasons, "; "))
		return
	}
	why := ""
	if n.Given == nil && (n.Formula == nil || n.Formula.Error == nil) { // which have said so
		why = strings.Join(a.Reasons, "; ")
	}
	effect := ""
	switch {
	case a.Floored:
		effect = fmt.Sprintf("the score is %s, the bottom of the scale", short(*n.Score))
	case a.Rule == "keep" || n.Given != nil:
		effect = "it stays missing"
	case a.Rule == "propagate":
		effect = "this node is missing too, and nothing else changes"
	case a.Rule == "omit":
		effect = "this node is missing too"
	case a.Rule == "error":
		effect = "no score rests on it, so it is no error"
	}
	if effect != "" {
		if why != "" {
			why += "; "
		}
		why += fmt.Sprintf("by the missing rule `%s` %s", a.Rule, effect)
	}
	p.say(indent, plain, "%s", why)
}

func (p *page) unproven(n *Node, indent int) {
	for _, r := range n.Unproven {
		p.gap()
		p.say(indent, plain, "unproven: %s", r.Text)
	}
}
