package table

import (
	"errors"
	"hash/maphash"
	"math"
	"slices"
	"strings"

	"rubric/engine/cell"
	"rubric/spec/diag"
	"rubric/spec/source"
)

// builder makes a table of rows and cells that another format's reader finds. It
// says of them what the reader of CSV says.
type builder struct {
	o       Options
	t       *Table
	key     int       // place of the unit among the headers
	columns []*Column // by place among the headers; nil: not picked
	markers map[string]int
	found   found
}

// newBuilder settles what the headers mean; it is nil where there is no column of
// units. where is the place of the header line.
func newBuilder(o Options, headers []Header, where source.Place) (*builder, diag.List) {
	b := &builder{o: o, t: &Table{Name: o.Name}, key: -1, columns: make([]*Column, len(headers))}
	b.t.units = &units{seed: maphash.MakeSeed()}
	l := &layout{}
	l.setMarkers(o.Markers)
	b.markers = l.markers
	names := make([]string, len(headers))
	first := map[string]int{}
	for i, h := range headers {
		names[i] = h.Name
		before, twice := first[h.Name]
		switch {
		case h.Name == "": // a column without a header is not picked
		case twice:
			b.found.add(diag.New(diag.DataHeader, h.Place, "the header `%s` stands twice", cut([]byte(h.Name))).WithHelp("name one of the columns otherwise").WithRelated(headers[before].Place, "the first is here"))
		default:
			first[h.Name] = i
		}
	}
	for _, key := range o.Key {
		if b.key = slices.Index(names, key); b.key >= 0 {
			break
		}
	}
	if len(o.Key) == 0 && len(headers) > 0 {
		b.key = 0
	}
	if b.key < 0 {
		d := diag.New(diag.DataKey, where, "no column of units: no header is %s", alternatives(o.Key)).WithHelp("the headers of the file are %s", listed(names))
		for _, key := range o.Key {
			if name, ok := near(key, names); ok {
				d.Message += ", did you mean `" + cut([]byte(name)) + "` to be `" + key + "`?"
				break
			}
		}
		b.found.add(d)
		return nil, b.found.all()
	}
	b.t.Key = headers[b.key]
	for i, h := range headers {
		if i == b.key {
			continue
		}
		if h.Name == "" {
			b.t.Unused = append(b.t.Unused, h)
			continue
		}
		want, ok := Want{Name: h.Name}, true
		if o.Pick != nil {
			want, ok = o.Pick(h.Name)
		}
		if !ok {
			b.t.Unused = append(b.t.Unused, h)
			continue
		}
		b.columns[i] = &Column{Header: h, Name: want.Name, Kind: want.Kind}
		b.t.Columns = append(b.t.Columns, b.columns[i])
	}
	return b, nil
}

// row begins a row of a unit, which stands at a place.
func (b *builder) row(unit string, at source.Place) {
	unit = strings.TrimSpace(unit)
	row := b.t.Rows
	b.t.Rows++
	b.t.lines.add(row, at.Line)
	id := []byte(unit)
	first, twice := b.t.units.add(id, b.t.units.hash(id))
	switch {
	case unit == "":
		b.found.add(diag.New(diag.DataKey, at, "a row without a unit: its cell of `%s` is empty", cut([]byte(b.t.Key.Name))).WithHelp("name the unit, or delete the row"))
	case twice && !b.o.Repeat:
		b.found.add(diag.New(diag.DataDuplicate, at, "the unit `%s` stands twice", cut([]byte(unit))).WithUnit(unit).
			WithRelated(source.Place{File: b.o.Name, Line: b.t.lines.of(first)}, "the first is here").
			WithHelp("a unit has one row a file: remove one of the two, or name one otherwise; for figures of several times declare `periods:`"))
	}
	for _, c := range b.t.Columns {
		if row >= len(c.Valid)*64 {
			c.Valid = append(c.Valid, make(cell.Bits, max(len(c.Valid), 4))...)
		}
		if c.Kind == Text {
			c.Text = append(c.Text, "")
		} else {
			c.Values = append(c.Values, 0)
		}
	}
}

// number puts a number into a cell of the last row, with as many decimals as it is
// shown with.
func (b *builder) number(c *Column, x float64, at source.Place) {
	row := b.t.Rows - 1
	if math.IsNaN(x) || math.IsInf(x, 0) {
		b.wrong(c, at, "is no number", "leave the cell empty where there is no figure", "NaN")
		return
	}
	if c.Kind == Text {
		c.Text[row] = shortest(x)
		c.Valid.Set(row)
		return
	}
	c.Values[row] = x
	c.Valid.Set(row)
	c.Decimals = max(c.Decimals, decimalsIn(shortest(x)))
}

// text puts a text into a cell of the last row: an empty one is no figure, and in
// a column of numbers it must be one, or a marker.
func (b *builder) text(c *Column, s string, at source.Place) {
	row := b.t.Rows - 1
	if s = strings.TrimSpace(s); s == "" {
		return
	}
	if k, ok := b.markers[s]; ok {
		c.mark(row, k)
		return
	}
	if c.Kind == Text {
		c.Text[row] = s
		c.Valid.Set(row)
		return
	}
	n, err := parse([]byte(s), false)
	switch {
	case errors.Is(err, errRange):
		b.wrong(c, at, "is too large for a number", "the largest number is about 1.8e308", s)
	case err != nil:
		b.wrong(c, at, "is not a number", numberHelp([]byte(s), ';'), s)
	default:
		c.Values[row] = n.value
		c.Valid.Set(row)
		c.Decimals = max(c.Decimals, n.decimals)
	}
}

// wrong reports a cell that cannot be what its column is.
func (b *builder) wrong(c *Column, at source.Place, what, help, shown string) {
	unit := b.t.ID(b.t.Rows - 1)
	b.found.add(diag.New(diag.DataNumber, at, "`%s` %s, in column `%s` of `%s`", cut([]byte(shown)), what, cut([]byte(c.Header.Name)), cut([]byte(unit))).WithUnit(unit).WithHelp("%s", help).WithExpected("a number", cut([]byte(shown))))
}

// table is the result.
func (b *builder) table() (*Table, diag.List, error) {
	if b.t.Rows == 0 && len(b.found.list) == 0 {
		b.found.add(diag.New(diag.DataEmpty, source.Place{File: b.o.Name, Line: b.t.Key.Place.Line}, "the file has headers and no rows").WithHelp("each row after the headers is a unit"))
	}
	findings := b.found.all().Sorted()
	if findings.Errors() > 0 {
		return nil, findings, nil
	}
	for _, c := range b.t.Columns {
		c.Valid = c.Valid[:cell.Words(b.t.Rows):cell.Words(b.t.Rows)]
		c.numericMarkers(b.markers)
	}
	return b.t, findings, nil
}

// decimalsIn is how many digits stand behind the point of a number.
func decimalsIn(s string) int {
	_, behind, _ := strings.Cut(s, ".")
	return min(len(behind), maxDecimals)
}
