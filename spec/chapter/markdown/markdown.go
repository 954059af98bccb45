// Package markdown writes a chapter in the Markdown of GitHub: to be read as it is,
// and rendered.
//
// Markdown has no merged cells: a table that is grouped by a column becomes a table a
// group, each with a heading, and what is the same as above is left blank. Formulas
// are text in tables, and mathematics where they have a line of their own. Lines have
// no trailing spaces, and the same chapter gives the same bytes.
package markdown

import (
	"fmt"
	"html"
	"io"
	"strings"

	"rubric/spec/chapter"
)

// Write writes a chapter.
func Write(w io.Writer, c *chapter.Chapter) error {
	b := &writer{colon: strings.TrimSpace(c.Colon)}
	b.line("# " + inline(c.Title))
	b.line("*" + inline(c.Subtitle) + "*")
	if c.Description != "" {
		b.line(paragraph(c.Description))
	}
	var contents strings.Builder
	for _, s := range c.Sections {
		fmt.Fprintf(&contents, "- [%s](#%s)\n", inline(s.Title), s.ID)
	}
	b.line(strings.TrimSuffix(contents.String(), "\n"))
	for _, s := range c.Sections {
		b.section(s, 2)
	}
	b.line("---")
	b.line(run(c.Foot))
	_, err := io.WriteString(w, strings.TrimSuffix(b.String(), "\n"))
	return err
}

type writer struct {
	strings.Builder
	colon string // behind a label
}

// line writes a block with a blank line behind it.
func (b *writer) line(s string) {
	b.WriteString(s)
	b.WriteString("\n\n")
}

func anchor(id string) string {
	if id == "" {
		return ""
	}
	return `<a id="` + html.EscapeString(id) + `"></a>`
}

func (b *writer) section(s chapter.Section, level int) {
	b.line(strings.Repeat("#", level) + " " + anchor(s.ID) + inline(s.Title))
	for _, x := range s.Blocks {
		b.block(x, level)
	}
	for _, x := range s.Sections {
		b.section(x, level+1)
	}
}

func (b *writer) block(x chapter.Block, level int) {
	switch x := x.(type) {
	case chapter.Paragraph:
		b.line(leading(run(x.Text)))
	case chapter.List:
		b.list(x.Items)
	case chapter.Facts:
		b.facts(x, level)
	case chapter.Math:
		if title, ok := x.Formula.Plain(); ok {
			b.line(paragraph(title))
			return
		}
		b.line("```math\n" + x.Formula.LaTeX() + "\n```")
	case chapter.Table:
		b.table(x, level)
	}
}

func (b *writer) list(items []chapter.Text) {
	var lines []string
	for _, t := range items {
		lines = append(lines, "- "+leading(run(t)))
	}
	b.line(strings.Join(lines, "\n"))
}

// facts are a list of points, or paragraphs where one of them has more than a line.
func (b *writer) facts(f chapter.Facts, level int) {
	long := false
	for _, x := range f.Items {
		long = long || len(x.Blocks) > 0
	}
	var lines []string
	for _, x := range f.Items {
		said := strings.TrimRight(anchor(x.ID)+"**"+inline(x.Label)+b.colon+"** "+run(x.Text), " ")
		if !long {
			lines = append(lines, "- "+said)
			continue
		}
		b.line(said)
		for _, y := range x.Blocks {
			b.block(y, level)
		}
	}
	if !long {
		b.line(strings.Join(lines, "\n"))
	}
}

// table writes a table; one that is grouped by a column as one a group.
func (b *writer) table(t chapter.Table, level int) {
	if t.By < 0 {
		b.rows(t, t.Rows)
		return
	}
	for from := 0; from < len(t.Rows); {
		to := from + 1
		for to < len(t.Rows) && t.Rows[to].Cells[t.By].Same {
			to++
		}
		group := t.Rows[from].Cells[t.By]
		b.line(strings.Repeat("#", level+1) + " " + anchor(group.ID) + run(group.Text) + marks(group))
		b.rows(t, t.Rows[from:to])
		from = to
	}
}

// marks lead to what is said of a cell elsewhere.
func marks(c chapter.Cell) (out string) {
	for _, m := range c.Marks {
		out += " [†](" + target(m) + ")"
	}
	return out
}

// rows writes rows under a head, without the column of the group, and without those
// in which none of the rows has anything.
func (b *writer) rows(t chapter.Table, rows []chapter.Row) {
	var columns []int
	for i := range t.Head {
		used := false
		for _, r := range rows {
			used = used || len(r.Cells[i].Text) > 0
		}
		if i != t.By && used {
			columns = append(columns, i)
		}
	}
	var lines []string
	head, rule := "|", "|"
	for _, i := range columns {
		head += " " + inTable(inline(t.Head[i].Title)) + " |"
		rule += map[bool]string{true: " ---: |", false: " --- |"}[t.Head[i].Number]
	}
	lines = append(lines, head, rule)
	for _, r := range rows {
		line := "|"
		for k, i := range columns {
			c := r.Cells[i]
			said := strings.Repeat("\u2003", c.Indent) + inTable(run(c.Text))
			said += marks(c)
			if k == 0 {
				said = anchor(r.ID) + said
			}
			if i != t.By {
				said = anchor(c.ID) + said
			}
			line += " " + said + " |"
		}
		lines = append(lines, line)
	}
	b.line(strings.Join(lines, "\n"))
}
