// Package source knows where text came from. A File is a named text; a Span is
// a piece of it; a Place is what a person is shown: file, line, column and the
// line itself. Lines and columns count from 1, columns in characters (Unicode
// code points), not bytes.
//
// A Place can stand without a File, because a data file of a gigabyte is never
// kept in memory: its reader makes Places directly.
package source

import (
	"bytes"
	"fmt"
	"sort"
	"strings"
	"unicode/utf8"
)

// File is a named text with its line starts.
type File struct {
	Name string
	Data []byte

	text  string // Data once more, so that a line of it costs nothing
	lines []int  // byte offset of the first byte of each line
	runes []int  // characters before each block of Data
}

// block is how far apart the places are whose characters are counted: a line
// may be as long as the file.
const block = 1 << 10

// NewFile indexes the lines of a text. They end in LF, CRLF or CR; a byte order
// mark belongs to none.
func NewFile(name string, data []byte) *File {
	at := 0
	if bytes.HasPrefix(data, []byte("\ufeff")) {
		at = len("\ufeff")
	}
	f := &File{Name: name, Data: data, text: string(data), lines: []int{at}}
	for n, from := 0, 0; from <= len(data); from += block {
		f.runes = append(f.runes, n)
		n += characters(data[from:min(from+block, len(data))])
	}
	for {
		next := bytes.IndexAny(data[at:], "\r\n")
		if next < 0 {
			return f
		}
		at += next + 1
		if data[at-1] == '\r' && at < len(data) && data[at] == '\n' {
			at++
		}
		f.lines = append(f.lines, at)
	}
}

// Lines is the number of lines, counting an empty last one.
func (f *File) Lines() int { return len(f.lines) }

// Start is the offset at which a line begins.
func (f *File) Start(line int) int { return f.lines[line-1] }

// Offset is the byte offset of a line and a column, counted in characters from 1, and
// whether there is such a place; behind the last character of a line is one.
func (f *File) Offset(line, column int) (int, bool) {
	if line < 1 || line > len(f.lines) || column < 1 {
		return 0, false
	}
	at, text := f.lines[line-1], f.Line(line)
	for range column - 1 {
		if text == "" {
			return 0, false
		}
		_, size := utf8.DecodeRuneInString(text)
		at, text = at+size, text[size:]
	}
	return at, true
}

// Line is the text of a line without its line end; empty outside the file.
func (f *File) Line(line int) string {
	if line < 1 || line > len(f.lines) {
		return ""
	}
	start, end := f.lines[line-1], len(f.Data)
	if line < len(f.lines) {
		end = f.lines[line]
	}
	return strings.TrimRight(f.text[start:end], "\r\n")
}

// Position is the line and column of a byte offset.
func (f *File) Position(offset int) (line, column int) {
	offset = min(max(offset, f.lines[0]), len(f.Data))
	line = sort.SearchInts(f.lines, offset+1)
	if start := f.lines[line-1]; offset-start < block {
		return line, 1 + characters(f.Data[start:offset])
	}
	return line, 1 + f.before(offset) - f.before(f.lines[line-1])
}

// before is the number of characters before an offset.
func (f *File) before(offset int) int {
	return f.runes[offset/block] + characters(f.Data[offset/block*block:offset])
}

// characters counts the characters that begin in a piece of text, which may
// begin or end within one.
func characters(data []byte) (n int) {
	for _, b := range data {
		if utf8.RuneStart(b) {
			n++
		}
	}
	return n
}

// Span is the piece [Start, End) of a file, in bytes. The zero Span is nowhere.
type Span struct {
	File       *File
	Start, End int
}

// IsZero says that the span is nowhere.
func (s Span) IsZero() bool { return s.File == nil }

// Text is the piece itself.
func (s Span) Text() string {
	if s.File == nil {
		return ""
	}
	return string(s.File.Data[s.Start:s.End])
}

// Place is the span as it is shown to a person.
func (s Span) Place() Place {
	if s.File == nil {
		return Place{}
	}
	line, column := s.File.Position(s.Start)
	endLine, endColumn := s.File.Position(s.End)
	return Place{File: s.File.Name, Line: line, Column: column, EndLine: endLine, EndColumn: endColumn, Text: s.File.Line(line)}
}

// Place is a range of characters in a named file. End is exclusive. Line 0
// means the file as a whole; the zero Place is nowhere.
type Place struct {
	File      string `json:"file"`
	Line      int    `json:"line,omitempty"`
	Column    int    `json:"column,omitempty"`
	EndLine   int    `json:"endLine,omitempty"`
	EndColumn int    `json:"endColumn,omitempty"`
	Text      string `json:"-"` // the whole first line, or as much of it as was kept
}

// String is file:line:column, or the file alone.
func (p Place) String() string {
	switch {
	case p.Line == 0:
		return p.File
	case p.Column == 0:
		return fmt.Sprintf("%s:%d", p.File, p.Line)
	}
	return fmt.Sprintf("%s:%d:%d", p.File, p.Line, p.Column)
}

// Compare orders places by file, line and column.
func (p Place) Compare(q Place) int {
	if c := strings.Compare(p.File, q.File); c != 0 {
		return c
	}
	if p.Line != q.Line {
		return p.Line - q.Line
	}
	return p.Column - q.Column
}
