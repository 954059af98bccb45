package trace

import (
	"fmt"

	"rubric/engine/report"
)

// normalisation writes how a value became a score.
func (p *page) normalisation(n *Node, indent int) {
	x := n.Normalisation
	switch {
	case x.Method == "lookup":
		p.lookup(x, indent)
		return
	case x.Method == "none":
		p.say(indent, plain, "the score is the value")
		return
	case x.Standing == nil && x.Terms != "":
		p.say(indent, bold, "%s = %s (%s)", x.Terms, short(x.Score), x.Method)
		return
	case x.Standing == nil || x.Terms == "":
		p.say(indent, plain, "%s: score = %s = %s", x.Method, x.Formula, short(x.Score))
		return
	}
	if n.Aggregation != nil {
		value := map[string]string{"sum": "sum", "arithmetic_mean": "mean"}[n.Aggregation.Method]
		if value == "" {
			value = "value"
		}
		p.gap()
		p.say(indent, plain, "the %s is then scored by its place among the %s:", value, p.t.Plural)
	}
	if x.Distance != nil {
		p.say(indent, plain, "distance from %s: |%s − %s| = %s", report.Number(x.Target), signed(*x.Value), signed(x.Target), significant(*x.Distance))
	}
	p.say(indent, plain, "%s", p.standing(x))
	why := ""
	s := x.Standing
	switch {
	case x.Ties == "low":
		worse := s.Worse
		if x.Method == "rank_points" {
			worse = s.Units - s.Better - s.Tied - 1
		}
		why = fmt.Sprintf(": %s strictly worse", p.count(worse))
		if worse > s.Worse {
			why += fmt.Sprintf(", %d of them without a figure", worse-s.Worse)
		}
	case x.Ties == "mean" && s.Tied == 0:
	case x.Ties == "mean":
		why = ": the mean of the best and the worst place that are shared"
	case x.Ties == "dense" && x.Method == "rank_points":
		why = ": " + report.Plural(s.DistinctBetter, "distinct better value", "distinct better values")
	case x.Ties == "dense":
		why = ": " + report.Plural(s.DistinctWorse, "distinct worse value", "distinct worse values")
	case x.Method == "ascending_rank":
		why = ": those strictly worse and those tied, itself included"
	}
	p.say(indent, bold, "%s = %s%s (%s)", x.Terms, p.points(x.Method, x.Score), why, p.rule(x.Method, x.Ties))
}

func signed(x float64) string {
	if x < 0 {
		return "(" + significant(x) + ")"
	}
	return significant(x)
}

// standing is where a value stands: 1st of 60; lower is better; …
func (p *page) standing(x *Normalisation) string {
	s := x.Standing
	of := fmt.Sprint(s.Units)
	if s.Missing > 0 && s.Units != p.t.Ranked {
		of += " with a figure"
	}
	better := "higher is better"
	switch x.Direction {
	case "lower":
		better = "lower is better"
	case "closest_to":
		better = "closest to " + report.Number(x.Target) + " is better"
	}
	verb := "are"
	if s.Better == 1 {
		verb = "is"
	}
	text := fmt.Sprintf("%s of %s; %s; %s %s strictly better, %s tied", ordinal(s.Better+1), of, better, p.count(s.Better), verb, none(s.Tied))
	if s.Missing > 0 && s.Units == p.t.Ranked {
		text += fmt.Sprintf("; %s without a figure %s behind", p.count(s.Missing), map[bool]string{true: "stands", false: "stand"}[s.Missing == 1])
	}
	return text
}

func (p *page) lookup(x *Normalisation, indent int) {
	widest := 0
	for _, l := range x.Levels {
		widest = max(widest, len(short(l.Score)))
	}
	p.say(indent, plain, "lookup: the level's declared score")
	for _, l := range x.Levels {
		c, mark := faint, "  "
		if l.Text == x.Text {
			c, mark = bold, "→ "
		}
		p.line(indent, c, fmt.Sprintf("%s%*s  %s", mark, widest, short(l.Score), l.Text))
	}
}
