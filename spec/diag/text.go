package diag

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"strings"

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
		fmt.Fprintf(&b, "%s%s: %s %s\n", s.paint("\x1b[1m", place), s.paint(severityColors[d.Severity]+"\x1b[1m", d.Severity.String()), d.Message, s.paint("\x1b[2m", "["+d.Code+"]"))
		s.excerpt(&b, d.Place, severityColors[d.Severity])
		for _, r := range d.Related {
			fmt.Fprintf(&b, "  %s: %s\n", r.Place, r.Message)
		}
		if d.Help != "" {
			fmt.Fprintf(&b, "  %s %s\n", s.paint("\x1b[32m", "help:"), d.Help)
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

// excerpt shows the source line with carets under the place.
func (s Style) excerpt(b *bytes.Buffer, p source.Place, color string) {
	if p.Text == "" || p.Column == 0 {
		return
	}
	line := []rune(strings.ReplaceAll(p.Text, "\t", " "))
	from := min(p.Column-1, len(line))
	to := len(line)
	if p.EndLine == p.Line {
		to = min(max(p.EndColumn-1, from+1), max(len(line), from+1))
	}
	// A line longer than the terminal is cut around the place.
	gutter := len(fmt.Sprint(p.Line)) + 4
	if room := s.Width - gutter - 2; s.Width > 0 && room > 20 && runewidth.StringWidth(string(line)) > room {
		start := max(0, min(from-room/3, len(line)-room))
		cut := line[start:min(start+room-1, len(line))]
		if start > 0 {
			cut = append([]rune{'…'}, cut[1:]...)
		}
		if start+len(cut) < len(line) {
			cut = append(append([]rune(nil), cut...), '…')
		}
		line, from, to = cut, from-start, min(to-start, len(cut))
	}
	before := runewidth.StringWidth(string(line[:min(from, len(line))]))
	under := max(1, runewidth.StringWidth(string(line[min(from, len(line)):min(to, len(line))])))
	fmt.Fprintf(b, " %d | %s\n", p.Line, string(line))
	fmt.Fprintf(b, " %s | %s%s\n", strings.Repeat(" ", len(fmt.Sprint(p.Line))), strings.Repeat(" ", before), s.paint(color, strings.Repeat("^", under)))
}

// JSON writes findings for a machine.
func JSON(w io.Writer, list List) error {
	if list == nil {
		list = List{}
	}
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(struct {
		FormatVersion int  `json:"formatVersion"`
		Errors        int  `json:"errors"`
		Warnings      int  `json:"warnings"`
		Findings      List `json:"findings"`
	}{1, list.Errors(), list.Count(Warning), list})
}
