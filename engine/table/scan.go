package table

import (
	"bytes"
	"hash/maphash"
)

// slot says what a field of a row is for.
type slot struct {
	use    use
	column int    // which of the number or text columns
	name   string // header, for messages
}

type use uint8

const (
	unused use = iota
	asUnit
	asNumber
	asText
)

// layout is what the header line says about the rows. Workers share it.
type layout struct {
	file    string
	delim   byte
	comma   byte // what stands for a decimal point, beside it; the point itself where fields are separated by commas
	maxLine int
	slots   []slot
	unit    int // field of the units
	numbers int // columns of numbers
	texts   int // columns of text
	seed    maphash.Seed
	markers map[string]int // texts that are no figures
}

// padding is how far the eight-byte loads may reach beyond a text.
const padding = 32

var newline = []byte("\n")

// scanner reads the rows of chunk after chunk into its block.
type scanner struct {
	*layout
	block
	text    []byte // the chunk, which ends in a line end
	buf     []byte // the same with its padding
	quotes  bool   // whether there are any
	row     int    // offset of the row being read
	open    int    // offset of a quote that nothing closes
	end     int    // offset of what ended the reading
	extra   int    // offset of the row's first field too many
	breaks  int    // line ends within the row's quotes
	pending []issue
	known   map[string]string // texts seen, so that a level is one string
}

// scan reads a chunk into the block.
func (s *scanner) scan(c chunk) {
	s.reset(c.text, s.layout)
	s.setText(c.text)
	nul := bytes.IndexByte(c.text, 0)
	if nul >= 0 {
		s.setText(c.text[:bytes.LastIndexByte(c.text[:nul], '\n')+1])
	}
	next := s.scanRows()
	s.setText(c.text)
	if s.fatal == nil {
		s.checkEnd(c, next, nul)
	}
	s.checkEncoding(c.text)
	start := 0
	for _, end := range s.ends {
		s.hashes = append(s.hashes, uint32(maphash.Bytes(s.seed, s.ids[start:end])))
		start = end
	}
}

func (s *scanner) setText(text []byte) {
	s.text, s.buf = text, text[:len(text)+padding]
	s.quotes = bytes.IndexByte(text, '"') >= 0
}

// scanRows reads rows, and gives the offset of the first that is not whole.
func (s *scanner) scanRows() int {
	for p := 0; p < len(s.text); {
		if c := s.text[p]; c <= ' ' {
			if next := s.blank(p); next > p {
				s.lines++
				p = next
				continue
			}
		}
		next, ok := s.scanRow(p)
		if !ok {
			return p
		}
		p = next
	}
	return len(s.text)
}

// blank is the offset behind a line of nothing but spaces.
func (s *scanner) blank(p int) int {
	for q := p; q-p <= s.maxLine; q++ {
		switch c := s.buf[q]; {
		case c == '\n':
			return q + 1
		case c != ' ' && c != '\r' && (c != '\t' || c == s.delim):
			return p
		}
	}
	return p
}

// scanRow reads the row at p, and gives the offset of the next. It is not ok
// where nothing behind can be read.
func (s *scanner) scanRow(p int) (int, bool) {
	s.row, s.breaks = p, 0
	ids, f := len(s.ids), 0
	for {
		var ended bool
		if f, p, ended = s.scanNumbers(f, p); !ended {
			if f == len(s.slots) {
				s.extra = p
				f, p = s.surplus(f, p)
			} else {
				p = s.scanCell(f, p)
				f++
			}
			if p < 0 {
				return 0, false
			}
			if p++; s.buf[p-1] == s.delim {
				continue
			}
		}
		break
	}
	if p-1-s.row > s.maxLine {
		s.tooLong(s.row)
		return 0, false
	}
	if s.settle(f, p) {
		s.ends = append(s.ends, len(s.ids))
		s.jumps.add(s.rows, s.lines)
		s.rows++
	} else {
		s.ids = s.ids[:ids]
		s.at = s.at[:s.rows]
		s.forget(f)
	}
	s.lines += 1 + s.breaks
	return p, true
}

// forget takes back what so many fields of a row have put into the block.
func (s *scanner) forget(fields int) {
	for _, slot := range s.slots[:min(fields, len(s.slots))] {
		switch slot.use {
		case asNumber:
			s.bits(slot.column).Set(s.rows)
		case asText:
			s.bits(s.numbers + slot.column).Set(s.rows)
		}
	}
	for n := len(s.marks); n > 0 && s.marks[n-1].row == s.rows; n-- {
		s.marks = s.marks[:n-1]
	}
}
