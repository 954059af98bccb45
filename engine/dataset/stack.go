package dataset

import (
	"maps"
	"math"
	"slices"

	"rubric/engine/cell"
)

// Row is a row of a data set, to be put on those of others.
type Row struct {
	Of *Dataset
	At int
}

// Stack is the data set of rows that come from several, in their order. It has the
// columns that all of these have: a column that one of them lacks has no cells there,
// and absent is not the same as missing. So it is with given figures, where `ok` is
// false if one of them has them and another has not, since what is given in one
// part of the rows cannot be computed in the other. All rows are of one period where each
// data set has at most one.
func Stack(rows []Row) (out *Dataset, ok bool) {
	var from []*Dataset
	for _, r := range rows {
		if !slices.Contains(from, r.Of) {
			from = append(from, r.Of)
		}
	}
	if len(from) == 0 {
		return &Dataset{ids: func(int) string { return "" }}, true
	}
	first := from[0]
	if whole(rows, from) {
		return first, true
	}
	out = &Dataset{
		Columns: map[string]*Column{}, Given: map[string]*Column{}, Groups: map[string]*Column{}, Files: first.Files, Unused: first.Unused, size: len(rows),
		ids: func(i int) string { return rows[i].Of.ID(rows[i].At) },
	}
	for _, r := range rows {
		out.names = append(out.names, r.Of.Name(r.At))
	}
	out.stackPeriods(rows, from)
	ok = true
	for _, part := range []struct {
		of func(*Dataset) map[string]*Column
		to map[string]*Column
	}{
		{func(d *Dataset) map[string]*Column { return d.Columns }, out.Columns},
		{func(d *Dataset) map[string]*Column { return d.Groups }, out.Groups},
		{func(d *Dataset) map[string]*Column { return d.Given }, out.Given},
	} {
		for name := range part.of(first) {
			if slices.ContainsFunc(from, func(d *Dataset) bool { return part.of(d)[name] == nil }) {
				continue
			}
			part.to[name] = stacked(rows, from, func(d *Dataset) *Column { return part.of(d)[name] })
		}
	}
	for _, d := range from {
		ok = ok && len(d.Given) == len(out.Given)
	}
	return out, ok
}

// whole says whether the rows are one data set as it is.
func whole(rows []Row, from []*Dataset) bool {
	if len(from) != 1 || len(rows) != from[0].size {
		return false
	}
	for i, r := range rows {
		if r.At != i {
			return false
		}
	}
	return true
}

func (d *Dataset) stackPeriods(rows []Row, from []*Dataset) {
	d.periods = from[0].periods
	several := slices.ContainsFunc(from, func(d *Dataset) bool { return len(d.periods) > 1 })
	if several {
		d.periods = nil
		for _, f := range from {
			for _, p := range f.periods {
				if !slices.Contains(d.periods, p) {
					d.periods = append(d.periods, p)
				}
			}
		}
		inTime(d.periods)
	}
	if d.periods == nil {
		return
	}
	d.period = make([]int, len(rows))
	if several {
		for i, r := range rows {
			d.period[i] = max(0, slices.Index(d.periods, r.Of.Period(r.At)))
		}
	}
}

func stacked(rows []Row, from []*Dataset, of func(*Dataset) *Column) *Column {
	out := &Column{Vector: cell.NewVector(len(rows)), from: make([]int32, len(rows))}
	first := map[*Dataset]int{} // its first part
	for _, d := range from {
		first[d] = len(out.parts)
		c := of(d)
		out.Decimals = max(out.Decimals, c.Decimals)
		for _, p := range c.parts {
			out.parts = append(out.parts, part{p.Part, func(row int) int { return p.line(rows[row].At) }})
		}
		if c.Text != nil && out.Text == nil {
			out.Text = make([]string, len(rows))
		}
	}
	for k, r := range rows {
		c := of(r.Of)
		out.from[k] = int32(first[r.Of])
		if c.from != nil {
			out.from[k] += c.from[r.At]
		}
		if c.Valid.Get(r.At) {
			out.Valid.Set(k)
			if c.Text != nil {
				out.Text[k] = c.Text[r.At]
			} else {
				out.Values[k] = c.Values[r.At]
			}
		}
	}
	for k, r := range rows { // when it is known which cells there are
		c := of(r.Of)
		if c.Status != nil {
			out.setStatus(k, c.Status[r.At])
		}
		if note := c.Notes[r.At]; note != "" {
			out.note(k, note)
		}
	}
	return out
}

