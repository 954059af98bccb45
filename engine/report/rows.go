// Package report writes results: as a table for a person, as tidy CSV, JSON and
// Markdown for others. It computes nothing.
package report

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"rubric/engine"
	"rubric/engine/cell"
	"rubric/spec/check"
)

// Row is one node of one unit, as the tidy formats have it.
type Row struct {
	Unit, Period, Node, Level   string
	Value, Score, Rank          float64
	HasValue, HasScore, HasRank bool
	Text                        string // the value, where it is a text
	Band, Status, Note          string
}

// View is what a report shows of a result.
type View struct {
	Levels []check.Level // none: all
	Period string        // one of the data's; empty: all, or the last one in tables for a person
	Group  string        // id of a group, by which a ranking for a person is shown too; empty: none
}

// rows are the rows that a machine is shown.
func (v View) rows(r *engine.Result) []int { return r.Data.Of(v.Period) }

// shown is the period that a person is shown, and its rows.
func (v View) shown(r *engine.Result) (period string, rows []int) {
	period = v.Period
	if all := r.Data.Periods(); period == "" && len(all) > 0 {
		period = all[len(all)-1]
	}
	return period, r.Data.Of(period)
}

// Nodes are the nodes of some levels, in document order; no level means all.
func Nodes(r *engine.Result, levels []check.Level) []*engine.Figures {
	var out []*engine.Figures
	for i := range r.Nodes {
		f := &r.Nodes[i]
		if len(levels) == 0 || contains(levels, f.Node.Level) {
			out = append(out, f)
		}
	}
	return out
}

func contains(levels []check.Level, l check.Level) bool {
	for _, x := range levels {
		if x == l {
			return true
		}
	}
	return false
}

// RowOf is a node's row of a unit.
func RowOf(r *engine.Result, f *engine.Figures, unit int) Row {
	status := r.Status(f, unit)
	row := Row{Unit: r.Data.ID(unit), Period: r.Data.Period(unit), Node: f.Node.Path, Level: f.Node.Level.String(), Status: status.String()}
	if f.Value.Valid != nil && f.Value.Valid.Get(unit) {
		if f.Texts != nil {
			row.Text = f.Texts[unit]
		} else {
			row.Value, row.HasValue = f.Value.Values[unit], true
		}
	}
	if f.Score.Valid != nil {
		if row.Score, row.HasScore = f.Score.At(unit); row.HasScore && f.Rank != nil {
			row.Rank, row.HasRank = f.Rank[unit], true
		}
		if b := r.Band(f, unit); b != nil {
			row.Band = b.ID
		}
	}
	switch {
	case status == cell.Invalid:
		row.Note = r.Reason(f, unit)
	case status.Absent() && row.HasScore:
		row.Note = "no figure: floor of the scale"
	case status == cell.Missing && f.Node.Impute != nil && f.Origin == engine.Computed:
		row.Note = fmt.Sprintf("`%s` finds nothing to impute it from", f.Node.Impute.Name)
	case status == cell.Excluded:
		row.Note = r.Screened(unit)
	}
	if f.Node.Formula != nil && f.Origin == engine.Computed {
		row.Note = joined(row.Note, notes(r, f.Node, unit))
	}
	return row
}

// notes are what the data say of the cells that a formula reads.
func notes(r *engine.Result, n *engine.Node, unit int) (out string) {
	for _, name := range n.Formula.Columns {
		if c := r.Data.Columns[name]; c != nil && c.Notes != nil {
			if note := c.Notes[unit]; note != "" {
				out = joined(out, name+": "+note)
			}
		}
	}
	return out
}

func joined(a, b string) string {
	if a != "" && b != "" {
		return a + "; " + b
	}
	return a + b
}

// Number is the shortest text that reads back to the same double.
func Number(x float64) string { return string(appendNumber(nil, x)) }

func appendNumber(b []byte, x float64) []byte {
	if i := int64(x); float64(i) == x && i != 0 && -1e15 < x && x < 1e15 {
		return strconv.AppendInt(b, i, 10)
	}
	if a := math.Abs(x); a != 0 && (a < 1e-6 || a >= 1e21) {
		return strconv.AppendFloat(b, x, 'e', -1, 64)
	}
	return strconv.AppendFloat(b, x, 'f', -1, 64)
}

// Range says the bounds of a band in the words in which they are written.
func Range(band *check.Band) string {
	var parts []string
	if band.Low != nil {
		word := "above"
		if band.LowIncluded {
			word = "from"
		}
		parts = append(parts, word+" "+Number(*band.Low))
	}
	if band.High != nil {
		word := "below"
		if band.HighIncluded {
			word = "up to"
		}
		parts = append(parts, word+" "+Number(*band.High))
	}
	return strings.Join(parts, ", ")
}

// Plural is a count with its noun.
func Plural(n int, noun, plural string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %s", n, plural)
}
