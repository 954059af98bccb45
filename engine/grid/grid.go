// Package grid puts several methods and several vintages of data side by side: what each
// edition of a methodology makes of each data set, over the units that all have.
//
// Of two editions and their data it has the overlap run of a series that breaks, the
// new method on the old data, beside what was published then and what is now:
//
//	          1 × 2023      2 × 2023      2 × 2024
//	Ada     1  61.5       2  58.0       2  60.1
//
// From the first column to the second only the method changes, from the second to the
// third only the data.
package grid

import (
	"cmp"
	"slices"

	"rubric/engine"
	"rubric/engine/report"
	"rubric/spec/check"
	"rubric/spec/diag"
)

// Column is one method on one vintage of data.
type Column struct {
	Method, Vintage string         // what the two are called
	Node            *check.Node    // of the method
	Result          *engine.Result // nil: the method cannot be evaluated on these data
	Errors          diag.List      // why
	Series          int            // columns of one number can be compared rank by rank
}

// Cell is a unit in a column.
type Cell struct {
	report.Row         // zero where the unit is not there
	There      bool    // the data have the unit
	Place      float64 // among the units that all columns have; 0: it is not one of them
}

// Row is a unit in all columns.
type Row struct {
	Unit, Name string
	Common     bool // it has a score in every column
	Cells      []Cell
}

// Grid is what came of all columns.
type Grid struct {
	Columns []Column
	Rows    []Row // in the order of the data of the first column, then as they are met
}

// Of puts columns side by side. A panel is seen at one period, or at the last of its own
// where none is named. Columns that could not be evaluated have no cells, and say nothing
// of which units are common.
func Of(columns []Column, period string) *Grid {
	g := &Grid{Columns: columns}
	at := map[string]int{}
	for k, c := range columns {
		if c.Result == nil {
			continue
		}
		d := c.Result.Data
		seen := period
		if all := d.Periods(); seen == "" && len(all) > 0 {
			seen = all[len(all)-1]
		}
		figures := c.Result.Figures(c.Node)
		for _, i := range d.Of(seen) {
			id := d.ID(i)
			if _, known := at[id]; !known {
				at[id] = len(g.Rows)
				g.Rows = append(g.Rows, Row{Unit: id, Name: d.Name(i), Cells: make([]Cell, len(columns))})
			}
			g.Rows[at[id]].Cells[k] = Cell{Row: report.RowOf(c.Result, figures, i), There: true}
		}
	}
	for i := range g.Rows {
		r := &g.Rows[i]
		r.Common = true
		for k, c := range columns {
			r.Common = r.Common && (c.Result == nil || r.Cells[k].HasScore)
		}
	}
	for k := range columns {
		g.place(k)
	}
	return g
}

// place ranks the common units of a column, equal ones sharing the better place: 1, 2, 2, 4.
func (g *Grid) place(k int) {
	if g.Columns[k].Result == nil {
		return
	}
	n := g.Columns[k].Node
	var common []*Cell
	for i := range g.Rows {
		if g.Rows[i].Common {
			common = append(common, &g.Rows[i].Cells[k])
		}
	}
	slices.SortStableFunc(common, func(a, b *Cell) int {
		if n.Rank != nil && n.Rank.Best == "lowest" {
			a, b = b, a
		}
		return cmp.Compare(b.Score, a.Score)
	})
	for i, c := range common {
		if c.Place = float64(i + 1); i > 0 && c.Score == common[i-1].Score {
			c.Place = common[i-1].Place
		}
	}
}

// Common is how many units have a score in every column.
func (g *Grid) Common() (n int) {
	for _, r := range g.Rows {
		if r.Common {
			n++
		}
	}
	return n
}

// Breaks says whether the columns are of more than one series.
func (g *Grid) Breaks() bool {
	return slices.ContainsFunc(g.Columns, func(c Column) bool { return c.Series != g.Columns[0].Series })
}
