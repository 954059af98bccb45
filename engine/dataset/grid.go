package dataset

import (
	"slices"

	"rubric/engine/cell"
	"rubric/engine/table"
	"rubric/spec/check"
	"rubric/spec/diag"
	"rubric/spec/source"
)

// grid is the rows of a data set: units, or units at periods.
type grid struct {
	l       *loader
	units   *unitList
	periods []string // nil: there are none
	at      map[string]int
	row     []int32         // by unit and period; −1: no row
	unit    []int           // of each row
	of      map[*file][]int // period of each row of a file; −1: its headers say it, or it has none
	lines   map[*file][]int // of each unit in a file whose headers say the period
}

const none = -1

// periodsOf lists the periods of all files in the order of time.
func (g *grid) periodsOf() {
	g.of, g.lines = map[*file][]int{}, map[*file][]int{}
	if !g.l.panel() {
		for _, f := range g.l.files {
			g.of[f] = slices.Repeat([]int{0}, f.Rows)
		}
		return
	}
	seen := map[string]bool{}
	texts := map[*file][]string{}
	for _, f := range g.l.files {
		texts[f] = g.l.periodTexts(f)
		for _, p := range texts[f] {
			seen[p] = seen[p] || p != ""
		}
		for _, m := range f.means {
			if m.period != "" {
				seen[m.period] = true
			}
		}
	}
	for p := range seen {
		if p != "" {
			g.periods = append(g.periods, p)
		}
	}
	inTime(g.periods)
	only := g.l.m.Periods.Only
	if g.l.choose != nil {
		only = g.l.choose(g.periods)
	}
	if only != "" {
		if !seen[only] {
			g.l.noPeriod(only, g.periods)
			return
		}
		g.periods = []string{only}
	}
	g.at = map[string]int{}
	for i, p := range g.periods {
		g.at[p] = i
	}
	for f, t := range texts {
		g.of[f] = make([]int, f.Rows)
		for i, p := range t {
			g.of[f][i] = none
			if k, ok := g.at[p]; ok {
				g.of[f][i] = k
			}
		}
	}
}

// noPeriod reports that the one period that is asked for is in no file.
func (l *loader) noPeriod(only string, have []string) {
	d := diag.New(diag.DataPeriod, l.m.Periods.Place, "no file has figures of the %s %s", l.m.Periods.Noun, only).
		WithHelp("the files have %s", named(have))
	if near, ok := diag.Nearest(only, have); ok {
		d = d.WithHelp("did you mean %s?", near)
	}
	l.list.Add(d)
}

// periodTexts is the period of each row of a file; empty where its headers say
// it, or where it has none because it only describes units.
func (l *loader) periodTexts(f *file) []string {
	out := make([]string, f.Rows)
	if f.shape.Period != "" {
		return slices.Repeat([]string{f.shape.Period}, f.Rows)
	}
	for _, c := range f.Columns {
		if !f.means[c.Header.Name].periods {
			continue
		}
		for i := range out {
			if out[i] = c.Text[i]; out[i] == "" {
				l.list.Add(diag.New(diag.DataPeriod, source.Place{File: f.Name, Line: f.Line(i)}, "a row without a %s: its cell of `%s` is empty", l.m.Periods.Noun, c.Header.Name).
					WithUnit(f.ID(i)).WithHelp("name the %s, or delete the line", l.m.Periods.Noun))
			}
		}
		return out
	}
	for _, c := range f.Columns {
		if m := f.means[c.Header.Name]; !m.always() && !m.name && m.period == "" {
			l.list.Add(diag.New(diag.DataPeriod, c.Header.Place, "%s does not say the %s of `%s`", f.Name, l.m.Periods.Noun, c.Header.Name).
				WithHelp("add a column `%s`, or say it in the document: `data: [{file: %s, period: …}]`, or `constant: true` of a column that is the same in every %s", l.periodKeys()[0], f.Name, l.m.Periods.Noun))
			return out
		}
	}
	return out
}

