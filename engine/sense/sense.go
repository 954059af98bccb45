// Package sense looks at a result for what a methodologist would want to know before
// it is published: an indicator that tells nobody apart or moves no rank, one that works
// against its own dimension, two that say the same, a part whose importance is not its
// weight, a scale that a few units or a single one rule, figures that few units have,
// units that a rule leaves out. None of it is a mistake by itself; each is worth a reason.
//
//	findings := sense.Of(result)
//
// Sources: OECD and JRC, Handbook on Constructing Composite Indicators, 2008, steps 4
// and 5; JRC, COIN Tool User's Guide, 2019: the thresholds of skewness 2 with kurtosis
// 3.5, and of correlations that are redundant, 0.92. What only one check rests on stands
// with it.
package sense

import (
	"math"
	"slices"

	"rubric/engine"
	"rubric/engine/stats"
	"rubric/spec/check"
	"rubric/spec/diag"
)

// The thresholds.
const (
	least     = 10   // units, below which nothing is said
	redundant = 0.92 // Pearson's correlation
	skewness  = 2.0
	kurtosis  = 3.5
)

// Of looks at a result; of a panel, at its last period.
func Of(r *engine.Result) diag.List {
	s := stats.Nodes(r, "")
	w := &watch{r: r, period: s.Period, rows: slices.DeleteFunc(r.Data.Of(s.Period), r.Excluded), constant: map[int]bool{}}
	for _, c := range r.Plan.Methodology.Columns {
		w.percent(c)
	}
	w.leftOut()
	for i := range r.Plan.Nodes {
		w.beyond(&r.Plan.Nodes[i])
	}
	if s.Units < least {
		return w.list
	}
	for _, n := range s.Nodes {
		w.node(n)
	}
	for i := range r.Plan.Nodes {
		w.together(&r.Plan.Nodes[i])
		w.importance(&r.Plan.Nodes[i])
	}
	w.idle()
	return w.list
}

type watch struct {
	r        *engine.Result
	period   string // that is looked at; empty: there are none
	rows     []int  // of it, of the ranked units
	constant map[int]bool
	list     diag.List
}

// all are the rows of all periods.
func (w *watch) all() (out []int) {
	for row := range w.r.Data.Rows() {
		if !w.r.Excluded(row) {
			out = append(out, row)
		}
	}
	return out
}

// when says which period is looked at.
func (w *watch) when() string {
	if w.period == "" {
		return ""
	}
	return " in " + w.period
}

// find is a node by its path.
func (w *watch) find(path string) *engine.Node {
	n, _ := w.r.Plan.Methodology.Node(path)
	if n == nil {
		return nil
	}
	return &w.r.Plan.Nodes[n.At]
}

func (w *watch) report(code diag.Code, n *engine.Node, help, format string, args ...any) {
	w.list.Add(diag.New(code, n.Place, format, args...).WithNode(n.Path).WithHelp("%s", help))
}

// node looks at the figures of a node.
func (w *watch) node(s stats.Node) {
	n := w.find(s.Path)
	switch f := w.r.Figures(n.Node); {
	case f.Origin == engine.Given && f.Needed:
		w.given(n)
	case n.Level == check.Indicator && s.Figure == "value" && f.Needed:
		w.coverage(n, s)
	}
	if s.N < least {
		return
	}
	if n.Level != check.Indicator || s.Figure != "value" {
		w.bounds(n)
		return
	}
	switch {
	case s.Distinct == 1:
		w.constant[n.At] = true
		w.report(diag.SenseConstant, n, "leave it out, or say why it stays", "all %d figures of `%s` are the same: it moves no rank", s.N, n.Path)
	case 2*s.Commonest > s.N:
		w.report(diag.SenseTies, n, "look whether the indicator, or its measure, is too coarse", "%d of %d figures of `%s` are the same", s.Commonest, s.N, n.Path)
	}
	if s.Skew == nil || s.Kurtosis == nil || math.Abs(*s.Skew) <= skewness || *s.Kurtosis <= kurtosis || w.tamed(n) {
		w.bounds(n)
		return
	}
	w.report(diag.SenseSkew, n, "`treat: {method: winsorise_skew, max_cells: 5}`, `transform: ln`, or a normalisation by ranks; or say why the outliers may rule the scale",
		"the figures of `%s` are skewed (skewness %.1f, kurtosis %.1f), and nothing is done about it", n.Path, *s.Skew, *s.Kurtosis)
}

// tamed says whether the method does something about skewed figures.
func (w *watch) tamed(n *engine.Node) bool {
	if len(n.Treat) > 0 {
		return true
	}
	switch call := n.Node.Normalise; {
	case call.Method == "" || call.Method == "none" || call.Method == "bands" || call.Method == "lookup" || call.Method == "formula":
		return true
	case call.Args.Word("transform") != "":
		return true
	}
	if n.Normalise.Ranks {
		return true
	}
	for _, name := range n.Formula.Columns {
		for _, c := range w.r.Plan.Methodology.Columns {
			if c.Name == name && len(c.Treat) > 0 {
				return true
			}
		}
	}
	return false
}

func called(n *engine.Node) string {
	if n.Parent == nil {
		return "the index"
	}
	return "`" + n.Path + "`"
}
