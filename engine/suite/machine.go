package suite

import (
	"encoding/json"
	"io"

	"rubric/spec/diag"
	"rubric/spec/source"
)

// What the JSON report has; its schema is schemas/tests.v1.schema.json.
type (
	jsonReport struct {
		FormatVersion int         `json:"formatVersion"`
		Passed        int         `json:"passed"`
		Failed        int         `json:"failed"`
		Suites        []jsonSuite `json:"suites"`
	}
	jsonSuite struct {
		File     string        `json:"file"`
		Index    string        `json:"index"`
		Edition  string        `json:"edition"`
		Cases    []jsonCase    `json:"cases"`
		Coverage *jsonCoverage `json:"coverage,omitempty"`
		Findings diag.List     `json:"findings"` // of the suite as a whole
	}
	jsonCase struct {
		ID          string           `json:"id"`
		Title       string           `json:"title,omitempty"`
		Passed      bool             `json:"passed"`
		Differences []jsonDifference `json:"differences"`
		Findings    diag.List        `json:"findings"`
	}
	jsonDifference struct {
		Place      source.Place `json:"place"`
		Unit       string       `json:"unit"`
		Period     string       `json:"period,omitempty"`
		Node       string       `json:"node"`
		Figure     Figure       `json:"figure"`
		Expected   *string      `json:"expected"` // null: no figure
		Found      *string      `json:"found"`
		Difference *float64     `json:"difference,omitempty"`
	}
	jsonCoverage struct {
		Kinds      []jsonTally `json:"kinds"`
		NotReached []jsonPart  `json:"notReached"`
	}
	jsonTally struct {
		Kind    Kind `json:"kind"`
		Reached int  `json:"reached"`
		Total   int  `json:"total"`
	}
	jsonPart struct {
		Kind  Kind         `json:"kind"`
		Node  string       `json:"node,omitempty"`
		What  string       `json:"what"`
		Place source.Place `json:"place"`
	}
)

// JSON writes reports for a program.
func JSON(w io.Writer, reports []*Report, coverage bool) error {
	out := jsonReport{FormatVersion: 1, Suites: []jsonSuite{}}
	for _, r := range reports {
		s := jsonSuite{File: r.Suite.File.Name, Index: r.Suite.Index, Edition: r.Suite.Edition, Cases: []jsonCase{}, Findings: append(diag.List{}, r.Findings...)}
		for _, o := range r.Outcomes {
			c := jsonCase{o.Case.ID, o.Case.Title, len(o.Failures) == 0, []jsonDifference{}, append(diag.List{}, o.Failures...)}
			for _, d := range o.Differences {
				c.Differences = append(c.Differences, jsonDifference{d.Place(), d.Actual.Unit, d.Actual.Period, d.Path, d.Figure, figure(d.Want.String(), d.Want.None), figure(d.Found, d.Found == ""), d.By})
			}
			s.Cases = append(s.Cases, c)
			if c.Passed {
				out.Passed++
			} else {
				out.Failed++
			}
		}
		if coverage && r.Coverage != nil {
			s.Coverage = r.Coverage.json()
		}
		out.Suites = append(out.Suites, s)
	}
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(out)
}

// figure is a figure, or nil for none.
func figure(text string, none bool) *string {
	if none {
		return nil
	}
	return &text
}

func (c *Coverage) json() *jsonCoverage {
	out := &jsonCoverage{Kinds: []jsonTally{}, NotReached: []jsonPart{}}
	for _, t := range c.Tallies {
		out.Kinds = append(out.Kinds, jsonTally(t))
	}
	for _, p := range c.Not {
		out.NotReached = append(out.NotReached, jsonPart{p.Kind, p.Path, p.What, p.Place})
	}
	return out
}

// JUnit writes reports as JUnit: a suite a suite, a test a case.
func JUnit(w io.Writer, reports []*Report) error {
	var out []diag.TestSuite
	for _, r := range reports {
		s := diag.TestSuite{Name: r.Suite.File.Name}
		for _, o := range r.Outcomes {
			s.Tests = append(s.Tests, diag.Test{Name: diag.Plain(o.Case.String()), Failures: o.Failures})
		}
		if len(r.Findings) > 0 {
			s.Tests = append(s.Tests, diag.Test{Name: "the suite as a whole", Failures: r.Findings})
		}
		out = append(out, s)
	}
	return diag.JUnitReport(w, out)
}
