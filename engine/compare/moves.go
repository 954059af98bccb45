package compare

import (
	"fmt"
	"strings"

	"rubric/engine/report"
	"rubric/spec/check"
	"rubric/spec/diag"
)

// movesText lists who moved, and how much each node did.
func movesText(b *strings.Builder, c *Comparison, s Show) {
	fmt.Fprintf(b, "\n%s\n", s.Bold("Who moved"))
	w, ok := whoMoved(c, s)
	if !ok {
		fmt.Fprintf(b, "%s\n", s.Wrap(diag.Plain(c.alone())))
		return
	}
	fmt.Fprintf(b, "%s\n", s.Wrap(diag.Plain(w.summary)))
	if w.noticed != "" {
		fmt.Fprintf(b, "%s\n", s.Wrap(diag.Plain(w.noticed)))
	}
	for _, t := range []sheet{w.alone, w.sheet(c)} {
		if len(t.rows) > 0 {
			b.WriteString("\n")
			t.text(b, s)
		}
	}
	if len(w.moves) == 0 {
		b.WriteString(nobody + "\n")
	}
	for _, line := range w.notes {
		fmt.Fprintf(b, "%s\n", s.Wrap(line))
	}
	for _, t := range []sheet{w.periods, w.nodes} {
		if len(t.rows) > 0 {
			b.WriteString("\n")
			t.text(b, s)
		}
	}
	if line := w.stillText(); line != "" {
		fmt.Fprintf(b, "%s\n", s.Faint(line))
	}
}

// nobody says that of the units that both sides have none moved.
const nobody = "Nobody: every score, rank and band is what it was."

// stillText says in how many nodes no score differs, beside those that are listed.
func (w who) stillText() string {
	if w.still == 0 || len(w.nodes.rows) == 0 {
		return ""
	}
	return fmt.Sprintf("In %s no score differs.", report.Plural(w.still, "other node", "other nodes"))
}

func btoi(b bool) int {
	if b {
		return 1
	}
	return 0
}

func title(n *check.Node) string {
	if n.Title == "" || n.Level == check.Index {
		return "the index"
	}
	return n.Title
}

// theTitle is a title within a sentence.
func theTitle(n *check.Node) string {
	name := title(n)
	if strings.HasSuffix(strings.ToLower(name), " index") && !strings.HasPrefix(name, "the ") {
		return "the " + name
	}
	return name
}

// summary says in a sentence who is compared, who came and went, and how much it all
// moved.
func summary(c *Comparison, n *Node) string {
	return title(n.Now) + ": " + counted(c, n) + "; " + measures(n)
}

// counted says who is on both sides, and who came and went.
func counted(c *Comparison, n *Node) string {
	units := c.New.Plan.Methodology.Units
	who := report.Plural(n.Common, units.Noun, units.Plural)
	if len(n.Periods) > 1 {
		noun := periodNoun(c)
		who = fmt.Sprintf("%s at %s, %s", report.Plural(unitsOf(n), units.Noun, units.Plural), report.Plural(len(n.Periods), noun, noun+"s"), report.Plural(n.Common, "figure", "figures"))
	}
	out := who + " on both sides"
	if turnover := c.Turnover().said(c); turnover != "" {
		out += ", " + turnover
	}
	return out
}

// unitsOf counts the units that have a score on both sides.
func unitsOf(n *Node) int {
	seen := map[string]bool{}
	for _, m := range n.Moves {
		if m.scored() {
			seen[m.Unit] = true
		}
	}
	return len(seen)
}

func measures(n *Node) string {
	out := fmt.Sprintf("%d with another score", n.Rescored)
	if n.placed() {
		out += fmt.Sprintf(", %d at another place, %s places on average", n.Moved, meanPlaces(n.Shift))
	}
	if n.Spearman != nil {
		out += ", Spearman " + optional(n.Spearman)
	}
	if n.Kendall != nil {
		out += ", Kendall " + optional(n.Kendall)
	}
	if len(n.Periods) > 1 && n.Spearman != nil {
		out += " (means of those of each)"
	}
	if n.Crossed > 0 {
		out += fmt.Sprintf(", %d in another band", n.Crossed)
	}
	return out
}

// meanPlaces is a mean of places, with as many decimals as it takes to be none or some.
func meanPlaces(x float64) string {
	if x > 0 && x < 0.05 {
		return fmt.Sprintf("%.2f", x)
	}
	return fmt.Sprintf("%.1f", x)
}

// optional is a correlation, never as if it were 1 where it is not.
func optional(x *float64) string {
	switch {
	case x == nil:
		return "–"
	case *x < 1-1e-12 && *x >= 0.9995:
		return "> 0.999"
	case *x < 0:
		return "−" + fmt.Sprintf("%.3f", -*x)
	}
	return fmt.Sprintf("%.3f", *x)
}