// rows makes the rows: every unit at every period of which a file speaks.
func (g *grid) rows() {
	n := max(len(g.periods), 1)
	g.row = slices.Repeat([]int32{none}, len(g.units.ids)*n)
	if g.periods == nil {
		for i := range g.row {
			g.row[i] = 0
		}
	}
	for _, f := range g.l.files {
		for i, u := range g.units.of[f] {
			if p := g.of[f][i]; p != none {
				g.row[u*n+p] = 0
			}
			for _, m := range f.means {
				if p, ok := g.at[m.period]; ok && m.period != "" {
					g.row[u*n+p] = 0
				}
			}
		}
	}
	d := g.l.d
	var ids []int
	var first []int
	for u := range g.units.ids {
		spoken := g.row[u*n : (u+1)*n]
		if !slices.ContainsFunc(spoken, func(r int32) bool { return r != none }) && g.known(u) {
			for p := range spoken {
				spoken[p] = 0 // no unit is left out
			}
		}
		first = append(first, len(ids))
		for p, r := range spoken {
			if r == none {
				continue
			}
			spoken[p] = int32(len(ids))
			ids = append(ids, u)
			if g.periods != nil {
				d.period = append(d.period, p)
			}
		}
	}
	g.unit = ids
	d.size, d.periods = len(ids), g.periods
	d.ids = func(i int) string { return g.units.ids[ids[i]] }
	d.index = make(map[string]int, len(g.units.index))
	for name, u := range g.units.index {
		if first[u] < len(ids) && ids[first[u]] == u {
			d.index[name] = first[u]
		}
	}
	if g.units.names != nil {
		for _, u := range ids {
			d.names = append(d.names, g.units.names[u])
		}
	}
}

// known says whether a unit is in the file of units, and so has rows even where
// no file speaks of it.
func (g *grid) known(u int) bool { return g.l.units != nil && u < g.l.units.Rows }

// present says whether a unit has any row.
func (g *grid) present(unit int) bool {
	n := max(len(g.periods), 1)
	return slices.ContainsFunc(g.row[unit*n:(unit+1)*n], func(r int32) bool { return r != none })
}

// rowOf is the row of a unit at a period; −1 for none.
func (g *grid) rowOf(unit, period int) int {
	if period == none {
		return none
	}
	return int(g.row[unit*max(len(g.periods), 1)+period])
}

// gather puts the cells of a file at their rows.
func (g *grid) gather(f *file) {
	if f.shape.Tidy != nil {
		g.gatherTidy(f)
		return
	}
	again := g.repeated(f)
	lines := slices.Repeat([]int{0}, g.l.d.size)
	for i, u := range g.units.of[f] {
		if r := g.rowOf(u, g.of[f][i]); r >= 0 {
			lines[r] = f.Line(i)
		}
	}
	byRow := func(row int) int { return lines[row] }
	ofUnit := make([]int, len(g.units.ids))
	for i, u := range g.units.of[f] {
		ofUnit[u] = f.Line(i)
	}
	byUnit := func(row int) int { return ofUnit[g.unit[row]] }
	for _, c := range f.Columns {
		m, ok := f.means[c.Header.Name]
		switch {
		case !ok, m.periods, m.name: // a name, or what the rows are of
			continue
		case m.letters != nil, f.kind == ofLetters:
			g.letters(f, c, m)
			continue
		}
		line := byRow
		if m.period != "" || m.always() && g.periods != nil {
			line = byUnit
		}
		put := g.into(f, c, m, line)
		for i := range f.Rows {
			if again[i] {
				continue // which is said
			}
			for _, row := range g.rowsOf(f, m, i) {
				put(i, row)
			}
		}
	}
}

