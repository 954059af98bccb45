// Package correction reads a list of corrections: single cells of the data that
// are changed, each with what it was, what it becomes, and why.
//
//	rubric: corrections/1
//	cells:
//	  - {unit: AFG, period: 2022, column: le, old: 620.879, new: 62.879, reason: a digit too many}
package correction

import (
	"strconv"
	"strings"

	"rubric/spec/diag"
	"rubric/spec/schema"
	"rubric/spec/source"
	"rubric/spec/tree"
)

// Cell is one cell that is changed. A nil figure is the absence of one.
type Cell struct {
	Unit, Period, Column string
	Old, New             *float64
	Reason, Source       string
	Place                source.Place
}

// Load reads a list. Whether its cells exist is said where the data are.
func Load(f *source.File) ([]Cell, diag.List) {
	root, list := tree.ParseAs(f, "a list of corrections begins with `rubric: corrections/1`")
	if root == nil {
		return nil, list
	}
	list.Add(schema.Corrections().Check(root)...)
	if list.Errors() > 0 {
		return nil, list
	}
	var out []Cell
	for _, n := range root.Get("cells").Items {
		out = append(out, Cell{
			Unit: n.Get("unit").Text(), Period: n.Get("period").Text(), Column: n.Get("column").Text(),
			Old: figure(n.Get("old")), New: figure(n.Get("new")),
			Reason: strings.TrimSpace(n.Get("reason").Text()), Source: strings.TrimSpace(n.Get("source").Text()), Place: n.Place(),
		})
	}
	return out, list
}

// figure is nil for the word `missing`, which is the only text that the schema
// lets stand.
func figure(n *tree.Node) *float64 {
	if n.Kind != tree.Number {
		return nil
	}
	x, err := strconv.ParseFloat(n.Value, 64)
	if err != nil {
		return nil // beyond a double, which the schema has said
	}
	return &x
}
