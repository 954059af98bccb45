package grid

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"rubric/engine/report"
	"rubric/spec/diag"
)

// Header is the header of the tidy CSV.
var Header = []string{"unit", "method", "data", "period", "series", "node", "score", "rank", "place", "band", "status", "OBS_STATUS", "note"}

// CSV writes one row a unit and column, of all units. `rank` is that of the result,
// `place` the one among the units that all columns have; what is absent is empty.
// Columns of one `series` can be compared rank by rank, and OBS_STATUS is B where a score
// is of another one than the first column's. A column that could not be evaluated has
// the status `not_computed`, and says why in `note`.
func CSV(w io.Writer, g *Grid) error {
	out := csv.NewWriter(w)
	if err := out.Write(Header); err != nil {
		return err
	}
	for _, r := range g.Rows {
		for k, c := range r.Cells {
			if !c.There {
				continue
			}
			x := g.Columns[k]
			row := []string{r.Unit, x.Method, x.Vintage, x.Period, report.Number(float64(x.Series)), x.Node.Path, "", "", "", c.Band, c.Status, c.Letter(g.Breaks(k)), c.Note}
			if c.HasScore {
				row[6] = report.Number(c.Score)
			}
			if c.HasRank {
				row[7] = report.Number(c.Rank)
			}
			if c.Place > 0 {
				row[8] = report.Number(c.Place)
			}
			if err := out.Write(row); err != nil {
				return err
			}
		}
	}
	out.Flush()
	return out.Error()
}

// What the JSON has; its schema is schemas/grid.v1.schema.json.
type (
	jsonGrid struct {
		FormatVersion int          `json:"formatVersion"`
		Index         string       `json:"index"`
		Common        int          `json:"common"`
		Columns       []jsonColumn `json:"columns"`
		Units         []jsonUnit   `json:"units"`
	}
	jsonColumn struct {
		Method        string      `json:"method"`
		Data          string      `json:"data"`
		Period        string      `json:"period,omitempty"`
		Node          string      `json:"node"`
		Series        int         `json:"series"`
		Comparability string      `json:"comparability,omitempty"`
		Verdict       jsonVerdict `json:"verdict"`
		Errors        diag.List   `json:"errors"`
	}
	jsonVerdict struct {
		Word   string `json:"word"`
		Reason string `json:"reason"`
	}
	jsonUnit struct {
		Unit   string      `json:"unit"`
		Common bool        `json:"common"`
		Cells  []*jsonCell `json:"cells"`
	}
	jsonCell struct {
		Score  *float64 `json:"score"`
		Rank   *float64 `json:"rank"`
		Place  *float64 `json:"place"`
		Band   string   `json:"band,omitempty"`
		Status string   `json:"status"`
		Note   string   `json:"note,omitempty"`
	}
)

// JSON writes a grid for a program.
func JSON(w io.Writer, g *Grid) error {
	out := jsonGrid{FormatVersion: 1, Index: g.Columns[0].Of.Index, Common: g.Common(), Columns: []jsonColumn{}, Units: []jsonUnit{}}
	for _, c := range g.Columns {
		out.Columns = append(out.Columns, jsonColumn{
			Method: c.Method, Data: c.Vintage, Period: c.Period, Node: c.Node.Path, Series: c.Series, Comparability: c.Of.Comparability,
			Verdict: jsonVerdict{c.Word, c.Reason}, Errors: append(diag.List{}, c.Errors...),
		})
	}
	for _, r := range g.Rows {
		u := jsonUnit{Unit: r.Unit, Common: r.Common}
		for _, c := range r.Cells {
			if !c.There {
				u.Cells = append(u.Cells, nil)
				continue
			}
			cell := &jsonCell{Band: c.Band, Status: c.Status, Note: c.Note}
			for _, x := range []struct {
				has bool
				x   float64
				to  **float64
			}{{c.HasScore, c.Score, &cell.Score}, {c.HasRank, c.Rank, &cell.Rank}, {c.Place > 0, c.Place, &cell.Place}} {
				if x.has {
					*x.to = &x.x
				}
			}
			u.Cells = append(u.Cells, cell)
		}
		out.Units = append(out.Units, u)
	}
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(out)
}

// Markdown writes a grid as a table for an appendix or a pull request: a column has the rank
// and, behind it, the score.
func Markdown(w io.Writer, g *Grid) error {
	var b strings.Builder
	fmt.Fprintf(&b, "### %s\n\n%s.\n\n", cellText(g.title()), cellText(report.Capital(g.figures())))
	heads, decimals := g.heads(), g.decimals()
	var nouns []string
	for _, h := range heads {
		nouns = append(nouns, cellText(h.Noun))
	}
	fmt.Fprintf(&b, "| %s |", strings.Join(nouns, "<br>"))
	for k := range g.Columns {
		var texts []string
		for _, h := range heads {
			texts = append(texts, cellText(h.Texts[k]))
		}
		fmt.Fprintf(&b, " %s |", strings.Join(texts, "<br>"))
	}
	b.WriteString("\n|---|" + strings.Repeat("---:|", len(g.Columns)) + "\n")
	for _, r := range g.Ranking() {
		fmt.Fprintf(&b, "| %s |", cellText(r.Name))
		for k, c := range r.Cells {
			switch score := scoreText(c, decimals[k]); {
			case !c.HasScore || c.Place == 0:
				fmt.Fprintf(&b, " %s |", score)
			default:
				fmt.Fprintf(&b, " **%s** · %s |", placeText(c), score)
			}
		}
		b.WriteString("\n")
	}
	var notes []string
	for _, s := range g.legend() {
		notes = append(notes, strings.TrimSpace(s.Mark+" "+cellText(s.Text)))
	}
	for _, c := range g.Columns {
		if c.Result == nil {
			notes = append(notes, cellText(c.Method+" cannot be evaluated on the data "+c.Vintage+": "+c.failure()))
		}
	}
	if line := g.leftOut(0); line != "" {
		notes = append(notes, cellText(line))
	}
	if len(notes) > 0 {
		fmt.Fprintf(&b, "\n%s\n", strings.Join(notes, "<br>\n"))
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// cellText is a stranger's text in a table of Markdown.
func cellText(s string) string {
	return strings.NewReplacer("|", "\\|", "<", "&lt;", "*", "\\*", "_", "\\_", "`", "\\`").Replace(diag.Plain(s))
}