// rowsOf are the rows that a cell of a file's row i is of.
func (g *grid) rowsOf(f *file, m meaning, i int) []int {
	u := g.units.of[f][i]
	period := g.of[f][i]
	switch {
	case m.period != "":
		k, ok := g.at[m.period]
		if !ok {
			return nil // another period than the one that is scored
		}
		period = k
	case m.always() && period == none:
		var out []int
		for p := range g.periods {
			if r := g.rowOf(u, p); r >= 0 {
				out = append(out, r)
			}
		}
		return out
	}
	if r := g.rowOf(u, period); r >= 0 {
		return []int{r}
	}
	return nil
}

// into makes the column that a file's column goes into, or finds it, and returns
// what puts one cell there.
func (g *grid) into(f *file, c *table.Column, m meaning, line func(int) int) (put func(i, row int)) {
	l := g.l
	to, key := l.target(m)
	out := to[key]
	if out == nil {
		out = &Column{Vector: cell.NewVector(l.d.size)}
		if c.Kind == table.Text {
			out.Text = make([]string, l.d.size)
		}
		to[key] = out
	}
	out.Decimals = max(out.Decimals, c.Decimals)
	at := int32(len(out.parts))
	out.parts = append(out.parts, part{f.part(c), line})
	if at == 1 {
		out.from = make([]int32, l.d.size)
	}
	said := false
	return func(i, row int) {
		marker, marked := c.Marks[i]
		if !c.Valid.Get(i) && !marked {
			if at > 0 && !out.Valid.Get(row) && (m.period != "" || out.parts[out.from[row]].line(row) == 0) {
				out.from[row] = at // where it would stand
			}
			return
		}
		if out.Valid.Get(row) {
			if !said && !(m.group != "" && out.Text[row] == c.Text[i]) {
				l.twice(out, f, c, m, row)
				said = true
			}
			return
		}
		if at > 0 {
			out.from[row] = at
		}
		if marked {
			l.marked(out, row, marker)
			return
		}
		out.Valid.Set(row)
		if out.Status != nil {
			out.Status[row] = cell.Measured
		}
		if c.Kind == table.Text {
			out.Text[row] = c.Text[i]
		} else {
			out.Values[row] = c.Values[i]
		}
	}
}

// repeated reports a unit that a file has twice, under one name or two: at one
// period, where there are any. The result is the rows that are so.
func (g *grid) repeated(f *file) map[int]bool {
	again := map[int]bool{}
	first := map[[2]int]int{}
	for i, u := range g.units.of[f] {
		key := [2]int{u, g.of[f][i]}
		before, ok := first[key]
		if !ok {
			first[key] = i
			continue
		}
		when := ""
		if key[1] != none && g.periods != nil {
			when = " at " + g.periods[key[1]]
		} else if key[1] == none && f.shape.Period == "" && g.l.hasPeriodColumn(f) {
			continue // of a period that is not read
		}
		again[i] = true
		at := source.Place{File: f.Name, Line: f.Line(i)}
		d := diag.New(diag.DataDuplicate, at, "the unit `%s` stands twice%s", f.ID(before), when)
		if f.ID(before) != f.ID(i) {
			d.Message += ", as `" + f.ID(before) + "` and as `" + f.ID(i) + "`"
		}
		g.l.list.Add(d.WithUnit(f.ID(i)).WithHelp("keep one of the two rows").WithRelated(source.Place{File: f.Name, Line: f.Line(before)}, "the first one"))
	}
	return again
}

func (l *loader) hasPeriodColumn(f *file) bool {
	for _, m := range f.means {
		if m.periods {
			return true
		}
	}
	return false
}

