package layout

// row is a thing that can be in a column with others: where the column would begin if
// nothing were padded, and where it begins as it was written.
type row struct {
	line  *line
	least int // where the value stands behind one space
	gap   int // the spaces that there are

	seq   int // how many lines with words stand before
	blank int // how many blank lines stand before
}

// flow says whether the value is a flow map or list.
func (r row) flow() bool { return r.line.words[r.line.keyed+1].kind == opening }

// alignValues puts the values of maps in columns, where their author did:
//
//	units:      units.csv
//	deviations: deviations.yaml
func (d *document) alignValues() {
	rows := map[*block][]row{}
	var order []*block
	seq, blank := 0, 0
	for _, l := range d.lines {
		if l.blank {
			blank++
		}
		if len(l.words) > 0 {
			seq++
		}
		if l.keyed == 0 || len(l.words) == l.keyed+1 || l.wide {
			continue
		}
		if rows[l.keys] == nil {
			order = append(order, l.keys)
		}
		rows[l.keys] = append(rows[l.keys], row{l, columns(d.text(l.words[l.keyed-1])) + 2, l.gaps[l.keyed+1], seq, blank})
	}
	for _, b := range order {
		alignRows(rows[b])
	}
}

// alignRows settles which rows of a map are in columns with each other: those between
// two blank lines, those that follow one another, of these the flow maps apart, or
// all. It is that which changes the fewest lines, and of two the one that keeps more
// of what is padded.
func alignRows(rows []row) {
	sections := func(a, b row) bool { return a.blank == b.blank }
	followers := func(a, b row) bool { return a.blank == b.blank && a.seq+1 == b.seq }
	alike := func(a, b row) bool { return followers(a, b) && a.flow() == b.flow() }
	all := func(row, row) bool { return true }
	var best []int
	fewest, most := len(rows)+1, 0
	for _, together := range []func(a, b row) bool{sections, followers, alike, all} {
		gaps := make([]int, 0, len(rows))
		for from := 0; from < len(rows); {
			to := from + 1
			for to < len(rows) && together(rows[to-1], rows[to]) {
				to++
			}
			gaps = append(gaps, padded(rows[from:to])...)
			from = to
		}
		changed, kept := 0, 0
		for i, gap := range gaps {
			if gap != rows[i].gap {
				changed++
			} else if gap > 1 {
				kept++
			}
		}
		if changed < fewest || changed == fewest && kept > most {
			fewest, most, best = changed, kept, gaps
		}
	}
	for i, r := range rows {
		r.line.gaps[r.line.keyed+1] = best[i]
	}
}

// padded are the gaps of rows that are in a column, or are not.
func padded(rows []row) []int {
	gaps := make([]int, len(rows))
	column := 0
	if inColumn(rows) {
		for _, r := range rows {
			column = max(column, r.least)
		}
	}
	if column > Width {
		column = 0
	}
	for i, r := range rows {
		gaps[i] = 1 + max(column-r.least, 0)
	}
	return gaps
}

// inColumn says whether rows are to be in a column: where all are flow maps, because
// one is padded on purpose or they are in columns within; where they are anything,
// because half of them are in one.
func inColumn(rows []row) bool {
	for _, r := range rows {
		if r.line.columned {
			return true
		}
	}
	for _, r := range rows {
		if !r.flow() {
			return halfAligned(rows)
		}
	}
	return meant(rows)
}

// meant says whether an author meant rows to be in a column: something is padded.
// Two spaces are a slip of the finger, unless another row begins in the same column.
func meant(rows []row) bool {
	begin := map[int]int{}
	for _, r := range rows {
		begin[r.least+r.gap]++
	}
	for _, r := range rows {
		if r.gap > 2 || r.gap == 2 && begin[r.least+r.gap] > 1 {
			return true
		}
	}
	return false
}

// halfAligned says whether at least two rows and half of all begin in one column, and
// not by chance: one of them is padded.
func halfAligned(rows []row) bool {
	begin, pads := map[int]int{}, map[int]bool{}
	for _, r := range rows {
		begin[r.least+r.gap]++
		pads[r.least+r.gap] = pads[r.least+r.gap] || r.gap > 1
	}
	for column, n := range begin {
		if n > 1 && 2*n >= len(rows) && pads[column] {
			return true
		}
	}
	return false
}
