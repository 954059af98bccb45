package order

import (
	"math"
	"math/bits"

	"rubric/engine/cell"
)

// grid holds a column of scales, counts or rounded figures, which are all
// multiples of 1, of 0.1, of 0.01 … Those are integers in disguise:
//
//	k(x) = x · unit, rounded to an integer
//
// if k(x) / unit gives back x for every cell. Then x < y exactly where k(x) <
// k(y), division being monotonic, and x = y exactly where k(x) = k(y): that test
// is the proof, whatever rounding did to k. All of −0, +0 have k = 0.
type grid struct {
	unit      float64
	low, high int64
}

// units are the numbers of steps in 1 that a grid may have.
var units = [...]float64{1, 10, 100, 1e3, 1e4, 1e5, 1e6}

// toInt added to a double below 2⁵¹ leaves it, rounded to an integer, in the low bits.
const toInt = 3 << 51

var toIntBits = int64(math.Float64bits(toInt))

// multiple is x in steps of 1/unit.
func multiple(x, unit float64) int64 {
	return int64(math.Float64bits(float64(x*unit)+toInt)) - toIntBits
}

// newGrid finds a grid on which every cell of a column lies.
func newGrid(v cell.Vector) (g grid, ok bool) {
	if g.unit, ok = sampleUnit(v); !ok {
		return g, false
	}
	g.low, g.high = math.MaxInt64, math.MinInt64
	for start, end := nextRun(v.Valid, 0); start < end; start, end = nextRun(v.Valid, end) {
		for _, x := range v.Values[start:end] {
			k := multiple(x, g.unit)
			if float64(k)/g.unit != x {
				return g, false
			}
			g.low, g.high = min(g.low, k), max(g.high, k)
		}
	}
	return g, true
}

// sampleUnit finds the least of units of which a few cells are multiples.
func sampleUnit(v cell.Vector) (unit float64, ok bool) {
	u := 0
	for w := 0; w < len(v.Valid); w += 1 + len(v.Valid)/16 {
		word := v.Valid[w]
		for range 4 {
			if word == 0 {
				break
			}
			x := v.Values[w<<6|bits.TrailingZeros64(word)]
			word &= word - 1
			for float64(multiple(x, units[u]))/units[u] != x {
				if u++; u == len(units) {
					return 0, false
				}
			}
		}
	}
	return units[u], true
}

// last is the number of the last place of the grid, where the first is 0.
func (g *grid) last() uint64 { return uint64(g.high - g.low) }

// countable tells whether counting so many cells is faster than sorting them: it
// is while a place is seldom empty, or while all places fit in a near cache. The
// places take no more than two words a cell.
func (g *grid) countable(cells int) bool {
	last, n := g.last(), uint64(cells)
	return last < n/2 || last < min(2*n, 1<<16)
}

// count ranks a column by counting the cells at each place of its grid; table
// has a word for each.
func (g *grid) count(dst []float64, v cell.Vector, table []uint64, ties Ties, best Best) (distinct int) {
	clear(table)
	for start, end := nextRun(v.Valid, 0); start < end; start, end = nextRun(v.Valid, end) {
		for _, x := range v.Values[start:end] {
			table[multiple(x, g.unit)-g.low]++
		}
	}
	distinct = rankPlaces(table, ties, best)
	for start, end := nextRun(v.Valid, 0); start < end; start, end = nextRun(v.Valid, end) {
		ranks := dst[start:end]
		for i, x := range v.Values[start:end] {
			ranks[i] = math.Float64frombits(table[multiple(x, g.unit)-g.low])
		}
	}
	return distinct
}

// rankPlaces turns the number of cells at each place into the bits of their rank.
func rankPlaces(table []uint64, ties Ties, best Best) (distinct int) {
	i, step := 0, 1
	if best == Highest {
		i, step = len(table)-1, -1
	}
	before := 0
	for range table {
		if n := int(table[i]); n > 0 {
			distinct++
			table[i] = math.Float64bits(ties.rank(before, before+n, distinct))
			before += n
		}
		i += step
	}
	return distinct
}

// pack writes, for every valid cell, its place counted from the best over the
// 32 bits of its index.
func (g *grid) pack(dst []uint64, v cell.Vector, best Best) {
	n, first, sign := 0, g.low, int64(1)
	if best == Highest {
		first, sign = g.high, -1
	}
	for start, end := nextRun(v.Valid, 0); start < end; start, end = nextRun(v.Valid, end) {
		for i, x := range v.Values[start:end] {
			dst[n] = uint64((multiple(x, g.unit)-first)*sign)<<32 | uint64(start+i)
			n++
		}
	}
}