// absent reports the units and the periods of other files that a file has no
// row for.
func (g *grid) absent(f *file) {
	figures := false
	for _, m := range f.means {
		figures = figures || m.column != nil || m.node != "" || m.tidy != ""
	}
	if !figures || f.kind == ofLetters {
		return
	}
	l := g.l
	units, periods := make([]bool, len(g.units.ids)), make([]bool, len(g.periods))
	for i, u := range g.units.of[f] {
		units[u] = true
		if p := g.of[f][i]; g.periods != nil && p != none {
			periods[p] = true
		}
	}
	for _, m := range f.means {
		if k, ok := g.at[m.period]; ok && m.period != "" {
			periods[k] = true
		}
	}
	var missing []string
	for u, have := range units {
		if !have && g.present(u) {
			missing = append(missing, g.units.ids[u])
		}
	}
	if len(missing) > 0 {
		noun := l.m.Units.Plural
		if len(missing) == 1 {
			noun = l.m.Units.Noun
		}
		l.list.Add(diag.New(diag.DataUnit, source.Place{File: f.Name}, "%s has no row for %d %s: %s", f.Name, len(missing), noun, named(missing)).
			WithHelp("their cells are missing, and each node's missing rule says what that means"))
	}
	missing = nil
	for p, have := range periods {
		if !have && !f.timeless() {
			missing = append(missing, g.periods[p])
		}
	}
	if len(missing) > 0 {
		l.list.Add(diag.New(diag.DataPeriodAbsent, source.Place{File: f.Name}, "%s has no figures of %s, which another file has", f.Name, named(missing)).
			WithHelp("its cells are missing there, and each node's missing rule says what that means"))
	}
}

// gatherTidy puts the figures of a file that has one a row at their rows.
func (g *grid) gatherTidy(f *file) {
	var names, values, letters *table.Column
	for _, c := range f.Columns {
		switch f.means[c.Header.Name].tidy {
		case "column":
			names = c
		case "value":
			values = c
		case "status":
			letters = c
		}
	}
	l := g.l
	for what, c := range map[string]*table.Column{f.shape.Tidy.Column: names, f.shape.Tidy.Value: values} {
		if c == nil {
			l.list.Add(diag.New(diag.DataHeader, source.Place{File: f.Name, Line: f.Key.Place.Line}, "%s has no column `%s`", f.Name, what).
				WithHelp("`tidy:` of the document names the headers of column and value"))
		}
	}
	if names == nil || values == nil {
		return
	}
	lines := map[*check.Column]map[int]int{}
	puts := map[*check.Column]func(i, row int){}
	unknown := map[string]bool{}
	for i, name := range names.Text {
		c := l.columnOf(name)
		switch {
		case c == nil:
			if !unknown[name] {
				unknown[name] = true
				l.d.Unused = append(l.d.Unused, name)
				l.list.Add(diag.New(diag.DataUnused, source.Place{File: f.Name, Line: f.Line(i)}, "the methodology does not use the column `%s`", name))
			}
			continue
		case c.Text:
			l.list.Add(diag.New(diag.DataHeader, source.Place{File: f.Name, Line: f.Line(i)}, "the column `%s` has texts, and a tidy file has numbers", name).
				WithHelp("give it in a file with a column a quantity"))
			return
		}
		row := g.rowOf(g.units.of[f][i], g.of[f][i])
		if row < 0 {
			continue
		}
		if lines[c] == nil {
			at := map[int]int{}
			lines[c] = at
			puts[c] = g.into(f, values, meaning{column: c}, func(row int) int { return at[row] })
		}
		if before := lines[c][row]; before > 0 {
			l.list.Add(diag.New(diag.DataDuplicate, source.Place{File: f.Name, Line: f.Line(i)}, "`%s` of `%s` stands twice", name, l.d.Label(row)).
				WithUnit(f.ID(i)).WithHelp("keep one of the two rows").WithRelated(source.Place{File: f.Name, Line: before}, "the first one"))
			continue
		}
		lines[c][row] = f.Line(i)
		puts[c](i, row)
		if letters != nil && letters.Text[i] != "" {
			l.letter(l.d.Columns[c.Name], row, letters.Text[i], source.Place{File: f.Name, Line: f.Line(i)})
		}
	}
}

// columnOf is the column that a name in a tidy file means.
func (l *loader) columnOf(name string) *check.Column {
	for i := range l.m.Columns {
		if c := &l.m.Columns[i]; slices.Contains(c.Headers, name) {
			return c
		}
	}
	return nil
}
