package page

import (
	"fmt"
	"html"
	"strings"

	"rubric/spec/chapter"
)

// table writes a table in a box of its own, which scrolls where the page is too
// narrow. Cells that say the same are one. Each group of rows is a body of its own.
func (b *writer) table(t chapter.Table) {
	b.WriteString("<div class=\"scroll\" tabindex=\"0\">\n<table>\n<thead>\n<tr>")
	for _, h := range t.Head {
		b.put("<th scope=\"col\""+class(figure(h.Number))+">%s</th>", h.Title)
	}
	b.WriteString("</tr>\n</thead>\n<tbody>\n")
	for i, r := range t.Rows {
		if i > 0 && t.By >= 0 && !r.Cells[t.By].Same {
			b.WriteString("</tbody>\n<tbody>\n")
		}
		b.WriteString("<tr")
		if r.ID != "" {
			b.put(" id=%q", r.ID)
		}
		b.WriteString(">")
		for k, c := range r.Cells {
			if !c.Same {
				b.cell(t, i, k, c)
			}
		}
		b.WriteString("</tr>\n")
	}
	b.WriteString("</tbody>\n</table>\n</div>\n")
}

func figure(number bool) string { return map[bool]string{true: "figure"}[number] }

func class(names ...string) string {
	said := strings.TrimSpace(strings.Join(names, " "))
	if said == "" {
		return ""
	}
	return ` class="` + said + `"`
}

func (b *writer) cell(t chapter.Table, row, column int, c chapter.Cell) {
	span := 1
	for row+span < len(t.Rows) && t.Rows[row+span].Cells[column].Same {
		span++
	}
	tag, names, attributes := "td", []string{figure(t.Head[column].Number)}, ""
	if span > 1 {
		attributes = fmt.Sprintf(" rowspan=\"%d\"", span)
	}
	if c.ID != "" || column == t.By {
		tag = "th"
		attributes += ` scope="rowgroup"`
	}
	if c.Indent > 0 {
		names = append(names, fmt.Sprintf("indent-%d", min(c.Indent, 4)))
	}
	b.WriteString("<" + tag + class(names...) + attributes)
	if c.ID != "" {
		b.put(" id=%q", c.ID)
	}
	b.WriteString(">")
	said := run(c.Text)
	if id := t.Rows[row].ID; column == 0 && id != "" && !strings.Contains(said, "<a ") {
		b.put("<a class=\"row\" href=%q>", "#"+id)
		said += "</a>"
	}
	for _, m := range c.Marks {
		said += `<sup><a href="` + html.EscapeString(m) + `">†</a></sup>`
	}
	b.WriteString(said + "</" + tag + ">")
}
