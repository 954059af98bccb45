// Package page writes a chapter as one page of HTML that needs nothing else: no
// script, no font, no network. It reads well on a wide screen and a narrow one, by
// day and by night, and on paper; every node, column and source has an anchor.
package page

import (
	_ "embed"
	"fmt"
	"html"
	"io"
	"strings"

	"rubric/spec/chapter"
)

//go:embed style.css
var style string

// policy is what the page may load: nothing.
const policy = "default-src 'none'; style-src 'unsafe-inline'"

// Write writes a chapter.
func Write(w io.Writer, c *chapter.Chapter) error {
	b := &writer{}
	b.put("<!DOCTYPE html>\n<html lang=%q>\n<head>\n<meta charset=\"utf-8\">\n", c.Language)
	b.put("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta http-equiv=\"Content-Security-Policy\" content=%q>\n", policy)
	b.put("<title>%s, %s</title>\n", c.Title, c.Subtitle)
	b.WriteString("<style>\n" + style + "</style>\n</head>\n<body>\n")
	b.put("<header>\n<p class=\"edition\">%s</p>\n<h1>%s</h1>\n", c.Subtitle, c.Title)
	if c.Description != "" {
		b.put("<p class=\"lead\">%s</p>\n", c.Description)
	}
	b.WriteString("</header>\n")
	b.contents(c)
	b.WriteString("<main>\n")
	for _, s := range c.Sections {
		b.section(s, 2)
	}
	b.WriteString("</main>\n<footer><p>" + run(c.Foot) + "</p></footer>\n</body>\n</html>\n")
	_, err := io.WriteString(w, b.String())
	return err
}

type writer struct{ strings.Builder }

// put writes with every text escaped.
func (b *writer) put(format string, texts ...string) {
	escaped := make([]any, len(texts))
	for i, s := range texts {
		escaped[i] = attribute(s)
	}
	fmt.Fprintf(&b.Builder, format, escaped...)
}

// attribute is an escaped text that %q only puts in quotes.
type attribute string

// Format writes the text, in quotes for %q.
func (a attribute) Format(f fmt.State, verb rune) {
	said := html.EscapeString(string(a))
	if verb == 'q' {
		said = `"` + said + `"`
	}
	_, _ = io.WriteString(f, said)
}

// contents are the sections, and the groups of the table of indicators.
func (b *writer) contents(c *chapter.Chapter) {
	b.put("<nav aria-label=%q>\n<p>%s</p>\n<ol>\n", c.Contents, c.Contents)
	for _, s := range c.Sections {
		b.put("<li><a href=%q>%s</a>", "#"+s.ID, s.Title)
		var below []chapter.Cell
		for _, x := range s.Blocks {
			if t, ok := x.(chapter.Table); ok && t.By >= 0 {
				for _, r := range t.Rows {
					if cell := r.Cells[t.By]; !cell.Same && cell.ID != "" {
						below = append(below, cell)
					}
				}
			}
		}
		if len(below) > 0 {
			b.WriteString("\n<ol>\n")
			for _, cell := range below {
				b.put("<li><a href=%q>%s</a></li>\n", "#"+cell.ID, cell.Text.String())
			}
			b.WriteString("</ol>\n")
		}
		b.WriteString("</li>\n")
	}
	b.WriteString("</ol>\n</nav>\n")
}

func (b *writer) section(s chapter.Section, level int) {
	wide := ""
	for _, x := range s.Blocks {
		if t, ok := x.(chapter.Table); ok && t.Wide {
			wide = ` class="wide"`
		}
	}
	b.put("<section id=%q"+wide+">\n", s.ID)
	heading := fmt.Sprintf("h%d", min(level, 6))
	b.put("<"+heading+">%s <a class=\"self\" href=%q aria-hidden=\"true\">#</a></"+heading+">\n", s.Title, "#"+s.ID)
	for _, x := range s.Blocks {
		b.block(x)
	}
	for _, x := range s.Sections {
		b.section(x, level+1)
	}
	b.WriteString("</section>\n")
}

func (b *writer) block(x chapter.Block) {
	switch x := x.(type) {
	case chapter.Paragraph:
		b.WriteString("<p>" + run(x.Text) + "</p>\n")
	case chapter.List:
		b.WriteString("<ul>\n")
		for _, t := range x.Items {
			b.WriteString("<li>" + run(t) + "</li>\n")
		}
		b.WriteString("</ul>\n")
	case chapter.Facts:
		b.WriteString("<dl>\n")
		for _, f := range x.Items {
			b.WriteString("<dt")
			if f.ID != "" {
				b.put(" id=%q", f.ID)
			}
			b.put(">%s</dt>\n<dd>\n", f.Label)
			if len(f.Text) > 0 {
				b.WriteString("<p>" + run(f.Text) + "</p>\n")
			}
			for _, y := range f.Blocks {
				b.block(y)
			}
			b.WriteString("</dd>\n")
		}
		b.WriteString("</dl>\n")
	case chapter.Math:
		b.put("<div class=\"scroll formula\" title=%q tabindex=\"0\">", x.Formula.Source)
		if title, ok := x.Formula.Plain(); ok {
			b.put("%s", title)
		} else {
			b.WriteString(x.Formula.MathML())
		}
		b.WriteString("</div>\n")
	case chapter.Table:
		b.table(x)
	}
}

// run writes pieces of text.
func run(t chapter.Text) string {
	var b strings.Builder
	for _, p := range t {
		said := html.EscapeString(p.Text)
		switch {
		case p.Formula != nil:
			said = `<span class="math" title="` + html.EscapeString(p.Formula.Source) + `">` + p.Formula.MathML() + `</span>`
		case p.Code:
			said = "<code>" + said + "</code>"
		}
		if p.Strong {
			said = "<strong>" + said + "</strong>"
		}
		if p.Link != "" {
			said = `<a href="` + html.EscapeString(p.Link) + `">` + said + "</a>"
		}
		b.WriteString(said)
	}
	return b.String()
}
