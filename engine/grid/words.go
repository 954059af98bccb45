package grid

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"rubric/engine/report"
	"rubric/spec/check"
)

// Head is a line of the heads: what it says of a column, and of each.
type Head struct {
	Noun  string
	Texts []string
}

// heads are the methods with the marks of their series, the vintages, and the periods where
// there are any.
func (g *Grid) heads() []Head {
	methods, vintages, periods := Head{Noun: "method"}, Head{Noun: "data"}, Head{}
	for k, c := range g.Columns {
		methods.Texts = append(methods.Texts, c.Method+g.Mark(k))
		vintages.Texts = append(vintages.Texts, c.Vintage)
		periods.Texts = append(periods.Texts, c.Period)
		if c.Period != "" && periods.Noun == "" {
			periods.Noun = c.Of.Periods.Noun
		}
	}
	if periods.Noun == "" {
		return []Head{methods, vintages}
	}
	return []Head{methods, vintages, periods}
}

// title is what a grid is of.
func (g *Grid) title() string { return g.node() + ", " + g.counted() }

func (g *Grid) counted() string { return report.Plural(len(g.Columns), "column", "columns") }

func (g *Grid) node() string {
	n := g.Columns[0].Node
	if n.Title == "" {
		return n.Path
	}
	return n.Title
}

// figures says what stands in the columns.
func (g *Grid) figures() string {
	units := g.units()
	common := report.Plural(g.Common(), units.Noun, units.Plural)
	if !g.Placed() {
		return fmt.Sprintf("scores of the %s that all have", common)
	}
	return fmt.Sprintf("ranks among the %s that all have, and scores", common)
}

// units are what is ranked, in the words of the first method.
func (g *Grid) units() check.Units { return g.Columns[0].Of.Units }

// Sign is the mark of a series, with what it says.
type Sign struct{ Mark, Text string }

// legend says of each mark with what its columns are not comparable, and why; a last line
// without a mark, what that means.
func (g *Grid) legend() (out []Sign) {
	for k, c := range g.Columns {
		mark := g.Mark(k)
		if mark == "" || slices.ContainsFunc(out, func(s Sign) bool { return s.Mark == mark }) {
			continue
		}
		out = append(out, Sign{mark, fmt.Sprintf("%s with %s: %s", c.Word, g.Columns[0].Method, c.Reason)})
	}
	if len(out) > 0 && g.Placed() {
		out = append(out, Sign{Text: "from one mark to another, a change of rank need not be a change of the " + g.units().Noun})
	}
	return out
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

// leftOut names the units that not all columns have a score of, so many of them; 0: all.
func (g *Grid) leftOut(few int) string {
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
	if few > 0 && len(names) > few {
		rest = fmt.Sprintf(" and %d more", len(names)-few)
		names = names[:few]
	}
	return "without a score in every column, and so not shown: " + strings.Join(names, ", ") + rest
}

// fewLeftOut are as many of these as stand in a line.
const fewLeftOut = 6

// none stands where there is no figure.
const none = "–"

func placeText(c Cell) string {
	if c.Place == 0 {
		return none
	}
	return report.Number(c.Place)
}

func scoreText(c Cell, decimals int) string {
	if !c.HasScore {
		return none
	}
	return strconv.FormatFloat(c.Score, 'f', decimals, 64)
}
