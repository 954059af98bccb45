package grid

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/jedib0t/go-pretty/v6/table"
	"github.com/jedib0t/go-pretty/v6/text"

	"rubric/engine/report"
	"rubric/spec/check"
	"rubric/spec/diag"
)

// mark stands at the heads of columns that are of another series than the first one.
const mark = "†"

// Text writes a grid for a person: the units that all columns have, by their rank in
// the first one, with rank and score in each.
func Text(w io.Writer, g *Grid, s report.Style) error {
	var b strings.Builder
	m := g.Columns[0].Node
	units := g.units()
	fmt.Fprintf(&b, "%s\n%s\n\n", s.Bold(diag.Plain(title(m)+", "+report.Plural(len(g.Columns), "column", "columns"))),
		s.Wrap(fmt.Sprintf("ranks among the %s that all have, and scores", report.Plural(g.Common(), units.Noun, units.Plural))))
	t := s.Grid(nil)
	methods, vintages := table.Row{"method"}, table.Row{"data"}
	config := []table.ColumnConfig{}
	for i, c := range g.Columns {
		method := c.Method
		if c.Series != g.Columns[0].Series {
			method += mark
		}
		methods, vintages = append(methods, diag.Plain(method), ""), append(vintages, diag.Plain(c.Vintage), "")
		for k := range 2 {
			config = append(config, table.ColumnConfig{Number: 2*i + 2 + k, Align: text.AlignRight})
		}
	}
	t.AppendHeader(methods)
	t.AppendHeader(vintages)
	t.SetColumnConfigs(config)
	rows := slices.DeleteFunc(slices.Clone(g.Rows), func(r Row) bool { return !r.Common })
	slices.SortStableFunc(rows, func(a, b Row) int { return cmp.Compare(a.Cells[0].Place, b.Cells[0].Place) })
	decimals := g.decimals()
	for _, r := range rows {
		row := table.Row{diag.Plain(r.Name)}
		for k, c := range r.Cells {
			if g.Columns[k].Result == nil {
				row = append(row, "–", "–")
				continue
			}
			row = append(row, report.Number(c.Place), strconv.FormatFloat(c.Score, 'f', decimals[k], 64))
		}
		t.AppendRow(row)
	}
	b.WriteString(report.Trimmed(t.Render()))
	if g.Breaks() {
		fmt.Fprintf(&b, "%s\n", s.Wrap(mark+" of another series than the first column: a change of rank need not be a change of the unit"))
	}
	if line := g.leftOut(); line != "" {
		fmt.Fprintf(&b, "%s\n", s.Wrap(diag.Plain(line)))
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// units are what is ranked, in the words of the first method.
func (g *Grid) units() check.Units {
	for _, c := range g.Columns {
		if c.Result != nil {
			return c.Result.Plan.Methodology.Units
		}
	}
	return check.Units{Noun: "unit", Plural: "units"}
}

func title(n *check.Node) string {
	if n.Title == "" {
		return n.Path
	}
	return n.Title
}

// decimals are how many decimals tell the scores of each column apart, up to four.
func (g *Grid) decimals() []int {
	const most = 4
	out := make([]int, len(g.Columns))
	for _, r := range g.Rows {
		for k, c := range r.Cells {
			if c.HasScore && r.Common {
				_, behind, _ := strings.Cut(strings.TrimRight(strconv.FormatFloat(c.Score, 'f', most, 64), "0"), ".")
				out[k] = max(out[k], len(behind))
			}
		}
	}
	return out
}

// leftOut names the units that not all columns have a score of.
func (g *Grid) leftOut() string {
	const few = 6
	var names []string
	for _, r := range g.Rows {
		if !r.Common {
			names = append(names, r.Name)
		}
	}
	if len(names) == 0 {
		return ""
	}
	rest := ""
	if len(names) > few {
		rest = fmt.Sprintf(" and %d more", len(names)-few)
		names = names[:few]
	}
	return "without a score in every column, and so not shown: " + strings.Join(names, ", ") + rest
}
