package compare

import (
	"fmt"

	"rubric/engine/report"
	"rubric/spec/diag"
	"rubric/spec/diff"
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

// Breaks says whether ranks of the two versions are of two series.
func (v Verdict) Breaks() bool { return v.Word == Incomparable }

// mark stands at the heads of ranks that are of two series, and before the line that
// says so.
const mark = "†"

// marked is a head of a column of ranks.
func (v Verdict) marked(head string) string {
	if v.Breaks() && head != "" {
		return head + mark
	}
	return head
}

// twoSeries is the line under ranks that are of two series; empty where they are of one.
func (v Verdict) twoSeries() string {
	if !v.Breaks() {
		return ""
	}
	return mark + " the ranks are of two series: a change of rank need not be a change of the unit"
}

// verdict is what the documents say, held against what changed: a label can keep two
// editions apart that a program would take for one series, and cannot keep them
// together where the method is another one. A document without a label says nothing.
func verdict(c *Comparison) Verdict {
	old, now := c.Diff.Old.Comparability, c.Diff.New.Comparability
	var breaks []diff.Change
	for _, x := range c.Diff.Changes {
		if x.Severity == diag.Error {
			breaks = append(breaks, x)
		}
	}
	switch {
	case old != now && old != "" && now != "":
		why := fmt.Sprintf("the documents say so: `%s` and `%s` are two series", old, now)
		if len(breaks) == 0 {
			return Verdict{Incomparable, why + ", although the method is the same"}
		}
		return Verdict{Incomparable, why + ", with " + because(breaks)}
	case len(breaks) > 0 && old == now && old != "":
		return Verdict{Incomparable, because(breaks) + fmt.Sprintf(", although both documents say `%s`", old)}
	case len(breaks) > 0:
		return Verdict{Incomparable, because(breaks)}
	}
	if c.apart() {
		return Verdict{Incomparable, "nothing is on both sides, although the method is the same"}
	}
	same := "no change of the method"
	if len(c.Diff.Changes) == 0 {
		same = "nothing changed"
	}
	if who := c.Turnover(); len(who.Entered)+len(who.Left) > 0 {
		return Verdict{OverCommon, same + "; " + who.said(c)}
	}
	return Verdict{Comparable, same}
}

// because names the first of some changes, and counts them.
func because(breaks []diff.Change) string {
	first, what := breaks[0], ""
	switch {
	case first.Key != "" && len(first.Acts) > 1:
		what = fmt.Sprintf("%s of %d nodes", first.Key, len(first.Acts))
	case first.Key != "" && first.Subject == "document":
		what = first.Key
	case first.Key != "":
		what = first.Key + " of " + first.Subject
	default:
		what = first.Subject + " " + string(first.Kind)
	}
	if len(breaks) == 1 {
		return "a change of the method: " + what
	}
	return fmt.Sprintf("%s of the method, the first: %s", report.Plural(len(breaks), "change", "changes"), what)
}
