package table

import (
	"bytes"
	"errors"
	"fmt"
	"unicode/utf8"

	"rubric/spec/diag"
	"rubric/spec/source"
)

// issue is something wrong with a cell. It becomes a finding when its row is
// known to be whole, and its unit to be known.
type issue struct {
	code     diag.Code
	field    int
	from, to int    // in the chunk
	text     []byte // the cell, without quotes and spaces
	opened   int    // 1 + offset of the quote that opened the field; 0: none
	err      error  // why it is not a number
}

func (s *scanner) issue(i issue) { s.pending = append(s.pending, i) }

// settle makes findings of what is wrong with the row that ends before p and
// has so many fields, and says whether the row is one of the table.
func (s *scanner) settle(fields, p int) bool {
	if fields == len(s.slots) && len(s.pending) == 0 {
		return true
	}
	var unit string
	if len(s.at) > s.rows && (fields > 1 || len(s.slots) == 1) {
		start := 0
		if s.rows > 0 {
			start = s.ends[s.rows-1]
		}
		unit = string(s.ids[start:])
	}
	// A stray quote is the cause of whatever else is wrong with its row.
	stray := false
	for i := range s.pending {
		stray = stray || s.pending[i].code == diag.DataSyntax
	}
	whole := fields == len(s.slots)
	for i := range s.pending {
		if issue := &s.pending[i]; stray == (issue.code == diag.DataSyntax) && (stray || whole) {
			s.report(issue.code, unit, func() diag.Diagnostic { return s.describe(issue, unit) })
		}
	}
	s.pending = s.pending[:0]
	if !whole && !stray {
		s.report(diag.DataRow, unit, func() diag.Diagnostic { return s.ragged(fields, p) })
	}
	return whole
}

// report adds a finding, unless there are enough of its code.
func (s *scanner) report(code diag.Code, unit string, make func() diag.Diagnostic) {
	if s.found.full(code) {
		s.found.skip(code.Name, 1)
		return
	}
	s.found.add(make().WithUnit(unit))
}

// place is where a piece of the row being read stands. It shows no more of the
// row than a row may have, because a chunk may have no more of it.
func (s *scanner) place(from, to int) source.Place {
	return place(s.file, s.text[:min(len(s.text), s.row+s.maxLine)], s.lines, s.row, from, to)
}

func (s *scanner) describe(i *issue, unit string) diag.Diagnostic {
	at := s.place(i.from, i.to)
	switch {
	case i.code == diag.DataKey:
		if s.emptyRow() {
			return diag.New(i.code, at, "a row without a unit: all its cells are empty").WithHelp("delete the line")
		}
		return diag.New(i.code, at, "a row without a unit: its cell of `%s` is empty", cut([]byte(s.slots[i.field].name))).
			WithHelp("name the unit, or delete the line")
	case i.code == diag.DataNumber:
		return s.describeNumber(i, at, unit)
	case i.opened > 0:
		d := diag.New(i.code, at, "a quoted field ends here, but text follows")
		if opened := s.place(i.opened-1, i.opened); opened.Line != at.Line {
			d = d.WithRelated(opened, "the field opens here")
		}
		return d.WithHelp(`write a quote within a quoted field twice: ""`)
	case len(bytes.TrimSpace(i.text[:bytes.IndexByte(i.text, '"')])) == 0:
		return diag.New(i.code, at, "spaces before a quoted field").WithHelp("remove the spaces: a field is quoted only if it begins with the quote")
	}
	return diag.New(i.code, at, "a quote within a field that does not begin with one").
		WithHelp(`put the whole field in quotes, and write each quote within it twice: ""`)
}

func (s *scanner) describeNumber(i *issue, at source.Place, unit string) diag.Diagnostic {
	what, help := "is not a number", numberHelp(i.text, s.delim)
	if errors.Is(i.err, errRange) {
		what, help = "is too large for a number", "the largest number is about 1.8e308"
	}
	of := ""
	if unit != "" {
		of = fmt.Sprintf(" of `%s`", cut([]byte(unit)))
	}
	return diag.New(i.code, at, "`%s` %s, in column `%s`%s", cut(i.text), what, cut([]byte(s.slots[i.field].name)), of).
		WithHelp("%s", help).WithExpected("a number", cut(i.text))
}

// emptyRow says that the row has nothing but delimiters.
func (s *scanner) emptyRow() bool {
	line := s.text[s.row:]
	line = line[:bytes.IndexByte(line, '\n')]
	return len(bytes.Trim(line, string(s.delim)+"\" \t\r")) == 0
}

