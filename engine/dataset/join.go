package dataset

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"rubric/engine/cell"
	"rubric/engine/table"
	"rubric/spec/check"
	"rubric/spec/diag"
	"rubric/spec/source"
)

// join puts all files on one list of rows.
func (l *loader) join() {
	for _, f := range l.files {
		if f.kind != ofLetters && (l.units == nil || f.Table != l.units) {
			l.d.Files = append(l.d.Files, f.Name)
		}
	}
	if len(l.files) == 1 && l.units == nil && !l.panel() && l.files[0].plain() {
		l.only(l.files[0])
	} else {
		l.union()
	}
	if u := l.m.Units; l.list.Errors() == 0 && (u.Only != nil || u.LeaveOut != nil) {
		l.absent(u.Only, "only")
		l.absent(u.LeaveOut, "leave_out")
		l.d = l.d.without(u.Out)
	}
	l.expect()
}

// panel says whether any file has figures of a period.
func (l *loader) panel() bool {
	return l.m.Periods != nil && slices.ContainsFunc(l.files, (*file).hasPeriods)
}

// hasPeriods says whether the figures of a file are of periods.
func (f *file) hasPeriods() bool {
	if f.shape.Period != "" {
		return true
	}
	for _, m := range f.means {
		if m.periods || m.period != "" {
			return true
		}
	}
	return false
}

// plain says whether a file has a column a quantity, and nothing about them.
func (f *file) plain() bool {
	for _, m := range f.means {
		if m.letters != nil || m.tidy != "" {
			return false
		}
	}
	return f.kind != ofLetters
}

// only takes one file as it is.
func (l *loader) only(f *file) {
	l.d.size, l.d.ids, l.d.find = f.Rows, f.ID, f.Table.Row
	for _, c := range f.Columns {
		if f.means[c.Header.Name].name {
			l.d.names = c.Text
			continue
		}
		to, key := l.target(f.means[c.Header.Name])
		out := &Column{Vector: c.Vector, Text: c.Text, Decimals: c.Decimals}
		out.parts = []part{{f.part(c), f.Line}}
		for row, k := range c.Marks {
			l.marked(out, row, k)
		}
		if to[key] != nil { // one column under two of its headers
			l.twice(to[key], f, c, f.means[c.Header.Name], -1)
			continue
		}
		to[key] = out
	}
}

// target is where a column goes.
func (l *loader) target(m meaning) (to map[string]*Column, key string) {
	switch {
	case m.node != "":
		return l.d.Given, m.node
	case m.group != "":
		return l.d.Groups, m.group
	}
	return l.d.Columns, m.column.Name
}

func (f *file) part(c *table.Column) Part { return Part{f.Name, f.sources, c.Header.Name} }

// marked says of a cell what its marker means.
func (l *loader) marked(c *Column, row, marker int) {
	k := l.m.Markers[marker]
	s := cell.Missing
	if k.Status == cell.NotApplicable.String() {
		s = cell.NotApplicable
	}
	c.setStatus(row, s)
	if k.Reason != "" {
		c.note(row, k.Reason)
	}
}

// setStatus keeps why a cell is what it is.
func (c *Column) setStatus(row int, s cell.Status) {
	if c.Status == nil {
		c.Status = make([]cell.Status, c.Len())
		for i := range c.Status {
			if !c.Valid.Get(i) {
				c.Status[i] = cell.Missing
			}
		}
	}
	c.Status[row] = s
}

// union lists the units of all files, and their periods, and gathers every
// column onto the rows that these make.
func (l *loader) union() {
	units := l.unitsOf()
	g := &grid{l: l, units: units}
	g.periodsOf()
	if l.list.Errors() > 0 {
		return
	}
	g.rows()
	for _, f := range l.files {
		g.gather(f)
	}
	for _, f := range l.files {
		g.absent(f)
	}
}

// unitList is the units of all files.
type unitList struct {
	ids   []string
	index map[string]int // by id, name and alias
	names []string       // what a person calls them; nil: their ids
	of    map[*file][]int
}

// unitsOf lists the units, those of the file of units first.
func (l *loader) unitsOf() *unitList {
	u := &unitList{index: map[string]int{}, of: map[*file][]int{}}
	add := func(id string) int {
		if i, ok := u.index[id]; ok {
			return i
		}
		u.index[id] = len(u.ids)
		u.ids = append(u.ids, id)
		return len(u.ids) - 1
	}
	if l.units != nil {
		for i := range l.units.Rows {
			add(l.units.ID(i))
		}
		l.names(u)
	}
	known := len(u.ids)
	for _, f := range l.files {
		of := make([]int, f.Rows)
		said := map[int]bool{}
		for i := range f.Rows {
			of[i] = add(f.ID(i))
			if l.units != nil && of[i] >= known && !said[of[i]] {
				said[of[i]] = true
				l.stranger(f, i, u.ids[:known])
			}
		}
		u.of[f] = of
	}
	l.nameColumns(u)
	if u.names != nil {
		u.names = append(u.names, make([]string, len(u.ids)-len(u.names))...)
	}
	return u
}

