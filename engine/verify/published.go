package verify

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"rubric/engine"
	"rubric/engine/report"
	"rubric/spec/decimal"
	"rubric/spec/deviation"
	"rubric/spec/diag"
)

// published compares the figures of one table: ranks, bands and scores in whole
// numbers exactly, others at the decimals that they were published with.
func (v *verification) published(t Table) {
	out := TableReport{Table: t.Name, File: t.File}
	type kind struct {
		level, figure string
		tolerance     float64
	}
	counts := map[kind]int{}
	count := func(level, figure string, tolerance float64) *Count {
		key := kind{level, figure, tolerance}
		i, ok := counts[key]
		if !ok {
			i = len(out.Counts)
			counts[key] = i
			out.Counts = append(out.Counts, Count{Level: level, Figure: figure, Tolerance: tolerance})
		}
		return &out.Counts[i]
	}
	for _, f := range t.Figures {
		n, _ := v.r.Plan.Methodology.Node(f.Node)
		figures := v.r.Figures(n)
		c := count(n.Level.String(), f.Figure, f.Tolerance)
		c.Figures++
		got, ok := recomputed(v.r, figures, f)
		recomputedText := got.shown()
		if t.Replaces {
			v.lookAt(f)
		}
		switch {
		case !ok && (figures.Origin == engine.NotComputed || f.Figure == "value"):
			c.Impossible++ // public data may lack a cell that the publication had
			continue
		case !ok:
			recomputedText = "nothing"
		case equal(f, got):
			c.Equal++
			continue
		}
		if d := v.explained(t, f, got); ok && d != nil {
			c.Known++
			out.Known = append(out.Known, Difference{f.Unit, v.name(f.Index), n.Path, f.Figure, f.shown(), got.shown(), d.Reason})
			continue
		}
		c.Unknown++
		v.list.Add(diag.New(diag.VerifyMismatch, f.Place, "%s of `%s` for %s: published %s, recomputed %s", f.Figure, n.Path, v.name(f.Index), f.shown(), recomputedText).
			WithNode(n.Path).WithUnit(f.Unit).WithHelp("correct the data or the method; if the publication is wrong, list it under `figures:` in the deviations, with its reason").
			WithExpected(f.shown(), recomputedText))
	}
	v.report.Published = append(v.report.Published, out)
}

// shown is a published or recomputed figure for a person.
func (f Figure) shown() string {
	if f.Figure == "band" {
		if f.Text == "" {
			return "none"
		}
		return f.Text
	}
	if f.Decimals != nil {
		return report.Number(decimal.HalfUp(f.Number, *f.Decimals+2))
	}
	return report.Number(f.Number)
}

// recomputed is the figure as the result has it.
func recomputed(r *engine.Result, figures *engine.Figures, f Figure) (Figure, bool) {
	got := f
	switch f.Figure {
	case "value":
		x, ok := 0.0, false
		if figures.Value.Valid != nil {
			x, ok = figures.Value.At(f.Index)
		}
		got.Number = x
		if figures.Node.Display == "percent" && f.Measure == "percent" {
			got.Number = x * 100
		}
		return got, ok
	case "rank":
		if figures.Rank == nil || !figures.Score.Valid.Get(f.Index) {
			return got, false
		}
		got.Number = figures.Rank[f.Index]
		return got, true
	case "band":
		got.Text = ""
		if b := r.Band(figures, f.Index); b != nil {
			got.Text = b.ID
			if f.Text == b.Title || strings.EqualFold(f.Text, b.ID) {
				got.Text = f.Text
			}
		}
		return got, figures.Origin != engine.NotComputed
	}
	if figures.Score.Valid == nil {
		return got, false
	}
	x, ok := figures.Score.At(f.Index)
	got.Number = x
	return got, ok
}

func equal(f, got Figure) bool {
	if f.Figure == "band" {
		return f.Text == got.Text
	}
	if f.Tolerance > 0 {
		return math.Abs(got.Number-f.Number) <= f.Tolerance
	}
	if f.Decimals != nil {
		return decimal.HalfUp(got.Number, *f.Decimals) == decimal.HalfUp(f.Number, *f.Decimals)
	}
	return f.Number == got.Number
}

// explained finds the deviation that explains a difference, number for number.
func (v *verification) explained(t Table, f, got Figure) *deviation.Figure {
	if v.used == nil {
		v.used = make([]bool, len(v.known.Figures))
	}
	for i := range v.known.Figures {
		d := &v.known.Figures[i]
		if (d.Table == t.Name || t.Replaces) && v.isOf(d, f) && agrees(d.Published, f) && agrees(d.Recomputed, got) {
			v.used[i] = true
			return d
		}
	}
	return nil
}

// isOf says whether a deviation is of a figure, whatever their numbers.
func (v *verification) isOf(d *deviation.Figure, f Figure) bool {
	return d.Node.Path == f.Node && d.Figure == f.Figure && v.isUnit(d.Unit, d.Period, f.Index)
}

// lookAt marks the deviations that a figure of a replacing table speaks of.
func (v *verification) lookAt(f Figure) {
	if v.looked == nil {
		v.looked = make([]bool, len(v.known.Figures))
	}
	for i := range v.known.Figures {
		v.looked[i] = v.looked[i] || v.isOf(&v.known.Figures[i], f)
	}
}

// isUnit says whether a deviation's unit, an id or a name, is the unit.
func (v *verification) isUnit(name, period string, unit int) bool {
	i, ok := v.r.Data.Row(name, period)
	return ok && i == unit
}

// agrees says whether a figure is what a deviation writes of it, at the decimals
// that it writes.
func agrees(written string, f Figure) bool {
	if f.Figure == "band" {
		return written == f.Text
	}
	x, err := strconv.ParseFloat(written, 64)
	if err != nil {
		return false
	}
	decimals := 0
	if _, after, ok := strings.Cut(written, "."); ok {
		decimals = len(after)
	}
	return decimal.HalfUp(f.Number, decimals) == x
}

// figuresGone reports the deviations that explained nothing. Where other tables
// stand for the document's, only figures that they have can be gone.
func (v *verification) figuresGone(tables []Table) {
	replaced := slices.ContainsFunc(tables, func(t Table) bool { return t.Replaces })
	for i, d := range v.known.Figures {
		if replaced && (v.looked == nil || !v.looked[i]) {
			continue
		}
		if v.used != nil && v.used[i] {
			continue
		}
		v.list.Add(diag.New(diag.VerifyGone, d.Place, "the listed deviation of `%s` for %s (published %s, recomputed %s) no longer occurs", d.Node.Path, d.Unit, d.Published, d.Recomputed).
			WithNode(d.Node.Path).WithUnit(d.Unit).WithHelp("remove it from the list, or correct its numbers"))
	}
}
