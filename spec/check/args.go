package check

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"rubric/spec/diag"
	"rubric/spec/method"
	"rubric/spec/tree"
)

// caller is where a method is called: what findings say of it, and what its
// parameters may name.
type caller struct {
	node   *Node  // nil: not at a node
	what   string // the node's path, or the column
	key    string // the key of the map that names the method: method, rule
	inputs *[]string
}

// call reads a method with its parameters: a bare name, or a map. What a
// parameter's own key or default settles elsewhere (`ties`) is the caller's.
func (c *checker) call(at caller, step method.Step, v *tree.Node, elsewhere ...string) (method.Call, method.Signature, bool) {
	r, before := c.called[v]
	if !before { // a default is read once, however many nodes it acts on
		r.call, r.signature, r.ok = c.read(at, step, v, elsewhere)
		c.called[v] = r
	}
	if at.inputs != nil {
		for _, p := range r.signature.Params {
			if name := r.call.Args.Word(p.Name); p.Kind == method.Column && name != "" && !slices.Contains(*at.inputs, name) {
				*at.inputs = append(*at.inputs, name)
			}
		}
	}
	return r.call, r.signature, r.ok
}

// called is what came of reading a call.
type called struct {
	call      method.Call
	signature method.Signature
	ok        bool
}

func (c *checker) read(at caller, step method.Step, v *tree.Node, elsewhere []string) (method.Call, method.Signature, bool) {
	name := v
	if v.Kind == tree.Map {
		name = v.Get(at.key)
		if name == nil {
			c.incomplete = true
			d := c.report(diag.MethodParameter, v, "the map does not say which %s it is", at.key)
			*d = d.WithNode(at.path()).WithHelp("`%s: {%s: %s, …}`", step, at.key, first(c.catalogue.Names(step)))
			return method.Call{}, method.Signature{}, false
		}
	}
	s, ok := c.catalogue.Find(step, name.Value)
	if !ok {
		c.incomplete = true
		d := c.report(diag.MethodUnknown, name, "unknown %s %s", stepNoun[step], tree.Shown(name.Value))
		*d = d.WithNode(at.path()).WithHelp("one of %s", strings.Join(c.catalogue.Names(step), ", ")).WithExpected("one of "+strings.Join(c.catalogue.Names(step), ", "), name.Value)
		if near, ok := diag.Nearest(name.Value, c.catalogue.Names(step)); ok {
			*d = d.WithHelp("did you mean `%s`?", near)
		}
		return method.Call{}, s, false
	}
	c.strangers(at, v, s)
	out := method.Call{Method: s.Name}
	whole := true
	for _, p := range s.Params {
		if slices.Contains(elsewhere, p.Name) {
			continue
		}
		if p.Name == "transform" {
			p.Values = c.catalogue.Names(method.Transform)
		}
		value := v.Get(p.Name)
		if p.Name == "over" && c.m.Periods == nil { // there is one cross-section
			if value != nil {
				d := c.report(diag.ChoiceUnused, value, "`over` has no effect here: the document has no periods")
				*d = d.WithNode(at.path()).WithHelp("remove it, or declare them: `periods: {noun: year, key: [year]}`")
			}
			continue
		}
		switch {
		case value == nil && p.Optional:
			continue
		case value == nil && p.Default == "":
			d := c.report(diag.MethodParameter, v, "`%s` needs `%s`", s.Name, p.Name)
			*d = d.WithNode(at.path()).WithHelp("%s: `%s`", p.Doc, example(step, at.key, s, p))
			whole = false
			continue
		}
		arg, ok := c.arg(at, s, p, value)
		if !ok {
			whole = false
			continue
		}
		out.Args = append(out.Args, arg)
	}
	if whole && s.Check != nil {
		if param, wrong, help := s.Check(out.Args); wrong != "" {
			place := v
			if x := v.Get(param); x != nil {
				place = x
			}
			d := c.report(diag.MethodParameter, place, "%s", wrong)
			*d = d.WithNode(at.path()).WithHelp("%s", help)
		}
	}
	return out, s, true
}

// stepNoun is what a method of a step is called.
var stepNoun = map[method.Step]string{
	method.Screen: "screening rule", method.Impute: "imputation", method.Treat: "treatment", method.Transform: "transformation", method.Normalise: "normalisation",
	method.Weight: "weighting", method.Aggregate: "aggregation", method.Round: "rule of rounding", method.Rank: "rank rule",
	method.Band: "way to label scores",
}

