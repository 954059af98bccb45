package order

import (
	"math"
	"math/bits"

	"rubric/engine/cell"
)

// numbering writes ranks along sorted words.
type numbering struct {
	*Ranker
	dst  []float64
	v    cell.Vector
	key  key
	ties Ties

	distinct int // groups of equal cells so far
}

// number ranks the cells of sorted words, which before better ones precede.
// Words that agree hold equal cells if exact; otherwise they are put in order
// of their whole keys first, for which spare lends its memory.
func (n *numbering) number(sorted, spare []uint64, before int, exact bool) {
	gathered := !exact && crowded(sorted)
	if gathered {
		n.gather(spare, sorted)
	}
	for i, end := 0, 0; i < len(sorted); i = end {
		end = groupEnd(sorted, i)
		if end == i+1 {
			n.distinct++
			n.dst[uint32(sorted[i])] = n.ties.rank(before+i, before+end, n.distinct)
			continue
		}
		group, keys := sorted[i:end], spare[i:end]
		if exact {
			n.write(group, before+i)
			continue
		}
		if !gathered {
			n.gather(keys, group)
		}
		n.split(group, keys, before+i)
	}
}

// split ranks the cells of words that agree, given their whole keys. Few are
// sorted by insertion; more go where the whole column went, as 30 bits of what
// their keys span. That span is no longer than what the last 30 bits left out:
// after three rounds nothing is, so no cell is sorted more than three times.
func (n *numbering) split(group, keys []uint64, before int) {
	low, high := uint64(math.MaxUint64), uint64(0)
	for _, k := range keys {
		low, high = min(low, k), max(high, k)
	}
	switch {
	case low == high:
		n.write(group, before)
	case len(group) <= 16:
		insertionSort(group, keys)
		for i, end := 0, 0; i < len(group); i = end {
			for end = i + 1; end < len(group) && keys[end] == keys[i]; end++ {
			}
			n.write(group[i:end], before+i)
		}
	default:
		width := bits.Len64(high - low)
		shift := beyond(width)
		for i, p := range group {
			group[i] = (keys[i]-low)>>(shift&63)<<32 | uint64(uint32(p))
		}
		group, keys = n.sort(group, keys, min(width, sortBits))
		n.number(group, keys, before, shift == 0)
	}
}

// gather looks up the whole keys of words.
func (n *numbering) gather(keys, words []uint64) {
	k := n.key
	for i, p := range words {
		keys[i] = k.at(n.v.Values[uint32(p)])
	}
}

// write gives the next group of equal cells its rank.
func (n *numbering) write(group []uint64, before int) {
	n.distinct++
	rank := n.ties.rank(before, before+len(group), n.distinct)
	for _, p := range group {
		n.dst[uint32(p)] = rank
	}
}

// groupEnd is the end of the group of words that agree and start at i.
func groupEnd(sorted []uint64, i int) int {
	k := sorted[i] >> 32
	for i++; i < len(sorted) && sorted[i]>>32 == k; i++ {
	}
	return i
}

// crowded guesses whether so many words agree with their neighbours that all
// keys are sooner looked up at once than group by group.
func crowded(sorted []uint64) bool {
	seen, agree := 0, 0
	for i := 1; i < len(sorted); i += 1 + len(sorted)/256 {
		seen++
		if sorted[i]>>32 == sorted[i-1]>>32 {
			agree++
		}
	}
	return agree*16 > seen
}

// insertionSort puts words in order of their keys, and the keys with them.
func insertionSort(words, keys []uint64) {
	for i := 1; i < len(keys); i++ {
		k, w := keys[i], words[i]
		j := i
		for ; j > 0 && keys[j-1] > k; j-- {
			keys[j], words[j] = keys[j-1], words[j-1]
		}
		keys[j], words[j] = k, w
	}
}

// fill gives every valid cell the same rank.
func fill(dst []float64, valid cell.Bits, rank float64) {
	for start, end := nextRun(valid, 0); start < end; start, end = nextRun(valid, end) {
		for i := range dst[start:end] {
			dst[start+i] = rank
		}
	}
}
