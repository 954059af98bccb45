package compare

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/jedib0t/go-pretty/v6/table"
	"github.com/jedib0t/go-pretty/v6/text"

	"rubric/engine/attribute"
	"rubric/engine/report"
	"rubric/spec/diag"
)

// whyColumns is how many factors a table of units shows; the others are one column.
const whyColumns = 8

// whyText says what drove the edition, and then what moved each unit.
func whyText(b *strings.Builder, c *Comparison, s Show) {
	lead, n, nothing := c.whyOf(s.Node)
	fmt.Fprintf(b, "\n%s\n", s.Bold("Why"))
	if nothing != "" {
		b.WriteString(nothing + "\n")
		return
	}
	drivers(b, c, n, lead, s)
	for _, line := range notesOn(c.Why, n) {
		for part := range strings.SplitSeq(s.Wrap(line), "\n") {
			fmt.Fprintf(b, "%s\n", s.Faint(part))
		}
	}
	if n.Score.Left > 0 {
		fmt.Fprintf(b, "%s\n", s.Wrap(leftText(n)))
	}
	if c.Why.Order != nil {
		fmt.Fprintf(b, "%s\n", s.Wrap("In the order "+strings.Join(orderNames(c), ", ")+": each column is what its factor adds after those at its left."))
	}
	unitsTable(b, c, n, s, "Score", effectDecimals(n), func(u attribute.Unit) attribute.Effects { return u.Score }, n.Score)
	unitsTable(b, c, n, s, "Rank", rankDecimals, func(u attribute.Unit) attribute.Effects { return u.Rank }, n.Rank)
}

// leftText counts the units whose changes are not attributed.
func leftText(n *attribute.Node) string {
	have := "have"
	if n.Score.Left == 1 {
		have = "has"
	}
	return fmt.Sprintf("Not attributed: %d of %d, which %s no score in some edition between the two.", n.Score.Left, len(n.Units), have)
}

// orderNames are the factors in the order that was asked for.
func orderNames(c *Comparison) (out []string) {
	for _, i := range c.Why.Order {
		out = append(out, c.Why.Factors[i].Name)
	}
	return out
}

// drivers lists the factors, those that did most first.
func drivers(b *strings.Builder, c *Comparison, n *attribute.Node, lead *Node, s Show) {
	decimals := effectDecimals(n)
	fmt.Fprintf(b, "%s\n\n", s.Wrap(fmt.Sprintf("What drove this edition: how far each factor moved a %s on average, up or down, in %s.", diag.Plain(c.Diff.New.Units.Noun), diag.Plain(theTitle(lead.Now)))))
	rows := []table.Row{{"Factor", "Score", "Rank", "What it is"}}
	for _, i := range byMean(n.Score) {
		f := c.Why.Factors[i]
		rows = append(rows, table.Row{f.Name, fixed(n.Score.Mean[i], decimals), meanRank(n, i), diag.Plain(factorPhrase(c, f))})
	}
	factorsTable(b, s, rows, right(2, 3))
	b.WriteString("\n")
	reasons(b, c, s)
}

// factorsTable is a table whose last column says what a factor is, in as many lines as
// the terminal wants; the first row is its head.
func factorsTable(b *strings.Builder, s Show, rows []table.Row, config []table.ColumnConfig) {
	t := s.Grid(nil)
	last := len(rows[0]) - 1
	if s.Width > 0 {
		const least = 24
		room := s.Width
		for i := range last {
			widest := 0
			for _, row := range rows {
				widest = max(widest, text.StringWidthWithoutEscSequences(fmt.Sprint(row[i])))
			}
			room -= widest + len(t.Style().Box.PaddingRight)
		}
		config = append(config, table.ColumnConfig{Number: last + 1, WidthMax: max(room, least), WidthMaxEnforcer: text.WrapSoft})
	}
	t.SetColumnConfigs(config)
	t.AppendHeader(rows[0])
	t.AppendRows(rows[1:])
	b.WriteString(report.Trimmed(t.Render()))
}

// reasons say why several changes are one factor.
func reasons(b *strings.Builder, c *Comparison, s Show) {
	for _, f := range c.Why.Factors {
		if f.Reason != "" {
			fmt.Fprintf(b, "%s\n", s.Wrap(diag.Plain(fmt.Sprintf("%s is one factor: %s.", f.Name, f.Reason))))
		}
	}
}

func right(columns ...int) (out []table.ColumnConfig) {
	for _, at := range columns {
		out = append(out, table.ColumnConfig{Number: at, Align: text.AlignRight, AlignHeader: text.AlignRight})
	}
	return out
}

