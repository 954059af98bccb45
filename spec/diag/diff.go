package diag

import (
	"bytes"
	"fmt"
	"io"
	"slices"
	"strings"
)

// Diff writes what differs between two texts as a unified diff with so many lines of
// context; nothing where they are the same.
func Diff(w io.Writer, name string, before, after []byte, context int) error {
	if bytes.Equal(before, after) {
		return nil
	}
	var b bytes.Buffer
	fmt.Fprintf(&b, "--- %s\n+++ %s\n", name, name)
	for _, h := range hunks(edits(textLines(before), textLines(after)), context) {
		h.write(&b)
	}
	_, err := w.Write(b.Bytes())
	return err
}

// textLines are the lines of a text with their ends.
func textLines(text []byte) []string {
	lines := strings.SplitAfter(string(text), "\n")
	if lines[len(lines)-1] == "" {
		lines = lines[:len(lines)-1]
	}
	return lines
}

// edit is a line that stays, goes or comes.
type edit struct {
	op   byte // ' ', '-' or '+'
	text string
}

// edits turn one list of lines into another. What they have in common is found from
// the lines that stand once in each, which takes no longer than sorting them, however
// much has changed.
func edits(old, now []string) (out []edit) {
	i, k := 0, 0
	upTo := func(toOld, toNow int) {
		for ; i < toOld; i++ {
			out = append(out, edit{'-', old[i]})
		}
		for ; k < toNow; k++ {
			out = append(out, edit{'+', now[k]})
		}
	}
	for _, at := range append(anchors(old, now), [2]int{len(old), len(now)}) {
		if at[0] < i || at[1] < k {
			continue // passed on the way from the anchor before
		}
		for i < at[0] && k < at[1] && old[i] == now[k] { // on from the anchor before
			out = append(out, edit{' ', old[i]})
			i, k = i+1, k+1
		}
		toOld, toNow := at[0], at[1] // back from this one
		for toOld > i && toNow > k && old[toOld-1] == now[toNow-1] {
			toOld, toNow = toOld-1, toNow-1
		}
		upTo(toOld, toNow)
		for i < at[0] {
			out = append(out, edit{' ', old[i]})
			i, k = i+1, k+1
		}
	}
	return out
}

// anchors are the places of lines that stand once in both lists, as many as are in the
// same order: the longest increasing subsequence, after Szymanski.
func anchors(old, now []string) [][2]int {
	type places struct{ inOld, inNow, old, now int }
	count := map[string]*places{}
	for i, line := range old {
		if count[line] == nil {
			count[line] = &places{}
		}
		count[line].inOld++
		count[line].old = i
	}
	for k, line := range now {
		if p := count[line]; p != nil {
			p.inNow++
			p.now = k
		}
	}
	var pairs [][2]int
	for i, line := range old {
		if p := count[line]; p.inOld == 1 && p.inNow == 1 {
			pairs = append(pairs, [2]int{i, p.now})
		}
	}
	var ends []int                    // of the sequences of each length, the pair that ends lowest
	before := make([]int, len(pairs)) // what stands before a pair in its sequence
	for i, p := range pairs {
		n, _ := slices.BinarySearchFunc(ends, p[1], func(e, at int) int { return pairs[e][1] - at })
		before[i] = -1
		if n > 0 {
			before[i] = ends[n-1]
		}
		if n == len(ends) {
			ends = append(ends, 0)
		}
		ends[n] = i
	}
	var out [][2]int
	if len(ends) > 0 {
		for i := ends[len(ends)-1]; i >= 0; i = before[i] {
			out = append(out, pairs[i])
		}
	}
	slices.Reverse(out)
	return out
}

// hunk is a piece of a diff.
type hunk struct {
	old, now int // lines before it
	edits    []edit
}

// hunks are the changes with the lines around them, those that are near to each other
// together.
func hunks(all []edit, context int) (out []hunk) {
	old, now := 0, 0
	for from, i := 0, 0; i < len(all); {
		if all[i].op == ' ' {
			i, old, now = i+1, old+1, now+1
			continue
		}
		last := i // of the changes that belong together
		for k := i; k < len(all) && k <= last+2*context+1; k++ {
			if all[k].op != ' ' {
				last = k
			}
		}
		lead := min(context, i-from)
		h := hunk{old: old - lead, now: now - lead, edits: all[i-lead : min(last+1+context, len(all))]}
		out = append(out, h)
		for ; i <= last; i++ {
			if all[i].op != '+' {
				old++
			}
			if all[i].op != '-' {
				now++
			}
		}
		from = i
	}
	return out
}

func (h hunk) write(b *bytes.Buffer) {
	old, now := 0, 0
	for _, e := range h.edits {
		if e.op != '+' {
			old++
		}
		if e.op != '-' {
			now++
		}
	}
	fmt.Fprintf(b, "@@ -%s +%s @@\n", extent(h.old, old), extent(h.now, now))
	for _, e := range h.edits {
		b.WriteByte(e.op)
		b.WriteString(e.text)
		if !strings.HasSuffix(e.text, "\n") {
			b.WriteString("\n\\ No newline at end of file\n")
		}
	}
}

// extent is where lines begin and how many there are, as a diff says it.
func extent(before, n int) string {
	switch n {
	case 0:
		return fmt.Sprintf("%d,0", before)
	case 1:
		return fmt.Sprint(before + 1)
	}
	return fmt.Sprintf("%d,%d", before+1, n)
}
