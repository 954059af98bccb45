package layout

// alignNotes settles the columns of comments.
func (d *document) alignNotes() {
	for from := 0; from < len(d.lines); {
		to := from + 1
		for to < len(d.lines) && trailing(d.lines[from]) && trailing(d.lines[to]) && follows(d.lines[to-1], d.lines[to]) && besides(d.lines[from], d.lines[to]) {
			to++
		}
		if trailing(d.lines[from]) {
			alignTrailing(d.lines[from:to])
		}
		from = to
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

// alignTrailing settles the comments behind lines that follow one another: in a column,
// or each so many spaces behind its line. It is that which they were, as far as
// they agreed.
func alignTrailing(lines []*line) {
	column, different := commonest(lines, func(l *line) int { return l.note.was + l.at - l.was }, larger)
	gap, otherwise := commonest(lines, func(l *line) int { return l.note.gap }, smaller)
	gap = max(gap, 1)
	least, end := gap, 0
	for _, l := range lines {
		least = max(min(least, l.note.gap), 1)
		end = max(end, l.width)
	}
	inColumn := different <= otherwise
	if len(lines) == 1 {
		inColumn = gap > 1
	}
	if column <= end { // no room
		column = end + least
		inColumn = inColumn && column <= Width
	}
	for _, l := range lines {
		l.note.at = l.width + gap
		if inColumn {
			l.note.at = column
		}
	}
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
