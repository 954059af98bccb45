// Package deviation reads a list of known deviations: differences between
// published figures and what they can be recomputed from, each with its reason.
// A list can only make a verification stricter: what is not on it fails, and so
// does what is on it and no longer occurs.
package deviation

import (
	"strconv"
	"strings"

	"rubric/spec/check"
	"rubric/spec/diag"
	"rubric/spec/schema"
	"rubric/spec/source"
	"rubric/spec/tree"
)

// List is the known deviations of one edition.
type List struct {
	Figures []Figure
	Columns []Column
	Raw     []Raw
}

// Figure is a published figure that differs from the recomputed one.
type Figure struct {
	Table, Figure, Unit   string
	Period                string // of a panel; empty: the data have none
	Node                  *check.Node
	Published, Recomputed string
	Reason                string
	Place                 source.Place
}

// Column is a given column that its node's own rule does not reproduce.
type Column struct {
	Node   *check.Node
	Cells  []Cell
	Reason string
	Place  source.Place
}

// Cell is one cell of such a column.
type Cell struct {
	Unit, Period      string
	Given, Recomputed float64
	Place             source.Place
}

// Raw says how far the ranks of a node computed from raw data may differ from
// those of its given scores, and where they differ more.
type Raw struct {
	Node        *check.Node
	Tolerance   float64
	Reason      string
	Known       []Known
	WithoutData []Known
	Place       source.Place
}

// Known is a unit with its reason.
type Known struct {
	Unit, Period, Reason string
	Place                source.Place
}

// Load reads a list against its methodology.
func Load(f *source.File, m *check.Methodology) (*List, diag.List) {
	root, findings := tree.ParseAs(f, "a list of deviations begins with `rubric: deviations/1`")
	if root == nil {
		return nil, findings
	}
	findings.Add(schema.Deviations().Check(root)...)
	if findings.Errors() > 0 {
		return nil, findings
	}
	r := &reader{m: m}
	out := &List{}
	for _, n := range items(root.Get("figures")) {
		out.Figures = append(out.Figures, Figure{
			Table: n.Get("table").Text(), Node: r.node(n.Get("node")), Figure: n.Get("figure").Text(), Unit: n.Get("unit").Text(), Period: n.Get("period").Text(),
			Published: n.Get("published").Text(), Recomputed: n.Get("recomputed").Text(), Reason: text(n, "reason"), Place: n.Place(),
		})
	}
	for _, n := range items(root.Get("columns")) {
		c := Column{Node: r.node(n.Get("node")), Reason: text(n, "reason"), Place: n.Place()}
		for _, x := range items(n.Get("cells")) {
			c.Cells = append(c.Cells, Cell{x.Get("unit").Text(), x.Get("period").Text(), float(x.Get("given")), float(x.Get("recomputed")), x.Place()})
		}
		out.Columns = append(out.Columns, c)
	}
	for _, n := range items(root.Get("raw")) {
		out.Raw = append(out.Raw, Raw{
			Node: r.node(n.Get("node")), Tolerance: float(n.Get("tolerance")), Reason: text(n, "reason"), Place: n.Place(),
			Known: known(n.Get("known")), WithoutData: known(n.Get("without_data")),
		})
	}
	findings.Add(r.list...)
	if findings.Errors() > 0 {
		return nil, findings
	}
	return out, findings
}

type reader struct {
	m    *check.Methodology
	list diag.List
}

// node finds the node that a deviation speaks of.
func (r *reader) node(n *tree.Node) *check.Node {
	found, _ := r.m.Node(n.Text())
	if found == nil {
		var paths []string
		for _, x := range r.m.Nodes {
			paths = append(paths, x.Path)
		}
		d := diag.New(diag.ReferenceUnknown, n.Place(), "no node is called `%s`", n.Text()).WithHelp("name it by its path")
		if near, ok := diag.Nearest(n.Text(), paths); ok {
			d = d.WithHelp("did you mean `%s`?", near)
		}
		r.list.Add(d)
	}
	return found
}

func items(n *tree.Node) []*tree.Node {
	if n == nil {
		return nil
	}
	return n.Items
}

func text(n *tree.Node, key string) string { return strings.TrimSpace(n.Get(key).Text()) }

func float(n *tree.Node) float64 {
	x, err := strconv.ParseFloat(n.Text(), 64)
	if err != nil {
		return 0 // the schema has seen a number
	}
	return x
}

func known(n *tree.Node) []Known {
	var out []Known
	for _, x := range items(n) {
		out = append(out, Known{x.Get("unit").Text(), x.Get("period").Text(), text(x, "reason"), x.Place()})
	}
	return out
}
