package check

import (
	"slices"

	"rubric/spec/diag"
	"rubric/spec/expr"
	"rubric/spec/tree"
)

// derived reads the expressions over nodes that are published beside the score.
// Each sees the nodes of the hierarchy and the derived ones before it.
func (c *checker) derived() {
	for _, e := range entries(c.root.Get("derive")) {
		n := &Node{ID: e.Key.Value, Path: e.Key.Value, Level: Derived, Place: e.Key.Place(), Weight: 1, GivenAs: "score", Missing: "keep", own: e.Value}
		n.Normalise.Method = "none"
		n.Title, n.Description = c.title(e.Value.Get("title")), c.title(e.Value.Get("description"))
		if n.Title == "" {
			n.Title = n.ID
		}
		n.Unproven = c.refer("unproven", e.Value.Get("unproven"))
		n.Bands = c.bands(e.Value.Get("bands"))
		n.Display, n.Measure = e.Value.Get("display").Text(), e.Value.Get("measure").Text()
		n.Rank = c.rank(n, e.Value)
		c.rounding(n, e.Value)
		if other, _ := c.m.Node(n.Path); other != nil && other.Path == n.Path {
			d := c.report(diag.NameDuplicate, e.Key, "`%s` is a node already", n.Path)
			*d = d.WithNode(n.Path).WithHelp("give the derived node another id").WithRelated(other.Place, "the other one")
			continue
		}
		c.derivedFormula(n, e.Value.Get("formula"))
		c.add(n)
	}
}

// derivedFormula compiles an expression over columns and nodes.
func (c *checker) derivedFormula(n *Node, written *tree.Node) {
	if written == nil {
		return // the schema has said so
	}
	n.written = written
	n.Refs = map[string]Ref{}
	var names []expr.Variable
	columns := map[string]bool{}
	for _, column := range c.m.Columns {
		names = append(names, expr.Variable{Name: column.Name, Text: column.Text})
		columns[column.Name] = true
	}
	nodes := map[string]*Node{}
	for _, other := range c.m.Nodes {
		found, _ := c.m.Node(other.ID)
		if found == nil || slices.Contains(celReserved, other.ID) || nodes[other.ID] != nil {
			continue
		}
		nodes[other.ID] = found
		if !columns[other.ID] {
			names = append(names, expr.Variable{Name: other.ID})
		}
	}
	env, ok := c.language(n, written, names)
	if !ok {
		return
	}
	var paths []string
	for _, other := range c.m.Nodes {
		paths = append(paths, other.Path)
	}
	e := c.compile(n.Path, written, env.WithReferences(paths).Compile)
	if e == nil {
		return
	}
	if e.Result != expr.Number {
		d := c.report(diag.ExpressionResult, written, "a derived node is a number, and the formula yields a text")
		*d = d.WithNode(n.Path).WithHelp("derive a number and give it `bands:`")
		return
	}
	for _, a := range e.Aggregates {
		if !columns[a.Column] {
			d := c.report(diag.ReferenceUnknown, written, "`%s` is a node, and `%s` looks at a column over all units", a.Column, a.Text)
			*d = d.WithNode(n.Path).WithHelp("a derived figure is made of figures of one unit: name a column in it, or make the node's scale do this, by its normalisation")
			return
		}
	}
	for _, name := range e.Columns {
		switch node := nodes[name]; {
		case node == nil:
		case columns[name]:
			d := c.report(diag.NameDuplicate, written, "`%s` is a column and a node", name)
			*d = d.WithNode(n.Path).WithHelp("the node's score is `score(\"%s\")`; give the column another name", node.Path)
		default:
			n.Refs[name] = Ref{node, "score"}
		}
	}
	for i, r := range e.References {
		node, _ := c.m.Node(r.Name)
		n.Refs[expr.ReferenceName(i)] = Ref{node, r.Figure}
		if r.Figure == "rank" && node.Rank == nil {
			d := c.report(diag.ReferenceUnknown, written, "`%s` has no rank", node.Path)
			*d = d.WithNode(n.Path).WithHelp("give it `rank: standard`")
		}
	}
	for _, r := range n.Refs {
		if r.Node.Aggregate.Method == "none" && r.Node.Level != Derived && r.Node.Formula == nil {
			d := c.report(diag.ReferenceUnknown, written, "`%s` only holds its children, and has no score", r.Node.Path)
			*d = d.WithNode(n.Path).WithHelp("name one of its children")
		}
	}
	n.Formula = e
}

// headline reads which figures a ranking shows. It moves none of them.
func (c *checker) headline() {
	for _, at := range names(c.root.Get("headline")) {
		n := c.nodeAt(at)
		switch {
		case n == nil:
		case n.Aggregate.Method == "none" && n.Level != Derived && n.Formula == nil:
			d := c.report(diag.ReferenceUnknown, at, "`%s` only holds its children, and has no score", n.Path)
			*d = d.WithNode(n.Path).WithHelp("name one of its children")
		default:
			c.m.Headline = append(c.m.Headline, n)
		}
	}
}

// nodeAt finds the node that the document names at a place.
func (c *checker) nodeAt(at *tree.Node) *Node {
	found, several := c.m.Node(at.Value)
	if found != nil {
		return found
	}
	var paths []string
	for _, n := range c.m.Nodes {
		paths = append(paths, n.Path)
	}
	d := c.report(diag.ReferenceUnknown, at, "no node is called %s", tree.Shown(at.Value))
	d.Help = "name it by its path"
	if len(several) > 1 {
		d.Message = "several nodes are called " + tree.Shown(at.Value)
	} else if near, ok := diag.Nearest(at.Value, paths); ok {
		d.Help = "did you mean `" + near + "`?"
	}
	return nil
}
