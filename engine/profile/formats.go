package profile

import (
	"encoding/csv"
	"encoding/json"
	"io"
	"strconv"
	"strings"

	"rubric/engine/report"
	"rubric/spec/diag"
)

// JSON writes a profile with its findings for a machine.
func JSON(w io.Writer, p *Profile, findings diag.List) error {
	if findings == nil {
		findings = diag.List{}
	}
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(struct {
		FormatVersion int `json:"formatVersion"`
		Errors        int `json:"errors"`
		Warnings      int `json:"warnings"`
		*Profile
		Findings diag.List `json:"findings"`
	}{1, findings.Errors(), findings.Count(diag.Warning), p, findings})
}

// CSV writes one row a column.
func CSV(w io.Writer, p *Profile) error {
	out := csv.NewWriter(w)
	out.Write([]string{"column", "file", "header", "type", "measure", "figures", "missing", "values", "lowest", "median", "highest"})
	for _, c := range p.Columns {
		var files, headers []string
		for _, f := range c.From {
			files, headers = append(files, f.File), append(headers, f.Header)
		}
		row := []string{c.Name, strings.Join(files, " | "), strings.Join(headers, " | "), c.Type, c.Measure, "", "", "", "", "", ""}
		if len(c.From) > 0 {
			row[5], row[6], row[7] = strconv.Itoa(c.Figures), strconv.Itoa(c.Missing), strconv.Itoa(c.Values)
		}
		for k, x := range []*float64{c.Lowest, c.Median, c.Highest} {
			if x != nil {
				row[8+k] = report.Number(*x)
			}
		}
		out.Write(row)
	}
	out.Flush()
	return out.Error()
}
