package compare

import (
	"fmt"
	"strings"

	"github.com/jedib0t/go-pretty/v6/table"
	"github.com/jedib0t/go-pretty/v6/text"

	"rubric/engine/report"
	"rubric/spec/diag"
)

// sheet is a table that is written as text, Markdown and HTML alike.
type sheet struct {
	columns []column
	rows    [][]item
	left    int // rows that are not shown
}

// column is its head, and what stands in it.
type column struct {
	head   string
	figure bool // at the right
	pair   bool // as it was, and as it is
}

// item is a cell; of a pair, both.
type item struct{ Now, Old string }

func one(text string) item { return item{Now: text} }

// capped keeps as many rows as are shown.
func (t sheet) capped(s Show) sheet {
	if n := s.rows(len(t.rows)); n < len(t.rows) {
		t.left, t.rows = len(t.rows)-n, t.rows[:n]
	}
	return t
}

// text writes it for a terminal.
func (t sheet) text(b *strings.Builder, s Show) {
	if len(t.rows) == 0 {
		return
	}
	w := s.Grid(nil)
	var head table.Row
	var config []table.ColumnConfig
	for _, c := range t.columns {
		head = append(head, report.Capital(c.head))
		if c.pair {
			head = append(head, "")
		}
		for at := len(head) - btoi(c.pair); at <= len(head) && (c.figure || c.pair); at++ {
			config = append(config, table.ColumnConfig{Number: at, Align: text.AlignRight, AlignHeader: text.AlignRight})
		}
	}
	w.AppendHeader(head)
	w.SetColumnConfigs(config)
	for _, items := range t.rows {
		var row table.Row
		for i, c := range t.columns {
			if c.pair {
				row = append(row, diag.Plain(items[i].Old))
			}
			row = append(row, diag.Plain(items[i].Now))
		}
		w.AppendRow(row)
	}
	b.WriteString(report.Trimmed(w.Render()))
	s.leftOut(b, t.left)
}

// markdown writes it for a pull request.
func (t sheet) markdown(b *strings.Builder) {
	if len(t.rows) == 0 {
		return
	}
	heads, lines := "|", "|"
	for _, c := range t.columns {
		heads += " " + cellText(c.head) + " |"
		switch {
		case c.figure && !c.pair:
			lines += "---:|"
		default:
			lines += "---|"
		}
	}
	fmt.Fprintf(b, "%s\n%s\n", heads, lines)
	for _, items := range t.rows {
		b.WriteString("|")
		for i, c := range t.columns {
			text := cellText(items[i].Now)
			if c.pair {
				text = cellText(between(items[i].Old, items[i].Now))
			}
			b.WriteString(" " + text + " |")
		}
		b.WriteString("\n")
	}
	if t.left > 0 {
		fmt.Fprintf(b, "\n… and %d more; `--top 0` lists all.\n", t.left)
	}
}

// htmlHead is a head of a column of a page.
type htmlHead struct {
	Text   string
	Figure bool
	Span   int
}

// htmlSheet is a sheet as the page shows it.
type htmlSheet struct {
	Heads []htmlHead
	Rows  [][]htmlCell
	Left  int
}

type htmlCell struct {
	Text         string
	Figure, Head bool
}

func (t sheet) html() htmlSheet {
	out := htmlSheet{Left: t.left}
	for _, c := range t.columns {
		out.Heads = append(out.Heads, htmlHead{c.head, c.figure || c.pair, 1 + btoi(c.pair)})
	}
	for _, items := range t.rows {
		var row []htmlCell
		for i, c := range t.columns {
			if c.pair {
				row = append(row, htmlCell{items[i].Old, true, false})
			}
			row = append(row, htmlCell{items[i].Now, c.figure || c.pair, i == 0})
		}
		out.Rows = append(out.Rows, row)
	}
	return out
}
