package check

import (
	"fmt"
	"slices"

	"rubric/spec/diag"
	"rubric/spec/expr"
	"rubric/spec/method"
	"rubric/spec/tree"
)

// aggregation settles how a parent combines its children.
func (c *checker) aggregation(n *Node, v *tree.Node) {
	call, s, ok := c.call(caller{node: n, what: n.Path, key: "method", inputs: &n.inputs}, method.Aggregate, v)
	if !ok {
		return
	}
	n.Aggregate = call
	if s.Takes("formula") {
		c.methodFormula(n, v, &n.AggregateFormula, func() []expr.Variable { return childVariables(n) })
	}
}

func childVariables(n *Node) []expr.Variable {
	var out []expr.Variable
	for _, child := range n.Children {
		out = append(out, expr.Variable{Name: child.ID})
	}
	return out
}

// methodFormula compiles the formula of a method once its names are known.
func (c *checker) methodFormula(n *Node, v *tree.Node, to **expr.Expr, names func() []expr.Variable) {
	written := v.Get("formula")
	c.later = append(c.later, func() {
		env, ok := c.language(n, written, names())
		if !ok {
			return
		}
		e := c.compile(n.Path, written, env.Compile)
		if e != nil && e.Result != expr.Number {
			d := c.report(diag.ExpressionResult, written, "the formula yields a text, where a number is needed")
			*d = d.WithNode(n.Path).WithHelp("choose a number for each case")
			return
		}
		*to = e
	})
}

// language makes the formula language over other names than the columns'.
func (c *checker) language(n *Node, at *tree.Node, names []expr.Variable) (*expr.Env, bool) {
	for _, v := range names {
		if slices.Contains(celReserved, v.Name) {
			d := c.report(diag.NameReserved, at, "`%s` is a word of the formula language, and cannot be named in a formula", v.Name)
			*d = d.WithNode(n.Path).WithHelp("give the node another id")
			return nil, false
		}
	}
	env, err := expr.NewEnv(names)
	if err != nil { // two names alike, which has been reported
		return nil, false
	}
	return env, true
}

// weighting settles where the weights of a parent's children come from: from the
// children's own `weight`, which is 1 where none is given, unless a key says
// otherwise.
func (c *checker) weighting(n *Node, t *tree.Node) {
	n.Weighting = "given"
	v, own := c.choice(n.Level, t, "weighting")
	if v == nil {
		v = c.root.Get("weighting")
	}
	if s, known := c.catalogue.Find(method.Aggregate, n.Aggregate.Method); known && !s.Weights {
		n.Weighting = ""
		if own {
			c.idle(n, t, "weighting", fmt.Sprintf("`%s` takes no weights", s.Name))
		}
		return
	}
	if v == nil {
		return
	}
	c.settle(n, "weighting", v)
	if v.Value != "given" && v.Value != "equal" && c.root.Get("weights").Get(v.Value) == nil {
		var known []string
		for _, e := range entries(c.root.Get("weights")) {
			known = append(known, e.Key.Value)
		}
		if c.used[v] && c.unknownSet[v] {
			return // said once
		}
		c.unknownSet[v] = true
		d := c.report(diag.ReferenceUnknown, v, "there are no weights `%s`", v.Value)
		*d = d.WithHelp("given, equal, or a set that is declared under `weights:`")
		if near, ok := diag.Nearest(v.Value, append(known, "given", "equal")); ok {
			*d = d.WithHelp("did you mean `%s`?", near)
		}
		return
	}
	n.Weighting = v.Value
}

// weights gives the children of a parent the weights that act.
func (c *checker) weights(n *Node) {
	s, known := c.catalogue.Find(method.Aggregate, n.Aggregate.Method)
	if !known {
		return
	}
	for _, child := range n.Children {
		own := child.own.Entry("weight")
		if child.InPlace || own == nil {
			continue
		}
		switch {
		case !s.Weights && !n.Single:
			c.idle(child, child.own, "weight", fmt.Sprintf("`%s` of `%s` takes no weights", s.Name, n.Path))
		case n.Weighting != "given":
			d := c.report(diag.WeightIdle, own.Key, "the weight of `%s` acts only under `weighting: given`; `%s` has `%s`", child.Path, n.Path, n.Weighting)
			*d = d.WithNode(child.Path)
		}
	}
	if !s.Weights || n.Weighting == "given" {
		return
	}
	set := c.root.Get("weights").Get(n.Weighting)
	if n.Weighting != "equal" && !slices.ContainsFunc(n.Children, func(child *Node) bool { return c.weightOf(set, child) != nil }) {
		n.Weighting = "given" // the set does not speak of these children: their own weights act
		return
	}
	for _, child := range n.Children {
		if n.Weighting == "equal" {
			child.Weight = 1
			continue
		}
		w := c.weightOf(set, child)
		if w == nil {
			c.list.Add(diag.New(diag.WeightWrong, set.Place(), "the weights `%s` have one for other children of `%s`, and none for `%s`", n.Weighting, n.Path, child.ID).
				WithNode(child.Path).WithHelp("add `%s: 1`, or another weight", child.Path))
			continue
		}
		c.used[w] = true
		child.Weight, _ = number64(w)
	}
}

