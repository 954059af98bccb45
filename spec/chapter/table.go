package chapter

import (
	"reflect"
	"slices"
)

// Table is a table.
type Table struct {
	Head []Head
	Rows []Row
	By   int  // the column that a format without merged cells makes a heading of; −1: none
	Wide bool // too wide for a page that is upright
}

// Head is the head of a column.
type Head struct {
	Title  string
	Number bool // its cells are figures
}

// Row is a row of a table, as long as its head.
type Row struct {
	ID    string // its anchor
	Cells []Cell
}

// Cell is a cell.
type Cell struct {
	Text   Text
	ID     string   // its anchor
	Same   bool     // as the one above, with which it is one cell
	Indent int      // in a column that is a tree
	Marks  []string // links to what is to be said of it elsewhere
}

// compact leaves out the columns from a place on in which no row has anything.
func (t *Table) compact(from int) {
	for i := len(t.Head) - 1; i >= from; i-- {
		if !slices.ContainsFunc(t.Rows, func(r Row) bool { return len(r.Cells[i].Text) > 0 }) {
			t.without(i)
		}
	}
}

func (t *Table) without(column int) {
	t.Head = slices.Delete(t.Head, column, column+1)
	for k := range t.Rows {
		t.Rows[k].Cells = slices.Delete(t.Rows[k].Cells, column, column+1)
	}
}

// shared takes out a column in which all rows say the same, and returns what they
// say. Rows that have nothing to say there do not matter.
func (t *Table) shared(column int, silent func(row int) bool) (said Text) {
	rows := 0
	for i, r := range t.Rows {
		switch x := r.Cells[column].Text; {
		case silent(i):
			continue
		case len(x) == 0 || said != nil && !reflect.DeepEqual(x, said):
			return nil
		default:
			said = x
		}
		rows++
	}
	if rows < 2 {
		return nil
	}
	t.without(column)
	return said
}
