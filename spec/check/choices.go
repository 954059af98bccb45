package check

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"rubric/spec/diag"
	"rubric/spec/expr"
	"rubric/spec/method"
	"rubric/spec/tree"
)

// choice finds what settles a key of a node: the key itself, or the default of
// its level that stands nearest around it.
func (c *checker) choice(level Level, t *tree.Node, key string) (value *tree.Node, own bool) {
	if t != nil {
		if v := t.Get(key); v != nil {
			return v, true
		}
	}
	return c.defaulted(level, key), false
}

func (c *checker) defaulted(level Level, key string) *tree.Node {
	v, _ := c.nearest(level, nil, key)
	return v
}

// nearest is what settles a key, and how near it stands: on the node itself, or
// in the defaults around it, the outermost at 0; −1 for nowhere.
func (c *checker) nearest(level Level, own *tree.Node, key string) (*tree.Node, int) {
	if v := own.Get(key); v != nil {
		return v, len(c.defaults)
	}
	for i := len(c.defaults) - 1; i >= 0; i-- {
		if v := c.defaults[i].Get(level.String()).Get(key); v != nil {
			return v, i
		}
	}
	return nil, -1
}

// take marks a choice as acting.
func (c *checker) take(v *tree.Node) *tree.Node {
	if v != nil {
		c.used[v] = true
	}
	return v
}

// settle marks a choice as acting on a node, and keeps where it stands.
func (c *checker) settle(n *Node, key string, v *tree.Node) *tree.Node {
	if n.from == nil {
		n.from = map[string]*tree.Node{}
	}
	n.from[key] = v
	return c.take(v)
}

// unsettled notes a choice that nothing settles for a node.
func (c *checker) unsettled(n *Node, key, help string) {
	k := choiceKey{n.Level, key}
	if c.open[k] == nil {
		c.order = append(c.order, k)
		c.open[k] = &openChoice{help: help}
	}
	c.open[k].nodes = append(c.open[k].nodes, n)
}

// choiceKey is a choice that all nodes of a level have to make.
type choiceKey struct {
	level Level
	key   string
}

// openChoice is such a choice with the nodes that it is open for.
type openChoice struct {
	help  string
	nodes []*Node
}

// shownNodes is how many nodes a finding names.
const shownNodes = 3

// openChoices reports each choice once, however many nodes wait for it: one
// default is one cause.
func (c *checker) openChoices() {
	for _, k := range c.order {
		o := c.open[k]
		first := o.nodes[0]
		of := fmt.Sprintf("the %s `%s`", k.level, first.ID)
		if k.level == Index {
			of = "the index"
		}
		if n := len(o.nodes); n > 1 {
			var names []string
			for _, x := range o.nodes[:min(n, shownNodes)] {
				names = append(names, "`"+x.ID+"`")
			}
			of = fmt.Sprintf("%d %ss: %s", n, k.level, strings.Join(names, ", "))
			if n > shownNodes {
				of += " …"
			}
		}
		c.list.Add(diag.New(diag.ChoiceUnsettled, first.Place, "no key and no default says `%s` for %s", k.key, of).
			WithNode(first.Path).WithHelp("%s", o.help))
	}
}

// idle reports a key of a node that cannot act there.
func (c *checker) idle(n *Node, t *tree.Node, key, why string) {
	if e := t.Entry(key); e != nil {
		d := c.report(diag.ChoiceUnused, e.Key, "`%s` has no effect here: %s", key, why)
		*d = d.WithNode(n.Path).WithHelp("remove it")
	}
}

