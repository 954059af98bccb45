// Package verify holds what can be recomputed against what was published, in
// three parts: printed figures; given columns, put through their own rule
// again; and nodes that raw data allow to compute, against their given scores.
//
// A known deviation explains one difference and nothing else. A difference that
// no deviation explains is a finding, and so is a deviation that explains none.
package verify

import (
	"rubric/engine"
	"rubric/spec/deviation"
	"rubric/spec/diag"
	"rubric/spec/source"
)

// Figure is one published figure.
type Figure struct {
	Unit      string // id
	Index     int    // of the unit in the data set
	Node      string // path
	Figure    string // value, score, rank, band
	Number    float64
	Text      string  // a band, or what a table of stated figures writes
	Stated    bool    // it stands in a table of one figure a row
	Note      string  // what that table says of it
	Decimals  *int    // how many decimals it was published with; nil: exact
	Measure   string  // percent: of a ratio
	Tolerance float64 // up to which a recomputed figure is equal; 0: at its decimals
	Place     source.Place
}

// Table is a table of published figures.
type Table struct {
	Name, File string
	Figures    []Figure
	Replaces   bool // it stands for the document's tables: a deviation listed for any of them may be of it
}

// Report is what a verification found.
type Report struct {
	FormatVersion int           `json:"formatVersion"`
	Index         string        `json:"index"`
	Edition       string        `json:"edition"`
	Published     []TableReport `json:"published"`
	Columns       ColumnReport  `json:"given"`
	Raw           []RawReport   `json:"raw"`
	Unexplained   int           `json:"unexplained"`
	Findings      diag.List     `json:"findings"`
}

// TableReport is the first part, for one table.
type TableReport struct {
	Table  string       `json:"table"`
	File   string       `json:"file"`
	Counts []Count      `json:"counts"`
	Known  []Difference `json:"known,omitempty"`
}

// Count is how many figures of one kind a table has.
type Count struct {
	Level      string  `json:"level"`
	Figure     string  `json:"figure"`
	Figures    int     `json:"figures"`
	Equal      int     `json:"equal"`
	Known      int     `json:"known"`
	Unknown    int     `json:"unexplained"`
	Tolerance  float64 `json:"tolerance,omitempty"` // up to which figures count as equal; 0: none
	Impossible int     `json:"notComputed"`         // figures of nodes that the data do not allow to recompute
}

// Difference is a figure that differs.
type Difference struct {
	Unit       string `json:"unit"`
	Name       string `json:"name"`
	Node       string `json:"node"`
	Figure     string `json:"figure"`
	Published  string `json:"published"`
	Recomputed string `json:"recomputed"`
	Reason     string `json:"reason"`
}

// ColumnReport is the second part.
type ColumnReport struct {
	Columns    int           `json:"columns"`
	Reproduced int           `json:"reproduced"`
	Levels     []LevelColumn `json:"levels,omitempty"`
	Known      []KnownColumn `json:"known,omitempty"`
	Unruled    []string      `json:"withoutRule,omitempty"` // no rule that could be applied again
}

// LevelColumn is a column of judged levels.
type LevelColumn struct {
	Node   string `json:"node"`
	Levels int    `json:"levels"`
}

// KnownColumn is a known exception.
type KnownColumn struct {
	Node   string       `json:"node"`
	Reason string       `json:"reason"`
	Cells  []Difference `json:"cells"`
}

// RawReport is the third part, for one node.
type RawReport struct {
	Node        string    `json:"node"`
	Units       int       `json:"units"`
	Tolerance   float64   `json:"tolerance"`
	Reason      string    `json:"reason,omitempty"`
	Same        int       `json:"same"`
	Within      []Shift   `json:"within"`
	Beyond      []Shift   `json:"beyond"`
	WithoutData []Without `json:"withoutData,omitempty"`
}

// Shift is a unit whose two ranks differ.
type Shift struct {
	Unit         string  `json:"unit"`
	Name         string  `json:"name"`
	GivenRank    float64 `json:"givenRank"`
	ComputedRank float64 `json:"computedRank"`
	Reason       string  `json:"reason,omitempty"`
	Known        bool    `json:"known"`
}

// Without is a unit that raw data say nothing of.
type Without struct {
	Unit   string `json:"unit"`
	Name   string `json:"name"`
	Reason string `json:"reason,omitempty"`
}

// Run verifies a result that keeps all levels.
func Run(r *engine.Result, published []Table, known *deviation.List) *Report {
	m := r.Plan.Methodology
	v := &verification{r: r, known: known, report: &Report{FormatVersion: 1, Index: m.Index, Edition: m.Edition}}
	for _, t := range published {
		v.published(t)
	}
	v.figuresGone(published)
	v.columns()
	v.raw()
	v.report.Findings = v.list.Sorted()
	v.report.Unexplained = v.report.Findings.Errors()
	return v.report
}

// verification is the state of one Run.
type verification struct {
	r      *engine.Result
	known  *deviation.List
	report *Report
	list   diag.List
	used   []bool // of known.Figures
	looked []bool // of known.Figures: a figure that replaces the listed one was held against the recomputed one
}

func (v *verification) name(unit int) string { return v.r.Data.Label(unit) }
