package coinr

import (
	"bytes"
	"slices"
	"strings"

	"rubric/engine/table"
	"rubric/spec/diag"
	"rubric/spec/source"
)

// Input is one of the two tables.
type Input struct {
	Name string // for places
	Text []byte // the file

	// Read reads the file as a table, where it is not CSV.
	Read func(table.Options) (*table.Table, diag.List, error)
}

// sheet is a table of texts that knows where its cells stand.
type sheet struct {
	*table.Table
	text    []byte // nil: not CSV
	delim   byte
	columns map[string]*table.Column

	file   *source.File // made for the first place that is asked for
	starts []int        // offsets of its lines
}

// read reads a table, all its columns as texts. It is nil if a finding is an
// error.
func read(in Input, key string) (*sheet, diag.List, error) {
	o := table.Options{
		Name: in.Name, Size: int64(len(in.Text)), Key: []string{key}, Repeat: true,
		Pick: func(header string) (table.Want, bool) { return table.Want{Name: header, Kind: table.Text}, true },
	}
	s := &sheet{columns: map[string]*table.Column{}}
	from := in.Read
	if from == nil {
		s.text = in.Text
		from = func(o table.Options) (*table.Table, diag.List, error) { return table.Read(bytes.NewReader(in.Text), o) }
	}
	t, list, err := from(o)
	if key == hCode {
		list = ofCodes(list)
	}
	if err != nil || t == nil {
		return nil, list, err
	}
	s.Table = t
	for _, c := range t.Columns {
		s.columns[c.Header.Name] = c
	}
	s.delim = s.delimiter()
	return s, list, nil
}

// ofCodes says of codes what the reader says of units.
func ofCodes(list diag.List) diag.List {
	out := slices.Clone(list)
	for i, d := range out {
		if d.Code == diag.DataKey.Name {
			d.Code = diag.ImportFormat.Name
			d.Message = strings.NewReplacer("column of units", "column of codes", "a row without a unit", "a row without a code").Replace(d.Message)
			d.Help = strings.Replace(d.Help, "name the unit", "give it a code", 1)
			out[i] = d
		}
	}
	return out
}

// has says whether the table has a header.
func (s *sheet) has(header string) bool { return header == s.Key.Name || s.columns[header] != nil }

// headers are those of the table, in its order.
func (s *sheet) headers() []string {
	out := []string{s.Key.Name}
	for _, c := range s.Columns {
		out = slices.Insert(out, min(c.Header.Index, len(out)), c.Header.Name)
	}
	return out
}

// absent are the texts that R reads as no figure.
var absent = []string{"NA", "NaN"}

// at is a cell's text; empty where there is nothing, as R sees it.
func (s *sheet) at(row int, header string) string {
	text := s.raw(row, header)
	if slices.Contains(absent, text) {
		return ""
	}
	return text
}

// raw is a cell's text as it is written.
func (s *sheet) raw(row int, header string) string {
	if header == s.Key.Name {
		return s.ID(row)
	}
	if c := s.columns[header]; c != nil {
		return c.Text[row]
	}
	return ""
}

// place is where a cell stands.
func (s *sheet) place(row int, header string) source.Place {
	h := s.header(header)
	line := s.Line(row)
	if s.text == nil {
		return source.Place{File: s.Name, Line: line, Column: h.Place.Column}
	}
	s.locate()
	if line < 1 || line > len(s.starts) {
		return source.Place{File: s.Name, Line: line}
	}
	from, to, ok := field(s.text, s.starts[line-1], h.Index, s.delim)
	if !ok {
		return source.Place{File: s.Name, Line: line}
	}
	return source.Span{File: s.file, Start: from, End: to}.Place()
}

// head is where the line of the headers stands.
func (s *sheet) head() source.Place {
	last := s.Key
	for _, c := range s.Columns {
		if c.Header.Index > last.Index {
			last = c.Header
		}
	}
	at := last.Place
	at.Line, at.Column = s.Key.Place.Line, 1
	return at
}

func (s *sheet) header(name string) table.Header {
	if c := s.columns[name]; c != nil {
		return c.Header
	}
	return s.Key
}

// locate makes the lines of the file findable.
func (s *sheet) locate() {
	if s.file != nil {
		return
	}
	s.file = source.NewFile(s.Name, s.text)
	s.starts = []int{0}
	for at, b := range s.text {
		if b == '\n' {
			s.starts = append(s.starts, at+1)
		}
	}
	if bytes.HasPrefix(s.text, []byte("\ufeff")) {
		s.starts[0] = len("\ufeff")
	}
}

// delimiter is the one that finds all headers again.
func (s *sheet) delimiter() byte {
	line := 0
	for n := 1; n < s.Key.Place.Line; n++ {
		line += bytes.IndexByte(s.text[line:], '\n') + 1
	}
	if line == 0 && bytes.HasPrefix(s.text, []byte("\ufeff")) {
		line = len("\ufeff")
	}
	for _, delim := range []byte(",;\t|") {
		if s.finds(line, s.Key, delim) && !slices.ContainsFunc(s.Columns, func(c *table.Column) bool { return !s.finds(line, c.Header, delim) }) {
			return delim
		}
	}
	return ','
}

func (s *sheet) finds(line int, h table.Header, delim byte) bool {
	from, to, ok := field(s.text, line, h.Index, delim)
	return ok && unquote(s.text[from:to]) == h.Name
}

func unquote(text []byte) string {
	if len(text) > 1 && text[0] == '"' {
		text = bytes.ReplaceAll(text[1:len(text)-1], []byte(`""`), []byte(`"`))
	}
	return string(bytes.TrimSpace(text))
}

// field is where the n-th field of the row at an offset stands, with its quotes
// and without spaces around it.
func field(text []byte, at, n int, delim byte) (from, to int, ok bool) {
	for ; ; n-- {
		end := fieldEnd(text, at, delim)
		if n == 0 {
			piece := text[at:end]
			from = end - len(bytes.TrimLeft(piece, " \t\r"))
			return min(from, end), max(from, at+len(bytes.TrimRight(piece, " \t\r"))), true
		}
		if end == len(text) || text[end] != delim {
			return 0, 0, false
		}
		at = end + 1
	}
}

// fieldEnd is the offset of what ends the field at an offset.
func fieldEnd(text []byte, at int, delim byte) int {
	if at < len(text) && text[at] == '"' {
		for at++; at < len(text); at++ {
			if text[at] != '"' {
				continue
			}
			if at+1 < len(text) && text[at+1] == '"' {
				at++
				continue
			}
			break
		}
	}
	for at < len(text) && text[at] != delim && text[at] != '\n' {
		at++
	}
	return at
}

// comma says that a comma may be a decimal mark: commas do not separate fields.
func (s *sheet) comma() bool { return s.text != nil && s.delim != ',' }
