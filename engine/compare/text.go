package compare

import (
	"fmt"
	"io"
	"strings"

	"github.com/jedib0t/go-pretty/v6/table"
	"github.com/jedib0t/go-pretty/v6/text"

	"rubric/engine/report"
	"rubric/spec/check"
	"rubric/spec/diag"
	"rubric/spec/diff"
)

// Show says what of a comparison a person is shown.
type Show struct {
	report.Style
	Node string // the node whose moves are listed; empty: the first one that is ranked
	Top  int    // how many moves are listed; 0: all
}

// Text writes a comparison for a person.
func Text(w io.Writer, c *Comparison, s Show) error {
	var b strings.Builder
	old, now := c.Diff.Old, c.Diff.New
	fmt.Fprintf(&b, "%s\n%s\n", s.Bold(diag.Plain(heading(old, now))), s.Wrap(diag.Plain(c.Verdict.Word+": "+c.Verdict.Reason)))
	changesText(&b, c.Diff, s)
	if c.Old != nil && c.New != nil {
		movesText(&b, c, s)
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func heading(old, now *check.Methodology) string {
	if old.Title == now.Title {
		return fmt.Sprintf("%s, %s → %s", now.Title, old.Edition, now.Edition)
	}
	return fmt.Sprintf("%s %s → %s %s", old.Title, old.Edition, now.Title, now.Edition)
}

// effects say a severity in the words of a comparison.
var effects = map[diag.Severity]string{diag.Error: "breaks comparability", diag.Warning: "figures may differ", diag.Info: "no figure differs"}

// changesText lists what changed, what breaks comparability first.
func changesText(b *strings.Builder, d *diff.Diff, s Show) {
	fmt.Fprintf(b, "\n%s\n", s.Bold("What changed"))
	if len(d.Changes) == 0 {
		b.WriteString("Nothing: the two documents mean the same.\n")
		return
	}
	for _, severity := range []diag.Severity{diag.Error, diag.Warning, diag.Info} {
		n := 0
		for _, c := range d.Changes {
			if c.Severity != severity {
				continue
			}
			if n++; n == 1 {
				fmt.Fprintf(b, "\n%s\n", s.Faint(effects[severity]))
			}
			fmt.Fprintf(b, "  %-9s  %s\n", c.Class, diag.Plain(Sentence(c)))
			for _, line := range details(c) {
				fmt.Fprintf(b, "             %s\n", s.Faint(diag.Plain(line)))
			}
		}
	}
}

// Sentence says a change in one line.
func Sentence(c diff.Change) string {
	subject := c.Subject
	if c.Key != "" {
		subject += ": " + c.Key
		if len(c.Acts) > 1 {
			subject = fmt.Sprintf("%s of %d nodes (%s and so on)", c.Key, len(c.Acts), c.Acts[0])
		}
		if c.Subject == "document" {
			subject = c.Key
		}
	}
	below := ""
	if n := len(c.Acts) - 1; c.Key == "" && n > 0 {
		below = " with " + report.Plural(n, "node", "nodes") + " below it"
	}
	switch c.Kind {
	case diff.Added:
		if c.Key == "" {
			return fmt.Sprintf("%s added%s: %s", subject, below, c.After)
		}
		return fmt.Sprintf("%s: %s, where nothing was said", subject, c.After)
	case diff.Removed:
		if c.Key == "" {
			return fmt.Sprintf("%s removed%s: %s", subject, below, c.Before)
		}
		return fmt.Sprintf("%s: %s no longer", subject, c.Before)
	case diff.Merged:
		return fmt.Sprintf("%s merged into %s", c.Subject, c.After)
	case diff.Renamed, diff.Moved:
		return fmt.Sprintf("%s %s to %s%s", c.Before, c.Kind, c.After, below)
	}
	return fmt.Sprintf("%s: %s → %s", subject, c.Before, c.After)
}

// details are the places of a change, and why two nodes are taken to be one.
func details(c diff.Change) (out []string) {
	var places []string
	for _, p := range []string{c.OldPlace.String(), c.NewPlace.String()} {
		if p != "" {
			places = append(places, p)
		}
	}
	out = append(out, strings.Join(places, " → "))
	if c.Guess != "" {
		out = append(out, "a guess: "+c.Guess+"; `moved:` in the document settles it")
	}
	return out
}

// movesText lists who moved, and how much each node did.
func movesText(b *strings.Builder, c *Comparison, s Show) {
	lead := c.Lead(s.Node)
	fmt.Fprintf(b, "\n%s\n", s.Bold("Who moved"))
	if lead == nil || lead.Common == 0 {
		b.WriteString("No unit has a score on both sides.\n")
		return
	}
	units := c.New.Plan.Methodology.Units
	fmt.Fprintf(b, "%s\n\n", s.Wrap(fmt.Sprintf("%s: %s on both sides%s; %s", diag.Plain(title(lead.Now)), report.Plural(lead.Common, units.Noun, units.Plural), enterings(lead), measures(lead))))
	decimals := decimalsOf(lead)
	t := s.Grid(nil)
	noun := strings.ToUpper(units.Noun[:min(1, len(units.Noun))]) + units.Noun[min(1, len(units.Noun)):]
	head := table.Row{noun}
	panel := len(c.New.Data.Periods()) > 1
	if panel {
		head = append(head, c.New.Plan.Methodology.Periods.Noun)
	}
	place := "Rank"
	if lead.Now.Rank == nil || lead.Before.Rank == nil {
		place = "Place" // the method ranks nobody
	}
	head = append(head, "Places", place, "", "Score", "", "Difference")
	banded := lead.Crossed > 0
	if banded {
		head = append(head, "Band")
	}
	t.AppendHeader(head)
	var config []table.ColumnConfig
	for i := range head {
		if at := i + 1; at > len(head)-6-btoi(banded) && at <= len(head)-btoi(banded) {
			config = append(config, table.ColumnConfig{Number: at, Align: text.AlignRight, AlignHeader: text.AlignRight})
		}
	}
	t.SetColumnConfigs(config)
	shown, left := 0, 0
	for _, m := range lead.ByImpact() {
		if m.Places() == 0 && (m.Old == nil || m.New == nil || m.Old.Score == m.New.Score && m.Old.HasScore == m.New.HasScore) {
			continue
		}
		if s.Top > 0 && shown == s.Top {
			left++
			continue
		}
		shown++
		row := table.Row{diag.Plain(m.Name)}
		if panel {
			row = append(row, m.Period)
		}
		row = append(row, signed(m.Places(), 0), rankOf(lead, m.Old, m.OldPlace), rankOf(lead, m.New, m.NewPlace), scoreOf(m.Old, decimals), scoreOf(m.New, decimals), differenceOf(m, decimals))
		if banded {
			row = append(row, bands(lead, m))
		}
		t.AppendRow(row)
	}
	if shown == 0 {
		b.WriteString("Nobody: every score is what it was.\n")
	} else {
		b.WriteString(report.Trimmed(t.Render()))
	}
	if left > 0 {
		fmt.Fprintf(b, "%s\n", s.Faint(fmt.Sprintf("… and %d more: --top 0 lists all", left)))
	}
	nodesText(b, c, s)
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

func enterings(n *Node) string {
	in, out := len(n.Entered()), len(n.Left())
	if in+out == 0 {
		return ""
	}
	return fmt.Sprintf(", %d entered, %d left", in, out)
}

func measures(n *Node) string {
	out := fmt.Sprintf("%.1f places on average", n.Shift)
	if n.Spearman != nil {
		out += fmt.Sprintf(", Spearman %.3f", *n.Spearman)
	}
	if n.Kendall != nil {
		out += fmt.Sprintf(", Kendall %.3f", *n.Kendall)
	}
	if n.Crossed > 0 {
		out += fmt.Sprintf(", %d in another band", n.Crossed)
	}
	return out
}

// nodesText says how much the units moved in each node that is shown beside the index.
func nodesText(b *strings.Builder, c *Comparison, s Show) {
	t := s.Grid(nil)
	t.AppendHeader(table.Row{"Node", "Units", "Moved", "Places", "Most", "Spearman", "Kendall"})
	var config []table.ColumnConfig
	for i := 2; i <= 7; i++ {
		config = append(config, table.ColumnConfig{Number: i, Align: text.AlignRight, AlignHeader: text.AlignRight})
	}
	t.SetColumnConfigs(config)
	rows := 0
	for _, n := range c.Nodes {
		if n.Common == 0 || n.Now.Parent != nil && n.Now.Parent.Parent != nil || n.Now.Level == check.Derived && n.Now.Rank == nil {
			continue
		}
		moved, most := 0, Move{}
		for _, m := range n.Moves {
			if m.Places() != 0 {
				moved++
			}
			if abs(m.Places()) > abs(most.Places()) {
				most = m
			}
		}
		far := ""
		if most.Places() != 0 {
			far = diag.Plain(most.Name) + " " + signed(most.Places(), 0)
		}
		t.AppendRow(table.Row{diag.Plain(n.Now.Path), n.Common, moved, fmt.Sprintf("%.1f", n.Shift), far, optional(n.Spearman), optional(n.Kendall)})
		rows++
	}
	if rows > 1 {
		fmt.Fprintf(b, "\n%s", report.Trimmed(t.Render()))
	}
}

func optional(x *float64) string {
	if x == nil {
		return ""
	}
	return fmt.Sprintf("%.3f", *x)
}

func abs(x float64) float64 {
	if x < 0 {
		return -x
	}
	return x
}
