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

// alignTable puts the inside of flow maps in columns, where their author did:
//
//	low:    {title: Low,    below: 10}
//	middle: {title: Middle, from: 10}
//
// What a column is can be told by the keys, so that a key that a row has not leaves a
// hole, or by the place among the others: it is that which changes the fewest lines.
// A table that would be too wide is left as it is, the column of its maps included.
func alignTable(rows []entry) {
	var best [][]int
	fewest, columned := len(rows)+1, false
	for by := range 2 {
		meant := meantColumns(rows, by)
		gaps, changed, fits := arrange(rows, by, meant)
		if fits && changed < fewest {
			best, fewest, columned = gaps, changed, len(meant) > 0
		}
	}
	for i, e := range rows {
		e.line.wide, e.line.columned = best == nil, columned
		for k, c := range e.cells {
			if k > 0 && best != nil {
				e.line.gaps[c.word] = best[i][k]
			}
		}
	}
}

// arrange finds the gaps before the cells of a table, how many rows they change, and
// whether the table is no wider than it may be.
func arrange(rows []entry, by int, meant map[int]bool) (gaps [][]int, changed int, fits bool) {
	places, fits := columnPlaces(rows, by, meant)
	if !fits {
		return nil, 0, false
	}
	at := 0
	for _, e := range rows {
		at = max(at, e.at)
	}
	for _, e := range rows {
		row := make([]int, len(e.cells))
		end := e.cells[0].width
		same := true
		for i, c := range e.cells[1:] {
			begin := end + 1
			if place, ok := places[c.path[by]]; ok {
				begin = place
			}
			row[i+1] = begin - end
			same = same && row[i+1] == e.line.gaps[c.word]
			end = begin + c.width
		}
		if !same {
			changed++
		}
		if len(places) > 0 && at+end > Width {
			return nil, 0, false
		}
		gaps = append(gaps, row)
	}
	return gaps, changed, true
}

// meantColumns are the columns of a table in which its author padded something, by the
// rule of meant.
func meantColumns(rows []entry, by int) map[int]bool {
	out := map[int]bool{}
	if len(rows) == 1 {
		return out
	}
	column := map[int][]row{}
	for _, e := range rows {
		end := e.cells[0].width
		for _, c := range e.cells[1:] {
			gap := e.line.gaps[c.word]
			column[c.path[by]] = append(column[c.path[by]], row{least: end, gap: gap})
			end += gap + c.width
		}
	}
	for path, cells := range column {
		if meant(cells) {
			out[path] = true
		}
	}
	for more := true; more; { // a column can only be seen where those before it are columns, too
		before := len(out)
		for _, e := range rows {
			column := false
			for i := len(e.cells) - 1; i > 0; i-- {
				if column = column || out[e.cells[i].path[by]]; column {
					out[e.cells[i].path[by]] = true
				}
			}
		}
		more = len(out) > before
	}
	return out
}

// columnPlaces is where columns begin: as far to the left as what stands before them
// in each row allows. false: rows have them in different orders.
func columnPlaces(rows []entry, by int, columns map[int]bool) (map[int]int, bool) {
	places := map[int]int{}
	if len(columns) == 0 {
		return places, true
	}
	type way struct{ to, distance int }
	ways := map[int][]way{}
	left := map[int]int{} // how many ways to a column are not gone yet
	for _, e := range rows {
		from, distance := start, 0
		for _, c := range e.cells {
			if to := c.path[by]; columns[to] {
				ways[from] = append(ways[from], way{to, distance})
				left[to]++
				from, distance = to, 0
			}
			distance += c.width + 1
		}
	}
	for ready := []int{start}; len(ready) > 0; ready = ready[1:] {
		from := ready[0]
		for _, w := range ways[from] {
			places[w.to] = max(places[w.to], places[from]+w.distance)
			if left[w.to]--; left[w.to] == 0 {
				delete(left, w.to)
				ready = append(ready, w.to)
			}
		}
	}
	return places, len(left) == 0
}
