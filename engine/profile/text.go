package profile

import (
	"fmt"
	"io"
	"path"
	"slices"
	"strconv"
	"strings"

	"github.com/jedib0t/go-pretty/v6/text"
	"github.com/mattn/go-runewidth"

	"rubric/engine/report"
	"rubric/spec/diag"
)

// listed is how many units with gaps are named.
const listed = 20

// narrowest is how few characters a name is cut to.
const narrowest = 8

// Text writes a profile for a person. The findings are not repeated in it.
func Text(w io.Writer, p *Profile, s report.Style) error {
	t := &page{width: s.Width}
	head := fmt.Sprintf("%s · %s", p.Title, report.Plural(p.Units, p.noun, p.plural))
	if len(p.Periods) > 0 {
		head += fmt.Sprintf(" · %s", report.Plural(len(p.Periods), p.time, p.time+"s"))
	}
	t.say("", "%s · %d of %d figures", head, p.Figures, p.Figures+p.Missing)
	t.columns(p)
	t.reasons(p)
	t.periods(p)
	t.gaps(p)
	t.unused(p)
	_, err := io.WriteString(w, t.b.String())
	return err
}

// page is a text in the making.
type page struct {
	b     strings.Builder
	width int
}

// line writes a line. Texts come from strangers' files.
func (t *page) line(s string) { t.b.WriteString(strings.TrimRight(diag.Plain(s), " ") + "\n") }

// say writes a text behind a lead, wrapped, going on under its own beginning.
func (t *page) say(lead, format string, args ...any) {
	s := diag.Plain(fmt.Sprintf(format, args...))
	indent := runewidth.StringWidth(lead)
	if t.width > indent+20 {
		s = text.WrapSoft(s, t.width-indent)
	}
	for i, line := range strings.Split(strings.TrimRight(s, "\n"), "\n") {
		if i > 0 {
			lead = strings.Repeat(" ", indent)
		}
		t.line(lead + line)
	}
}

// table writes rows under a head, so many columns of them aligned to the left.
// Where it is too wide, the widest of these are cut.
func (t *page) table(left int, rows [][]string) {
	widths := make([]int, len(rows[0]))
	total := 2 * (len(widths) - 1)
	for k := range widths {
		for _, row := range rows {
			row[k] = diag.Plain(row[k])
			widths[k] = max(widths[k], runewidth.StringWidth(row[k]))
		}
		total += widths[k]
	}
	for t.width > 0 && total > t.width {
		widest := 0
		for k := range left {
			if widths[k] > widths[widest] {
				widest = k
			}
		}
		if widths[widest] <= narrowest {
			break
		}
		widths[widest], total = widths[widest]-1, total-1
	}
	for i, row := range rows {
		var b strings.Builder
		for k, cell := range row {
			cell = runewidth.Truncate(cell, widths[k], "…")
			if k > 0 {
				b.WriteString("  ")
			}
			if k < left {
				b.WriteString(runewidth.FillRight(cell, widths[k]))
			} else {
				b.WriteString(runewidth.FillLeft(cell, widths[k]))
			}
		}
		t.line(b.String())
		if i == 0 {
			t.line(strings.Repeat("─", total))
		}
	}
}

func (t *page) columns(p *Profile) {
	rows := [][]string{{"Column", "Found as", "Figures", "Missing", "Lowest", "Median", "Highest"}}
	var absent []string
	for _, c := range p.Columns {
		if len(c.From) == 0 {
			absent = append(absent, c.Name)
			continue
		}
		row := []string{c.Name, found(p, c), strconv.Itoa(c.Figures), strconv.Itoa(c.Missing), "", "", ""}
		for k, x := range []*float64{c.Lowest, c.Median, c.Highest} {
			if x != nil {
				row[4+k] = strconv.FormatFloat(*x, 'g', 6, 64)
			}
		}
		if c.Type == "text" {
			row[4] = report.Plural(c.Values, "text", "texts")
		}
		rows = append(rows, row)
	}
	if len(rows) > 1 {
		t.line("")
		t.table(2, rows)
	}
	if absent != nil {
		t.line("")
		t.say("", "Columns that no file has: %s", strings.Join(absent, ", "))
	}
}

// found is where a column comes from: its headers, with the files where there
// are several of these.
func found(p *Profile, c Column) string {
	files := map[string]bool{}
	for _, other := range p.Columns {
		for _, f := range other.From {
			files[f.File] = true
		}
	}
	var out []string
	for _, f := range c.From {
		name := f.Header
		if len(files) > 1 {
			name = path.Base(f.File) + ": " + f.Header
		}
		if !slices.Contains(out, name) {
			out = append(out, name)
		}
	}
	if len(out) > 2 {
		return fmt.Sprintf("%s … %s (%d)", out[0], out[len(out)-1], len(out))
	}
	return strings.Join(out, ", ")
}

func (t *page) reasons(p *Profile) {
	if len(p.Reasons) == 0 {
		return
	}
	t.line("")
	t.line("Why figures are missing")
	for _, r := range p.Reasons {
		t.say(fmt.Sprintf("%7d  ", r.Count), "%s", r.words())
	}
}

func (r Reason) words() string {
	status := strings.ReplaceAll(r.Status, "_", " ")
	if r.Note == "" {
		return status + ": the cells are empty"
	}
	return status + ": " + r.Note
}

func (t *page) periods(p *Profile) {
	if len(p.Periods) == 0 {
		return
	}
	rows := [][]string{{report.Capital(p.time), report.Capital(p.plural), "Figures", "Missing"}}
	for _, x := range p.Periods {
		rows = append(rows, []string{x.Period, strconv.Itoa(x.Units), strconv.Itoa(x.Figures), strconv.Itoa(x.Missing)})
	}
	t.line("")
	t.table(1, rows)
}

func (t *page) gaps(p *Profile) {
	if len(p.Gaps) == 0 {
		return
	}
	t.line("")
	t.line("Which " + p.plural + " lack figures")
	for _, g := range p.Gaps[:min(len(p.Gaps), listed)] {
		t.say(fmt.Sprintf("  %s  ", diag.Plain(g.Unit)), "%d of %d: %s", g.Missing, g.Figures+g.Missing, strings.Join(g.Columns, ", "))
	}
	if n := len(p.Gaps) - listed; n > 0 {
		t.line(fmt.Sprintf("  and %d more", n))
	}
}

func (t *page) unused(p *Profile) {
	if len(p.Unused) == 0 {
		return
	}
	var names []string
	for _, h := range p.Unused {
		name := h.Name
		if h.Near != "" {
			name += fmt.Sprintf(" (is it `%s`?)", h.Near)
		}
		names = append(names, name)
	}
	t.line("")
	t.say("", "Headers that nothing uses: %s", strings.Join(names, ", "))
}
