package diag

// Nearest is the candidate that a misspelt word most likely meant: the one with
// the least Damerau-Levenshtein distance (insertions, deletions, substitutions,
// neighbours swapped), if that is at most a third of the word's length, and at
// least one. Among equals the first wins.
func Nearest(word string, candidates []string) (string, bool) {
	w := []rune(word)
	best, found := max(1, len(w)/3)+1, ""
	for _, c := range candidates {
		if c == word {
			continue
		}
		if d := distance(w, []rune(c)); d < best {
			best, found = d, c
		}
	}
	return found, found != ""
}

// distance is the optimal string alignment distance.
func distance(a, b []rune) int {
	before, last, this := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range last {
		last[j] = j
	}
	for i := 1; i <= len(a); i++ {
		this[0] = i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			this[j] = min(last[j]+1, this[j-1]+1, last[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				this[j] = min(this[j], before[j-2]+1)
			}
		}
		before, last, this = last, this, before
	}
	return last[len(b)]
}
