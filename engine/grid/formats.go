package grid

import (
	"encoding/csv"
	"encoding/json"
	"io"

	"rubric/engine/report"
	"rubric/spec/diag"
)

// Header is the header of the tidy CSV.
var Header = []string{"unit", "method", "data", "series", "node", "score", "rank", "place", "band", "status"}

// CSV writes one row a unit and column, of all units. `rank` is that of the result,
// `place` the one among the units that all columns have; what is absent is empty.
// Columns of one `series` can be compared rank by rank.
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
			column := g.Columns[k]
			row := []string{r.Unit, column.Method, column.Vintage, report.Number(float64(column.Series)), column.Node.Path, "", "", "", c.Band, c.Status}
			if c.HasScore {
				row[5] = report.Number(c.Score)
			}
			if c.HasRank {
				row[6] = report.Number(c.Rank)
			}
			if c.Place > 0 {
				row[7] = report.Number(c.Place)
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
		Method string    `json:"method"`
		Data   string    `json:"data"`
		Node   string    `json:"node"`
		Series int       `json:"series"`
		Errors diag.List `json:"errors"`
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
	}
)

// JSON writes a grid for a program.
func JSON(w io.Writer, g *Grid, index string) error {
	out := jsonGrid{FormatVersion: 1, Index: index, Common: g.Common(), Columns: []jsonColumn{}, Units: []jsonUnit{}}
	for _, c := range g.Columns {
		out.Columns = append(out.Columns, jsonColumn{c.Method, c.Vintage, c.Node.Path, c.Series, append(diag.List{}, c.Errors...)})
	}
	for _, r := range g.Rows {
		u := jsonUnit{Unit: r.Unit, Common: r.Common}
		for _, c := range r.Cells {
			if !c.There {
				u.Cells = append(u.Cells, nil)
				continue
			}
			cell := &jsonCell{Band: c.Band, Status: c.Status}
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
