package diag

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/mattn/go-runewidth"

	"rubric/spec/source"
)

// Style says how findings are shown.
type Style struct {
	Color bool
	Width int // of the terminal; 0: no limit
}

var severityColors = [...]string{Info: "\x1b[36m", Warning: "\x1b[33m", Error: "\x1b[31m"}

// Text writes findings for a person: the line, the source line with a caret
// under what is wrong, and a way out.
func Text(w io.Writer, list List, s Style) error {
	var b bytes.Buffer
	for _, d := range list {
		place := d.Place.String()
		if place != "" {
			place += ": "
		}
		fmt.Fprintf(&b, "%s%s: %s %s\n", s.paint("\x1b[1m", Plain(place)), s.paint(severityColors[d.Severity]+"\x1b[1m", d.Severity.String()), Plain(d.Message), s.paint("\x1b[2m", "["+d.Code+"]"))
		s.excerpt(&b, d.Place, severityColors[d.Severity])
		for _, r := range d.Related {
			fmt.Fprintf(&b, "  %s: %s\n", Plain(r.Place.String()), Plain(r.Message))
		}
		if d.Help != "" {
			fmt.Fprintf(&b, "  %s %s\n", s.paint("\x1b[32m", "help:"), Plain(d.Help))
		}
	}
	_, err := w.Write(b.Bytes())
	return err
}

func (s Style) paint(color, text string) string {
	if !s.Color || text == "" {
		return text
	}
	return color + text + "\x1b[0m"
}

// Plain is a text on one line, without the characters that a terminal obeys:
// what a stranger's file says is shown, not done.
func Plain(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\t':
			return ' '
		case unicode.IsControl(r):
			return utf8.RuneError
		}
		return r
	}, s)
}

// widest is how much of a line is shown where there is no terminal.
const widest = 200

// excerpt shows the source line with carets under the place.
func (s Style) excerpt(b *bytes.Buffer, p source.Place, color string) {
	if p.Text == "" || p.Column == 0 {
		return
	}
	line := []rune(Plain(p.Text))
	from := min(p.Column-1, len(line))
	to := len(line)
	if p.EndLine == p.Line {
		to = min(max(p.EndColumn-1, from+1), max(len(line), from+1))
	}
	// A line longer than the terminal is cut around the place.
	room := s.Width - len(fmt.Sprint(p.Line)) - 6
	if s.Width <= 0 {
		room = widest
	}
	if room = max(room, 20); runewidth.StringWidth(string(line)) > room {
		line, from, to = around(line, from, to, room)
	}
	before := runewidth.StringWidth(string(line[:min(from, len(line))]))
	under := max(1, runewidth.StringWidth(string(line[min(from, len(line)):min(to, len(line))])))
	fmt.Fprintf(b, " %d | %s\n", p.Line, string(line))
	fmt.Fprintf(b, " %s | %s%s\n", strings.Repeat(" ", len(fmt.Sprint(p.Line))), strings.Repeat(" ", before), s.paint(color, strings.Repeat("^", under)))
}

// around is a piece of a line that holds a place and is no wider than a room;
// what it leaves out on either side is an ellipsis.
func around(line []rune, from, to, room int) (piece []rune, newFrom, newTo int) {
	start, width := from, 0
	for ; start > 0 && width < room/3; start-- {
		width += runewidth.RuneWidth(line[start-1])
	}
	width, end := width+2, from
	for ; end < len(line) && width+runewidth.RuneWidth(line[end]) <= room; end++ {
		width += runewidth.RuneWidth(line[end])
	}
	if start > 0 {
		piece = append(piece, '…')
	}
	newFrom = len(piece) + from - start
	piece = append(piece, line[start:end]...)
	newTo = newFrom + min(to, end) - from
	if end < len(line) {
		piece = append(piece, '…')
	}
	return piece, newFrom, newTo
}

// JSON writes findings for a machine, those that are silenced apart.
func JSON(w io.Writer, list, silenced List) error {
	if list == nil {
		list = List{}
	}
	if silenced == nil {
		silenced = List{}
	}
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(struct {
		FormatVersion int  `json:"formatVersion"`
		Errors        int  `json:"errors"`
		Warnings      int  `json:"warnings"`
		Findings      List `json:"findings"`
		Silenced      List `json:"silenced"`
	}{1, list.Errors(), list.Count(Warning), list, silenced})
}
