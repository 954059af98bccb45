package table

import (
	"bytes"
	"fmt"
	"unicode"
	"unicode/utf8"

	"rubric/spec/diag"
	"rubric/spec/source"
)

const (
	shownFindings = 100  // of one code; the rest is counted
	shownCell     = 40   // characters of a cell in a message
	shownLine     = 200  // characters of a line in a place
	longestLine   = 1000 // characters kept so that a late column still stands in its line
)

// found collects findings, so many of each code, and counts the others.
type found struct {
	list  diag.List
	count map[string]int
	more  diag.List // the first of each code that was left out
}

// full says that a code has enough findings: one more would only be counted.
func (f *found) full(code diag.Code) bool { return f.count[code.Name] > shownFindings }

// skip counts findings that need not be made.
func (f *found) skip(code string, n int) {
	if f.count == nil {
		f.count = map[string]int{}
	}
	f.count[code] += n
}

func (f *found) add(d diag.Diagnostic) {
	f.skip(d.Code, 1)
	switch n := f.count[d.Code]; {
	case n <= shownFindings:
		f.list.Add(d)
	case n == shownFindings+1:
		f.more.Add(d)
	}
}

// take adds what was found further down.
func (f *found) take(later *found, lines int) {
	for _, list := range []diag.List{later.list, later.more} {
		for _, d := range list {
			f.add(moved(d, lines))
			later.count[d.Code]--
		}
	}
	for code, n := range later.count {
		f.skip(code, n)
	}
}

// all is everything that was found. What was left out is one finding a code,
// at the place where the first of them would stand.
func (f *found) all() diag.List {
	out := f.list
	for _, d := range f.more {
		left := f.count[d.Code] - shownFindings
		d.Message, d.Unit, d.Related = fmt.Sprintf("%d more findings of this kind from here on", left), "", nil
		if left == 1 {
			d.Message = "1 more finding of this kind"
		}
		out.Add(d.WithHelp("only the first %d are listed", shownFindings))
	}
	return out
}

// moved is a finding whose places are so many lines further down.
func moved(d diag.Diagnostic, lines int) diag.Diagnostic {
	d.Place = lower(d.Place, lines)
	for i := range d.Related {
		d.Related[i].Place = lower(d.Related[i].Place, lines)
	}
	return d
}

func lower(p source.Place, lines int) source.Place {
	p.Line, p.EndLine = p.Line+lines, p.EndLine+lines
	return p
}

// place is the place of text[from:to]. The line given is that of the byte
// at, which is not behind from.
func place(file string, text []byte, line, at, from, to int) source.Place {
	line += bytes.Count(text[at:from], newline)
	start := bytes.LastIndexByte(text[:from], '\n') + 1
	p := source.Place{
		File: file, Line: line, Column: 1 + utf8.RuneCount(text[start:from]),
		EndLine: line + bytes.Count(text[from:to], newline),
	}
	last := max(from, bytes.LastIndexByte(text[:to], '\n')+1)
	p.EndColumn = 1 + utf8.RuneCount(text[last:to])
	if p.EndLine == p.Line {
		p.EndColumn = p.Column + utf8.RuneCount(text[from:to])
	}
	p.Text = lineText(text[start:], max(p.Column, p.EndColumn))
	return p
}

// lineText is the first line of a text, cut where it is long, and empty where
// the column of interest would be cut off.
func lineText(text []byte, column int) string {
	keep := shownLine
	if column+20 > shownLine {
		keep = column + 20
	}
	if keep > longestLine {
		return ""
	}
	if end := bytes.IndexByte(text[:min(len(text), utf8.UTFMax*keep+2)], '\n'); end >= 0 {
		text = text[:end]
	}
	return printable(bytes.TrimSuffix(text, []byte("\r")), keep)
}

// cut is a cell as a message shows it.
func cut(text []byte) string { return printable(text, shownCell) }

// printable is so many characters of a text, one for one, without those that a
// terminal obeys.
func printable(text []byte, limit int) string {
	out := make([]rune, 0, min(len(text), limit+1))
	for len(text) > 0 {
		r, size := utf8.DecodeRune(text)
		text = text[size:]
		if len(out) == limit {
			out = append(out, '…')
			break
		}
		if r != '\t' && (unicode.IsControl(r) || !unicode.IsPrint(r) && !unicode.IsSpace(r)) {
			r = utf8.RuneError
		}
		out = append(out, r)
	}
	return string(out)
}
