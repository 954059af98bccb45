package table

import (
	"bytes"
	"encoding/binary"
	"math/bits"
	"unicode"

	"rubric/spec/diag"
)

// scanCell reads the cell of field f at offset p, whatever it is, and gives the
// offset of what ends it, or -1.
func (s *scanner) scanCell(f, p int) int {
	text, end := s.field(f, p)
	if end < 0 {
		return end
	}
	slot := &s.slots[f]
	if slot.use == unused {
		return end
	}
	text = bytes.TrimSpace(text)
	switch slot.use {
	case asUnit:
		s.at = append(s.at, p)
		s.ids = append(s.ids, text...)
		if len(text) == 0 {
			from, to := s.span(p, end)
			s.issue(issue{code: diag.DataKey, field: f, from: from, to: to})
		}
	case asNumber:
		s.number(f, p, end, text)
	case asText:
		if s.marked(s.numbers+slot.column, text) {
			text = nil
		}
		s.words[slot.column*s.stride+s.rows] = s.intern(text)
		if len(text) == 0 {
			s.bits(s.numbers + slot.column).Clear(s.rows)
		}
	}
	return end
}

// number keeps a number that scanNumbers left alone.
func (s *scanner) number(f, p, end int, text []byte) {
	column := s.slots[f].column
	at := column*s.stride + s.rows
	s.values[at] = 0
	if len(text) == 0 {
		s.bits(column).Clear(s.rows)
		return
	}
	n, err := parse(text, s.comma == ',')
	if err != nil && s.marked(column, text) {
		s.bits(column).Clear(s.rows)
		return
	}
	if err != nil {
		from, to := s.span(p, end)
		s.issue(issue{code: diag.DataNumber, field: f, from: from, to: to, text: text, err: err})
		return
	}
	s.values[at] = n.value
	s.places[column] = max(s.places[column], n.decimals)
	if s.delim != ',' && n.mark != 0 {
		s.note(n.mark, n.grouped, p, end)
	}
}

// field is what stands in the field at offset p, without its quotes, and the
// offset of the delimiter or line end behind it. A quote that is never closed
// gives -1.
func (s *scanner) field(f, p int) ([]byte, int) {
	if !s.quotes {
		end := s.fieldEnd(p)
		return s.buf[p:s.trimEnd(p, end)], end
	}
	if s.buf[p] == '"' {
		return s.quoted(f, p)
	}
	end := s.fieldEnd(p)
	text := s.buf[p:s.trimEnd(p, end)]
	if at := bytes.IndexByte(text, '"'); at >= 0 {
		s.issue(issue{code: diag.DataSyntax, field: f, from: p + at, to: p + at + 1, text: text})
	}
	return text, end
}

// quoted is field for a field that begins with a quote.
func (s *scanner) quoted(f, p int) ([]byte, int) {
	q, doubled := p+1, false
	for {
		n := bytes.IndexByte(s.text[q:], '"')
		if n < 0 {
			s.open = p
			return nil, -1
		}
		if q += n; s.buf[q+1] != '"' {
			break
		}
		q, doubled = q+2, true
	}
	text := s.text[p+1 : q]
	s.breaks += bytes.Count(text, newline)
	if doubled {
		text = bytes.ReplaceAll(text, []byte(`""`), []byte(`"`))
	}
	if bytes.Contains(text, []byte("\r\n")) {
		text = bytes.ReplaceAll(text, []byte("\r\n"), newline)
	}
	end := s.fieldEnd(q + 1)
	if s.trimEnd(q+1, end) > q+1 {
		s.issue(issue{code: diag.DataSyntax, field: f, from: q, to: q + 1, opened: p + 1})
	}
	return text, end
}

// trimEnd is where a field ends that is ended by the byte at end: a carriage
// return before a line feed belongs to the line end.
func (s *scanner) trimEnd(p, end int) int {
	if s.buf[end] == '\n' && end > p && s.buf[end-1] == '\r' {
		return end - 1
	}
	return end
}

// span is where a cell's content stands, without spaces around it.
func (s *scanner) span(p, end int) (from, to int) {
	to = s.trimEnd(p, end)
	raw := s.buf[p:to]
	if text := bytes.TrimLeftFunc(raw, unicode.IsSpace); len(text) > 0 {
		from = to - len(text)
		return from, from + len(bytes.TrimSpace(text))
	}
	return p, to
}

// fieldEnd is the offset of the first delimiter or line end from p on. There
// always is a line end.
func (s *scanner) fieldEnd(p int) int {
	delims := uint64(s.delim) * ones
	for ; ; p += 8 {
		x := binary.LittleEndian.Uint64(s.buf[p:])
		if m := zeros(x^delims) | zeros(x^'\n'*ones); m != 0 {
			return p + bits.TrailingZeros64(m)/8
		}
	}
}

// zeros has the high bit of a word's first zero byte, and none before it
// (S. E. Anderson, "Bit Twiddling Hacks").
func zeros(x uint64) uint64 { return (x - ones) &^ x & (0x80 * ones) }

// intern is a text as a string, the same one for texts seen before.
func (s *scanner) intern(text []byte) string {
	if len(text) == 0 {
		return ""
	}
	if known, ok := s.known[string(text)]; ok {
		return known
	}
	made := string(text)
	if len(s.known) < 4096 && len(made) < 256 {
		s.known[made] = made
	}
	return made
}
