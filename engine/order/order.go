// Package order ranks a column of cells.
//
// It is the core that normalisation by ranks and the ranks of results share:
// given a cell.Vector it writes the rank of every valid cell. It knows nothing
// of units, of missing rules or of points; what a cell without a value gets is
// its caller's business.
//
//	value      60  50  50  40
//	Standard    1   2   2   4    1 + how many are better
//	Modified    1   3   3   4    how many are better or equal
//	Dense       1   2   2   3    1 + how many distinct values are better
//	Fractional  1 2.5 2.5   4    the mean of Standard and Modified
//
// Cells tie when their doubles are equal; −0 equals +0; there is no tolerance.
// A rank depends on the valid cells' values alone: not on the order of rows, nor on
// what lies behind absent cells.
//
// Counts follow from ranks: Standard − 1 cells are strictly better, and of N valid
// cells N − Modified are strictly worse.
//
// Two paths lead to the same ranks. Whole and decimal numbers in a short range
// are counted, not sorted (grid.go). Others are sorted by radix (radix.go), 30
// bits at a time of an integer that keeps their order (key.go); those few whose
// first 30 bits agree are then told apart by the rest (ties.go). Time is
// proportional to the number of cells, however their values lie.
package order

import (
	"math/bits"

	"rubric/engine/cell"
)

// Ties says what cells of equal value get. In the formulas B is the number of
// valid cells strictly better, E the number equal, the cell itself included.
type Ties uint8

// The tie rules.
const (
	Standard   Ties = iota // 1224: B + 1
	Modified               // 1334: B + E
	Dense                  // 1223: the number of distinct better values + 1
	Fractional             // 1 2.5 2.5 4: B + (E + 1) / 2
)

// rank is the rank of a group of equal cells: better cells come before the
// group, through of them up to its end, and it is the nth group.
func (t Ties) rank(better, through, nth int) float64 {
	switch t {
	case Standard:
		return float64(better + 1)
	case Modified:
		return float64(through)
	case Dense:
		return float64(nth)
	case Fractional:
		return float64(better+1+through) / 2
	}
	panic("order: unknown tie rule")
}

// Best says which value gets rank 1.
type Best uint8

// The two ends of a column.
const (
	Highest Best = iota
	Lowest
)

// Ranker ranks columns one after another, and keeps the memory it works in: 16
// bytes a cell of the longest column so far. The zero value is ready. A Ranker
// serves one goroutine at a time.
type Ranker struct {
	scratch   []uint64
	histogram [1 << longDigit]uint32
}

// Rank writes the rank of every valid cell of v to dst, and returns the number
// of valid cells and of distinct values among them. Cells of dst whose cell in v
// is not valid are left as they are. dst is as long as v, and may be v.Values.
//
// Infinities and NaN are not values of valid cells. Should one come all the same,
// infinities rank as the ends of the line and NaN, by its bits, beyond them.
func (r *Ranker) Rank(dst []float64, v cell.Vector, ties Ties, best Best) (valid, distinct int) {
	if len(dst) != v.Len() {
		panic("order: ranks and cells differ in number")
	}
	if uint64(v.Len()) > maxCells {
		panic("order: more than 2³² cells")
	}
	valid = v.Valid.Count()
	if valid == 0 {
		return 0, 0
	}
	if need := 2 * v.Len(); len(r.scratch) < need {
		r.scratch = make([]uint64, need)
	}
	a, b := r.scratch[:valid], r.scratch[v.Len():][:valid]
	n := numbering{Ranker: r, dst: dst, v: v, ties: ties}

	if g, ok := newGrid(v); ok && g.countable(valid) {
		return valid, g.count(dst, v, r.scratch[:g.last()+1], ties, best)
	} else if ok && g.last() < 1<<sortBits {
		g.pack(a, v, best)
		a, b = r.sort(a, b, bits.Len64(g.last()))
		n.number(a, b, 0, true)
		return valid, n.distinct
	}

	n.key = newKey(v, best)
	if n.key.width == 0 {
		fill(dst, v.Valid, ties.rank(0, valid, 1))
		return valid, 1
	}
	n.key.pack(a, v)
	a, b = r.sort(a, b, min(n.key.width, sortBits))
	n.number(a, b, 0, n.key.width <= sortBits)
	return valid, n.distinct
}
