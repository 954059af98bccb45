package engine

import (
	"fmt"
	"strings"

	"rubric/engine/cell"
	"rubric/engine/dataset"
	"rubric/spec/check"
	"rubric/spec/diag"
)

// origin says where a node's figures come from, and whether raw data allow to
// compute it, even beside given ones.
type origin struct {
	Origin
	computable bool
	needed     bool // the root's figures rest on it: no node above it is given
}

// origins settles, for one data set, which nodes are given and which are
// computed, and reports the columns that are needed and absent.
func (p *Plan) origins(d *dataset.Dataset) ([]origin, diag.List) {
	out := make([]origin, len(p.Nodes))
	for i := len(p.Nodes) - 1; i >= 0; i-- { // children before parents
		n := &p.Nodes[i]
		out[i].computable = true
		if n.Formula != nil {
			for _, name := range n.Formula.Inputs() {
				out[i].computable = out[i].computable && d.Columns[name] != nil
			}
		}
		for _, child := range n.Children {
			c := out[child.At]
			out[i].computable = out[i].computable && c.Origin != NotComputed
		}
		switch {
		case d.Given[n.Path] != nil:
			out[i].Origin = Given
		case out[i].computable:
			out[i].Origin = Computed
		}
	}
	for i := range p.Nodes { // parents before children
		parent := p.Nodes[i].Parent
		out[i].needed = parent == nil || out[parent.At].needed && out[parent.At].Origin != Given
	}
	var list diag.List
	p.absent(p.Methodology.Root, d, out, &list)
	return out, list
}

// absent reports, from the root down to what is given, every column that a node
// must be computed from and that no file has: one finding a column.
func (p *Plan) absent(root *check.Node, d *dataset.Dataset, origins []origin, list *diag.List) {
	needed := map[string][]string{} // column → paths
	var order []string
	var walk func(n *check.Node)
	walk = func(n *check.Node) {
		if origins[n.At].Origin != NotComputed {
			return
		}
		if n.Formula != nil {
			for _, name := range n.Formula.Inputs() {
				if d.Columns[name] == nil {
					if needed[name] == nil {
						order = append(order, name)
					}
					needed[name] = append(needed[name], n.Path)
				}
			}
		}
		for _, child := range n.Children {
			walk(child)
		}
	}
	walk(root)
	for _, name := range order {
		c := p.Methodology.Column(name)
		header := ""
		if c.Header != c.Name {
			header = fmt.Sprintf(" (header `%s`)", c.Header)
		}
		where := "no data file"
		if len(d.Files) > 0 {
			where = "none of " + strings.Join(d.Files, ", ")
		}
		needs := "needs"
		if len(needed[name]) > 1 {
			needs = "need"
		}
		finding := diag.New(diag.DataColumn, c.Place, "%s has the column `%s`%s, which `%s` %s", where, name, header, strings.Join(needed[name], "`, `"), needs).
			WithNode(needed[name][0]).
			WithHelp("add the column to the data (--data FILE), or give the node's scores instead (--given FILE, a column headed `%s`)", needed[name][0])
		if near, ok := nearHeader(c.Header, d.Unused); ok {
			finding.Help = fmt.Sprintf("did you mean `%s`, which a file has? Say `from: %s` on the column, or rename the header", near, near)
		}
		list.Add(finding)
	}
}

// nearHeader finds the header that a column most likely has in a file, first
// without regard to case.
func nearHeader(header string, unused []string) (string, bool) {
	for _, h := range unused {
		if strings.EqualFold(h, header) {
			return h, true
		}
	}
	return diag.Nearest(header, unused)
}

// exclusions settles once, before anything is normalised, which units are left
// out: those that lack what a node with the rule `exclude_unit` needs. Nil: none.
func (p *Plan) exclusions(d *dataset.Dataset, origins []origin) cell.Bits {
	rule := false
	for i := range p.Nodes {
		rule = rule || p.Nodes[i].Missing == "exclude_unit" && origins[i].needed && origins[i].Origin != NotComputed
	}
	if !rule {
		return nil
	}
	n := d.Units()
	e := newEvaluation(p, d, Options{}, origins)
	out := cell.NewBits(n)
	has := make([]cell.Bits, len(p.Nodes)) // units that have a score of the node
	for i := len(p.Nodes) - 1; i >= 0; i-- {
		node := &p.Nodes[i]
		if origins[i].Origin == NotComputed {
			continue
		}
		has[i] = cell.NewBits(n)
		switch {
		case origins[i].Origin == Given:
			copy(has[i], d.Given[node.Path].Valid)
		case node.Formula != nil:
			f := &Figures{Node: node}
			e.formula(node, f)
			copy(has[i], f.Value.Valid)
		default:
			children := make([]cell.Vector, len(node.Children))
			for k, child := range node.Children {
				children[k].Valid = has[child.At]
			}
			presence(node, children, has[i], n)
		}
		switch node.Missing {
		case "exclude_unit":
			for u := range n {
				if origins[i].needed && !has[i].Get(u) { // what is computed beside excludes nobody
					out.Set(u)
				}
			}
		case "floor":
			has[i].SetAll(n)
		}
	}
	if out.Count() == 0 {
		return nil
	}
	return out
}

// presence is which units have a value of a parent.
func presence(n *Node, children []cell.Vector, has cell.Bits, units int) {
	for w := range has {
		all, any := ^uint64(0), uint64(0)
		for i, c := range children {
			all &= c.Valid[w]
			if n.Aggregate.Name != "arithmetic_mean" || n.Children[i].Weight > 0 { // it has no mean of nothing
				any |= c.Valid[w]
			}
		}
		has[w] = all
		if n.Missing == "omit" {
			has[w] = any
		}
	}
	if n.Missing == "omit" {
		cover(n, children, cell.Vector{Values: make([]float64, units), Valid: has})
	}
}
