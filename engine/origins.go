package engine

import (
	"fmt"
	"slices"
	"strings"

	"rubric/engine/cell"
	"rubric/engine/dataset"
	"rubric/spec/check"
	"rubric/spec/diag"
	"rubric/spec/source"
)

// origin says where a node's figures come from, and whether raw data allow to
// compute it, even beside given ones.
type origin struct {
	Origin
	computable bool
	needed     bool // the root's figures rest on it: no node above it is given
}

// origins settles, for one data set, which nodes are given and which are
// computed, and reports the columns that are needed and absent, unless a part is enough.
func (p *Plan) origins(d *dataset.Dataset, o Options) ([]origin, diag.List) {
	out := make([]origin, len(p.Nodes))
	for i := len(p.Nodes) - 1; i >= 0; i-- { // children before parents
		n := &p.Nodes[i]
		if n.Level == check.Derived {
			continue // when all others are known
		}
		out[i].computable = p.columnsFor(n, d)
		some := false
		for _, child := range n.Children {
			have := out[child.At].Origin != NotComputed
			some = some || have
			out[i].computable = out[i].computable && (have || n.Aggregate.Name == "none")
		}
		out[i].computable = out[i].computable && (some || len(n.Children) == 0)
		switch {
		case d.Given[n.Path] != nil:
			out[i].Origin = Given
		case out[i].computable:
			out[i].Origin = Computed
		}
	}
	for i := range p.Nodes { // parents before children
		n := &p.Nodes[i]
		if n.Level == check.Derived {
			out[i].computable = p.columnsFor(n, d)
			for _, r := range n.Refs {
				out[i].computable = out[i].computable && out[r.Node.At].Origin != NotComputed
			}
			if out[i].computable {
				out[i].Origin = Computed
			}
			continue
		}
		parent := n.Parent
		out[i].needed = parent == nil || out[parent.At].needed && out[parent.At].Origin != Given
		if parent != nil && out[i].Origin == NotComputed && p.Nodes[parent.At].Aggregate.Name == "none" {
			out[i].needed = false // it is only held there
		}
	}
	var list diag.List
	if !o.Partial {
		p.absent(p.Methodology.Root, d, out, &list)
	}
	p.groupsFor(d, out, &list)
	return out, list
}

// columnsFor says whether the data have the columns that a node needs itself.
func (p *Plan) columnsFor(n *Node, d *dataset.Dataset) bool {
	for _, name := range n.Inputs() {
		if d.Columns[name] == nil {
			return false
		}
	}
	return true
}

// groupsFor reports the groups that an imputation needs and no file says.
func (p *Plan) groupsFor(d *dataset.Dataset, origins []origin, list *diag.List) {
	said := map[string]bool{}
	needs := func(id, what string, place source.Place) {
		if id == "" || d.Groups[id] != nil || said[id] {
			return
		}
		said[id] = true
		header := id
		for _, g := range p.Methodology.Groups {
			if g.ID == id {
				header = g.Header
			}
		}
		list.Add(diag.New(diag.DataGroup, place, "no data file has the column `%s`, by which `%s` groups the %s", header, what, p.Methodology.Units.Plural).
			WithHelp("add it to the data or to the file of units, or choose an imputation without groups"))
	}
	for i := range p.Nodes {
		if n := &p.Nodes[i]; n.Node.Impute != nil && origins[i].computable {
			needs(n.Node.Impute.Args.Word("of"), n.Path, n.Place)
		}
	}
	for _, c := range p.Methodology.Columns {
		if c.Impute != nil && d.Columns[c.Name] != nil {
			needs(c.Impute.Args.Word("of"), c.Name, c.Place)
		}
	}
}

