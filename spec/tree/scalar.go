package tree

import (
	"bytes"
	"unicode/utf8"

	yaml "go.yaml.in/yaml/v4"

	"rubric/spec/source"
)

// skipProperties moves over an anchor and a tag, which stand before a scalar; no
// plain scalar begins with & or !.
func skipProperties(data []byte, at int, n *yaml.Node) int {
	for range 2 {
		if at >= len(data) || n.Kind != yaml.ScalarNode || (data[at] != '&' && data[at] != '!') {
			return at
		}
		for at < len(data) && data[at] != ' ' && data[at] != '\n' {
			at++
		}
		for at < len(data) && data[at] == ' ' {
			at++
		}
	}
	return at
}

// scalarEnd is the offset behind a scalar that starts at an offset.
func scalarEnd(data []byte, start int, n *yaml.Node) int {
	if style := n.Style &^ yaml.TaggedStyle; style == 0 && len(n.Value) <= len(data)-start && string(data[start:start+len(n.Value)]) == n.Value {
		return start + len(n.Value) // plain, on one line: nearly all of them
	}
	m := align(data, start, n.Value, n.Style)
	return m[len(m)-1]
}

// At is the place of the bytes [start, end) of a scalar's text in the file.
func (n *Node) At(start, end int) source.Place {
	m := align(n.Span.File.Data, n.Span.Start, n.Value, n.style)
	start = min(max(start, 0), len(m)-1)
	end = min(max(end, start), len(m)-1)
	from, to := m[start], m[end]
	if end > start {
		// The end of the last character, not the start of the next one, which
		// folding may have put on another line.
		_, size := utf8.DecodeLastRuneInString(n.Value[start:end])
		last := m[end-size]
		_, width := utf8.DecodeRune(n.Span.File.Data[min(last, len(n.Span.File.Data)-1):])
		to = max(last+width, from)
	}
	return source.Span{File: n.Span.File, Start: from, End: to}.Place()
}

// align maps each byte of a scalar's text, and the end of it, to its offset in
// the file. It walks text and file together: what the style adds in the file
// (quotes, escapes, indentation, the line ends that folding turned into spaces)
// is passed over.
func align(data []byte, start int, text string, style yaml.Style) []int {
	m := make([]int, len(text)+1)
	at := start
	switch {
	case style&(yaml.LiteralStyle|yaml.FoldedStyle) != 0:
		if next := bytes.IndexByte(data[at:], '\n'); next >= 0 {
			at += next + 1 // the header: | or >- and so on
		} else {
			at = len(data)
		}
	case style&(yaml.SingleQuotedStyle|yaml.DoubleQuotedStyle) != 0:
		at++
	}
	double := style&yaml.DoubleQuotedStyle != 0
	single := style&yaml.SingleQuotedStyle != 0
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRuneInString(text[i:])
		from, to := at, at
		switch {
		case at >= len(data):
		case double && data[at] == '\\':
			from, to = escape(data, at)
		case single && data[at] == '\'' && at+1 < len(data) && data[at+1] == '\'':
			to = at + 2
		case r == ' ' || r == '\n':
			from, to = white(data, at, r)
		default:
			for at < len(data) && blank(data[at]) && !matches(data, at, r) {
				at++
			}
			if double && at < len(data) && data[at] == '\\' && !matches(data, at, r) {
				from, to = escape(data, at)
				break
			}
			_, width := utf8.DecodeRune(data[min(at, len(data)):])
			from, to = at, at+width
		}
		for k := range size {
			m[i+k] = min(from, len(data))
		}
		i += size
		at = min(to, len(data))
	}
	m[len(text)] = at
	if double || single {
		m[len(text)] = min(at+1, len(data))
	}
	return m
}

func blank(b byte) bool { return b == ' ' || b == '\t' || b == '\n' || b == '\r' }

func matches(data []byte, at int, r rune) bool {
	got, _ := utf8.DecodeRune(data[at:])
	return got == r
}

// escape is the extent of an escape sequence of a double-quoted scalar. A line
// break behind a backslash stands for nothing, so what follows it is meant.
func escape(data []byte, at int) (from, to int) {
	if at+1 >= len(data) {
		return at, len(data)
	}
	switch data[at+1] {
	case 'x':
		return at, at + 4
	case 'u':
		return at, at + 6
	case 'U':
		return at, at + 10
	case '\n', '\r':
		at++
		for at < len(data) && blank(data[at]) {
			at++
		}
		_, width := utf8.DecodeRune(data[min(at, len(data)):])
		return at, at + width
	}
	return at, at + 2
}

// white is the extent of a space or line break of the text in the file: itself,
// or the line end and indentation that folding or block style made of it.
func white(data []byte, at int, r rune) (from, to int) {
	from = at
	for r == '\n' && at < len(data) && (data[at] == ' ' || data[at] == '\t' || data[at] == '\r') {
		at++ // indentation of an empty line, or space before a line end
	}
	if at < len(data) && data[at] == byte(r) {
		return at, at + 1
	}
	// A folded line end: everything blank up to the next character.
	for at < len(data) && blank(data[at]) {
		at++
	}
	return from, max(at, from)
}
