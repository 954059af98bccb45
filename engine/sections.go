package engine

import (
	"rubric/engine/cell"
)

// section is a cross-section: the rows of one period, in the order of the data.
// The rows of a data set without periods are one section, whose rows are nil.
type section struct {
	at   int   // among the evaluation's sections; −1: the rows of all periods
	rows []int // nil: all
	n    int
}

// sections are the cross-sections that a method sees: each period, or all rows
// at once where the document says so.
func (e *evaluation) sections(all bool) []section {
	if all || len(e.periods) < 2 {
		return []section{{at: -1, n: e.n}}
	}
	return e.periods
}

// sectionsOf makes the cross-sections of a data set.
func sectionsOf(rows [][]int) []section {
	var out []section
	for i, r := range rows {
		out = append(out, section{at: i, rows: r, n: len(r)})
	}
	return out
}

// vector is the section's part of a column; the column itself where it is all.
func (s section) vector(v cell.Vector) cell.Vector {
	if s.rows == nil || v.Valid == nil {
		return v
	}
	out := cell.NewVector(s.n)
	for k, i := range s.rows {
		if v.Valid.Get(i) {
			out.Put(k, v.Values[i])
		}
	}
	return out
}

// room is where a method writes its numbers for the section.
func (s section) room(v cell.Vector) cell.Vector {
	if s.rows == nil {
		return v
	}
	return cell.NewVector(s.n)
}

// put brings a section's numbers back to their rows of the column.
func (s section) put(from, to cell.Vector) {
	if s.rows == nil {
		return // it was the column itself
	}
	for k, i := range s.rows {
		if from.Valid.Get(k) {
			to.Put(i, from.Values[k])
		} else {
			to.Valid.Clear(i)
		}
	}
}

// merge adds a section's bits to those of a column; nil is none.
func (s section) merge(from cell.Bits, to *cell.Bits, n int) {
	if from == nil || from.Count() == 0 {
		return
	}
	if *to == nil {
		*to = cell.NewBits(n)
	}
	if s.rows == nil {
		for w := range from {
			(*to)[w] |= from[w]
		}
		return
	}
	for k, i := range s.rows {
		if from.Get(k) {
			to.Set(i)
		}
	}
}

// row is a row of the data set.
func (s section) row(k int) int {
	if s.rows == nil {
		return k
	}
	return s.rows[k]
}

func (s section) texts(t []string) []string {
	if s.rows == nil || t == nil {
		return t
	}
	out := make([]string, s.n)
	for k, i := range s.rows {
		out[k] = t[i]
	}
	return out
}
