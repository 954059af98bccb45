package report

import (
	"bufio"
	"io"
	"strings"

	"rubric/engine"
)

// Header is the header of the tidy CSV, the machine contract.
const Header = "unit,period,node,level,value,score,rank,band,status,note\n"

// CSV writes one row per unit and node: units in data order, nodes in document
// order, absent cells empty.
func CSV(w io.Writer, r *engine.Result, v View) error {
	out := bufio.NewWriterSize(w, 1<<20)
	out.WriteString(Header)
	nodes := Nodes(r, v.Levels)
	var line []byte
	for _, unit := range v.rows(r) {
		for _, f := range nodes {
			row := RowOf(r, f, unit)
			line = appendText(line[:0], row.Unit)
			line = append(line, ',')
			line = appendText(line, row.Period)
			line = append(line, ',')
			line = appendText(line, row.Node)
			line = append(line, ',')
			line = append(line, row.Level...)
			line = append(line, ',')
			if row.HasValue {
				line = appendNumber(line, row.Value)
			} else {
				line = appendText(line, row.Text)
			}
			line = append(line, ',')
			if row.HasScore {
				line = appendNumber(line, row.Score)
			}
			line = append(line, ',')
			if row.HasRank {
				line = appendNumber(line, row.Rank)
			}
			line = append(line, ',')
			line = appendText(line, row.Band)
			line = append(line, ',')
			line = append(line, row.Status...)
			line = append(line, ',')
			line = appendText(line, row.Note)
			line = append(line, '\n')
			if _, err := out.Write(line); err != nil {
				return err
			}
		}
	}
	return out.Flush()
}

// appendText quotes a field where it must be (RFC 4180).
func appendText(b []byte, s string) []byte {
	if s == "" || !strings.ContainsAny(s, ",\"\r\n") && s[0] != ' ' && s[len(s)-1] != ' ' {
		return append(b, s...)
	}
	b = append(b, '"')
	b = append(b, strings.ReplaceAll(s, `"`, `""`)...)
	return append(b, '"')
}