// With adds the columns and groups that another reading of the same files has and this
// one has not, by unit and period.
func (d *Dataset) With(other *Dataset) *Dataset {
	out := *d
	out.Columns, out.Groups = maps.Clone(d.Columns), maps.Clone(d.Groups)
	at := d.Matched(other)
	for _, part := range []struct{ from, to map[string]*Column }{{other.Columns, out.Columns}, {other.Groups, out.Groups}} {
		for name, c := range part.from {
			if part.to[name] == nil {
				part.to[name] = c.moved(at)
			}
		}
	}
	return &out
}

// Lent is the data set with some columns as another one has them, by unit and period: those
// that it has not, or has no figure in. It says which these are.
func (d *Dataset) Lent(names []string, other *Dataset) (*Dataset, []string) {
	out := *d
	var lent []string
	out.Columns = maps.Clone(d.Columns)
	at := d.Matched(other)
	for _, name := range names {
		own, c := d.Columns[name], other.Columns[name]
		if c != nil && c.Valid.Count() > 0 && (own == nil || own.Valid.Count() == 0) {
			out.Columns[name] = c.moved(at)
			lent = append(lent, name)
		}
	}
	return &out, lent
}

// Taking is the data set with some columns as another one has them, by unit and period.
func (d *Dataset) Taking(names []string, other *Dataset) *Dataset {
	out := *d
	out.Columns = maps.Clone(d.Columns)
	at := d.Matched(other)
	for _, name := range names {
		out.Columns[name] = other.Columns[name].moved(at)
	}
	return &out
}

// moved is a column with its cells at other rows; −1: there is none.
func (c *Column) moved(at []int) *Column {
	out := &Column{Vector: cell.NewVector(len(at)), Decimals: c.Decimals}
	p := c.parts[0].Part
	out.parts = []part{{p, func(row int) int {
		if at[row] == none {
			return 0
		}
		return c.Line(at[row])
	}}}
	if c.Text != nil {
		out.Text = make([]string, len(at))
	}
	for row, k := range at {
		if k == none || !c.Valid.Get(k) {
			continue
		}
		out.Valid.Set(row)
		if c.Text != nil {
			out.Text[row] = c.Text[k]
		} else {
			out.Values[row] = c.Values[k]
		}
	}
	for row, k := range at {
		if k != none && c.Status != nil {
			out.setStatus(row, c.Status[k])
		}
	}
	return out
}

// WithGiven is the data set with other given figures.
func (d *Dataset) WithGiven(given map[string]*Column) *Dataset {
	out := *d
	out.Given = given
	return &out
}

// Key is what tells a row from others: the unit and, unless there is at most one on
// either side of a comparison, the period.
func (d *Dataset) key(row int, one bool) string {
	if one {
		return d.ID(row)
	}
	return d.ID(row) + "\x00" + d.Period(row)
}

func (d *Dataset) rowsByKey(one bool) map[string]int {
	out := make(map[string]int, d.size)
	for i := range d.size {
		out[d.key(i, one)] = i
	}
	return out
}

// Matched says of each row of d which row of another data set is the same unit, at the same
// period where one of them has several; −1: none.
func (d *Dataset) Matched(other *Dataset) []int {
	one := len(d.periods) < 2 && len(other.periods) < 2
	rows := other.rowsByKey(one)
	out := make([]int, d.size)
	for i := range out {
		out[i] = none
		if k, ok := rows[d.key(i, one)]; ok {
			out[i] = k
		}
	}
	return out
}

// Same says whether the rows that two data sets have in common hold the same, and in the
// same columns. Given figures are those of the same name.
func (d *Dataset) Same(other *Dataset) bool {
	at := d.Matched(other)
	for _, part := range []struct{ a, b map[string]*Column }{{d.Columns, other.Columns}, {d.Groups, other.Groups}, {d.Given, other.Given}} {
		if len(part.a) != len(part.b) {
			return false
		}
		for name, a := range part.a {
			b := part.b[name]
			if b == nil || !a.same(b, at) {
				return false
			}
		}
	}
	return true
}

func (c *Column) same(other *Column, at []int) bool {
	for i, k := range at {
		if k == none {
			continue
		}
		switch {
		case c.Valid.Get(i) != other.Valid.Get(k):
			return false
		case !c.Valid.Get(i):
		case (c.Text == nil) != (other.Text == nil):
			return false
		case c.Text != nil && c.Text[i] != other.Text[k]:
			return false
		case c.Text == nil && math.Float64bits(c.Values[i]) != math.Float64bits(other.Values[k]):
			return false
		}
	}
	return true
}
