package sense

import (
	"rubric/engine"
	"rubric/engine/report"
	"rubric/spec/check"
	"rubric/spec/diag"
)

// affordable is the most indicators times rows of which every indicator is left out
// once. One indicator and row takes about half a microsecond, so that is at most a
// tenth of a second; an index of 66 indicators and 60 units has 4,000.
const affordable = 200_000

// idle leaves every indicator out, once each, and reports those that move no rank of
// the index. They take a share of the weight, and the list of indicators promises that
// the ranking says something of them. A constant one is reported as that.
//
// Source: OECD and JRC, Handbook on Constructing Composite Indicators, 2008, step 7:
// to leave indicators out, one at a time, is a part of a sensitivity analysis.
//
// By hand, scores of 0.5 1 0 and 0.6 0.9 0.1: with and without the second the order is
// the second unit, the first, the third.
func (w *watch) idle() {
	var leaves []*engine.Node
	for i := range w.r.Nodes {
		if f := &w.r.Nodes[i]; f.Needed && f.Kept && (f.Node.Formula != nil || f.Origin == engine.Given) && f.Node.Level != check.Derived {
			leaves = append(leaves, f.Node)
		}
	}
	if len(leaves)*w.r.Data.Rows() > affordable {
		root := &w.r.Plan.Nodes[0]
		w.report(diag.SenseSkipped, root, "nothing is to be done; fewer "+w.r.Plan.Methodology.Units.Plural+" or periods, by --data, can be looked at",
			"whether each of %s moves a rank was not looked at: of %s that takes too long", report.Plural(len(leaves), "indicator", "indicators"), report.Plural(w.r.Data.Rows(), "row", "rows"))
		return
	}
	l, every := w.r.Leaving(), ""
	if p := w.r.Plan.Methodology.Periods; p != nil && w.period != "" {
		every = " in every " + p.Noun
	}
	for _, n := range leaves {
		if w.constant[n.At] {
			continue
		}
		if top, moved, ok := l.Out(n); ok && moved == 0 {
			w.report(diag.SenseIdle, n, "leave it out, give it weight, or say why it stays", "`%s` moves no rank of %s: without it all %d %s have the same ranks%s", n.Path, called(top), len(w.rows), w.r.Plan.Methodology.Units.Plural, every)
		}
	}
}
