package diag

import "math/bits"

// Nearest is the candidate that a misspelt word most likely meant: the one with
// the least Damerau-Levenshtein distance (insertions, deletions, substitutions,
// neighbours swapped), if that is at most a third of the word's length, and at
// least one. Among equals the first wins.
func Nearest(word string, candidates []string) (string, bool) {
	return NewWords(candidates).Nearest(word)
}

// Words are candidates that many words are looked for in.
type Words struct {
	words   []string
	runes   [][]rune
	letters []uint64 // a bit for each letter that a word has
}

// NewWords prepares candidates.
func NewWords(candidates []string) *Words {
	w := &Words{words: candidates, runes: make([][]rune, len(candidates)), letters: make([]uint64, len(candidates))}
	for i, c := range candidates {
		w.runes[i] = []rune(c)
		w.letters[i] = letters(w.runes[i])
	}
	return w
}

func letters(word []rune) (set uint64) {
	for _, r := range word {
		set |= 1 << (uint32(r) % 64)
	}
	return set
}

// Nearest finds the candidate that a word most likely meant; see the function.
func (w *Words) Nearest(word string) (string, bool) {
	a := []rune(word)
	has := letters(a)
	best, found := max(1, len(a)/3)+1, ""
	var rows distances
	for i, c := range w.words {
		b := w.runes[i]
		// Each letter that only one of the two has, and each that one is longer, takes a
		// change of its own.
		if c == word || max(len(a)-len(b), len(b)-len(a)) >= best ||
			bits.OnesCount64(has&^w.letters[i]) >= best || bits.OnesCount64(w.letters[i]&^has) >= best {
			continue
		}
		if d := rows.between(a, b, best); d < best {
			best, found = d, c
		}
	}
	return found, found != ""
}

// distances are the rows of a table of distances, to be used again.
type distances struct{ before, last, this []int }

// between is the optimal string alignment distance, or something from a bound on, where
// it is not less.
func (r *distances) between(a, b []rune, bound int) int {
	if len(r.last) <= len(b) {
		r.before, r.last, r.this = make([]int, 2*len(b)+2), make([]int, 2*len(b)+2), make([]int, 2*len(b)+2)
	}
	before, last, this := r.before, r.last, r.this
	for j := range len(b) + 1 {
		last[j] = j
	}
	least := 0 // of the row before
	for i := 1; i <= len(a); i++ {
		this[0] = i
		row := i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			this[j] = min(last[j]+1, this[j-1]+1, last[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				this[j] = min(this[j], before[j-2]+1)
			}
			row = min(row, this[j])
		}
		if row >= bound && least >= bound { // what follows comes from one of the two
			return bound
		}
		least = row
		before, last, this = last, this, before
	}
	return last[len(b)]
}
