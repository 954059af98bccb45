package dataset

import (
	"fmt"
	"slices"
	"strings"

	"rubric/engine/cell"
	"rubric/engine/table"
	"rubric/spec/diag"
	"rubric/spec/source"
)

// join puts all files on one list of units.
func (l *loader) join() {
	for _, f := range l.files {
		l.d.Files = append(l.d.Files, f.Name)
	}
	if len(l.files) == 1 && l.units == nil {
		l.only(l.files[0])
	} else {
		l.union()
	}
	l.expect()
}

// only takes one file as it is.
func (l *loader) only(f file) {
	l.d.size, l.d.ids, l.d.find = f.Rows, f.ID, f.Row
	for _, c := range f.Columns {
		l.put(f, c, &Column{Vector: c.Vector, Status: c.Status, Text: c.Text, Decimals: c.Decimals, Lines: f.Line})
	}
}

// union lists the units of all files and gathers every column onto that list.
func (l *loader) union() {
	var ids []string
	index := map[string]int{}
	add := func(id string) int {
		if i, ok := index[id]; ok {
			return i
		}
		index[id] = len(ids)
		ids = append(ids, id)
		return len(ids) - 1
	}
	if l.units != nil {
		for i := range l.units.Rows {
			add(l.units.ID(i))
		}
		l.names(index)
	}
	known := len(ids)
	rows := make([][]int, len(l.files)) // unit of each row
	for k, f := range l.files {
		rows[k] = make([]int, f.Rows)
		for i := range f.Rows {
			at := add(f.ID(i))
			rows[k][i] = at
			if l.units != nil && at >= known {
				l.stranger(f, i, ids[:known])
			}
		}
		l.twice(f, rows[k])
	}
	l.d.size, l.d.index = len(ids), index
	l.d.ids = func(i int) string { return ids[i] }
	if l.d.names != nil {
		l.d.names = append(l.d.names, make([]string, len(ids)-len(l.d.names))...)
	}
	for k, f := range l.files {
		l.gather(f, rows[k])
		l.absent(f, rows[k])
	}
}

// names reads what a person calls the units; every name is an alias of its unit.
func (l *loader) names(index map[string]int) {
	l.d.names = make([]string, l.units.Rows)
	for _, c := range l.units.Columns {
		for i, name := range c.Text {
			if name == "" {
				continue
			}
			if c.Name == "name" {
				l.d.names[i] = name
			}
			if other, taken := index[name]; taken && other != i {
				at := source.Place{File: l.units.Name, Line: l.units.Line(i)}
				l.list.Add(diag.New(diag.DataDuplicate, at, "`%s` is a name of both `%s` and `%s`", name, l.units.ID(other), l.units.ID(i)).
					WithUnit(l.units.ID(i)).WithHelp("a name must tell one unit from another"))
				continue
			}
			index[name] = i
		}
	}
}

// stranger reports a unit that the file of units does not have.
func (l *loader) stranger(f file, row int, known []string) {
	d := diag.New(diag.DataUnit, source.Place{File: f.Name, Line: f.Line(row)}, "the unit `%s` is not in %s", f.ID(row), l.units.Name).WithUnit(f.ID(row))
	d = d.WithHelp("add it there, or remove it here; until then it is ranked with the others")
	if near, ok := diag.Nearest(f.ID(row), known); ok {
		d = d.WithHelp("did you mean `%s`?", near)
	}
	l.list.Add(d)
}

// twice reports a unit that one file has under two of its names.
func (l *loader) twice(f file, units []int) {
	first := map[int]int{}
	for row, u := range units {
		if before, ok := first[u]; ok {
			l.list.Add(diag.New(diag.DataDuplicate, source.Place{File: f.Name, Line: f.Line(row)}, "the unit `%s` stands twice, as `%s` and as `%s`", f.ID(before), f.ID(before), f.ID(row)).
				WithUnit(f.ID(row)).WithHelp("keep one of the two rows").WithRelated(source.Place{File: f.Name, Line: f.Line(before)}, "the first one"))
			continue
		}
		first[u] = row
	}
}

func (l *loader) gather(f file, units []int) {
	lines := make([]int, l.d.size)
	for row, u := range units {
		lines[u] = f.Line(row)
	}
	for _, c := range f.Columns {
		out := &Column{Vector: cell.NewVector(l.d.size), Decimals: c.Decimals, Lines: func(u int) int { return lines[u] }}
		if c.Kind == table.Text {
			out.Text = make([]string, l.d.size)
		}
		if c.Status != nil {
			out.Status = make([]cell.Status, l.d.size)
			for i := range out.Status {
				out.Status[i] = cell.Missing
			}
		}
		for row, u := range units {
			if c.Status != nil {
				out.Status[u] = c.Status[row]
			}
			if !c.Valid.Get(row) {
				continue
			}
			out.Valid.Set(u)
			if c.Kind == table.Text {
				out.Text[u] = c.Text[row]
			} else {
				out.Values[u] = c.Values[row]
			}
		}
		l.put(f, c, out)
	}
}

// put files a column, and reports one that two files bring.
func (l *loader) put(f file, c *table.Column, out *Column) {
	out.File, out.Sources, out.Header = f.Name, f.sources, c.Header.Name
	to, what := l.d.Columns, "column"
	if f.given {
		to, what = l.d.Given, "given node"
	}
	if before := to[c.Name]; before != nil {
		l.list.Add(diag.New(diag.DataColumnTwice, c.Header.Place, "the %s `%s` comes from both %s and %s", what, c.Name, before.File, f.Name).
			WithHelp("remove it from one of the files"))
		return
	}
	to[c.Name] = out
}

// shownUnits is how many absent units are named one by one.
const shownUnits = 10

// absent reports the units of other files that a file has no row for.
func (l *loader) absent(f file, units []int) {
	if len(f.Columns) == 0 {
		return
	}
	have := cell.NewBits(l.d.size)
	for _, u := range units {
		have.Set(u)
	}
	var missing []string
	for u := range l.d.size {
		if !have.Get(u) {
			missing = append(missing, l.d.ID(u))
		}
	}
	if len(missing) == 0 {
		return
	}
	shown, more := missing[:min(len(missing), shownUnits)], ""
	if n := len(missing) - len(shown); n > 0 {
		more = fmt.Sprintf(" and %d more", n)
	}
	noun := l.m.Units.Plural
	if len(missing) == 1 {
		noun = l.m.Units.Noun
	}
	l.list.Add(diag.New(diag.DataUnit, source.Place{File: f.Name}, "%s has no row for %d %s: %s%s", f.Name, len(missing), noun, strings.Join(shown, ", "), more).
		WithHelp("their cells are missing, and each node's missing rule says what that means"))
}

func (l *loader) expect() {
	want := l.m.Units.Expect
	if want == 0 || want == l.d.size || len(l.files) == 0 {
		return
	}
	files := slices.Clone(l.d.Files)
	if l.units != nil {
		files = append([]string{l.units.Name}, files...)
	}
	l.list.Add(diag.New(diag.DataExpect, source.Place{File: files[0]}, "%d %s, where the document expects %d", l.d.size, l.m.Units.Plural, want).
		WithHelp("look for units missing or written in two ways in %s, or change `units.expect`", strings.Join(files, ", ")))
}
