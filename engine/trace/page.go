package trace

import (
	"fmt"
	"strings"

	"github.com/mattn/go-runewidth"

	"rubric/engine/report"
	"rubric/spec/diag"
	"rubric/spec/source"
)

// page is a text in the making.
type page struct {
	b      strings.Builder
	t      *Trace
	s      report.Style
	within bool // a file was named without its folder
}

// tint is how a piece of text stands out, where colour is allowed.
type tint string

const (
	plain tint = ""
	bold  tint = "\x1b[1m"
	faint tint = "\x1b[2m"
	red   tint = "\x1b[31m"
)

func (p *page) paint(c tint, text string) string {
	if !p.s.Color || c == plain || text == "" {
		return text
	}
	return string(c) + text + "\x1b[0m"
}

// line writes a line as it is.
func (p *page) line(indent int, c tint, text string) {
	if text = strings.TrimRight(diag.Plain(text), " "); text != "" {
		p.b.WriteString(strings.Repeat(" ", indent))
		p.b.WriteString(p.paint(c, text))
	}
	p.b.WriteByte('\n')
}

// gap is an empty line, where there is none yet.
func (p *page) gap() {
	if !strings.HasSuffix(p.b.String(), "\n\n") {
		p.b.WriteByte('\n')
	}
}

// say writes a text, wrapped at the width of the terminal; the lines after the
// first hang two columns deeper.
func (p *page) say(indent int, c tint, format string, args ...any) {
	p.hang(indent, indent+2, c, fmt.Sprintf(format, args...))
}

func (p *page) hang(indent, deeper int, c tint, text string) {
	for i, line := range wrapped(text, p.room(indent), p.room(deeper)) {
		if i == 1 {
			indent = deeper
		}
		p.line(indent, c, line)
	}
}

// hangAfter writes a text behind a lead, and goes on under its own beginning.
func (p *page) hangAfter(indent int, lead, text string) {
	deep := indent + runewidth.StringWidth(lead)
	for i, line := range wrapped(text, p.room(deep), p.room(deep)) {
		if i > 0 {
			lead = strings.Repeat(" ", deep-indent)
		}
		p.line(indent, plain, lead+line)
	}
}

// room is how wide a text may be; 0: as wide as it is.
func (p *page) room(indent int) int {
	if p.s.Width <= 0 {
		return 0
	}
	return max(p.s.Width-indent, 20)
}

// wrapped breaks a text at spaces.
func wrapped(text string, first, rest int) []string {
	var lines []string
	line, width := "", 0
	for _, word := range strings.Fields(text) {
		w, room := runewidth.StringWidth(word), first
		if len(lines) > 0 {
			room = rest
		}
		if line != "" && room > 0 && width+1+w > room {
			lines = append(lines, line)
			line, width = "", 0
		}
		if line != "" {
			line, width = line+" ", width+1
		}
		line, width = line+word, width+w
	}
	return append(lines, line)
}

// at is a line of a file, without the folder that most files are in.
func (p *page) at(file string, line int) string {
	if p.t.Folder != "" {
		if short, ok := strings.CutPrefix(file, p.t.Folder+"/"); ok {
			file, p.within = short, true
		}
	}
	return source.Place{File: file, Line: line}.String()
}

// count is a number of units in words.
func (p *page) count(n int) string { return report.Plural(n, p.t.Noun, p.t.Plural) }

func have(n int) string {
	if n == 1 {
		return "has"
	}
	return "have"
}

// none is a number of others.
func none(n int) string {
	if n == 0 {
		return "none"
	}
	return fmt.Sprint(n)
}

// points is a score with its word, where the method has one.
func (p *page) points(method string, score float64) string {
	switch {
	case method != "rank_points":
		return short(score)
	case score == 1:
		return "1 point"
	}
	return short(score) + " points"
}

// rule names a normalisation.
func (p *page) rule(method, ties string) string {
	if ties == "" {
		return method
	}
	return method + ", ties " + ties
}
