package tree

import (
	"bytes"
	"unicode/utf8"
)

// marks turns the lines and columns of the YAML library into offsets. To it a
// line ends at CR, LF, CRLF, NEL, LS and PS alike, and a byte order mark is
// nothing; a person's lines are those of package source.
//
// Marks are asked for nearly in the order of the file, so the last answer is
// where the search for the next begins: a document may be one long line.
type marks struct {
	data  []byte
	lines []int // offset of the first byte of each line

	line, column, at int // the last answer
}

var (
	bom    = []byte("\ufeff")
	breaks = [][]byte{[]byte("\r\n"), []byte("\n"), []byte("\r"), []byte("\u0085"), []byte("\u2028"), []byte("\u2029")}
)

func newMarks(data []byte) *marks {
	m := &marks{data: data, line: 1, column: 1}
	if bytes.HasPrefix(data, bom) {
		m.at = len(bom)
	}
	m.lines = []int{m.at}
	for at := m.at; at < len(data); {
		if n := breakAt(data[at:]); n > 0 {
			at += n
			m.lines = append(m.lines, at)
			continue
		}
		at++
	}
	return m
}

// breakAt is the length of the line end that a text begins with; 0: none.
func breakAt(text []byte) int {
	switch text[0] {
	case '\n', '\r', 0xC2, 0xE2:
		for _, b := range breaks {
			if bytes.HasPrefix(text, b) {
				return len(b)
			}
		}
	}
	return 0
}

// offset is the byte offset of a line and column, both from 1, clamped to that line.
func (m *marks) offset(line, column int) int {
	switch {
	case line < 1:
		return 0
	case line > len(m.lines):
		return len(m.data)
	case line != m.line || column < m.column:
		m.line, m.column, m.at = line, 1, m.lines[line-1]
	}
	for m.column < column && m.at < len(m.data) && breakAt(m.data[m.at:]) == 0 {
		_, size := utf8.DecodeRune(m.data[m.at:])
		m.at += size
		m.column++
	}
	return m.at
}
