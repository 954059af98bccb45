package trace

import (
	"fmt"
	"strings"

	"github.com/mattn/go-runewidth"

	"rubric/spec/diag"
)

// formula writes the cells that a formula reads, the formula, and the formula
// with the numbers put in.
func (p *page) formula(n *Node, indent int) {
	f := n.Formula
	p.gap()
	names, numbers := 0, 0
	for _, c := range f.Cells {
		names, numbers = max(names, runewidth.StringWidth(c.Column)), max(numbers, runewidth.StringWidth(figure(c.Written)))
	}
	for _, a := range f.Aggregates {
		names, numbers = max(names, runewidth.StringWidth(a.Text)), max(numbers, len(aggregated(a)))
	}
	for _, c := range f.Cells {
		p.cell(c, indent, names, numbers)
	}
	for _, a := range f.Aggregates {
		over := p.count(a.Over)
		if a.Over != a.Of {
			over = fmt.Sprintf("%d of %s", a.Over, p.count(a.Of))
		}
		p.entry(indent, names, numbers, a.Text, aggregated(a), "over "+over)
	}
	p.gap()
	if f.Error != nil {
		p.caret(f, indent)
	} else if !f.Plain {
		for _, line := range strings.Split(strings.TrimRight(f.Text, "\n"), "\n") {
			text := strings.TrimLeft(line, " ")
			p.say(indent+len(line)-len(text), plain, "%s", text)
		}
	}
	if f.Numbers == "" {
		return
	}
	result := f.Result
	if result == "" {
		result = "no value"
	} else {
		result = measured(result, f.Measure)
	}
	left := f.Numbers
	if f.Plain {
		left = f.Text
	}
	p.say(indent, bold, "%s = %s", left, result)
	if f.Error != nil {
		p.say(indent, red, "%s", f.Error.Reason)
	}
}

// figure is a cell's number, or a dash where there is none.
func figure(written string) string {
	if written == "" {
		return "–"
	}
	return written
}

func aggregated(a Aggregate) string {
	if a.Value == nil {
		return "–"
	}
	return significant(*a.Value)
}

// entry is a line of a name, a number and words.
func (p *page) entry(indent, names, numbers int, name, number, words string) {
	head := runewidth.FillRight(name, names) + "  " + runewidth.FillLeft(number, numbers)
	lines := wrapped(words, p.room(indent+names+numbers+4), p.room(indent+names+numbers+4))
	for i, line := range lines {
		if i > 0 {
			head = strings.Repeat(" ", names+numbers+2)
		}
		p.line(indent, plain, head+"  "+line)
	}
}

// cell writes a cell and where it comes from.
func (p *page) cell(c Cell, indent, names, numbers int) {
	var words []string
	for _, w := range []string{c.Measure, c.Year} {
		if w != "" {
			words = append(words, w)
		}
	}
	about := c.Title
	if len(words) > 0 {
		about += " (" + strings.Join(words, ", ") + ")"
	}
	switch c.Status {
	case "measured", "missing", "not_computed", "computed", "given":
	default:
		about += ", " + strings.ReplaceAll(c.Status, "_", " ")
	}
	p.entry(indent, names, numbers, c.Column, figure(c.Written), about)
	switch own, file := titles(c.Sources), titles(c.FileSources); {
	case file != "" && own != "":
		p.say(indent+2, faint, "source of the method: %s; of this figure: %s", own, file)
	case own+file != "":
		p.say(indent+2, faint, "source: %s", own+file)
	}
	if c.Note != "" {
		p.say(indent+2, plain, "%s", c.Note)
	}
	if c.Node != "" {
		if c.Column != c.Node && !strings.Contains(c.Column, "(") {
			p.say(indent+2, faint, "the %s of %s", c.Figure, c.Node)
		}
		return
	}
	at := p.at(c.File, c.Line)
	header := ""
	if c.Header != c.Column {
		header = fmt.Sprintf(", header `%s`", c.Header)
	}
	switch {
	case c.File == "":
		p.say(indent+2, faint, "no file has this column%s", header)
	case c.Line == 0:
		p.say(indent+2, faint, "%s has no row of this %s", at, p.t.Noun)
	case c.Written == "":
		p.say(indent+2, faint, "%s%s: the cell is empty", at, header)
	default:
		p.say(indent+2, faint, "%s%s", at, header)
	}
}

// titles are sources on one line.
func titles(sources []Source) string {
	var out []string
	for _, s := range sources {
		title := s.Title
		if s.Publisher != "" {
			title += ", " + s.Publisher
		}
		out = append(out, title)
	}
	return strings.Join(out, "; ")
}

// caret shows the formula with what failed underlined, and its place in the
// document.
func (p *page) caret(f *Formula, indent int) {
	at := 0
	for _, line := range strings.Split(strings.TrimRight(f.Text, "\n"), "\n") {
		start, end := max(f.Error.Start-at, 0), min(f.Error.End-at, len(line))
		p.line(indent, plain, line)
		if start < end {
			under := strings.Repeat("^", max(1, runewidth.StringWidth(diag.Plain(line[start:end]))))
			p.b.WriteString(strings.Repeat(" ", indent+runewidth.StringWidth(diag.Plain(line[:start]))) + p.paint(red, under) + "\n")
		}
		at += len(line) + 1
	}
	place := f.Error.Place
	place.File = p.at(place.File, 0)
	p.say(indent, faint, "%s", place)
}
