package report

import (
	"fmt"
	"path"
	"strings"

	"rubric/engine"
	"rubric/spec/check"
)

// Summary says in a sentence or two what was given, what was computed, and from
// what.
func Summary(r *engine.Result) string {
	m := r.Plan.Methodology
	counts := map[check.Level]map[engine.Origin]int{}
	beside := map[check.Level]int{}
	givenFiles, dataFiles := map[string]bool{}, map[string]bool{}
	for i := range r.Nodes {
		f := &r.Nodes[i]
		l := f.Node.Level
		if counts[l] == nil {
			counts[l] = map[engine.Origin]int{}
		}
		switch {
		case f.Origin == engine.Given:
			for _, file := range r.Data.Given[f.Node.Path].Files() {
				givenFiles[file] = true
			}
			counts[l][f.Origin]++
			if f.Beside != nil {
				beside[l]++
			}
		case f.Origin == engine.Computed && underGiven(r, f.Node.Node):
			beside[l]++
		default:
			counts[l][f.Origin]++
		}
		if f.Node.Formula != nil && f.Origin == engine.Computed {
			for _, name := range f.Node.Inputs() {
				for _, file := range r.Data.Columns[name].Files() {
					dataFiles[file] = true
				}
			}
		}
	}
	var given, computed, also, not []string
	for l := check.Index; ; l-- {
		noun, plural := l.String(), l.String()+"s"
		switch l {
		case check.Index:
			noun, plural = "index", "indices"
		}
		phrase := func(n int) string {
			if l == check.Index {
				return "the index"
			}
			return Plural(n, noun, plural)
		}
		if n := counts[l][engine.Given]; n > 0 {
			given = append(given, phrase(n))
		}
		if n := counts[l][engine.Computed]; n > 0 {
			computed = append(computed, phrase(n))
		}
		if beside[l] > 0 {
			also = append(also, phrase(beside[l]))
		}
		if n := counts[l][engine.NotComputed]; n > 0 {
			not = append(not, phrase(n))
		}
		if l == check.Indicator {
			break
		}
	}
	from := strings.Join(ordered(r.Data.Files, dataFiles), ", ")
	var parts []string
	if len(given) > 0 {
		parts = append(parts, fmt.Sprintf("Given: %s (%s).", and(given), strings.Join(ordered(r.Data.Files, givenFiles), ", ")))
	}
	if len(computed) > 0 {
		source := from
		if len(given) > 0 {
			source = "these"
		}
		parts = append(parts, fmt.Sprintf("Computed from %s: %s.", source, and(computed)))
	}
	if len(also) > 0 {
		parts = append(parts, fmt.Sprintf("Computed beside, not added in: %s (%s).", and(also), from))
	}
	if len(not) > 0 {
		parts = append(parts, fmt.Sprintf("Not computed, for lack of data: %s.", and(not)))
	}
	if n := r.Data.Rows() - r.Units; n > 0 {
		parts = append(parts, fmt.Sprintf("Left out for lack of figures: %s.", left(n, m)))
	}
	return strings.Join(parts, " ")
}

// left is what was left out: units, or units at a period.
func left(n int, m *check.Methodology) string {
	out := Plural(n, m.Units.Noun, m.Units.Plural)
	if m.Periods != nil {
		out += ", each " + m.Periods.Noun + " apart"
	}
	return out
}

// underGiven says whether any node above is given.
func underGiven(r *engine.Result, n *check.Node) bool {
	for p := n.Parent; p != nil; p = p.Parent {
		if r.Nodes[p.At].Origin == engine.Given {
			return true
		}
	}
	return false
}

// ordered is the files that are marked, in the order in which they were read,
// without their folders.
func ordered(files []string, marked map[string]bool) []string {
	var out []string
	for _, f := range files {
		if marked[f] {
			out = append(out, path.Base(f))
		}
	}
	return out
}

// and joins words as a sentence does.
func and(words []string) string {
	if len(words) < 2 {
		return strings.Join(words, "")
	}
	return strings.Join(words[:len(words)-1], ", ") + " and " + words[len(words)-1]
}