// absent reports, from the root down to what is given, every column that a node
// must be computed from and that no file has: one finding a column.
func (p *Plan) absent(root *check.Node, d *dataset.Dataset, origins []origin, list *diag.List) {
	needed := map[string][]string{} // column → paths
	var order []string
	var walk func(n *check.Node)
	walk = func(n *check.Node) {
		if origins[n.At].Origin != NotComputed {
			if n.Aggregate.Method == "none" {
				p.held(n, d, origins, list)
			}
			return
		}
		if n.Formula != nil {
			for _, name := range n.Inputs() {
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

// held reports the children that a node only holds and that cannot be computed,
// each with the columns that are absent: the others are scored without them.
func (p *Plan) held(parent *check.Node, d *dataset.Dataset, origins []origin, list *diag.List) {
	for _, child := range parent.Children {
		if origins[child.At].Origin != NotComputed {
			if child.Aggregate.Method == "none" {
				p.held(child, d, origins, list)
			}
			continue
		}
		var absent []string
		var walk func(n *check.Node)
		walk = func(n *check.Node) {
			for _, name := range n.Inputs() {
				if d.Columns[name] == nil && !slices.Contains(absent, name) {
					absent = append(absent, name)
				}
			}
			for _, c := range n.Children {
				if origins[c.At].Origin == NotComputed {
					walk(c)
				}
			}
		}
		walk(child)
		list.Add(diag.New(diag.DataAbsent, child.Place, "`%s` is not computed: the data have no column `%s`", child.Path, strings.Join(absent, "`, `")).
			WithNode(child.Path).WithHelp("add the columns to the data (--data FILE), if the node is wanted"))
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
// out: those that fail the screen, and those that lack what a node with the rule
// `exclude_unit` needs. Nil: none.
func (p *Plan) exclusions(d *dataset.Dataset, origins []origin) *exclusion {
	rule := p.Methodology.Screen != nil
	for i := range p.Nodes {
		rule = rule || p.Nodes[i].Missing == "exclude_unit" && origins[i].needed && origins[i].Origin != NotComputed
	}
	if !rule {
		return nil
	}
	n := d.Rows()
	e := newEvaluation(p, d, Options{}, origins)
	e.prepare()
	out := &exclusion{out: cell.NewBits(n), has: make([]cell.Bits, len(p.Nodes)), screened: map[int]string{}}
	has := make([]cell.Bits, len(p.Nodes)) // units that have a score of the node, or the floor in its place
	screening := newScreening(p, n)
	for i := len(p.Nodes) - 1; i >= 0; i-- {
		node := &p.Nodes[i]
		if origins[i].Origin == NotComputed || node.Level == check.Derived {
			continue
		}
		has[i] = cell.NewBits(n)
		switch {
		case origins[i].Origin == Given:
			given := d.Given[node.Path]
			copy(has[i], given.Valid)
			screening.leaf(given.Vector, origins[i].needed)
		case node.Formula != nil:
			f := &Figures{Node: node}
			e.formula(node, f)
			screening.leaf(f.Value, origins[i].needed)
			e.impute(node, f)
			copy(has[i], f.Value.Valid)
		default:
			children := make([]cell.Vector, len(node.Children))
			for k, child := range node.Children {
				children[k] = cell.Vector{Values: screening.nothing, Valid: has[child.At]}
				if has[child.At] == nil { // held, and not computed
					children[k].Valid = cell.NewBits(n)
				}
			}
			presence(node, children, has[i], n)
		}
		out.has[i] = has[i]
		switch node.Missing {
		case "exclude_unit":
			for u := range n {
				if origins[i].needed && !has[i].Get(u) { // what is computed beside excludes nobody
					out.out.Set(u)
				}
			}
		case "floor":
			out.has[i] = slices.Clone(has[i])
			has[i].SetAll(n)
		}
	}
	screening.apply(e, out)
	if out.out.Count() == 0 {
		return nil
	}
	return out
}

// exclusion says which units are left out, and what each had when that was
// settled.
type exclusion struct {
	out      cell.Bits
	has      []cell.Bits    // by node: units that had a figure of it; nil: it is not computed
	screened map[int]string // why the screen left a unit out
}

// presence is which units have a value of a parent.
func presence(n *Node, children []cell.Vector, has cell.Bits, units int) {
	for w := range has {
		all, any := ^uint64(0), uint64(0)
		for i, c := range children {
			all &= c.Valid[w]
			if !n.Aggregate.Weights || n.Aggregate.Name == "sum" || n.Children[i].Weight > 0 { // there is no mean of nothing
				any |= c.Valid[w]
			}
		}
		has[w] = all
		if n.Missing == "omit" || n.Aggregate.Name == "none" {
			has[w] = any
		}
	}
	if n.Missing == "omit" {
		cover(n, children, cell.Vector{Values: make([]float64, units), Valid: has})
	}
}
