package report

import (
	"bufio"
	"encoding/json"
	"io"

	"rubric/engine"
)

// Digests says what a result was made from.
type Digests struct {
	Document string            `json:"document"`
	Data     map[string]string `json:"data"`
	Engine   string            `json:"engine"`
	Settings []string          `json:"settings,omitempty"` // changes of the document that were tried
}

type jsonHead struct {
	FormatVersion int         `json:"formatVersion"`
	Index         string      `json:"index"`
	Edition       string      `json:"edition"`
	Title         string      `json:"title"`
	Summary       string      `json:"summary"`
	Digests       Digests     `json:"digests"`
	Units         []jsonUnit  `json:"units"`
	Nodes         []jsonNode  `json:"nodes"`
	Rows          []jsonEmpty `json:"rows"`
}

type jsonEmpty struct{}

type jsonUnit struct {
	ID       string            `json:"id"`
	Name     string            `json:"name"`
	Groups   map[string]string `json:"groups,omitempty"`
	Excluded bool              `json:"excluded,omitempty"`
}

type jsonNode struct {
	Path   string `json:"path"`
	Level  string `json:"level"`
	Title  string `json:"title"`
	Origin string `json:"origin"`
}

type jsonRow struct {
	Unit   string          `json:"unit"`
	Period *string         `json:"period"`
	Node   string          `json:"node"`
	Level  string          `json:"level"`
	Value  json.RawMessage `json:"value"`
	Score  json.RawMessage `json:"score"`
	Rank   json.RawMessage `json:"rank"`
	Band   *string         `json:"band"`
	Status string          `json:"status"`
	Note   *string         `json:"note"`
}

// JSON writes the result as schemas/result.v1.schema.json has it: absent cells
// are null.
func JSON(w io.Writer, r *engine.Result, v View, d Digests) error {
	m := r.Plan.Methodology
	head := jsonHead{FormatVersion: 1, Index: m.Index, Edition: m.Edition, Title: m.Title, Summary: Summary(r), Digests: d, Rows: []jsonEmpty{}}
	nodes := Nodes(r, v.Levels)
	rows := v.rows(r)
	for k, i := range rows {
		if k > 0 && r.Data.ID(rows[k-1]) == r.Data.ID(i) {
			continue // the unit at another period
		}
		head.Units = append(head.Units, jsonUnit{r.Data.ID(i), r.Data.Name(i), groups(r, i), r.Excluded(i)})
	}
	for _, f := range nodes {
		head.Nodes = append(head.Nodes, jsonNode{f.Node.Path, f.Node.Level.String(), f.Node.Title, f.Origin.String()})
	}
	text, err := json.MarshalIndent(head, "", "  ")
	if err != nil {
		return err
	}
	out := bufio.NewWriterSize(w, 1<<16)
	out.Write(text[:len(text)-len("]\n}")])
	first := true
	for _, unit := range rows {
		for _, f := range nodes {
			if !first {
				out.WriteByte(',')
			}
			first = false
			line, err := json.Marshal(jsonRowOf(RowOf(r, f, unit)))
			if err != nil {
				return err
			}
			out.WriteString("\n    ")
			if _, err := out.Write(line); err != nil {
				return err
			}
		}
	}
	out.WriteString("\n  ]\n}\n")
	return out.Flush()
}

// groups are the groups that a unit is in.
func groups(r *engine.Result, row int) map[string]string {
	out := map[string]string{}
	for id, c := range r.Data.Groups {
		if c.Valid.Get(row) {
			out[id] = c.Text[row]
		}
	}
	return out
}

func jsonRowOf(row Row) jsonRow {
	null := json.RawMessage("null")
	out := jsonRow{Unit: row.Unit, Node: row.Node, Level: row.Level, Value: null, Score: null, Rank: null, Status: row.Status}
	switch {
	case row.HasValue:
		out.Value = json.RawMessage(Number(row.Value))
	case row.Text != "":
		out.Value, _ = json.Marshal(row.Text) // a text can always be encoded
	}
	if row.HasScore {
		out.Score = json.RawMessage(Number(row.Score))
	}
	if row.HasRank {
		out.Rank = json.RawMessage(Number(row.Rank))
	}
	if row.Period != "" {
		out.Period = &row.Period
	}
	if row.Band != "" {
		out.Band = &row.Band
	}
	if row.Note != "" {
		out.Note = &row.Note
	}
	return out
}
