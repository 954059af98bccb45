package grid

import (
	"fmt"
	"io"
	"strings"

	"github.com/mattn/go-runewidth"

	"rubric/engine/report"
	"rubric/spec/diag"
)

// Text writes a grid for a person: the units that all columns have, by their rank in
// the first one, with rank and score in each. Where there is no room for all columns they
// stand in blocks below one another.
func Text(w io.Writer, g *Grid, s report.Style) error {
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n%s\n", s.Wrap(s.Bold(diag.Plain(g.title()))), s.Wrap(g.figures()))
	names, columns := g.table()
	for len(columns) > 0 {
		n := names.fit(columns, s)
		b.WriteString("\n" + block(names, columns[:n], s))
		columns = columns[n:]
	}
	for _, sign := range g.legend() {
		fmt.Fprintf(&b, "%s\n", s.Wrap(strings.TrimSpace(sign.Mark+" "+diag.Plain(sign.Text))))
	}
	if line := g.leftOut(fewLeftOut); line != "" {
		fmt.Fprintf(&b, "%s\n", s.Wrap(diag.Plain(line)))
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// column is a column of texts of one width.
type column struct {
	heads, rows []string
	width       int
}

func (c *column) measure() {
	for _, texts := range [][]string{c.heads, c.rows} {
		for _, t := range texts {
			c.width = max(c.width, runewidth.StringWidth(t))
		}
	}
}

// table is the names of the units and the columns beside them, as texts.
func (g *Grid) table() (names column, columns []column) {
	rows, decimals := g.Ranking(), g.decimals()
	columns = make([]column, len(g.Columns))
	for _, h := range g.heads() {
		names.heads = append(names.heads, diag.Plain(h.Noun))
		for k, t := range h.Texts {
			columns[k].heads = append(columns[k].heads, diag.Plain(t))
		}
	}
	for _, r := range rows {
		names.rows = append(names.rows, diag.Plain(r.Name))
	}
	names.measure()
	for k := range columns {
		var places, scores column
		for _, r := range rows {
			places.rows = append(places.rows, placeText(r.Cells[k]))
			scores.rows = append(scores.rows, scoreText(r.Cells[k], decimals[k]))
		}
		places.measure()
		scores.measure()
		c := &columns[k]
		for i := range rows {
			t := runewidth.FillLeft(scores.rows[i], scores.width)
			if g.Placed() {
				t = runewidth.FillLeft(places.rows[i], places.width) + "  " + t
			}
			c.rows = append(c.rows, t)
		}
		c.measure()
	}
	return names, columns
}

// The room between columns, and where there is little; and how much of a unit's name is
// shown then.
const roomy, narrow, shortName = 4, 3, 20

// fit is how many of the columns stand beside the names where there is so much room: all, or
// one at least. Long names are cut before fewer than two are.
func (c *column) fit(columns []column, s report.Style) int {
	count := func() (n int) {
		used := c.width
		for _, x := range columns {
			if used += narrow + x.width; n > 0 && used > s.Width {
				break
			}
			n++
		}
		return n
	}
	if s.Width <= 0 {
		return len(columns)
	}
	if n := count(); n == len(columns) || c.width <= shortName {
		return n
	}
	for i, name := range c.rows {
		c.rows[i] = runewidth.Truncate(name, shortName, "…")
	}
	c.width = 0
	c.measure()
	return count()
}

// block is columns beside the names.
func block(names column, columns []column, s report.Style) string {
	total, gap := names.width, roomy
	for _, c := range columns {
		total += roomy + c.width
	}
	if s.Width > 0 && total > s.Width {
		total, gap = total-len(columns)*(roomy-narrow), narrow
	}
	var b strings.Builder
	line := func(name string, of func(column) string, paint func(string) string) {
		t := runewidth.FillRight(name, names.width)
		for _, c := range columns {
			t += strings.Repeat(" ", gap) + runewidth.FillLeft(of(c), c.width)
		}
		b.WriteString(paint(strings.TrimRight(t, " ")) + "\n")
	}
	plain := func(t string) string { return t }
	for i, h := range names.heads {
		line(h, func(c column) string { return c.heads[i] }, s.Faint)
	}
	b.WriteString(strings.Repeat("─", total) + "\n")
	for i, n := range names.rows {
		line(n, func(c column) string { return c.rows[i] }, plain)
	}
	return b.String()
}