// leafChoices settles an indicator.
func (c *checker) leafChoices(n *Node, t *tree.Node) {
	signature, ok := c.normalise(n, t, Indicator)
	if ok {
		c.direction(n, t, signature)
		if n.Formula != nil && signature.Text != (n.Formula.Result == expr.Text) {
			code, message, help := diag.ExpressionResult, "the formula yields a text, which `%s` cannot score", "map the texts to levels: `normalise: {method: lookup, levels: {…}}`"
			if signature.Text {
				message, help = "the formula yields a number, and `%s` scores texts", "declare the column as `type: text`, or choose another method"
			}
			c.list.Add(diag.New(code, n.FormulaAt(0, len(n.Formula.Text)), message, signature.Name).WithNode(n.Path).WithHelp("%s", help))
		}
	}
	c.missing(n, t, []string{"error", "floor", "exclude_unit", "keep"}, signature, ok)
	own := t
	if n.InPlace { // the key `rank` is the variable's
		own = nil
	}
	n.Rank = c.rank(n, own)
	c.rounding(n, own)
	if v, _ := c.choice(Indicator, t, "treat"); v != nil && n.Formula != nil && n.Formula.Result == expr.Text {
		if t.Get("treat") != nil {
			c.idle(n, t, "treat", "a text has no outliers")
		}
	} else if v != nil {
		n.Treat = c.treatments(caller{node: n, what: n.Path, key: "method", inputs: &n.inputs}, c.settle(n, "treat", v))
	}
	if n.GivenAs == "value" && signature.Text {
		d := c.report(diag.ChoiceUnused, t.Entry("given").Key, "`%s` scores texts, and given values are numbers", signature.Name)
		*d = d.WithNode(n.Path).WithHelp("give the scores: `given: {as: score}`")
	}
}

// parentChoices settles a variable, dimension or index. In place, the keys
// normalise, ties and missing are the indicator's, and only defaults speak of
// the variable.
func (c *checker) parentChoices(n *Node, t *tree.Node, inPlace bool) {
	own := t
	if inPlace {
		own = nil
	}
	aggregate, _ := c.choice(n.Level, t, "aggregate")
	if aggregate == nil {
		c.unsettled(n, "aggregate", "say `aggregate: sum` or another method on it, or under `defaults:`")
	} else {
		c.aggregation(n, c.settle(n, "aggregate", aggregate))
	}
	c.weighting(n, t)
	c.rounding(n, t)
	if n.Aggregate.Method == "none" {
		c.idle(n, t, "rank", "`aggregate: none` has no score")
		c.idle(n, t, "bands", "`aggregate: none` has no score")
	} else {
		n.Rank = c.rank(n, t)
	}
	// A variable that keeps the score of its one indicator has no use for a
	// normalisation of its own.
	if n.Level == Variable {
		single, _ := c.choice(Variable, t, "single")
		n.Keeps = single.Text() == "keep"
		n.Single = n.Keeps && (inPlace || len(entries(t.Get("indicators"))) == 1)
	}
	var signature method.Signature
	known := true
	if n.Single {
		n.Normalise.Method = "none"
		if own != nil {
			c.idle(n, own, "normalise", "the variable keeps the score of its one indicator")
			c.idle(n, own, "ties", "the variable keeps the score of its one indicator")
		}
	} else {
		signature, known = c.normalise(n, own, n.Level)
	}
	c.missing(n, own, []string{"error", "propagate", "omit", "floor", "exclude_unit"}, signature, known)
	c.coverage(n, t)
}

// singleChoice checks `single` when the number of indicators is known.
func (c *checker) singleChoice(n *Node, t *tree.Node) {
	single, own := c.choice(Variable, t, "single")
	switch {
	case len(n.Children) > 1 && own:
		c.idle(n, t, "single", fmt.Sprintf("the variable has %d indicators", len(n.Children)))
	case len(n.Children) == 1 && single == nil:
		c.unsettled(n, "single", "say `single: keep` (its score is the indicator's) or `single: normalise` (it is normalised again)")
	case len(n.Children) == 1:
		c.settle(n, "single", single)
	}
	if !n.Single || len(n.Children) != 1 {
		return
	}
	if held := entries(t.Get("indicators")); len(held) == 1 {
		c.idle(n.Children[0], held[0].Value, "weight", "the variable keeps the score of its one indicator")
	}
	if s, ok := c.catalogue.Find(method.Normalise, n.Children[0].Normalise.Method); n.Missing == "floor" && ok && !s.Floor {
		c.list.Add(diag.New(diag.MissingRule, n.Place, "`floor` is the bottom of the scale, and `%s` of its one indicator has none", s.Name).WithNode(n.Path).
			WithHelp("say another rule on `%s`: error, propagate, omit, exclude_unit", n.ID))
	}
}

