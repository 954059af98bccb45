package order

import "slices"

const (
	// longDigit is the longest digit that is sorted by at once. With more than
	// 2¹⁰ places to write to, a processor no longer keeps their pages at hand,
	// and a pass takes three times as long.
	longDigit = 10

	// sortBits is how many bits are sorted by in one round.
	sortBits = 3 * longDigit
)

// beyond is how many of so many bits one round leaves to the next.
func beyond(width int) uint { return uint(max(0, width-sortBits)) }

// digitSize is the length of the digits by which n words are sorted fastest, 0
// for no digits but comparisons: clearing and summing the histogram of a digit
// has to pay. Measured with keys of 30 random bits.
func digitSize(n int) int {
	switch {
	case n < 20:
		return 0
	case n < 160:
		return 6
	case n < 700:
		return 8
	}
	return longDigit
}

// sort puts packed words in order of their keys, bits 32 and up, of which width
// are in use and at most sortBits. Both slices are as long; it returns the one
// that holds the result, then the other.
//
// A few words are sorted by comparison, more digit by digit from the lowest,
// each pass stable: O(n) for any keys.
func (r *Ranker) sort(a, b []uint64, width int) (sorted, other []uint64) {
	size := digitSize(len(a))
	if size == 0 {
		slices.Sort(a)
		return a, b
	}
	passes := (width + size - 1) / size
	size = (width + passes - 1) / passes // as even as can be
	for d := range passes {
		if r.pass(b, a, uint(32+d*size), uint(size)) {
			a, b = b, a
		}
	}
	return a, b
}

// pass moves words from src to dst in order of the digit of so many bits that
// begins at a bit. Where all words share the digit it does nothing and says so.
func (r *Ranker) pass(dst, src []uint64, at, size uint) (moved bool) {
	h, mask := &r.histogram, uint64(1)<<size-1
	clear(h[:mask+1])
	for _, p := range src {
		h[p>>(at&63)&mask&(1<<longDigit-1)]++
	}
	if h[src[0]>>at&mask] == uint32(len(src)) {
		return false
	}
	sum := uint32(0)
	for i, n := range h[:mask+1] {
		h[i] = sum
		sum += n
	}
	for _, p := range src {
		d := p >> (at & 63) & mask & (1<<longDigit - 1)
		dst[h[d]] = p
		h[d]++
	}
	return true
}
