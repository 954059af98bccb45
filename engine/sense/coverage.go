package sense

import (
	"fmt"
	"strings"

	"rubric/engine"
	"rubric/engine/cell"
	"rubric/engine/report"
	"rubric/engine/stats"
	"rubric/spec/check"
	"rubric/spec/diag"
)

// covered is the least share of the units, in thirds, that an indicator should have
// figures of. Where more than a third is missing, what fills the gaps decides as much
// as what was measured. The Global Innovation Index asks for as much of each country.
//
// Source: WIPO, Global Innovation Index, appendix on the framework: a coverage of 66
// percent; OECD and JRC, Handbook on Constructing Composite Indicators, 2008, step 3.
const covered = 2

// coverage reports an indicator that fewer units have a figure of; an imputed figure is
// none. In a panel it is about the last period.
func (w *watch) coverage(n *engine.Node, s stats.Node) {
	units := s.N + s.Missing
	if have := s.N - s.Imputed; 3*have < covered*units {
		w.report(diag.SenseCoverage, n, "look for another source, or another indicator; or say why it stays",
			"%d of %d %s have a figure of `%s`%s: fewer than two thirds", have, units, w.r.Plan.Methodology.Units.Plural, n.Path, w.when())
	}
}

// given has the same of a node whose scores were given.
func (w *watch) given(n *engine.Node) {
	f := w.r.Figures(n.Node)
	have := 0
	for _, row := range w.rows {
		if w.r.Status(f, row) == cell.Given {
			have++
		}
	}
	w.coverage(n, stats.Node{N: have, Missing: len(w.rows) - have})
}

// leftOut reports the units that a rule of the document leaves without a rank or a
// score: the screen, `exclude_unit`, and the least coverage of a node. Nothing is wrong
// with such a rule; whom it strikes should be known before the ranking is published.
func (w *watch) leftOut() {
	m := w.r.Plan.Methodology
	var screened, excluded []int
	for _, row := range w.r.Data.Of(w.period) {
		switch {
		case w.r.Screened(row) != "":
			screened = append(screened, row)
		case w.r.Excluded(row):
			excluded = append(excluded, row)
		}
	}
	all := len(w.r.Data.Of(w.period))
	if len(screened) > 0 {
		w.list.Add(diag.New(diag.SenseLeftOut, m.Screen.Place, "the screen leaves out %s%s: %s", of(len(screened), all, m.Units), w.when(), w.named(screened)).
			WithHelp("`rubric explain` says of one what it lacks; or say that this is meant"))
	}
	if len(excluded) > 0 {
		w.report(diag.SenseLeftOut, w.excluding(excluded[0]), "`rubric explain` says of one what it lacks; or say that this is meant",
			"the rule `exclude_unit` leaves out %s%s: %s", of(len(excluded), all, m.Units), w.when(), w.named(excluded))
	}
	for i := range w.r.Nodes {
		f := &w.r.Nodes[i]
		n := f.Node
		if f.Origin != engine.Computed || !f.Kept || n.Formula != nil || n.Missing != "omit" || n.Least() <= 1 && n.MinCoverage.Condition == nil {
			continue
		}
		var short []int
		for _, row := range w.rows {
			if !f.Value.Valid.Get(row) && w.r.Status(f, row) != cell.Invalid && w.some(n, row) {
				short = append(short, row)
			}
		}
		if len(short) > 0 {
			w.report(diag.SenseLeftOut, n, "`rubric explain` says of one what it lacks; or say that this is meant",
				"%s of %s fall short of the `min_coverage` of `%s`%s, and have no score of it: %s", fmt.Sprint(len(short)), report.Plural(len(w.rows), m.Units.Noun, m.Units.Plural), n.Path, w.when(), w.named(short))
		}
	}
}

// excluding is the first node with the rule `exclude_unit` that a unit has no figure of.
func (w *watch) excluding(row int) *engine.Node {
	for i := range w.r.Plan.Nodes {
		if n := &w.r.Plan.Nodes[i]; n.Missing == "exclude_unit" && n.Level != check.Derived && !w.r.Had(n, row) {
			return n
		}
	}
	return &w.r.Plan.Nodes[0]
}

// some says whether a unit has a score of any child.
func (w *watch) some(n *engine.Node, row int) bool {
	for _, child := range n.Children {
		if f := w.r.Figures(child); f.Score.Valid != nil && f.Score.Valid.Get(row) {
			return true
		}
	}
	return false
}

func of(n, all int, u check.Units) string {
	return fmt.Sprintf("%d of %s", n, report.Plural(all, u.Noun, u.Plural))
}

// shown is how many units a finding names.
const shown = 5

// named are the names of units.
func (w *watch) named(rows []int) string {
	var out []string
	for _, row := range rows[:min(len(rows), shown)] {
		out = append(out, w.r.Data.Name(row))
	}
	if more := len(rows) - len(out); more > 0 {
		return fmt.Sprintf("%s and %d more", strings.Join(out, ", "), more)
	}
	return strings.Join(out, ", ")
}
