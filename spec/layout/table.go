package layout

// alignTable puts the inside of flow maps in columns, where their author did:
//
//	low:    {title: Low,    below: 10}
//	middle: {title: Middle, from: 10}
//
// What a column is can be told by the keys, so that a key that a row has not leaves a
// hole, or by the place among the others: it is that which changes the fewest lines,
// and of two the one that keeps more of what is padded.
// A table that would be too wide is left as it is, the column of its maps included.
func alignTable(rows []entry) {
	var best [][]int
	fewest, most, columned := len(rows)+1, 0, false
	for by := range 2 {
		meant := meantColumns(rows, by)
		if gaps, changed, kept, fits := arrange(rows, by, meant); fits && (changed < fewest || changed == fewest && kept > most) {
			best, fewest, most, columned = gaps, changed, kept, len(meant) > 0
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

// arrange finds the gaps before the cells of a table, how many rows they change and how
// many padded cells they keep, and whether the table is no wider than it may be.
func arrange(rows []entry, by int, meant map[int]bool) (gaps [][]int, changed, kept int, fits bool) {
	places, fits := columnPlaces(rows, by, meant)
	if !fits {
		return nil, 0, 0, false
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
			if row[i+1] != e.line.gaps[c.word] {
				same = false
			} else if row[i+1] > 1 {
				kept++
			}
			end = begin + c.width
		}
		if !same {
			changed++
		}
		if len(places) > 0 && at+end > Width {
			return nil, 0, 0, false
		}
		gaps = append(gaps, row)
	}
	return gaps, changed, kept, true
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