func (at caller) path() string {
	if at.node == nil {
		return ""
	}
	return at.node.Path
}

func first(names []string) string {
	if len(names) == 0 {
		return "…"
	}
	return names[0]
}

// example shows how a parameter is written.
func example(step method.Step, key string, s method.Signature, p method.Param) string {
	value := map[method.Kind]string{
		method.Number: "1", method.Whole: "1", method.Pair: "[0, 100]", method.Levels: "{capital: 60, other: 20}",
		method.Ladder: "[{from: 10, score: 1}, {below: 10, score: 0}]", method.Formula: "value / mean(value)", method.Column: "gdp", method.Group: "region", method.Unit: "id", method.Nodes: "[index]",
	}[p.Kind]
	if len(p.Values) > 0 {
		value = p.Values[0]
	}
	return fmt.Sprintf("%s: {%s: %s, %s: %s}", step, key, s.Name, p.Name, value)
}

// strangers reports the keys of a method's map that are no parameters of it.
func (c *checker) strangers(at caller, v *tree.Node, s method.Signature) {
	for _, e := range entries(v) {
		if e.Key.Value == at.key || s.Takes(e.Key.Value) {
			continue
		}
		var known []string
		for _, p := range s.Params {
			known = append(known, p.Name)
		}
		help := fmt.Sprintf("`%s` takes no parameters", s.Name)
		if len(known) > 0 {
			help = fmt.Sprintf("`%s` takes %s", s.Name, strings.Join(known, ", "))
		}
		if near, ok := diag.Nearest(e.Key.Value, known); ok {
			help = fmt.Sprintf("did you mean `%s`?", near)
		}
		d := c.report(diag.MethodParameter, e.Key, "`%s` is not a parameter of `%s`", e.Key.Value, s.Name)
		*d = d.WithNode(at.path()).WithHelp("%s", help)
	}
}

// arg reads one parameter; nil is its default.
func (c *checker) arg(at caller, s method.Signature, p method.Param, v *tree.Node) (method.Arg, bool) {
	out := method.Arg{Name: p.Name}
	wrong := func(format string, args ...any) (method.Arg, bool) {
		d := c.report(diag.MethodParameter, v, "`%s` of `%s` is %s", p.Name, s.Name, fmt.Sprintf(format, args...))
		*d = d.WithNode(at.path()).WithHelp("%s", p.Doc)
		return out, false
	}
	if v == nil {
		return defaulted(p), true
	}
	switch p.Kind {
	case method.Word:
		if v.Kind != tree.Text || !slices.Contains(p.Values, v.Value) {
			return wrong("one of %s", strings.Join(p.Values, ", "))
		}
		out.Word = v.Value
	case method.Number, method.Whole:
		x, ok := number64(v)
		if !ok || p.Kind == method.Whole && x != math.Trunc(x) {
			return wrong("a %s", map[method.Kind]string{method.Number: "number", method.Whole: "whole number"}[p.Kind])
		}
		if p.Least != nil && x < *p.Least {
			return wrong("at least %v", *p.Least)
		}
		if p.Most != nil && x > *p.Most {
			return wrong("at most %v", *p.Most)
		}
		out.Number = x
	case method.Pair:
		if v.Kind != tree.List || len(v.Items) != 2 {
			return wrong("two numbers, such as [0, 100]")
		}
		for i, x := range v.Items {
			var ok bool
			if out.Pair[i], ok = number64(x); !ok {
				return wrong("two numbers, such as [0, 100]")
			}
		}
		if out.Pair[0] >= out.Pair[1] {
			return wrong("two numbers, the first below the second")
		}
	case method.Levels:
		if v.Kind != tree.Map || len(v.Entries) == 0 {
			return wrong("a map from texts to scores")
		}
		for _, e := range v.Entries {
			x, ok := number64(e.Value)
			if !ok {
				return wrong("a map from texts to scores")
			}
			out.Levels = append(out.Levels, method.Level{Text: e.Key.Value, Score: x})
		}
	case method.Ladder:
		return c.ladder(at, p, v)
	case method.Formula:
		if v.Kind != tree.Text && v.Kind != tree.Number {
			return wrong("a formula")
		}
		out.Word = v.Value
		if v.Eaten {
			out.Word = v.Place().Text
		}
	case method.Column:
		column := c.root.Get("columns").Get(v.Value)
		if column == nil || v.Kind != tree.Text || column.Get("type").Text() == "text" {
			var names []string
			for _, e := range entries(c.root.Get("columns")) {
				names = append(names, e.Key.Value)
			}
			d := c.report(diag.ReferenceUnknown, v, "`%s` of `%s` is a column of numbers; there is no such column %s", p.Name, s.Name, tree.Shown(v.Value))
			*d = d.WithNode(at.path()).WithHelp("declare it under `columns:`")
			if near, ok := diag.Nearest(v.Value, names); ok {
				*d = d.WithHelp("did you mean `%s`?", near)
			}
			return out, false
		}
		c.used[column] = true
		out.Word = v.Value
	case method.Group:
		if len(c.refer("groups", v)) == 0 {
			return out, false
		}
		out.Word = v.Value
	case method.Unit:
		if v.Kind != tree.Text && v.Kind != tree.Number {
			return wrong("the id of a unit")
		}
		out.Word = v.Value
	case method.Nodes:
		for _, x := range names(v) {
			out.Nodes = append(out.Nodes, x.Value)
			c.later = append(c.later, func() {
				if x.Value != "id" {
					c.nodeAt(x)
				}
			})
		}
	default:
		panic("check: a parameter of no kind: " + p.Name)
	}
	return out, true
}

