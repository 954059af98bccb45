package check

import (
	"slices"
	"strconv"
	"strings"

	"rubric/spec/diag"
	"rubric/spec/expr"
	"rubric/spec/method"
	"rubric/spec/tree"
)

// index walks the document from its root.
func (c *checker) index() {
	root := &Node{ID: "index", Path: "index", Level: Index, Title: c.m.Title, Place: c.root.Get("index").Place(), Weight: 1}
	if c.root.Get("index") == nil {
		root.Place = c.root.Place()
	}
	c.m.Root = root
	c.add(root)
	if d := c.root.Get("defaults"); d != nil {
		c.defaults = append(c.defaults, d)
	}
	c.parentChoices(root, c.root, false)
	root.GivenAs = "score"
	root.Bands = c.bands(c.root.Get("bands"))
	c.children(root, c.root.Get("dimensions"), Dimension)
	c.finish(root)
	c.derived()
	c.headline()
	for _, f := range c.later { // what can be said only when all nodes are known
		f()
	}
	if d := c.root.Get("defaults"); d != nil {
		c.unusedDefaults(d)
	}
}

// add puts a node at its place in document order.
func (c *checker) add(n *Node) {
	n.At = len(c.m.Nodes)
	c.m.Nodes = append(c.m.Nodes, n)
}

func (c *checker) children(parent *Node, section *tree.Node, level Level) {
	for _, e := range entries(section) {
		n := &Node{ID: e.Key.Value, Level: level, Parent: parent, Place: e.Key.Place(), Weight: 1}
		n.Path = n.ID
		if parent.Level != Index {
			n.Path = parent.Path + "/" + n.ID
		}
		if n.Path == "index" {
			c.report(diag.NameReserved, e.Key, "`index` is the name of the root").Help = "give the dimension another id"
		}
		parent.Children = append(parent.Children, n)
		c.add(n)
		c.common(n, e.Value)
		switch level {
		case Dimension:
			c.dimension(n, e.Value)
		case Variable:
			c.variable(n, e.Value)
		case Indicator:
			c.indicator(n, e.Value)
		}
	}
}

// common reads the keys that every node has.
func (c *checker) common(n *Node, t *tree.Node) {
	n.own = t
	n.Title, n.Description = c.title(t.Get("title")), c.title(t.Get("description"))
	if n.Title == "" {
		n.Title = n.ID
	}
	if w := t.Get("weight"); w != nil {
		x, err := strconv.ParseFloat(w.Value, 64)
		if err == nil {
			n.Weight = x
		}
	}
	n.GivenAs = "score"
	if g := t.Get("given").Get("as"); g != nil {
		n.GivenAs = g.Value
	}
	n.Unproven = c.refer("unproven", t.Get("unproven"))
	n.Bands = c.bands(t.Get("bands"))
}

func (c *checker) dimension(n *Node, t *tree.Node) {
	var held []tree.Entry
	for _, e := range entries(t) {
		if slices.Contains([]string{"dimensions", "variables", "indicators"}, e.Key.Value) {
			held = append(held, e)
		}
	}
	switch {
	case len(held) == 0:
		d := diag.New(diag.HierarchyShape, n.Place, "the dimension `%s` holds nothing", n.ID).WithNode(n.Path)
		c.list.Add(d.WithHelp("give it `variables:`, `indicators:` or `dimensions:`"))
	case len(held) > 1:
		d := c.report(diag.HierarchyShape, held[1].Key, "the dimension `%s` holds both %s and %s", n.ID, held[0].Key.Value, held[1].Key.Value)
		*d = d.WithNode(n.Path).WithHelp("a dimension holds one kind: put one of them into a dimension of their own").WithRelated(held[0].Key.Place(), "the first kind")
	}
	if d := t.Get("defaults"); d != nil {
		c.defaults = append(c.defaults, d)
		defer func() {
			c.unusedDefaults(d)
			c.defaults = c.defaults[:len(c.defaults)-1]
		}()
	}
	// Defaults act on what is below the place where they stand, so not on this node.
	outer := c.defaults
	if t.Get("defaults") != nil {
		c.defaults = outer[:len(outer)-1]
	}
	c.parentChoices(n, t, false)
	c.defaults = outer
	c.children(n, t.Get("dimensions"), Dimension)
	c.children(n, t.Get("variables"), Variable)
	c.children(n, t.Get("indicators"), Indicator)
	c.finish(n)
}

// inPlaceOnly are the keys of a variable that speak of its indicator when it is written in place.
var inPlaceOnly = []string{"id", "indicator", "formula", "direction", "display", "measure", "treat"}

func (c *checker) variable(n *Node, t *tree.Node) {
	held, formula := t.Entry("indicators"), t.Entry("formula")
	switch {
	case held == nil && formula == nil:
		d := diag.New(diag.HierarchyShape, n.Place, "the variable `%s` has neither a formula nor indicators", n.ID).WithNode(n.Path)
		c.list.Add(d.WithHelp("give it a `formula:`, or several `indicators:`"))
		return
	case held != nil:
		for _, key := range inPlaceOnly {
			if e := t.Entry(key); e != nil {
				d := c.report(diag.ChoiceUnused, e.Key, "`%s` has no meaning on a variable that holds `indicators:`", key)
				*d = d.WithNode(n.Path).WithHelp("it belongs to an indicator: move it there, or remove `indicators:`").WithRelated(held.Key.Place(), "the indicators")
			}
		}
		c.parentChoices(n, t, false)
		c.children(n, held.Value, Indicator)
	default:
		c.parentChoices(n, t, true)
		c.inPlace(n, t)
	}
	c.finish(n)
	c.singleChoice(n, t)
}

