package cli

import (
	"fmt"
	"io"
	"strings"
)

// shownDifferences is how many lines of a difference are shown.
const shownDifferences = 20

// difference writes what differs between a file and what it should be, as a unified
// diff without context, as far as a person looks at it; it returns the first line.
func difference(w io.Writer, name string, have, want []byte) (line int) {
	old, now := lines(have), lines(want)
	edits := edited(old, now)
	fmt.Fprintf(w, "--- %s\n+++ %s, as it should be\n", name, name)
	left := shownDifferences
	for i, e := range edits {
		if i == 0 {
			line = min(e.old+1, max(len(old), 1))
		}
		if left <= 0 {
			fmt.Fprintf(w, "… and %d more places\n", len(edits)-i)
			break
		}
		fmt.Fprintf(w, "@@ -%d,%d +%d,%d @@\n", e.old+1, len(e.gone), e.now+1, len(e.come))
		for _, part := range []struct {
			sign  string
			lines []string
		}{{"-", e.gone}, {"+", e.come}} {
			for k, s := range part.lines {
				if left--; left < 0 {
					fmt.Fprintf(w, "%s … %d more lines\n", part.sign, len(part.lines)-k)
					break
				}
				fmt.Fprintln(w, part.sign+shortened(s))
			}
		}
	}
	return line
}

func lines(text []byte) []string {
	return strings.Split(strings.TrimSuffix(string(text), "\n"), "\n")
}

// shortened is a line as a person looks at it.
func shortened(s string) string {
	const most = 160
	s = strings.TrimSuffix(s, "\r")
	if r := []rune(s); len(r) > most {
		return string(r[:most]) + "…"
	}
	return s
}

// edit is lines that are gone and lines that have come in their place.
type edit struct {
	old, now   int // where, from 0
	gone, come []string
}

// edited finds the edits by the longest common subsequence of what is between the
// first and the last difference; where that is too long, it is one edit.
func edited(old, now []string) []edit {
	from := 0
	for from < len(old) && from < len(now) && old[from] == now[from] {
		from++
	}
	end := 0
	for end < len(old)-from && end < len(now)-from && old[len(old)-1-end] == now[len(now)-1-end] {
		end++
	}
	a, b := old[from:len(old)-end], now[from:len(now)-end]
	const most = 4 << 20 // cells of the table
	if len(a)*len(b) > most {
		return []edit{{from, from, a, b}}
	}
	common := make([][]int32, len(a)+1) // of what follows
	for i := range common {
		common[i] = make([]int32, len(b)+1)
	}
	for i := len(a) - 1; i >= 0; i-- {
		for k := len(b) - 1; k >= 0; k-- {
			if a[i] == b[k] {
				common[i][k] = common[i+1][k+1] + 1
			} else {
				common[i][k] = max(common[i+1][k], common[i][k+1])
			}
		}
	}
	var out []edit
	open := false
	for i, k := 0, 0; i < len(a) || k < len(b); {
		if i < len(a) && k < len(b) && a[i] == b[k] {
			i, k, open = i+1, k+1, false
			continue
		}
		if !open {
			out, open = append(out, edit{old: from + i, now: from + k}), true
		}
		e := &out[len(out)-1]
		if k == len(b) || i < len(a) && common[i+1][k] >= common[i][k+1] {
			e.gone = append(e.gone, a[i])
			i++
		} else {
			e.come = append(e.come, b[k])
			k++
		}
	}
	if len(out) == 0 { // only the end of the last line
		return []edit{{max(len(old)-1, 0), max(len(now)-1, 0), old[len(old)-1:], now[len(now)-1:]}}
	}
	return out
}
