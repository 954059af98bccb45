package trace

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"rubric/engine"
	"rubric/engine/cell"
	"rubric/engine/numeric"
	"rubric/engine/report"
	"rubric/spec/method"
)

// changes are the steps that changed the unit's figures of a node, in their order.
func (b *builder) changes(f *engine.Figures) (out []Step) {
	var columns []string
	if f.Node.Formula != nil {
		columns = f.Node.Formula.Columns
	}
	for _, t := range b.r.Ledger {
		if t.Row == b.unit && (t.Node == f.Node.Path || t.Node == "" && slices.Contains(columns, t.Column)) {
			out = append(out, Step{string(t.Step), t.Method, t.Column, t.From, t.To})
		}
	}
	if r := f.Node.Node.Round; r != nil && f.Value.Valid != nil && f.Score.Valid != nil {
		from, to := number(f.Value.At(b.unit)), number(f.Score.At(b.unit))
		if f.Node.Normalise.Name == "none" && from != nil && to != nil {
			out = append(out, Step{string(method.Round), r.Method, "", from, to})
		}
	}
	return out
}

// changes writes what steps did to a figure.
func (p *page) changes(n *Node, indent int) {
	show := func(x *float64) string {
		if x == nil {
			return "no figure"
		}
		return significant(*x)
	}
	for _, s := range n.Steps {
		of := ""
		if s.Column != "" {
			of = s.Column + " before the formula, "
		}
		switch {
		case s.Step == string(method.Impute):
			p.say(indent, plain, "%simputed by %s: %s", of, s.Method, show(s.To))
		case s.Step == string(method.Round):
			p.say(indent, plain, "rounded %s: %s → %s", s.Method, show(s.From), report.Number(*s.To))
		case s.Step == string(method.Normalise) && s.Method == "cap":
			p.say(indent, plain, "held at the end of the scale: %s → %s", show(s.From), show(s.To))
		case s.Step == string(method.Normalise): // the floor, which the missing rule says
		default:
			p.say(indent, plain, "%s%s: %s → %s", of, s.Method, show(s.From), show(s.To))
		}
	}
}

// scaled is the arithmetic of the methods that bring a value to a scale between
// two numbers; empty where it does not come to the score, as where that was held
// at an end of the scale.
func (b *builder) scaled(f *engine.Figures, value, score float64) string {
	n := f.Node
	args := n.Node.Normalise.Args
	show := significant
	x := show(value)
	at := func(v float64) float64 { return v }
	if n.Transform != nil {
		name := n.Transform.Name
		show = func(v float64) string { return name + " " + significant(v) }
		x = show(value)
		at = func(v float64) float64 { y, _ := n.Transform.Apply(v); return y }
	}
	if n.Direction.Kind == "closest_to" {
		return ""
	}
	var low, high float64
	switch n.Normalise.Name {
	case "goalposts":
		low, high = args.Number("low"), args.Number("high")
	case "min_max":
		v := f.Value
		if args.Word("over") != "all" {
			v = b.among(v)
		}
		sorted := numeric.Sorted(v)
		low, high = sorted[0], sorted[len(sorted)-1]
	case "z_score":
		return b.standard(f, value, score)
	default:
		return ""
	}
	part := (at(value) - at(low)) / (at(high) - at(low))
	terms := fmt.Sprintf("(%s − %s) / (%s − %s)", x, show(low), show(high), show(low))
	if n.Direction.Kind == "lower" {
		part = (at(high) - at(value)) / (at(high) - at(low))
		terms = fmt.Sprintf("(%s − %s) / (%s − %s)", show(high), x, show(high), show(low))
	}
	worst, best := args.Pair("to")
	if worst != 0 || best != 1 {
		terms = fmt.Sprintf("%s + %s · %s", report.Number(worst), report.Number(best-worst), terms)
	}
	return only(terms, worst+float64((best-worst)*part), score)
}

// standard is the arithmetic of a z-score.
func (b *builder) standard(f *engine.Figures, value, score float64) string {
	args := f.Node.Node.Normalise.Args
	v := f.Value
	if args.Word("over") != "all" {
		v = b.among(v)
	}
	if f.Node.Transform != nil {
		return ""
	}
	sorted := numeric.Sorted(cell.Vector{Values: v.Values, Valid: v.Valid})
	mean, sd := numeric.Mean(sorted), numeric.SD(sorted)
	z := (value - mean) / sd
	terms := fmt.Sprintf("(%s − %s) / %s", significant(value), significant(mean), significant(sd))
	if f.Node.Direction.Kind == "lower" {
		z = -z
		terms = fmt.Sprintf("(%s − %s) / %s", significant(mean), significant(value), significant(sd))
	}
	m, s := args.Number("mean"), args.Number("sd")
	if m != 0 || s != 1 {
		terms = fmt.Sprintf("%s + %s · %s", report.Number(m), report.Number(s), terms)
	}
	return only(terms, m+float64(s*z), score)
}

// only keeps terms that come to a score.
func only(terms string, is, score float64) string {
	if math.Abs(is-score) > 1e-9*max(1, math.Abs(score)) {
		return ""
	}
	return strings.ReplaceAll(terms, "− −", "+ ")
}
