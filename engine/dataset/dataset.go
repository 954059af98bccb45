// Package dataset joins files into one data set: columns by unit, and given
// figures of nodes. Units are the union of all files in the order in which they
// first appear, the file of units first; what one file has and another lacks is
// reported, never dropped.
//
// A single data file with nothing to join is taken as it is, without a copy:
// that is how a million units are scored.
package dataset

import (
	"slices"
	"strings"

	"rubric/engine/cell"
	"rubric/spec/source"
)

// Dataset is the cells of all units. A row is a unit or, where the data are a
// panel, a unit at one period. It is not modified after Load.
type Dataset struct {
	Columns map[string]*Column // by the methodology's name
	Given   map[string]*Column // by node path
	Groups  map[string]*Column // texts that describe units, by the group's name
	Files   []string           // names of the data and given files that were read
	Unused  []string           // headers of data files that the methodology does not know

	Corrected []Correction // cells that the list of corrections has changed

	ids   func(int) string         // of a row
	find  func(string) (int, bool) // the first row of a unit by id, where one file was taken as it is
	names []string                 // what a person calls the unit of a row; nil: its id
	index map[string]int           // first rows by id, name and alias of their unit, where files were joined
	size  int

	periods []string // in the order of time; nil: the data have no periods
	period  []int    // of each row, its place in periods
}

// Column is a column of the data set.
type Column struct {
	cell.Vector
	Status   []cell.Status // nil: measured where valid, missing elsewhere
	letters  map[int]*Letter
	Notes    map[int]string // what the data say of single cells: why they are missing, their OBS_STATUS letter, a correction
	Text     []string
	Decimals int

	parts []part  // where it came from, in the order of the files
	from  []int32 // of each row, its place in parts; nil: there is one
}

// Part is a column of a file.
type Part struct {
	File    string
	Sources []string // ids of the sources of the file, where the document names them
	Header  string
}

type part struct {
	Part
	line func(row int) int
}

// From is where a row's cell came from.
func (c *Column) From(row int) Part { return c.part(row).Part }

// Line is the line of the file that a row's cell stands on; 0: none.
func (c *Column) Line(row int) int { return c.part(row).line(row) }

func (c *Column) part(row int) part {
	if c.from == nil {
		return c.parts[0]
	}
	return c.parts[c.from[row]]
}

// Place is the line that a row's cell stands on.
func (c *Column) Place(row int) source.Place {
	p := c.part(row)
	return source.Place{File: p.File, Line: p.line(row)}
}

// Parts are the files and headers that the column came from.
func (c *Column) Parts() (out []Part) {
	for _, p := range c.parts {
		out = append(out, p.Part)
	}
	return out
}

// Files are the files that the column came from.
func (c *Column) Files() []string {
	var out []string
	for _, p := range c.parts {
		if !slices.Contains(out, p.File) {
			out = append(out, p.File)
		}
	}
	return out
}

// Rows is the number of rows: of units, or of units at a period.
func (d *Dataset) Rows() int { return d.size }

// Units is the number of units.
func (d *Dataset) Units() int {
	if d.periods == nil {
		return d.size
	}
	seen := map[string]bool{}
	for i := range d.size {
		seen[d.ID(i)] = true
	}
	return len(seen)
}

// ID is the id of a row's unit.
func (d *Dataset) ID(i int) string { return d.ids(i) }

// Label is what a person calls a row: the unit and, in a panel, the period.
func (d *Dataset) Label(i int) string {
	if d.periods == nil {
		return d.Name(i)
	}
	return d.Name(i) + " in " + d.Period(i)
}

// Name is what a person calls a row's unit.
func (d *Dataset) Name(i int) string {
	if d.names == nil || d.names[i] == "" {
		return d.ids(i)
	}
	return d.names[i]
}

// Row finds the row of a unit at a period; the unit by id, name or alias. Without
// periods the period is not asked for.
func (d *Dataset) Row(name, period string) (int, bool) {
	i, ok := d.Unit(name)
	if !ok || d.periods == nil {
		return i, ok
	}
	for id := d.ID(i); i < d.size && d.ID(i) == id; i++ { // the periods of a unit follow one another
		if d.Period(i) == period {
			return i, true
		}
	}
	return -1, false
}

// Known finds the first row of a unit by id or alias as the files write it. It looks
// through nothing, so that many units can be asked for.
func (d *Dataset) Known(name string) (int, bool) {
	if i, ok := d.index[name]; ok {
		return i, true
	}
	if d.find != nil {
		return d.find(name)
	}
	return -1, false
}

// Unit finds the first row of a unit by id, name or alias, without regard to case
// where that is unique.
func (d *Dataset) Unit(name string) (int, bool) {
	if i, ok := d.Known(name); ok {
		return i, true
	}
	found := -1
	for i := range d.size {
		if d.ID(i) == name || d.Name(i) == name {
			return i, true
		}
		if strings.EqualFold(d.ID(i), name) || strings.EqualFold(d.Name(i), name) {
			switch {
			case found < 0:
				found = i
			case found < d.size && d.ID(found) != d.ID(i):
				found = d.size // several
			}
		}
	}
	if found < 0 || found >= d.size {
		return -1, false
	}
	return found, true
}

// Select is the data set of some of the rows, in their order.
func (d *Dataset) Select(rows []int) *Dataset {
	out := &Dataset{
		Columns: map[string]*Column{}, Given: map[string]*Column{}, Groups: map[string]*Column{}, Files: d.Files, Unused: d.Unused, size: len(rows),
		ids: func(i int) string { return d.ids(rows[i]) },
	}
	if d.names != nil {
		for _, r := range rows {
			out.names = append(out.names, d.names[r])
		}
	}
	for name, c := range d.Columns {
		out.Columns[name] = c.selected(rows)
	}
	for path, c := range d.Given {
		out.Given[path] = c.selected(rows)
	}
	for id, c := range d.Groups {
		out.Groups[id] = c.selected(rows)
	}
	if d.periods != nil {
		out.periods, out.period = d.periods, make([]int, len(rows))
		for k, r := range rows {
			out.period[k] = d.period[r]
		}
	}
	return out
}

func (c *Column) selected(rows []int) *Column {
	out := &Column{Vector: cell.NewVector(len(rows)), Decimals: c.Decimals}
	for _, p := range c.parts {
		out.parts = append(out.parts, part{p.Part, func(row int) int { return p.line(rows[row]) }})
	}
	if c.from != nil {
		out.from = make([]int32, len(rows))
	}
	if c.Text != nil {
		out.Text = make([]string, len(rows))
	}
	if c.Status != nil {
		out.Status = make([]cell.Status, len(rows))
	}
	for k, r := range rows {
		if c.Status != nil {
			out.Status[k] = c.Status[r]
		}
		if c.from != nil {
			out.from[k] = c.from[r]
		}
		if l := c.letters[r]; l != nil {
			out.setLetter(k, l)
		}
		if note := c.Notes[r]; note != "" {
			out.note(k, note)
		}
		if !c.Valid.Get(r) {
			continue
		}
		out.Valid.Set(k)
		if c.Text != nil {
			out.Text[k] = c.Text[r]
		} else {
			out.Values[k] = c.Values[r]
		}
	}
	return out
}

// note keeps what the data say of a cell.
func (c *Column) note(row int, text string) {
	if c.Notes == nil {
		c.Notes = map[int]string{}
	}
	if before := c.Notes[row]; before != "" {
		text = before + "; " + text
	}
	c.Notes[row] = text
}
