package suite

import (
	"bytes"
	"encoding/csv"
	"io"
	"slices"
	"strings"

	"rubric/engine/dataset"
	"rubric/spec/check"
	"rubric/spec/diag"
	"rubric/spec/source"
	"rubric/spec/tree"
)

// nothingGiven is the word for no given figures: all is computed.
const nothingGiven = "none"

// Data are the data of a case: a table in the suite, or files beside it.
type Data struct {
	Files []*tree.Node // names of files; nil: a table in the suite

	text   []byte
	header []header
	place  func(from, to int) source.Place // of bytes of the text, in the suite
}

// header is a header of a table, and its bytes in the text.
type header struct {
	name     string
	from, to int
}

// data reads the data of a case: a table, a map of units, a list of files.
func (r *reader) data(n *tree.Node) *Data {
	if n == nil {
		return nil
	}
	switch n.Kind {
	case tree.List:
		return &Data{Files: n.Items}
	case tree.Map:
		return r.mapped(n)
	}
	if !strings.Contains(strings.TrimSpace(n.Value), "\n") {
		r.report(diag.SuiteData, n.Place(), "write a table of several lines below `data: |`, a list of files [data.csv], or units with their cells {a: {gdp: 1}}", "%s is no table: it has no row", tree.Shown(n.Value))
		return nil
	}
	d := &Data{text: []byte(n.Value), place: n.At}
	d.readHeader()
	return d
}

// readHeader finds the headers of a table of separated values, and where they stand.
// Any other kind of table is read by package table alone.
func (d *Data) readHeader() {
	text := string(d.text)
	start := len(text) - len(strings.TrimLeft(text, "\r\n"))
	line, _, _ := strings.Cut(text[start:], "\n")
	if strings.HasPrefix(line, "[") || strings.HasPrefix(line, "{") {
		return // JSON
	}
	r := csv.NewReader(strings.NewReader(line))
	r.TrimLeadingSpace = true
	for _, delimiter := range ",;\t|" {
		if strings.Count(line, string(delimiter)) > strings.Count(line, string(r.Comma)) {
			r.Comma = delimiter
		}
	}
	fields, err := r.Read()
	if err != nil {
		return // it is reported where the table is read
	}
	for i, name := range fields {
		_, column := r.FieldPos(i)
		from := start + column - 1
		if text[from] == '"' {
			from++
		}
		d.header = append(d.header, header{strings.TrimSpace(name), from, min(from+len(name), len(text))})
	}
}

// columns reports headers that the methodology does not know: a mistake in data that
// were made up for it.
func (r *reader) columns(c *Case) {
	if c.Set != nil {
		return // the case may declare them
	}
	for _, t := range []struct {
		data  *Data
		given bool
	}{{c.Data, false}, {c.Given, true}} {
		if t.data == nil {
			continue
		}
		known := dataset.Headers(small(r.m), t.given)
		for _, h := range t.data.header {
			if known.Has(h.name) {
				continue
			}
			help := "name it as the document does, or remove it"
			if near, ok := diag.Nearest(h.name, known.Names); ok {
				help = "did you mean `" + near + "`?"
			}
			what := "column"
			if t.given {
				what = "node"
			}
			r.report(diag.SuiteData, t.data.place(h.from, h.to), help, "the methodology has no %s `%s`", what, h.name)
		}
	}
}

