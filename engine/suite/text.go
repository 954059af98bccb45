package suite

import (
	"bytes"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/jedib0t/go-pretty/v6/text"
	"github.com/mattn/go-runewidth"

	"rubric/engine/report"
	"rubric/spec/diag"
)

// Show says what a report for a person shows.
type Show struct {
	diag.Style
	Cases    bool // those that passed, too
	Coverage bool
}

// Text writes reports for a person: what failed, with its place in the suite, and a
// line a suite.
func Text(w io.Writer, reports []*Report, s Show) error {
	var b bytes.Buffer
	usual := false
	for _, r := range reports {
		for _, o := range r.Outcomes {
			if len(o.Failures) == 0 && !s.Cases {
				continue
			}
			word, color := "pass", "\x1b[32m"
			if len(o.Failures) > 0 {
				word, color = "FAIL", "\x1b[31m\x1b[1m"
			}
			if s.Color {
				word = color + word + "\x1b[0m"
			}
			fmt.Fprintf(&b, "%s  %s\n", word, diag.Plain(o.Case.String()))
			list := slices.Clone(o.Failures)
			for i := range list {
				if list[i].Help == usualHelp {
					list[i].Help, usual = "", true
				}
			}
			if err := diag.Text(&b, list, s.Style); err != nil {
				return err
			}
			if len(o.Failures) > 0 {
				b.WriteByte('\n')
			}
		}
		fmt.Fprintf(&b, "%s: %s\n", r.Suite.File.Name, r.tally())
		if s.Coverage && r.Coverage != nil {
			r.Coverage.text(&b, s.Width)
		}
		if err := diag.Text(&b, r.Findings, s.Style); err != nil {
			return err
		}
	}
	if usual {
		fmt.Fprintf(&b, "\n%s\n", usualHelp)
	}
	_, err := w.Write(b.Bytes())
	return err
}

// String is the case's id and title.
func (c *Case) String() string {
	if c.Title == "" {
		return c.ID
	}
	return c.ID + ": " + c.Title
}

// tally is how many cases passed.
func (r *Report) tally() string {
	if r.Coverage == nil {
		return "not run"
	}
	all, failed := len(r.Outcomes), r.Failed()
	out := report.Plural(all, "case", "cases")
	switch failed {
	case 0:
		return out + " passed"
	case all:
		return out + " failed"
	}
	return fmt.Sprintf("%s: %d passed, %d failed", out, all-failed, failed)
}

// text writes what was reached, and what was not.
func (c *Coverage) text(b *bytes.Buffer, width int) {
	for _, t := range c.Tallies {
		fmt.Fprintf(b, "  %s %7s  %s\n", runewidth.FillRight(t.Kind.Label(), 14), percent(t.Percent()), fmt.Sprintf("%d of %d", t.Reached, t.Total))
	}
	if len(c.Not) == 0 {
		return
	}
	b.WriteString("  not reached:\n")
	at := 0
	for _, p := range c.Not {
		at = max(at, runewidth.StringWidth(p.Place.String()))
	}
	for _, p := range c.Not {
		what := p.What
		if p.Path != "" {
			what = p.Path + ": " + what
		}
		what = diag.Plain(what)
		line := "    " + runewidth.FillRight(diag.Plain(p.Place.String()), at) + "  " + what
		if width > 0 && runewidth.StringWidth(line) > width { // the words are what matters
			line = "    " + diag.Plain(p.Place.String())
			for part := range strings.Lines(text.WrapSoft(what, max(width-8, 20))) {
				line += "\n        " + strings.TrimSpace(part)
			}
		}
		b.WriteString(line + "\n")
	}
}

// percent is a share without more digits than it needs; 100 % is all.
func percent(x float64) string {
	text := fmt.Sprintf("%.1f", x)
	if text == "100.0" && x < 100 {
		text = "99.9"
	}
	return strings.TrimSuffix(text, ".0") + " %"
}