// unitsTable lists the effects on each unit, a column a factor.
func unitsTable(b *strings.Builder, c *Comparison, n *attribute.Node, s Show, what string, decimals int, of func(attribute.Unit) attribute.Effects, p attribute.Pooled) {
	shown := make([]int, 0, len(c.Why.Factors))
	for i := range c.Why.Factors {
		shown = append(shown, i)
	}
	others := false
	switch {
	case c.Why.Order != nil:
		shown = c.Why.Order
	case len(shown) > whyColumns:
		shown, others = byMean(p)[:whyColumns-1], true
	}
	noun := report.Capital(c.Diff.New.Units.Noun)
	head := table.Row{noun}
	panel := len(c.New.Data.Periods()) > 1
	if panel {
		head = append(head, report.Capital(c.Diff.New.Periods.Noun))
	}
	head = append(head, what, "", "Change")
	for _, i := range shown {
		head = append(head, c.Why.Factors[i].Name)
	}
	if others {
		head = append(head, "others")
	}
	t := s.Grid(nil)
	t.AppendHeader(head)
	places := scoreDecimals(n)
	if what == "Rank" {
		places = 0
		if slices.ContainsFunc(n.Units, func(u attribute.Unit) bool {
			return u.Rank.Old != math.Trunc(u.Rank.Old) || u.Rank.New != math.Trunc(u.Rank.New)
		}) {
			places = 1 // ties share the mean of their places
		}
	}
	var numbers []int
	for at := len(head) - len(shown) - btoi(others) - 2; at <= len(head); at++ {
		numbers = append(numbers, at)
	}
	t.SetColumnConfigs(right(numbers...))
	rows, left := 0, 0
	for _, u := range largest(n) {
		e := of(u)
		if c.Why.Order != nil {
			e.By = e.Steps
		}
		if !moved(e) {
			continue
		}
		if s.Top > 0 && rows == s.Top {
			left++
			continue
		}
		rows++
		row := table.Row{diag.Plain(u.Name)}
		if panel {
			row = append(row, u.Period)
		}
		row = append(row, fixed(e.Old, places), fixed(e.New, places), signed(e.New-e.Old, places))
		row = append(row, effectCells(e, shown, others, decimals)...)
		t.AppendRow(row)
	}
	if rows == 0 {
		return
	}
	fmt.Fprintf(b, "\n%s", report.Trimmed(t.Render()))
	if left > 0 {
		fmt.Fprintf(b, "%s\n", s.Faint(fmt.Sprintf("… and %d more: --top 0 lists all", left)))
	}
}

// effectCells are a unit's effects; what is not shown apart is one cell.
func effectCells(e attribute.Effects, shown []int, others bool, decimals int) (out []any) {
	if e.By == nil {
		for range shown {
			out = append(out, "?")
		}
		return out
	}
	rest := 0.0
	for i, x := range e.By {
		if !slices.Contains(shown, i) {
			rest += x
		}
	}
	for _, i := range shown {
		out = append(out, signed(e.By[i], decimals))
	}
	if others {
		out = append(out, signed(rest, decimals))
	}
	return out
}

// whyUnit tells one unit.
func whyUnit(b *strings.Builder, c *Comparison, s Show) {
	lead := c.Lead(s.Node)
	n := c.why(lead)
	units, _ := c.WhyUnit(s.Node, s.Unit)
	for _, u := range units {
		fmt.Fprintf(b, "\n%s\n", s.Wrap(diag.Plain(WhySentence(c, n, u, scoreDecimals(n)))))
		if len(c.Why.Factors) == 0 {
			continue
		}
		b.WriteString("\n")
		head := table.Row{"Factor", "Score", "alone"}
		if c.Why.Order != nil {
			head = append(head, "in order")
		}
		head = append(head, "Rank", "alone")
		if c.Why.Order != nil {
			head = append(head, "in order")
		}
		head = append(head, "What it is")
		var numbers []int
		for i := 2; i < len(head); i++ {
			numbers = append(numbers, i)
		}
		order := c.Why.Order
		switch {
		case order != nil:
		case u.Score.By == nil: // which factors there are is said all the same: the reason names them
			for i := range c.Why.Factors {
				order = append(order, i)
			}
		default:
			order = byEffect(u)
		}
		rows := []table.Row{head}
		for _, i := range order {
			row := table.Row{c.Why.Factors[i].Name}
			for _, figure := range []struct {
				e        attribute.Effects
				decimals int
			}{{u.Score, effectDecimals(n)}, {u.Rank, rankDecimals}} {
				row = append(row, part(figure.e.By, i, figure.decimals), part(figure.e.Alone, i, figure.decimals))
				if c.Why.Order != nil {
					row = append(row, part(figure.e.Steps, i, figure.decimals))
				}
			}
			rows = append(rows, append(row, diag.Plain(factorPhrase(c, c.Why.Factors[i]))))
		}
		factorsTable(b, s, rows, right(numbers...))
	}
	if len(c.Why.Factors) == 0 {
		return
	}
	b.WriteString("\n")
	reasons(b, c, s)
	for _, line := range methodNotes(c.Why, n) {
		for part := range strings.SplitSeq(s.Wrap(line), "\n") {
			fmt.Fprintf(b, "%s\n", s.Faint(part))
		}
	}
}