// inPlace makes the one indicator of a variable from the variable's own keys.
func (c *checker) inPlace(parent *Node, t *tree.Node) {
	n := &Node{ID: parent.ID, Level: Indicator, Parent: parent, Place: parent.Place, Weight: 1, Title: parent.Title, GivenAs: "score", InPlace: true}
	if id := t.Entry("id"); id != nil {
		n.ID, n.Place = id.Value.Value, id.Value.Place()
	}
	if own := t.Get("indicator"); own != nil {
		n.Title = c.title(own)
	}
	n.Path = parent.Path + "/" + n.ID
	parent.Children = append(parent.Children, n)
	c.add(n)
	c.indicator(n, t)
}

func (c *checker) indicator(n *Node, t *tree.Node) {
	n.Display, n.Measure = t.Get("display").Text(), t.Get("measure").Text()
	c.formula(n, t.Get("formula"))
	c.measures(n, t)
	c.leafChoices(n, t)
}

var issueCodes = map[expr.IssueKind]diag.Code{
	expr.Syntax: diag.ExpressionSyntax, expr.UnknownName: diag.ExpressionName, expr.WrongType: diag.ExpressionType,
	expr.WrongResult: diag.ExpressionResult, expr.Limit: diag.ExpressionLimit, expr.Unsupported: diag.ExpressionIllegal,
}

func (c *checker) formula(n *Node, t *tree.Node) {
	n.written = t
	n.Formula = c.compile(n.Path, t, c.env.Compile)
}

// compile checks an expression that stands in the document, and reports what is
// wrong with it; nil if anything is. Columns that it names are used.
func (c *checker) compile(path string, t *tree.Node, compile func(string) (*expr.Expr, []expr.Issue)) *expr.Expr {
	if t == nil || t.Kind != tree.Text && t.Kind != tree.Number {
		return nil // the schema has said so
	}
	var e *expr.Expr
	var issues []expr.Issue
	text := t.Place().Text // with what YAML took for an anchor or a tag
	if !t.Eaten {
		text = t.Value
		e, issues = compile(text)
	}
	for _, i := range issues {
		d := diag.New(issueCodes[i.Kind], t.At(i.Start, i.End), "%s", i.Message).WithNode(path)
		d.Help = i.Help
		if i.Near != "" { // one cause, one finding: the column that was meant counts as used
			d = d.WithFix(i.Near, false).WithExpected("a column", text[i.Start:i.End])
			c.used[c.column(i.Near)] = true
		}
		c.list.Add(d)
	}
	if e == nil {
		// A name in a wrong formula still counts as used: one cause, one finding.
		for _, word := range strings.FieldsFunc(text, noWord) {
			if column := c.column(word); column != nil {
				c.used[column] = true
			}
		}
		return nil
	}
	for _, name := range e.Inputs() {
		if column := c.column(name); column != nil {
			c.used[column] = true
		}
	}
	return e
}

// column is what is written of a column; nil: it is not declared. A document may have
// thousands, and a formula for each.
func (c *checker) column(name string) *tree.Node {
	if c.columns == nil {
		c.columns = map[string]*tree.Node{}
		for _, e := range entries(c.root.Get("columns")) {
			c.columns[e.Key.Value] = e.Value
		}
	}
	return c.columns[name]
}

// noWord says that a character is no part of a name.
func noWord(r rune) bool {
	return r != '_' && (r < '0' || r > '9') && (r < 'a' || r > 'z') && (r < 'A' || r > 'Z')
}

// finish checks what can be said only when all children are known.
func (c *checker) finish(n *Node) {
	c.weights(n)
	for _, child := range n.Children {
		if child.Aggregate.Method == "none" && n.Aggregate.Method != "none" && n.Aggregate.Method != "" {
			c.list.Add(diag.New(diag.HierarchyShape, child.Place, "`%s` only holds its children, and has no score for `%s` of `%s`", child.Path, n.Aggregate.Method, n.ID).WithNode(child.Path).
				WithHelp("give it another `aggregate`, or say `aggregate: none` on `%s` too", n.ID))
		}
	}
	total, negative := 0.0, false
	for _, child := range n.Children {
		total += child.Weight
		negative = negative || child.Weight < 0
	}
	weighs, _ := c.catalogue.Find(method.Aggregate, n.Aggregate.Method)
	if weighs.Weights && len(n.Children) > 0 && total == 0 && !negative {
		c.list.Add(diag.New(diag.WeightWrong, n.Place, "the weights below `%s` are all zero", n.ID).WithNode(n.Path).WithHelp("give at least one child a weight"))
	}
	if n.MinCoverage.Count > len(n.Children) && len(n.Children) > 0 {
		d := c.report(diag.MissingRule, c.coverages[n], "the least coverage is %d, and `%s` has %d children", n.MinCoverage.Count, n.Path, len(n.Children))
		*d = d.WithNode(n.Path).WithHelp("it can be at most %d, or a share such as \"60%%\"", len(n.Children))
	}
}
