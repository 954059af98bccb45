package compare

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/jedib0t/go-pretty/v6/table"
	"github.com/jedib0t/go-pretty/v6/text"

	"rubric/engine/report"
	"rubric/spec/check"
	"rubric/spec/diag"
)

// movesText lists who moved, and how much each node did.
func movesText(b *strings.Builder, c *Comparison, s Show) {
	lead := c.Lead(s.Node)
	fmt.Fprintf(b, "\n%s\n", s.Bold("Who moved"))
	if lead == nil || lead.Common == 0 {
		fmt.Fprintf(b, "%s\n", s.Wrap(diag.Plain(c.alone())))
		return
	}
	units := c.New.Plan.Methodology.Units
	fmt.Fprintf(b, "%s\n\n", s.Wrap(diag.Plain(summary(c, lead))))
	decimals := decimalsOf(lead)
	t := s.Grid(nil)
	head := table.Row{capital(units.Noun)}
	panel := len(c.New.Data.Periods()) > 1
	if panel {
		head = append(head, capital(periodNoun(c)))
	}
	place := "Rank"
	if lead.Now.Rank == nil || lead.Before.Rank == nil {
		place = "Place" // the method ranks nobody
	}
	head = append(head, c.Verdict.marked("Places"), c.Verdict.marked(place), "", "Score", "", "Difference")
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
	moved, left := lead.told(s.Top, Move.changed)
	for _, m := range moved {
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
	if len(moved) == 0 {
		b.WriteString("Nobody: every score is what it was.\n")
	} else {
		b.WriteString(report.Trimmed(t.Render()))
	}
	s.leftOut(b, left)
	if line := c.Verdict.twoSeries(); line != "" {
		fmt.Fprintf(b, "%s\n", s.Wrap(line))
	}
	periodsText(b, c, lead, s)
	nodesText(b, c, lead, s)
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
	out := fmt.Sprintf("%d with another score, %d at another place, %s on average", n.Rescored, n.Moved, meanPlaces(n.Shift))
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
		return fmt.Sprintf("%.2f places", x)
	}
	return fmt.Sprintf("%.1f places", x)
}

// movedRow is how much the units moved in one node or at one period.
func movedRow(what string, n Section) table.Row {
	far := ""
	if n.Most.Places() != 0 {
		far = diag.Plain(n.Most.Name) + " " + signed(n.Most.Places(), 0)
	}
	return table.Row{diag.Plain(what), n.Common, n.Moved, strings.TrimSuffix(meanPlaces(n.Shift), " places"), far, optional(n.Spearman), optional(n.Kendall)}
}

func movedTable(s Show, of string, v Verdict) table.Writer {
	t := s.Grid(nil)
	t.AppendHeader(table.Row{of, "Units", v.marked("Moved"), v.marked("Places"), v.marked("Most"), "Spearman", "Kendall"})
	var config []table.ColumnConfig
	for i := 2; i <= 7; i++ {
		config = append(config, table.ColumnConfig{Number: i, Align: text.AlignRight, AlignHeader: text.AlignRight})
	}
	t.SetColumnConfigs(config)
	return t
}

// periodsText says how much the units moved at each period.
func periodsText(b *strings.Builder, c *Comparison, lead *Node, s Show) {
	if len(lead.Periods) < 2 {
		return
	}
	t := movedTable(s, capital(periodNoun(c)), c.Verdict)
	shown := s.rows(len(lead.Periods))
	for _, p := range lead.Periods[len(lead.Periods)-shown:] { // the latest
		t.AppendRow(movedRow(p.Period, p))
	}
	fmt.Fprintf(b, "\n%s", report.Trimmed(t.Render()))
	s.leftOut(b, len(lead.Periods)-shown)
}

// nodesText says how much the units moved in a node and in each that stands right below
// it, and in how many they did not. Beside the index that is what else is ranked, too.
func nodesText(b *strings.Builder, c *Comparison, lead *Node, s Show) {
	t := movedTable(s, "Node", c.Verdict)
	rows, still := 0, 0
	for _, n := range c.Nodes {
		below := n.Now.Parent == lead.Now
		beside := lead.Now.Level == check.Index && n.Now.Level == check.Derived && n.Now.Rank != nil
		if n.Common == 0 || n != lead && !below && !beside {
			continue
		}
		if n.Rescored == 0 && n.Moved == 0 {
			still++
			continue
		}
		t.AppendRow(movedRow(n.Now.Path, n.Section))
		rows++
	}
	if rows > 0 && rows+still > 1 {
		fmt.Fprintf(b, "\n%s", report.Trimmed(t.Render()))
		if still > 0 {
			fmt.Fprintf(b, "%s\n", s.Faint(fmt.Sprintf("In %s no score differs.", report.Plural(still, "other node", "other nodes"))))
		}
	}
}

// optional is a correlation, never as if it were 1 where it is not.
func optional(x *float64) string {
	switch {
	case x == nil:
		return ""
	case *x < 1-1e-12 && *x >= 0.9995:
		return "> 0.999"
	}
	return fmt.Sprintf("%.3f", *x)
}

func capital(noun string) string {
	_, size := utf8.DecodeRuneInString(noun)
	return strings.ToUpper(noun[:size]) + noun[size:]
}
