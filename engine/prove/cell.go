package prove

import (
	"math"

	"rubric/engine"
	"rubric/engine/report"
)

// figure is one figure of a row, or its absence.
type figure struct {
	name   string
	number bool
	x      float64
	text   string
	loose  bool // it may differ by the tolerance
}

func (f figure) none() bool { return !f.number && f.text == "" }

func (f figure) same(other figure, within float64) bool {
	switch {
	case f.number && other.number:
		return math.Float64bits(f.x) == math.Float64bits(other.x) || f.loose && within > 0 && math.Abs(other.x-f.x) <= within
	case f.number || other.number:
		return false
	}
	return f.text == other.text
}

func (f figure) written() string {
	if f.number {
		return report.Number(f.x)
	}
	return f.text
}

// figuresOf are the figures of a row: of every row the same ones in the same places.
func figuresOf(r *report.Row) [6]figure {
	return [...]figure{
		{name: "value", number: r.HasValue, x: r.Value, loose: true},
		{name: "value", text: r.Text},
		{name: "score", number: r.HasScore, x: r.Score, loose: true},
		{name: "rank", number: r.HasRank, x: r.Rank},
		{name: "band", text: r.Band},
		{name: "status", text: r.Status},
	}
}

// Move is a figure of a cell that is another one.
type Move struct {
	Figure   string   // value, score, rank, band, status
	Old, New string   // as they are written; empty: none
	By       *float64 // where both are numbers
}

func moveOf(a, b figure) Move {
	m := Move{Figure: a.name, Old: a.written(), New: b.written()}
	if a.number && b.number {
		by := b.x - a.x
		m.By = &by
	}
	return m
}

// besides is said of figures that raw data yield of a given node.
const besides = " computed beside what is given"

// cell is what a result says of a node of a unit.
type cell struct {
	there  bool // the node is
	row    report.Row
	beside *report.Row // nil: none
}

// cellOf is the cell of a node in a row of a result.
func cellOf(r *engine.Result, f *engine.Figures, row int) cell {
	c := cell{there: true, row: report.RowOf(r, f, row)}
	if f.Beside != nil {
		beside := report.RowOf(r, f.Beside, row)
		c.beside = &beside
	}
	return c
}

// moves are the figures of a cell that are others in another one.
func (c *cell) moves(to *cell, within float64) (out []Move) {
	add := func(old, now *report.Row, which string) {
		is := figuresOf(now)
		for i, was := range figuresOf(old) {
			if !was.same(is[i], within) {
				m := moveOf(was, is[i])
				m.Figure += which
				out = append(out, m)
			}
		}
	}
	add(&c.row, &to.row, "")
	if c.beside != nil && to.beside != nil {
		add(c.beside, to.beside, besides)
	}
	return out
}

func (c *cell) same(other *cell, within float64) bool {
	return c.there == other.there && len(c.moves(other, within)) == 0
}