// mapped makes a table of units with their cells. Columns are in the order in which
// they are met first.
func (r *reader) mapped(n *tree.Node) *Data {
	d := &Data{}
	names := []string{"unit"}
	at := map[string]*tree.Node{"unit": n}
	for _, unit := range n.Entries {
		for _, e := range unit.Value.Entries {
			if e.Key.Value == "unit" {
				r.report(diag.SuiteData, e.Key.Place(), "remove it: the unit is the key before its cells", "a unit has no cell `unit`")
				continue
			}
			if at[e.Key.Value] == nil {
				at[e.Key.Value] = e.Key
				names = append(names, e.Key.Value)
			}
		}
	}
	var text bytes.Buffer
	type piece struct {
		end int
		of  *tree.Node
	}
	var pieces []piece
	row := func(cells []string, of []*tree.Node) {
		for i, c := range cells {
			if i > 0 {
				text.WriteByte(',')
			}
			var field bytes.Buffer
			w := csv.NewWriter(&field)
			_ = w.Write([]string{c, ""}) // a single empty field would be no line; a buffer takes everything
			w.Flush()
			text.WriteString(strings.TrimSuffix(field.String(), ",\n"))
			pieces = append(pieces, piece{text.Len(), of[i]})
		}
		text.WriteByte('\n')
	}
	head := make([]*tree.Node, len(names))
	for i, h := range names {
		head[i] = at[h]
	}
	row(names, head)
	for i, p := range pieces {
		d.header = append(d.header, header{names[i], p.end, p.end})
	}
	for _, unit := range n.Entries {
		cells, of := []string{unit.Key.Written()}, []*tree.Node{unit.Key}
		for _, h := range names[1:] {
			value := unit.Value.Get(h)
			text := ""
			if value != nil && value.Kind != tree.Null {
				text = value.Value
				if c := r.column(h); c != nil && c.Text {
					text = value.Written()
				}
			}
			if value == nil {
				value = unit.Key
			}
			cells, of = append(cells, text), append(of, value)
		}
		row(cells, of)
	}
	d.text = text.Bytes()
	d.place = func(from, _ int) source.Place {
		i, _ := slices.BinarySearchFunc(pieces, from, func(p piece, at int) int { return p.end - at })
		return pieces[min(i, len(pieces)-1)].of.Place()
	}
	return d
}

// column is the column that a header of a table is of.
func (r *reader) column(header string) *check.Column {
	for i := range r.m.Columns {
		if c := &r.m.Columns[i]; c.Name == header || slices.Contains(c.Headers, header) {
			return c
		}
	}
	return nil
}

// inputs are the files of the data, or the table as one. A methodology with several
// periods takes one for data that do not say theirs.
func (d *Data) inputs(name string, m *check.Methodology, period string, open func(*tree.Node) (dataset.Input, error)) ([]dataset.Input, error) {
	if d == nil {
		return nil, nil
	}
	var out []dataset.Input
	for _, n := range d.Files {
		in, err := open(n)
		if err != nil {
			return nil, err
		}
		out = append(out, in)
	}
	if d.Files != nil {
		return out, nil
	}
	in := dataset.Input{Name: name, Size: int64(len(d.text)), Open: func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(d.text)), nil }}
	if m.Periods != nil && !d.dated(m) {
		in.Shape.Period = period
	}
	return []dataset.Input{in}, nil
}

// dated says whether a table says of which period its figures are.
func (d *Data) dated(m *check.Methodology) bool {
	keys := append(slices.Clone(m.Periods.Key), m.Periods.Noun, "period")
	if d.header == nil { // JSON, whose keys stand in its rows
		return slices.ContainsFunc(keys, func(key string) bool { return bytes.Contains(d.text, []byte(`"`+key+`"`)) })
	}
	for _, h := range d.header {
		if slices.Contains(keys, h.name) {
			return true
		}
		for _, c := range m.Columns {
			for _, pattern := range c.Headers {
				if _, ok := dataset.PeriodIn(pattern, h.name); ok {
					return true
				}
			}
		}
	}
	return false
}

// found puts a finding about a table at its place in the suite.
func (d *Data) found(name string, at source.Place) (source.Place, bool) {
	if d == nil || d.Files != nil || at.File != name {
		return at, false
	}
	f := source.NewFile(name, d.text)
	line := min(max(at.Line, 1), f.Lines())
	from, ok := f.Offset(line, max(at.Column, 1))
	if !ok {
		from = f.Start(line)
	}
	to := from + 1
	if at.EndLine == line {
		if end, ok := f.Offset(line, at.EndColumn); ok && end > from {
			to = end
		}
	} else if at.Column == 0 {
		to = from + len(f.Line(line))
	}
	return d.place(from, min(to, len(d.text))), true
}