// normalise settles a node's normalisation. Where a key or default is absent,
// dimensions and the index have none; the others must say.
func (c *checker) normalise(n *Node, own *tree.Node, level Level) (method.Signature, bool) {
	v, _ := c.choice(level, own, "normalise")
	if v == nil {
		if level >= Dimension {
			n.Normalise.Method = "none"
			return method.Signature{}, true
		}
		c.unsettled(n, "normalise", "say `normalise: rank_points` or another method on it, or under `defaults:`")
		return method.Signature{}, false
	}
	c.settle(n, "normalise", v)
	call, s, ok := c.call(caller{node: n, what: n.Path, key: "method", inputs: &n.inputs}, method.Normalise, v, "ties")
	if !ok {
		return s, false
	}
	n.Normalise = call
	if s.Text && level != Indicator {
		name := v
		if v.Kind == tree.Map {
			name = v.Get("method")
		}
		d := c.report(diag.MethodUnknown, name, "`%s` scores texts, and only an indicator has them", s.Name)
		*d = d.WithNode(n.Path).WithHelp("choose another method for a %s", level)
		return s, false
	}
	c.ties(n, own, level, v, s)
	if s.Takes("formula") {
		c.methodFormula(n, v, &n.NormaliseFormula, func() []expr.Variable { return []expr.Variable{{Name: "value"}} })
	}
	return s, true
}

// ties settles the tie rule of a normalisation. The nearer of the two says it:
// the key `ties`, or `ties` in the map of `normalise`, which stands where
// `normalise` stands.
func (c *checker) ties(n *Node, own *tree.Node, level Level, v *tree.Node, s method.Signature) {
	p, takes := s.Param("ties")
	if !takes {
		if own != nil {
			c.idle(n, own, "ties", fmt.Sprintf("`%s` has no tie rule", s.Name))
		}
		return
	}
	ties, near := c.nearest(level, own, "ties")
	_, at := c.nearest(level, own, "normalise")
	if inner := v.Get("ties"); inner != nil && at >= near {
		if own != nil && own.Get("normalise") != nil {
			c.idle(n, own, "ties", "the map of `normalise` says it too")
		}
		ties = inner
	}
	if ties == nil {
		c.unsettled(n, "ties", fmt.Sprintf("`%s` needs a tie rule: %s", s.Name, strings.Join(p.Values, ", ")))
		return
	}
	if arg, ok := c.arg(caller{node: n, what: n.Path, key: "method"}, s, p, c.settle(n, "ties", ties)); ok {
		n.Normalise.Args = append(method.Args{arg}, n.Normalise.Args...)
	}
}

func (c *checker) direction(n *Node, t *tree.Node, s method.Signature) {
	v, own := c.choice(Indicator, t, "direction")
	if !s.Direction {
		if own {
			d := c.report(diag.DirectionWrong, t.Entry("direction").Key, "`%s` takes no direction", s.Name)
			*d = d.WithNode(n.Path).WithHelp("remove it: the method itself says what is better")
		}
		return
	}
	if v == nil {
		c.list.Add(diag.New(diag.DirectionWrong, n.Place, "the indicator `%s` has no direction", n.ID).WithNode(n.Path).
			WithHelp("say `direction: higher`, `lower` or `{closest_to: 0}`"))
		return
	}
	c.settle(n, "direction", v)
	n.Direction.Kind = v.Value
	if target := v.Get("closest_to"); target != nil {
		n.Direction.Kind = "closest_to"
		n.Direction.Target, _ = strconv.ParseFloat(target.Value, 64)
	}
}

