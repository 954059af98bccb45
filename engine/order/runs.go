package order

import (
	"math/bits"

	"rubric/engine/cell"
)

// nextRun is the first run of valid cells at or after from, start up to end;
// empty where there is none. A column without gaps is one run, which leaves to
// its loops nothing but the numbers:
//
//	for start, end := nextRun(v.Valid, 0); start < end; start, end = nextRun(v.Valid, end) {
//		for i, x := range v.Values[start:end] {
func nextRun(valid cell.Bits, from int) (start, end int) {
	w := from >> 6
	if w >= len(valid) {
		return from, from
	}
	word := valid[w] &^ (1<<(uint(from)&63) - 1)
	for word == 0 {
		if w++; w == len(valid) {
			return from, from
		}
		word = valid[w]
	}
	start = w<<6 | bits.TrailingZeros64(word)
	gap := ^(word | (1<<(uint(start)&63) - 1))
	for gap == 0 {
		if w++; w == len(valid) {
			return start, w << 6
		}
		gap = ^valid[w]
	}
	return start, w<<6 | bits.TrailingZeros64(gap)
}