// weightOf finds a node's weight in a set, by its path, or by its id.
func (c *checker) weightOf(set *tree.Node, n *Node) *tree.Node {
	values := set
	if w := set.Get("of"); w != nil && w.Kind == tree.Map {
		values = w
	}
	if w := values.Get(n.Path); w != nil {
		return w
	}
	return values.Get(n.ID)
}

// rounding settles the rounding of a node's scores; none where nothing says so.
func (c *checker) rounding(n *Node, t *tree.Node) {
	v, own := c.choice(n.Level, t, "round")
	if v == nil {
		return
	}
	if n.Aggregate.Method == "none" {
		if own {
			c.idle(n, t, "round", "`aggregate: none` has no score")
		}
		return
	}
	call, _, ok := c.call(caller{node: n, what: n.Path, key: "rule"}, method.Round, c.settle(n, "round", v))
	if ok {
		n.Round = &call
	}
}

// treatments reads one treatment, or a list of them in their order.
func (c *checker) treatments(at caller, v *tree.Node) []method.Call {
	steps := []*tree.Node{v}
	if v.Kind == tree.List {
		steps = v.Items
	}
	var out []method.Call
	for _, step := range steps {
		if call, _, ok := c.call(at, method.Treat, step); ok && call.Method != "none" {
			out = append(out, call)
		}
	}
	return out
}

// imputed reads `missing: {impute: …, else: rule}` and returns the rule for what
// the imputation leaves missing.
func (c *checker) imputed(n *Node, v *tree.Node) *tree.Node {
	how := v.Get("impute")
	if n.Level != Indicator {
		d := c.report(diag.MissingRule, v, "only an indicator's missing cells are imputed")
		*d = d.WithNode(n.Path).WithHelp("impute the indicators below it, or say error, propagate, omit, floor or exclude_unit")
		return nil
	}
	if how == nil {
		return nil // the schema has said so
	}
	if call, s, ok := c.call(caller{node: n, what: n.Path, key: "method", inputs: &n.inputs}, method.Impute, how); ok {
		n.Impute = &call
		c.alongTime(n.Path, how, s)
	}
	rest := v.Get("else")
	if rest == nil {
		d := c.report(diag.MissingRule, v, "nothing says what a cell does that `%s` cannot fill", n.imputation())
		*d = d.WithNode(n.Path).WithHelp("`else: error`, floor or keep")
	}
	return rest
}

func (n *Node) imputation() string {
	if n.Impute == nil {
		return "impute"
	}
	return n.Impute.Method
}

// alongTime refuses an imputation along time where there is no time.
func (c *checker) alongTime(path string, how *tree.Node, s method.Signature) {
	if s.Time && c.m.Periods == nil {
		d := c.report(diag.MethodParameter, how, "`%s` looks along periods, and the document has none", s.Name)
		*d = d.WithNode(path).WithHelp("declare them: `periods: {noun: year, key: [year]}`")
	}
}

// coverageCondition compiles the condition under which a node has enough of its
// children.
func (c *checker) coverageCondition(n *Node, written *tree.Node) {
	if written == nil {
		return // the schema has said so
	}
	c.later = append(c.later, func() {
		names := childVariables(n)
		for _, name := range CoverageNames {
			names = append(names, expr.Variable{Name: name})
		}
		if env, ok := c.language(n, written, names); ok {
			n.MinCoverage.Condition = c.compile(n.Path, written, env.Condition)
		}
	})
}

// CoverageNames are the names that a condition on coverage has besides those of
// the children: how many have a score, their share by number, and by weight.
var CoverageNames = []string{"available", "coverage", "weight_coverage"}

// columnSteps reads what is done to a column before any formula sees it.
func (c *checker) columnSteps(column *Column, t *tree.Node) {
	at := caller{what: column.Name, key: "method"}
	if v := t.Get("treat"); v != nil {
		column.Treat = c.treatments(at, v)
	}
	if v := t.Get("impute"); v != nil {
		if call, s, ok := c.call(at, method.Impute, v); ok {
			column.Impute = &call
			c.alongTime("", v, s)
		}
	}
	if v := t.Get("range"); v != nil && v.Kind == tree.List && len(v.Items) == 2 {
		low, one := number64(v.Items[0])
		high, two := number64(v.Items[1])
		if one && two && low <= high {
			column.Range = &[2]float64{low, high}
		} else {
			c.report(diag.MethodParameter, v, "a range is two numbers, the first not above the second").Help = "`range: [0, 100]`"
		}
	}
}