// missing settles what a missing figure does. Whether there is a floor can be
// said only of a normalisation that is known.
func (c *checker) missing(n *Node, own *tree.Node, rules []string, s method.Signature, known bool) {
	v, isOwn := c.choice(n.Level, own, "missing")
	if n.Aggregate.Method == "none" {
		if isOwn {
			c.idle(n, own, "missing", "`aggregate: none` has no value that could be missing")
		}
		return
	}
	if v == nil {
		c.unsettled(n, "missing", "say what a missing figure does: "+strings.Join(rules, ", "))
		return
	}
	c.settle(n, "missing", v)
	if v.Kind == tree.Map {
		if v = c.imputed(n, v); v == nil {
			return
		}
		rules = []string{"error", "floor", "keep"}
	}
	n.Missing = v.Value
	switch {
	case !slices.Contains(rules, v.Value):
		// The word exists, but not for this kind of node.
		at := "a node that has children"
		if n.Level == Indicator {
			at = "an indicator"
		}
		d := c.report(diag.MissingRule, v, "`%s` is no missing rule of %s", v.Value, at)
		*d = d.WithNode(n.Path).WithHelp("one of %s", strings.Join(rules, ", "))
	case v.Value == "floor" && known && !s.Floor && !n.Single:
		what := fmt.Sprintf("`%s` has none", s.Name)
		if s.Name == "" {
			what = "without a normalisation there is none"
		}
		d := diag.New(diag.MissingRule, v.Place(), "`floor` is the bottom of the scale, and %s", what).WithNode(n.Path)
		if !isOwn {
			d = d.WithRelated(n.Place, "it acts on `%s`", n.Path)
		}
		c.list.Add(d.WithHelp("say another rule on `%s`: %s", n.ID, strings.Join(rules, ", ")))
	}
}

func (c *checker) coverage(n *Node, t *tree.Node) {
	v, own := c.choice(n.Level, t, "min_coverage")
	if v == nil {
		return
	}
	if n.Missing != "omit" {
		if own {
			c.idle(n, t, "min_coverage", "only `missing: omit` leaves children out")
		}
		return
	}
	c.coverages[n] = c.settle(n, "min_coverage", v)
	if v.Kind == tree.Map {
		c.coverageCondition(n, v.Get("condition"))
		return
	}
	if share, isShare := strings.CutSuffix(v.Value, "%"); isShare {
		x, err := strconv.ParseFloat(share, 64)
		if err != nil || x <= 0 || x > 100 {
			d := c.report(diag.MissingRule, v, "%s is no share of children", v)
			*d = d.WithNode(n.Path).WithHelp("a share is above 0%% and at most 100%%")
		}
		n.MinCoverage.Percent = x
		return
	}
	n.MinCoverage.Count = whole(v)
}

func (c *checker) rank(n *Node, t *tree.Node) *Rank {
	v, _ := c.choice(n.Level, t, "rank")
	if v == nil {
		return nil
	}
	c.settle(n, "rank", v)
	call, _, ok := c.call(caller{node: n, what: n.Path, key: "rule"}, method.Rank, v)
	if !ok {
		return nil
	}
	return &Rank{Rule: call.Method, Best: call.Args.Word("best"), By: call.Args.Nodes("by")}
}

// unusedDefaults reports the defaults of one map that no node took up.
func (c *checker) unusedDefaults(d *tree.Node) {
	if c.incomplete {
		return // what an unknown method takes up is not known
	}
	for _, level := range entries(d) {
		for _, e := range entries(level.Value) {
			if !c.used[e.Value] {
				c.report(diag.DefaultUnused, e.Key, "no %s takes up this `%s`", level.Key.Value, e.Key.Value).Help = "remove it"
			}
		}
	}
}
