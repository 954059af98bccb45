package measure

import (
	"fmt"
	"math"
	"slices"

	"rubric/spec/expr"
)

// Issue is a piece of a formula in which measures do not fit.
type Issue struct {
	Start, End    int // bytes of the formula's text
	Message, Help string
	First, Other  Measure // the two that do not fit
	Scale         bool    // one quantity in two scales; else different quantities
}

// Infer follows measures through a formula. column says what a column is measured in.
// Where a number of the formula is added, it is taken to be in the measure of what it
// is added to; where it is multiplied in, it changes the scale.
func Infer(e *expr.Expr, column func(name string) Measure) (Measure, []Issue) {
	if e == nil || e.Root == nil {
		return Measure{}, nil
	}
	w := &walk{e: e, column: column}
	return w.node(e.Root), w.issues
}

type walk struct {
	e      *expr.Expr
	column func(string) Measure
	issues []Issue
}

func (w *walk) report(n *expr.Node, first, other Measure, help, format string, args ...any) {
	w.issues = append(w.issues, Issue{Start: n.Start, End: n.End, Message: fmt.Sprintf(format, args...), Help: help, First: first, Other: other})
}

// alike are the functions whose result is in the measure of their arguments.
var alike = []string{"abs", "ceil", "clamp", "floor", "max", "min", "round"}

func (w *walk) node(n *expr.Node) Measure {
	switch n.Op {
	case expr.Column:
		return w.column(w.e.Columns[n.Index])
	case expr.Aggregated:
		a := w.e.Aggregates[n.Index]
		if a.Func == "count" {
			return Plain()
		}
		return w.column(a.Column)
	case expr.Add, expr.Sub:
		return w.alike(n, n.Args, map[expr.Op]string{expr.Add: "added", expr.Sub: "subtracted"}[n.Op])
	case expr.Less, expr.LessEqual, expr.Greater, expr.GreaterEqual, expr.Equal, expr.NotEqual:
		w.alike(n, n.Args, "compared")
		return Measure{}
	case expr.Neg:
		return w.node(n.Args[0])
	case expr.Coalesce:
		return w.alike(n, n.Args, "put in place of each other")
	case expr.If:
		w.node(n.Args[0])
		return w.alike(n, n.Args[1:], "alternatives")
	case expr.Apply:
		if slices.Contains(alike, n.Func.Name) {
			args := n.Args
			if n.Func.Name == "round" {
				args = args[:1] // the other is the decimals
			}
			return w.alike(n, args, "compared")
		}
	case expr.Mul, expr.Div:
		return w.product(n)
	}
	for _, a := range n.Args {
		w.node(a)
	}
	return Measure{}
}

// literal says whether a piece of a formula is a number, whatever is done to it.
func literal(n *expr.Node) bool {
	switch n.Op {
	case expr.Const:
		return true
	case expr.Add, expr.Sub, expr.Mul, expr.Div, expr.Neg, expr.Apply:
		return len(n.Args) > 0 && !slices.ContainsFunc(n.Args, func(a *expr.Node) bool { return !literal(a) })
	}
	return false
}

// alike is the measure of pieces that must have the same one.
func (w *walk) alike(n *expr.Node, args []*expr.Node, verb string) Measure {
	var first Measure
	var of *expr.Node
	unknown := false
	for _, a := range args {
		m := w.node(a)
		switch {
		case literal(a):
		case !m.Known:
			unknown = true
		case of == nil:
			first, of = m, a
		case !Same(first, m):
			w.report(n, first, m, "convert one of them, or correct the measure of a column", "`%s` is in %s and `%s` in %s, which cannot be %s", w.text(of), first, w.text(a), m, verb)
			return Measure{}
		case Apart(first, m) != 1:
			w.scales(n, of, a, first, m, "are "+verb)
		}
	}
	if unknown {
		return Measure{}
	}
	return first
}

// product is the measure of a product or a quotient.
func (w *walk) product(n *expr.Node) Measure {
	before := len(w.issues)
	a, b := w.node(n.Args[0]), w.node(n.Args[1])
	w.converted(n, before)
	switch {
	case literal(n.Args[1]):
		return a.Unscaled()
	case literal(n.Args[0]) && n.Op == expr.Mul:
		return b.Unscaled()
	case literal(n.Args[0]):
		return Over(Plain(), b).Unscaled()
	case n.Op == expr.Mul:
		return Times(a, b)
	}
	if a.Known && b.Known && len(a.Powers) > 0 && Same(a, b) && Apart(a, b) != 1 {
		w.scales(n, n.Args[0], n.Args[1], a, b, "are divided")
	}
	return Over(a, b)
}

// converted takes back that two scales are divided, where the number that the quotient
// is multiplied with or divided by is what brings them together: debt / gdp / 10000, or
// * 0.01 where percent are meant.
func (w *walk) converted(n *expr.Node, before int) {
	number, rest := n.Args[1], n.Args[0]
	if number.Op != expr.Const && n.Op == expr.Mul {
		number, rest = rest, number
	}
	if number.Op != expr.Const || number.Value == 0 || len(w.issues) != before+1 || !w.issues[before].Scale || !product(rest) {
		return
	}
	by := number.Value
	if n.Op == expr.Div {
		by = 1 / by
	}
	factor := by / Apart(w.issues[before].First, w.issues[before].Other)
	for _, share := range []float64{1, 100, 1000} { // a ratio, percent, per mille
		if math.Abs(factor/share-1) < 1e-9 {
			w.issues = w.issues[:before]
			return
		}
	}
}

// product says whether a piece of a formula is a product or a quotient.
func product(n *expr.Node) bool { return n.Op == expr.Mul || n.Op == expr.Div }

// scales reports one quantity in two scales.
func (w *walk) scales(n, one, other *expr.Node, a, b Measure, done string) {
	factor, by := Apart(a, b), "larger"
	if factor < 1 {
		factor, by = 1/factor, "smaller"
	}
	w.report(n, a, b, fmt.Sprintf("write the factor %s into the formula, or give both columns in one scale", Factor(factor)),
		"`%s` in %s and `%s` in %s %s: a figure of the first is worth %s times %s", w.text(one), a, w.text(other), b, done, Factor(factor), map[string]string{"larger": "as much", "smaller": "less"}[by])
	w.issues[len(w.issues)-1].Scale = true
}

func (w *walk) text(n *expr.Node) string { return w.e.Text[n.Start:n.End] }
