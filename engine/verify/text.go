package verify

import (
	"fmt"
	"io"
	"strings"

	"github.com/jedib0t/go-pretty/v6/text"

	"rubric/engine/report"
	"rubric/spec/diag"
)

// Text writes a report for a person. The findings are not repeated in it.
func Text(w io.Writer, r *Report, title string, s report.Style) error {
	t := &textWriter{width: s.Width}
	t.line("%s", title)
	if len(r.Published) > 0 {
		t.line("\n1. Published figures, recomputed")
		for _, table := range r.Published {
			t.table(table)
		}
	}
	if r.Columns.Columns > 0 {
		t.line("\n2. Given columns, put through their own rule again")
		t.columns(r.Columns)
	}
	if len(r.Raw) > 0 {
		t.line("\n3. Raw data against given scores, as ranks over the units that have both")
		for _, x := range r.Raw {
			t.raw(x)
		}
	}
	verdict := report.Plural(r.Unexplained, "unexplained difference", "unexplained differences")
	t.line("\n%s", verdict)
	_, err := io.WriteString(w, t.b.String())
	return err
}

type textWriter struct {
	b     strings.Builder
	width int
}

// line writes a line. Texts come from strangers' files.
func (t *textWriter) line(format string, args ...any) {
	for i, a := range args {
		if s, ok := a.(string); ok {
			args[i] = diag.Plain(s)
		}
	}
	fmt.Fprintf(&t.b, format+"\n", args...)
}

// block writes a text indented and wrapped.
func (t *textWriter) block(indent int, s string) {
	if t.width > indent+20 {
		s = text.WrapSoft(s, t.width-indent)
	}
	for line := range strings.Lines(s) {
		t.line("%s%s", strings.Repeat(" ", indent), strings.TrimRight(line, " \n"))
	}
}

func (t *textWriter) table(table TableReport) {
	name := table.Table
	if name != table.File {
		name += " (" + table.File + ")"
	}
	t.line("   %s", name)
	for _, c := range table.Counts {
		what := fmt.Sprintf("%s %s", c.Level, c.Figure)
		result := "all equal"
		if c.Equal != c.Figures {
			var parts []string
			for _, p := range []struct {
				n    int
				what string
			}{{c.Equal, "equal"}, {c.Known, "known to differ"}, {c.Unknown, "unexplained"}, {c.Impossible, "not computable from the data"}} {
				if p.n > 0 {
					parts = append(parts, fmt.Sprintf("%d %s", p.n, p.what))
				}
			}
			result = strings.Join(parts, ", ")
		}
		if c.Tolerance > 0 {
			result += " within " + report.Number(c.Tolerance)
		}
		t.line("     %5d %-16s %s", c.Figures, what, result)
	}
	for _, d := range table.Known {
		t.block(5, fmt.Sprintf("known: %s, %s of %s: published %s, recomputed %s", d.Name, d.Figure, d.Node, d.Published, d.Recomputed))
		t.block(12, d.Reason)
	}
}

func (t *textWriter) columns(c ColumnReport) {
	t.line("   %s: %d reproduce themselves", report.Plural(c.Columns, "column", "columns"), c.Reproduced)
	for _, l := range c.Levels {
		t.line("   %s: holds only the %d declared levels", l.Node, l.Levels)
	}
	for _, k := range c.Known {
		t.line("   known: %s", k.Node)
		var cells []string
		for _, d := range k.Cells {
			cells = append(cells, fmt.Sprintf("%s %s→%s", d.Name, d.Published, d.Recomputed))
		}
		t.block(10, fmt.Sprintf("%d cells differ: %s.", len(cells), strings.Join(cells, ", ")))
		t.block(10, k.Reason)
	}
	for _, n := range c.Unruled {
		t.line("   %s: its score is its value, and there is no rule to apply again", n)
	}
}

func (t *textWriter) raw(x RawReport) {
	t.line("   %s", x.Node)
	t.line("     %5d compared: %d at the same place, %d within %s, %d beyond", x.Units, x.Same, len(x.Within), report.Plural(int(x.Tolerance), "place", "places"), len(x.Beyond))
	if x.Reason != "" {
		t.block(12, x.Reason)
	}
	for _, s := range x.Beyond {
		state := "known: "
		if !s.Known {
			state = "unexplained: "
		}
		t.line("     %s%s %s by its given score, %s by raw data", state, s.Name, ordinal(s.GivenRank), ordinal(s.ComputedRank))
		t.block(12, s.Reason)
	}
	if len(x.Within) > 0 {
		var parts []string
		for _, s := range x.Within {
			parts = append(parts, fmt.Sprintf("%s %s→%s", s.Name, report.Number(s.GivenRank), report.Number(s.ComputedRank)))
		}
		t.line("     within the tolerance, given→computed, largest first:")
		t.block(12, strings.Join(parts, ", "))
	}
	for _, w := range x.WithoutData {
		t.line("     without data: %s", w.Name)
		t.block(12, w.Reason)
	}
}