// surplus counts the fields from p on, and gives the offset of the line end.
func (s *scanner) surplus(f, p int) (int, int) {
	for {
		_, end := s.field(f, p)
		f++
		if end < 0 || s.buf[end] != s.delim {
			return f, end
		}
		p = end + 1
	}
}

// ragged is the finding of a row with another number of fields than the header.
func (s *scanner) ragged(fields, p int) diag.Diagnostic {
	end := s.trimEnd(s.row, p-1)
	from, to := end, end
	if fields > len(s.slots) {
		from = s.extra
	}
	d := diag.New(diag.DataRow, s.place(from, to), "expected %s, as the header has, found %d", count(len(s.slots), "field"), fields)
	row := s.text[s.row:end]
	for _, other := range delimiters {
		if other != s.delim && fields == 1 && bytes.Count(row, []byte{other}) == len(s.slots)-1 {
			return d.WithHelp("this line separates fields by %s, the header by %s", delimiterName(other), delimiterName(s.delim))
		}
	}
	switch {
	case fields < len(s.slots):
		return d.WithHelp("an empty cell needs its %s too", delimiterName(s.delim))
	case len(bytes.Trim(s.text[s.extra:end], string(s.delim)+" \t")) == 0:
		return d.WithHelp("remove the %s at the end of the line", delimiterName(s.delim))
	case s.delim == ',':
		return d.WithHelp("put a text with a comma in quotes, and write numbers with a decimal point and without thousands separators")
	}
	return d.WithHelp("put a text with a %s in quotes", delimiterName(s.delim))
}

// checkEnd finds what is wrong with the end of a chunk, of which the row at
// next could not be read, or a byte is zero.
func (s *scanner) checkEnd(c chunk, next, nul int) {
	s.row, s.pending = next, s.pending[:0]
	length := len(c.text) - next
	switch {
	case nul >= 0:
		length = nul + 1 - next
	case next == len(c.text):
		return
	case c.closed:
		length-- // the line end is not the file's
	}
	switch {
	case length > s.maxLine:
		s.tooLong(next)
	case nul >= 0:
		s.stop(nul, zeroByte(s.place(nul, nul+1)))
	default:
		s.stop(s.open, s.neverClosed())
	}
}

func (s *scanner) neverClosed() diag.Diagnostic {
	return diag.New(diag.DataSyntax, s.place(s.open, s.open+1), "a quote opens here and is never closed").
		WithHelp(`close it; a quote that belongs to the text is written twice, within quotes: "12"" pipe"`)
}

func zeroByte(p source.Place) diag.Diagnostic {
	return diag.New(diag.DataSyntax, p, "a zero byte: this is not text, or not UTF-8").WithHelp("save the file as CSV in UTF-8")
}

// tooLong stops at the row that begins at an offset.
func (s *scanner) tooLong(row int) {
	s.row, s.pending = row, s.pending[:0]
	s.stop(row, tooLong(s.place(row, row), s.maxLine))
}

func tooLong(p source.Place, limit int) diag.Diagnostic {
	size := fmt.Sprintf("%d bytes", limit)
	if limit%(1<<20) == 0 {
		size = fmt.Sprintf("%d MiB", limit>>20)
	}
	return diag.New(diag.DataLimit, p, "a line longer than %s", size).
		WithHelp("look for a quote that is never closed, or for line ends that are missing")
}

// stop ends the reading at an offset.
func (s *scanner) stop(at int, d diag.Diagnostic) {
	s.fatal, s.end = &d, at
}

// checkEncoding finds the first character before the end that is not UTF-8.
func (s *scanner) checkEncoding(text []byte) {
	if utf8.Valid(text) {
		return
	}
	at := invalidUTF8(text)
	if s.fatal != nil {
		if at >= s.end {
			return
		}
		text = text[:min(len(text), s.row+s.maxLine)]
	}
	d := notUTF8(place(s.file, text, 0, 0, at, at+1), text[at])
	s.invalid = &d
}

func invalidUTF8(text []byte) int {
	for at := 0; at < len(text); {
		r, size := utf8.DecodeRune(text[at:])
		if r == utf8.RuneError && size == 1 {
			return at
		}
		at += size
	}
	return -1
}

func notUTF8(p source.Place, b byte) diag.Diagnostic {
	return diag.New(diag.DataSyntax, p, "the file is not UTF-8: byte 0x%02X", b).
		WithHelp("save it as UTF-8; a spreadsheet calls that `CSV UTF-8`")
}

// count is a number of things: 1 field, 2 fields.
func count(n int, thing string) string {
	if n == 1 {
		return "1 " + thing
	}
	return fmt.Sprintf("%d %ss", n, thing)
}
