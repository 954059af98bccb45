package order

import (
	"math"
	"math/bits"

	"rubric/engine/cell"
)

// maxCells is how many cells the low half of a packed word can number.
const maxCells = 1 << 32

const signBit = 1 << 63

// key maps the doubles of one column to unsigned numbers that grow from the
// best value to the worst and start at 0; equal doubles, and they alone, get
// equal numbers.
//
// The bits of a double are its magnitude in order: of two positive doubles the
// greater has the greater bits. So a column takes the bits of |x| with the sign
// of x. A column with a zero or with both signs would then spend most numbers
// on what lies between 0 and its least magnitude, where it has no cell; so
// magnitudes are counted from there:
//
//	at(x) = ±(bits(|x|) − base) − first, or −first where x = 0
//
// That leaves width bits in use, of which the highest tell most cells apart, be
// they spread evenly, over many powers of ten, or about zero.
type key struct {
	base  uint64 // bits of the least magnitude above zero, less one
	flip  int64  // −1 where the highest value is best, else 0
	first int64  // place of the best value
	width int    // bits that hold every number of the column
}

// newKey fits a key to a column.
func newKey(v cell.Vector, best Best) key {
	base := uint64(math.MaxUint64)
	low, high := int64(math.MaxInt64), int64(math.MinInt64)
	for start, end := nextRun(v.Valid, 0); start < end; start, end = nextRun(v.Valid, end) {
		for _, x := range v.Values[start:end] {
			b := math.Float64bits(x)
			base = min(base, b&^signBit-1) // of a zero: the greatest number, so never less
			s := signed(int64(b))
			low, high = min(low, s), max(high, s)
		}
	}
	k := key{base: base}
	if best == Highest {
		k.flip = -1
		low, high = high, low
	}
	k.first = int64(k.at(math.Float64frombits(uint64(signed(low)))))
	k.width = bits.Len64(k.at(math.Float64frombits(uint64(signed(high)))))
	return k
}

// signed makes the bits of a double comparable as an integer, and makes them
// bits again. It puts −0 below +0, which does no harm to the bounds of a column.
func signed(b int64) int64 { return b ^ int64(uint64(b>>63)>>1) }

// at is the number of a value.
func (k *key) at(x float64) uint64 {
	b := math.Float64bits(x)
	m := int64(max(b&^signBit, k.base) - k.base)
	s := int64(b)>>63 ^ k.flip // −1: negate
	return uint64((m ^ s) - s - k.first)
}

// pack writes, for every valid cell, the highest bits of its number over the 32
// bits of its index.
func (k *key) pack(dst []uint64, v cell.Vector) {
	key, n, shift := *k, 0, beyond(k.width)
	for start, end := nextRun(v.Valid, 0); start < end; start, end = nextRun(v.Valid, end) {
		for i, x := range v.Values[start:end] {
			dst[n] = key.at(x)>>(shift&63)<<32 | uint64(start+i)
			n++
		}
	}
}
