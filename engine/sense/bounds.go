package sense

import (
	"cmp"
	"slices"

	"rubric/engine"
	"rubric/engine/numeric"
	"rubric/spec/diag"
)

// ruling is the share of a scale, in percent, that one unit may make alone. A scale that
// shrinks by a third without that unit makes all other differences half as large again.
const ruling = 100.0 / 3

// bounds reports a scale that one unit sets: without it the range of min_max and
// distance_to_best, the standard deviation of z_score, or the best of fraction_of_max
// would be smaller by more than a third. All of these are proportional to the scores, so
// they are looked at there: after treatment, transformation and direction.
//
// Source: OECD and JRC, Handbook on Constructing Composite Indicators, 2008, step 5:
// outliers "may become unintended benchmarks".
//
// By hand, min_max of 0 1 2 3 9: scores to 1, the second highest 3/9; without the 9 the
// range is 3 instead of 9, two thirds smaller.
func (w *watch) bounds(n *engine.Node) {
	f := w.r.Figures(n.Node)
	if f.Origin != engine.Computed || !f.Kept || !f.Needed || f.Score.Valid == nil || f.Value.Valid == nil {
		return
	}
	rows := w.rows
	if n.Node.Normalise.Args.Word("over") == "all" {
		rows = w.all()
	}
	type scored struct {
		x   float64
		row int
	}
	var s []scored
	for _, row := range rows {
		if x, ok := f.Score.At(row); ok && f.Value.Valid.Get(row) { // the floor of a gap sets no scale
			s = append(s, scored{x, row})
		}
	}
	if len(s) < least {
		return
	}
	slices.SortFunc(s, func(a, b scored) int { return cmp.Or(cmp.Compare(a.x, b.x), a.row-b.row) })
	last := len(s) - 1
	low, high := s[1].x-s[0].x, s[last].x-s[last-1].x
	who, share, what := s[last].row, 0.0, ""
	if low > high {
		who = s[0].row
	}
	switch n.Normalise.Name {
	case "min_max", "distance_to_best":
		what, share = "range", max(low, high)/(s[last].x-s[0].x)
	case "fraction_of_max":
		what, who, share = "best figure", s[last].row, high/s[last].x
		if n.Direction.Kind == "lower" {
			return // min / x: the best is the bound, and grows without it
		}
	case "z_score":
		var all, others []float64
		for _, x := range s {
			all = append(all, x.x)
			if x.row != who {
				others = append(others, x.x)
			}
		}
		what, share = "standard deviation", 1-numeric.SD(others)/numeric.SD(all)
	}
	if what == "" || !(100*share > ruling) {
		return
	}
	w.list.Add(diag.New(diag.SenseExtreme, n.Place, "%s alone sets the scale of `%s`%s: without it the %s would be %.0f %% smaller", w.r.Data.Name(who), n.Path, w.when(), what, 100*share).
		WithNode(n.Path).WithUnit(w.r.Data.ID(who)).WithHelp("look at its figure; `treat:`, goalposts or a normalisation by ranks take its power over the others; or say why it is the measure of all"))
}
