package sense

import (
	"rubric/engine"
	"rubric/engine/report"
	"rubric/spec/check"
	"rubric/spec/diag"
)

// beyond reports figures beyond the goalposts of a scale that does not hold them there:
// their scores are beyond the scale, and count for more than the best that was thought of.
//
// Source: UNDP, Human Development Report, technical notes: goalposts are set so that no
// country is beyond them, or its score is held.
//
// By hand, goalposts 20 and 85, cap none: 91.5 has 71.5/65 = 1.1.
func (w *watch) beyond(n *engine.Node) {
	f := w.r.Figures(n.Node)
	if n.Normalise.Name != "goalposts" || f.Origin != engine.Computed || !f.Kept {
		return
	}
	low, high := n.Node.Normalise.Args.Pair("to")
	var rows []int
	for _, row := range w.rows {
		if x, ok := f.Score.At(row); ok && f.Value.Valid.Get(row) && (x < low || x > high) {
			rows = append(rows, row)
		}
	}
	if len(rows) == 0 {
		return
	}
	x, _ := f.Value.At(rows[0])
	w.report(diag.SenseBeyond, n, "move the goalpost, hold scores at it by `cap: both`, or say why they may be beyond",
		"%s of `%s`%s are beyond its goalposts %s and %s, such as %s of %s", of(len(rows), len(w.rows), w.r.Plan.Methodology.Units), n.Path, w.when(),
		report.Number(n.Node.Normalise.Args.Number("low")), report.Number(n.Node.Normalise.Args.Number("high")), report.Number(x), w.r.Data.Name(rows[0]))
}

// percent reports a column of percentages that has figures outside 0 to 100, which a
// share cannot have and a growth rate can. Who declares the plausible range of the
// column has said which it is.
func (w *watch) percent(c check.Column) {
	held := w.r.Data.Columns[c.Name]
	if held == nil || c.Range != nil || c.Text || c.Measure != "percent" && c.Measure != "per cent" && c.Measure != "%" {
		return
	}
	first, n := -1, 0
	for row := range w.r.Data.Rows() {
		if x, ok := held.At(row); ok && (x < 0 || x > 100) {
			if n++; first < 0 {
				first = row
			}
		}
	}
	if n == 0 {
		return
	}
	x, _ := held.At(first)
	w.list.Add(diag.New(diag.SensePercent, c.Place, "`%s` is in percent, and %s outside 0 to 100, such as %s of %s", c.Name, report.Plural(n, "figure is", "figures are"), report.Number(x), w.r.Data.Label(first)).
		WithHelp("correct the figure or the measure; or say which figures are plausible: `range: [-20, 20]`"))
}
