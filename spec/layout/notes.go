package layout

// alignNotes settles the columns of comments.
func (d *document) alignNotes() {
	section := 0
	var groups []group
	for from := 0; from < len(d.lines); {
		if d.lines[from].blank {
			section++
		}
		to := from + 1
		if trailing(d.lines[from]) {
			for to < len(d.lines) && trailing(d.lines[to]) && follows(d.lines[to-1], d.lines[to]) && besides(d.lines[from], d.lines[to]) {
				to++
			}
			groups = append(groups, grouped(d.lines[from:to], section))
		}
		from = to
	}
	columns := map[shared]int{}
	for _, g := range groups {
		if g.inColumn {
			columns[g.shared] = g.column
		}
	}
	for i := range groups {
		g := &groups[i]
		_, others := columns[g.shared]
		g.inColumn = g.inColumn || others && len(g.lines) == 1 && g.fits // the longest line of a column
		if g.inColumn {
			columns[g.shared] = max(columns[g.shared], g.column)
		}
	}
	for _, g := range groups {
		for _, l := range g.lines {
			l.note.at = l.width + g.gap
			if g.inColumn {
				l.note.at = columns[g.shared]
			}
		}
	}
	var above *line
	for _, l := range d.lines {
		if l.note != nil && len(l.words) == 0 {
			l.note.at = l.at
			if l.note.goesOn = above != nil && follows(above, l) && above.goesOn() && above.note.was == l.note.was && !l.stands; l.note.goesOn {
				l.note.at = above.note.at
			}
		}
		above = l
	}
}

// goesOn says whether a comment right below may go on with the one of this line.
func (l *line) goesOn() bool { return l.note != nil && (len(l.words) > 0 || l.note.goesOn) }

// trailing says whether a line ends in a comment.
func trailing(l *line) bool { return l.note != nil && len(l.words) > 0 }

// follows says whether a line stands right below another.
func follows(above, l *line) bool {
	return !l.blank && (len(above.words) == 0 || above.words[len(above.words)-1].body == nil)
}

// besides says whether two lines are of one map or list.
func besides(a, b *line) bool { return a.block == b.block && a.flow == b.flow && a.begins == b.begins }

// group is lines that follow one another and end in comments. These are in a column,
// or each so many spaces behind its line.
type group struct {
	lines    []*line
	inColumn bool
	column   int
	gap      int
	fits     bool // the column is no wider than it may be
	shared
}

// shared is what groups of one map or list have in common whose comments stood in one
// column: they stay in one, though other lines are between them.
type shared struct {
	block   *block
	flow    *bracket
	section int
	was     int
}

// grouped settles the comments of a group: as they were, as far as they agreed.
func grouped(lines []*line, section int) group {
	column, different := commonest(lines, func(l *line) int { return l.note.was + l.at - l.was }, larger)
	gap, otherwise := commonest(lines, func(l *line) int { return l.note.gap }, smaller)
	g := group{lines: lines, column: column, gap: max(gap, 1), inColumn: different <= otherwise}
	if len(lines) == 1 {
		g.inColumn = gap > 1
	}
	g.shared = shared{lines[0].block, lines[0].flow, section, column}
	for _, l := range lines {
		g.column = max(g.column, l.width+1)
	}
	g.fits = g.column <= max(column, Width) // what one line takes is not given to all others
	g.inColumn = g.inColumn && g.fits
	return g
}

// commonest is what most lines have, and how many have something else. Of two that are
// as common prefer says which.
func commonest(lines []*line, of func(*line) int, prefer func(a, b int) int) (value, others int) {
	count := map[int]int{}
	for _, l := range lines {
		count[of(l)]++
	}
	most := 0
	for v, n := range count {
		if n > most {
			value, most = v, n
		} else if n == most && prefer(v, value) == v {
			value = v
		}
	}
	return value, len(lines) - most
}

func larger(a, b int) int  { return max(a, b) }
func smaller(a, b int) int { return min(a, b) }
