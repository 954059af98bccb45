package compare

import (
	"fmt"

	"rubric/engine/report"
	"rubric/spec/diag"
)

// Verdict says whether ranks of the two versions may be held against each other.
type Verdict struct {
	Word   string // comparable, comparable over common units, not comparable
	Reason string
}

// The words of a verdict.
const (
	Comparable   = "comparable"
	OverCommon   = "comparable over common units"
	Incomparable = "not comparable"
)

// verdict is what the documents say, held against what changed: a label can keep two
// editions apart that a program would take for one series, and cannot keep them
// together where the method is another one.
func verdict(c *Comparison) Verdict {
	old, now := c.Diff.Old, c.Diff.New
	breaks := 0
	first := ""
	for _, x := range c.Diff.Changes {
		if x.Severity == diag.Error {
			breaks++
			if first == "" {
				first = x.ID
			}
		}
	}
	switch {
	case old.Comparability != now.Comparability:
		return Verdict{Incomparable, fmt.Sprintf("the documents say so: `%s` and `%s` are two series", old.Comparability, now.Comparability)}
	case breaks > 0:
		why := fmt.Sprintf("%s of the method (%s)", report.Plural(breaks, "change", "changes"), first)
		if old.Comparability != "" {
			why += fmt.Sprintf(", although both documents say `%s`", old.Comparability)
		}
		return Verdict{Incomparable, why}
	}
	if len(c.Nodes) > 0 {
		root := c.Nodes[0]
		if in, out := len(root.Entered()), len(root.Left()); in+out > 0 {
			return Verdict{OverCommon, fmt.Sprintf("%s entered and %d left; the method is the same", report.Plural(in, now.Units.Noun, now.Units.Plural), out)}
		}
	}
	if len(c.Diff.Changes) == 0 {
		return Verdict{Comparable, "nothing changed"}
	}
	return Verdict{Comparable, "no change of the method"}
}
