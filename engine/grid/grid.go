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
	"strings"

	"rubric/engine"
	"rubric/engine/cell"
	"rubric/engine/report"
	"rubric/spec/check"
	"rubric/spec/diag"
)

// Column is one method on one vintage of data, at one period where they have periods.
type Column struct {
	Method, Vintage string // what the two are called
	Period          string // that is shown; empty: the data have none, or nobody knows
	Of              *check.Methodology
	Node            *check.Node    // of the method
	Result          *engine.Result // nil: the method cannot be evaluated on these data
	Errors          diag.List      // why
	Series          int            // columns of one number can be compared rank by rank
	Word, Reason    string         // whether the method is comparable with the first one
}

// Placed says whether the units of a column have places: it was evaluated, and something
// says which of its scores are good.
func (c Column) Placed() bool { return c.Result != nil && c.Node.Best() != "" }

// Cell is a unit in a column.
type Cell struct {
	report.Row         // zero where the unit is not there
	There      bool    // the data have the unit; of a column that could not be evaluated nobody knows
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

// Of puts columns side by side. Those that could not be evaluated have no figures, and say
// nothing of which units are common.
func Of(columns []Column) *Grid {
	g := &Grid{Columns: columns}
	at := map[string]int{}
	for k, c := range g.Columns {
		if c.Result == nil {
			continue
		}
		d := c.Result.Data
		figures := c.Result.Figures(c.Node)
		for _, i := range d.Of(c.Period) {
			id := d.ID(i)
			if _, known := at[id]; !known {
				at[id] = len(g.Rows)
				g.Rows = append(g.Rows, Row{Unit: id, Name: d.Name(i), Cells: make([]Cell, len(g.Columns))})
			}
			g.Rows[at[id]].Cells[k] = Cell{Row: report.RowOf(c.Result, figures, i), There: true}
		}
	}
	for i := range g.Rows {
		r := &g.Rows[i]
		r.Common = true
		for k, c := range g.Columns {
			if c.Result == nil {
				r.Cells[k] = Cell{Row: report.Row{Unit: r.Unit, Status: cell.NotComputed.String(), Note: c.failure()}, There: true}
				continue
			}
			r.Common = r.Common && r.Cells[k].HasScore
		}
	}
	for k := range g.Columns {
		g.place(k)
	}
	return g
}

// failure is why a column could not be evaluated.
func (c Column) failure() string {
	if len(c.Errors) == 0 {
		return ""
	}
	return c.Errors[0].Message
}

// place ranks the common units of a column, equal ones sharing the better place: 1, 2, 2, 4.
func (g *Grid) place(k int) {
	if !g.Columns[k].Placed() {
		return
	}
	lowest := g.Columns[k].Node.Best() == "lowest"
	var common []*Cell
	for i := range g.Rows {
		if g.Rows[i].Common {
			common = append(common, &g.Rows[i].Cells[k])
		}
	}
	slices.SortStableFunc(common, func(a, b *Cell) int {
		if lowest {
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

// Placed says whether any column has places.
func (g *Grid) Placed() bool { return slices.ContainsFunc(g.Columns, Column.Placed) }

// Ranking is the units that all columns have, by their places in the first column that has
// places.
func (g *Grid) Ranking() []Row {
	rows := slices.DeleteFunc(slices.Clone(g.Rows), func(r Row) bool { return !r.Common })
	if first := slices.IndexFunc(g.Columns, Column.Placed); first >= 0 {
		slices.SortStableFunc(rows, func(a, b Row) int { return cmp.Compare(a.Cells[first].Place, b.Cells[first].Place) })
	}
	return rows
}

// Breaks says whether a column is of another series than the first one.
func (g *Grid) Breaks(k int) bool { return g.Columns[k].Series != g.Columns[0].Series }

// signs stand at the heads of columns that are of another series than the first one.
var signs = []string{"†", "‡", "§", "¶", "‖"}

// Mark is the sign of a column's series: none of the first one, and for each of the others
// its own.
func (g *Grid) Mark(k int) string {
	seen := []int{g.Columns[0].Series}
	for _, c := range g.Columns[:k+1] {
		if !slices.Contains(seen, c.Series) {
			seen = append(seen, c.Series)
		}
	}
	at := slices.Index(seen, g.Columns[k].Series) - 1
	if at < 0 {
		return ""
	}
	return strings.Repeat(signs[at%len(signs)], 1+at/len(signs))
}