// nameColumns reads what data files call the units, where no file of units does.
func (l *loader) nameColumns(u *unitList) {
	for _, f := range l.files {
		for _, c := range f.Columns {
			if !f.means[c.Header.Name].name {
				continue
			}
			if u.names == nil {
				u.names = make([]string, len(u.ids))
			}
			for row, at := range u.of[f] {
				if u.names[at] == "" {
					u.names[at] = c.Text[row]
				}
			}
		}
	}
}

// names reads what a person calls the units; every name is an alias of its unit.
func (l *loader) names(u *unitList) {
	u.names = make([]string, l.units.Rows)
	for _, c := range l.units.Columns {
		if l.group(c.Header.Name) != "" {
			continue
		}
		for i, name := range c.Text {
			if name == "" {
				continue
			}
			if c.Name == "name" {
				u.names[i] = name
			}
			if other, taken := u.index[name]; taken && other != i {
				at := source.Place{File: l.units.Name, Line: l.units.Line(i)}
				l.list.Add(diag.New(diag.DataDuplicate, at, "`%s` is a name of both `%s` and `%s`", name, l.units.ID(other), l.units.ID(i)).
					WithUnit(l.units.ID(i)).WithHelp("a name must tell one unit from another"))
				continue
			}
			u.index[name] = i
		}
	}
}

// stranger reports a unit that the file of units does not have.
func (l *loader) stranger(f *file, row int, known []string) {
	d := diag.New(diag.DataUnit, source.Place{File: f.Name, Line: f.Line(row)}, "the unit `%s` is not in %s", f.ID(row), l.units.Name).WithUnit(f.ID(row))
	d = d.WithHelp("add it there, or remove it here; until then it is ranked with the others")
	if near, ok := diag.Nearest(f.ID(row), known); ok {
		d = d.WithHelp("did you mean `%s`?", near)
	}
	l.list.Add(d)
}

// twice reports a column that two files bring for the same unit. In a tidy file what
// it is stands in the row, and not in the header.
func (l *loader) twice(before *Column, f *file, c *table.Column, m meaning, row int) {
	what := "column"
	_, name := l.target(m)
	switch {
	case m.node != "":
		what = "given node"
	case m.group != "":
		what = "group"
	}
	at := before.parts[0]
	of := ""
	if row >= 0 {
		at = before.part(row)
		of = ", both for " + l.d.Label(row)
	}
	if at.File == f.Name && at.Header != c.Header.Name {
		l.list.Add(diag.New(diag.DataColumnTwice, c.Header.Place, "the %s `%s` stands twice in %s, under `%s` and `%s`%s", what, name, f.Name, at.Header, c.Header.Name, of).
			WithHelp("remove one of them"))
		return
	}
	l.list.Add(diag.New(diag.DataColumnTwice, c.Header.Place, "the %s `%s` comes from both %s and %s%s", what, name, at.File, f.Name, of).
		WithHelp("remove it from one of the files"))
}

// absent says which units the document names and no file has. One that is left out
// may have gone from the files; where a near one stays, its name was misspelt.
func (l *loader) absent(units []check.Named, key string) {
	if len(units) == 0 {
		return
	}
	have := map[string]bool{}
	var ids []string
	for i := range l.d.Rows() {
		if id := l.d.ID(i); !have[id] {
			have[id] = true
			ids = append(ids, id)
		}
	}
	for _, u := range units {
		if have[u.Name] {
			continue
		}
		near, ok := diag.Nearest(u.Name, ids)
		code := diag.DataUnit
		if key == "leave_out" && !ok {
			code = diag.DataUnitAbsent
		}
		d := diag.New(code, u.Place, "no file has `%s`, which `%s` names", u.Name, key)
		if ok {
			d = d.WithHelp("did you mean `%s`?", near)
		}
		l.list.Add(d)
	}
}

func (l *loader) expect() {
	want := l.m.Units.Expect
	if want == 0 || len(l.files) == 0 || want == l.d.Units() {
		return
	}
	files := slices.Clone(l.d.Files)
	if l.units != nil {
		files = append([]string{l.units.Name}, files...)
	}
	l.list.Add(diag.New(diag.DataExpect, source.Place{File: files[0]}, "%d %s, where the document expects %d", l.d.Units(), l.m.Units.Plural, want).
		WithHelp("look for units missing or written in two ways in %s, or change `units.expect`", strings.Join(files, ", ")).
		WithExpected(strconv.Itoa(want), strconv.Itoa(l.d.Units())))
}

// shownUnits is how many absent units are named one by one.
const shownUnits = 10

// named lists a few names and counts the rest.
func named(names []string) string {
	shown, more := names[:min(len(names), shownUnits)], ""
	if n := len(names) - len(shown); n > 0 {
		more = fmt.Sprintf(" and %d more", n)
	}
	return strings.Join(shown, ", ") + more
}
