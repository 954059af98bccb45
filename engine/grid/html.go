package grid

import (
	_ "embed"
	"fmt"
	"html/template"
	"io"
	"slices"
	"strings"

	"rubric/engine/report"
	"rubric/spec/check"
)

// The page is one file that needs nothing else: no script, no font, no network.
var (
	//go:embed page.html
	pageText string
	//go:embed style.css
	pageStyle string

	page = template.Must(template.New("page").Parse(pageText))
)

// What the page shows.
type (
	htmlPage struct {
		Title, Counted, Node, Figures, Noun string
		Style                               template.CSS
		Series                              []htmlSeries // empty: there is one
		Note                                string       // of ranks of several series
		Chart                               *htmlChart   // nil: there is nothing to draw
		Heads                               []Head
		Placed                              bool
		Rows                                []htmlRow
		Failed                              []htmlFailed
		LeftOut                             string
	}
	htmlSeries struct{ Mark, Methods, Text string }
	htmlChart  struct {
		Up, Down bool   // there are such lines
		Dashed   string // what dashed lines are; empty: there are none
		Says     string
		Drawn    template.HTML
	}
	htmlRow struct {
		Name  string
		Cells []htmlCell
	}
	htmlCell   struct{ Place, Score string }
	htmlFailed struct{ Method, Vintage, Why string }
)

// HTML writes a grid as one page of HTML: the places as a bump chart, and all figures in a
// table.
func HTML(w io.Writer, g *Grid) error {
	first, decimals := g.Columns[0], g.decimals()
	p := htmlPage{
		Title: first.Of.Title, Counted: g.sides(), Figures: report.Capital(g.figures()), Noun: first.Of.Units.Noun, Style: template.CSS(report.PageStyle + pageStyle),
		Series: g.series(), Chart: g.chart(), Heads: g.telling(), Placed: g.Placed(), LeftOut: report.Capital(g.leftOut(0)),
	}
	if first.Node.Level != check.Index {
		p.Node = g.node()
	}
	if n := len(g.legend()); n > 0 && p.Placed {
		p.Note = report.Capital(g.legend()[n-1].Text)
	}
	for _, r := range g.Ranking() {
		row := htmlRow{Name: r.Name}
		for k, c := range r.Cells {
			row.Cells = append(row.Cells, htmlCell{placeText(c), scoreText(c, decimals[k])})
		}
		p.Rows = append(p.Rows, row)
	}
	for _, c := range g.Columns {
		if c.Result == nil {
			p.Failed = append(p.Failed, htmlFailed{c.Method, c.Vintage, c.failure()})
		}
	}
	return page.Execute(w, p)
}

// sides says how many methods, vintages and periods there are, or which one it is.
func (g *Grid) sides() string {
	var parts []string
	say := func(noun, plural string, of func(Column) string) {
		var all []string
		for _, c := range g.Columns {
			if t := of(c); t != "" && !slices.Contains(all, t) {
				all = append(all, t)
			}
		}
		switch len(all) {
		case 0:
		case 1:
			parts = append(parts, noun+" "+all[0])
		default:
			parts = append(parts, fmt.Sprintf("%d %s", len(all), plural))
		}
	}
	say("method", "methods", func(c Column) string { return c.Method })
	say("data", "vintages of data", func(c Column) string { return c.Vintage })
	for _, c := range g.Columns {
		if c.Period != "" {
			say(c.Of.Periods.Noun, c.Of.Periods.Noun+"s", func(c Column) string { return c.Period })
			break
		}
	}
	return strings.Join(parts, " · ")
}

// series are the series of the columns, each with the methods that are of it.
func (g *Grid) series() (out []htmlSeries) {
	for k, c := range g.Columns {
		mark := g.Mark(k)
		at := slices.IndexFunc(out, func(s htmlSeries) bool { return s.Mark == mark })
		if at < 0 {
			at = len(out)
			s := htmlSeries{Mark: mark, Text: "the series of the first column"}
			if mark != "" {
				s.Text = fmt.Sprintf("%s with %s: %s", c.Word, g.Columns[0].Method, c.Reason)
			}
			out = append(out, s)
		}
		if s := &out[at]; !slices.Contains(strings.Split(s.Methods, ", "), c.Method) {
			s.Methods = strings.TrimPrefix(s.Methods+", "+c.Method, ", ")
		}
	}
	if len(out) < 2 {
		return nil
	}
	return out
}

// telling are the heads in which columns differ; all, where they do in none.
func (g *Grid) telling() []Head {
	all := g.heads()
	out := slices.DeleteFunc(slices.Clone(all), func(h Head) bool {
		return !slices.ContainsFunc(h.Texts, func(t string) bool { return t != h.Texts[0] })
	})
	if len(out) == 0 {
		return all
	}
	return out
}
