package layout

import "strings"

// entry is a row of a table: a flow map or list on one line.
type entry struct {
	line  *line
	at    int // its column, behind one space
	cells []cell
}

// cell is what stands between two places of an entry that may be padded: up to a
// comma. The first begins with the bracket.
type cell struct {
	word  int    // the word of the line that it begins with
	width int    // without the space behind it
	path  [2]int // what it is: by the keys that lead to it, and by its place among its siblings
}

// tables finds the flow maps of one map or list that follow one another.
func (d *document) tables() (out [][]entry) {
	var of *block
	paths := paths{}
	for _, l := range d.lines {
		if len(l.words) == 0 && !l.blank {
			continue // a comment between two rows
		}
		e, in := d.entry(l, paths)
		if in != nil && (l.blank || in != of) {
			out = append(out, nil)
		}
		if of = in; in != nil {
			out[len(out)-1] = append(out[len(out)-1], e)
		}
	}
	return out
}

// entry is a line as the row of a table, and the block that it is a row of.
func (d *document) entry(l *line, p paths) (e entry, in *block) {
	if l.flow != nil || len(l.opens) == 0 || !l.begins {
		return e, nil
	}
	first := l.opens[0].index
	switch {
	case l.keyed > 0 && first == l.keyed+1 && l.keys == l.block:
		in = l.keys
	case l.words[0].kind == dash && first == 1:
		in = l.block
	default:
		return e, nil
	}
	e = entry{line: l, at: l.at}
	for _, w := range l.words[:first] { // - or key:
		e.at += columns(d.text(w))
	}
	e.at++
	if !d.cells(&e, first, p) {
		return e, nil
	}
	return e, in
}

// paths are numbers for what leads to a cell: the number of what it is in, and its key
// or, negative, its place.
type paths map[step]int

type step struct {
	in    int
	key   string
	place int
}

// start is the path of the flow map itself.
const start = 0

func (p paths) to(s step) int {
	n, ok := p[s]
	if !ok {
		n = len(p) + 1
		p[s] = n
	}
	return n
}

// cells takes an entry apart; false: it goes on on another line.
func (d *document) cells(e *entry, first int, p paths) bool {
	type level struct {
		path [2]int // of what the bracket is the value of
		next [2]int // of the entry that is being read
		n    int    // entries so far
	}
	var open []level
	words, gaps := e.line.words, e.line.gaps
	for i := first; i < len(words); i++ {
		w := words[i]
		begins := i == first
		if n := len(open); n > 0 && (words[i-1].kind == comma || words[i-1].kind == opening) && w.kind != closing {
			top := &open[n-1]
			top.n++
			place := step{in: top.path[1], place: top.n}
			name := step{in: top.path[0], place: top.n}
			if i+1 < len(words) && w.kind == scalar && words[i+1].kind == colon {
				name = step{in: top.path[0], key: d.text(w)}
			}
			top.next = [2]int{p.to(name), p.to(place)}
			begins = words[i-1].kind == comma
		}
		text := d.text(w)
		if width := columns(text); begins {
			c := cell{word: i, width: width}
			if len(open) > 0 {
				c.path = open[len(open)-1].next
			}
			e.cells = append(e.cells, c)
		} else {
			e.cells[len(e.cells)-1].width += gaps[i] + width
		}
		switch w.kind {
		case opening:
			inner := level{}
			if len(open) > 0 {
				inner.path = open[len(open)-1].next
			}
			open = append(open, inner)
		case closing:
			open = open[:len(open)-1]
			if len(open) == 0 {
				return i == len(words)-1
			}
		case scalar:
			if strings.Contains(text, "\n") {
				return false
			}
		}
	}
	return false
}
