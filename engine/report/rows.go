// Package report writes results: as a table for a person, as tidy CSV, JSON and
// Markdown for others. It computes nothing.
package report

import (
	"fmt"
	"math"
	"strconv"

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
	row := Row{Unit: r.Data.ID(unit), Node: f.Node.Path, Level: f.Node.Level.String(), Status: status.String()}
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
	case status == cell.Missing && row.HasScore:
		row.Note = "no figure: floor of the scale"
	}
	return row
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

// Plural is a count with its noun.
func Plural(n int, noun, plural string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %s", n, plural)
}