// defaulted is a parameter's default, which the catalogue writes as YAML.
func defaulted(p method.Param) method.Arg {
	out := method.Arg{Name: p.Name, Word: p.Default}
	switch p.Kind {
	case method.Number, method.Whole:
		out.Word = ""
		out.Number, _ = strconv.ParseFloat(p.Default, 64)
	case method.Pair:
		out.Word = ""
		low, high, _ := strings.Cut(strings.Trim(p.Default, "[]"), ",")
		out.Pair[0], _ = strconv.ParseFloat(strings.TrimSpace(low), 64)
		out.Pair[1], _ = strconv.ParseFloat(strings.TrimSpace(high), 64)
	}
	return out
}

// number64 is a number as the document writes it.
func number64(n *tree.Node) (float64, bool) {
	if n == nil || n.Kind != tree.Number {
		return 0, false
	}
	x, err := strconv.ParseFloat(n.Value, 64)
	return x, err == nil && !math.IsInf(x, 0) && !math.IsNaN(x)
}

// ladder reads ranges of values with their scores, and refuses overlaps.
func (c *checker) ladder(at caller, p method.Param, v *tree.Node) (method.Arg, bool) {
	out := method.Arg{Name: p.Name}
	if v.Kind != tree.List || len(v.Items) == 0 {
		d := c.report(diag.MethodParameter, v, "`%s` is a list of ranges with scores", p.Name)
		*d = d.WithNode(at.path()).WithHelp("`[{from: 10, score: 1}, {below: 10, score: 0}]`; bounds are above, from, below, up_to")
		return out, false
	}
	for _, item := range v.Items {
		score, ok := number64(item.Get("score"))
		for _, e := range entries(item) {
			if !slices.Contains([]string{"score", "from", "above", "below", "up_to"}, e.Key.Value) {
				ok = false
			} else if _, is := number64(e.Value); !is {
				ok = false
			}
		}
		if !ok {
			d := c.report(diag.MethodParameter, item, "a range has a `score` and bounds, all of them numbers")
			*d = d.WithNode(at.path()).WithHelp("`{from: 10, below: 20, score: 1}`; bounds are above, from, below, up_to")
			return out, false
		}
		rung := method.Rung{Score: score}
		key := tree.Entry{Key: item, Value: item}
		rung.Low, rung.LowIncluded = c.bound(key, "from", "above")
		rung.High, rung.HighIncluded = c.bound(key, "up_to", "below")
		for _, other := range out.Ladder {
			if meet(rung, other) {
				d := c.report(diag.BandOverlap, item, "two ranges of `%s` hold the same values", p.Name)
				*d = d.WithNode(at.path()).WithHelp("where one ends with `up_to`, the next begins with `above`; with `below`, `from`")
				return out, false
			}
		}
		out.Ladder = append(out.Ladder, rung)
	}
	return out, true
}

// meet says whether two ranges share a value.
func meet(a, b method.Rung) bool { return !before(a, b) && !before(b, a) }

// before says whether a ends before b begins.
func before(a, b method.Rung) bool {
	if a.High == nil || b.Low == nil {
		return false
	}
	return *a.High < *b.Low || *a.High == *b.Low && !(a.HighIncluded && b.LowIncluded)
}
