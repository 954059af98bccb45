package compare

import (
	"fmt"
	"math"
	"slices"

	"rubric/engine/report"
	"rubric/spec/check"
)

// who is what is told of who moved in one node, whatever it is written in.
type who struct {
	lead    *Node
	summary string
	noticed string // what is noticed first; empty: nothing
	alone   sheet  // who has a figure on one side alone
	moves   []Move // of the others, those that would be noticed first before them
	left    int    // and how many more there are
	notes   []string
	periods sheet
	nodes   sheet
	still   int // nodes in which no score differs
}

// whoMoved gathers it; not ok where no unit has a score on both sides.
func whoMoved(c *Comparison, s Show) (w who, ok bool) {
	n := c.Lead(s.Node)
	if n == nil || n.Common == 0 {
		return w, false
	}
	w = who{lead: n, summary: summary(c, n), noticed: c.noticed(n), alone: c.oneSided(n).capped(s), periods: c.byPeriod(n, s)}
	w.moves, w.left = n.told(s.Top, Move.changed)
	w.nodes, w.still = c.byNode(n)
	if line := c.Verdict.twoSeries(); line != "" && w.marked() {
		w.notes = append(w.notes, line)
	}
	if n.placed() && slices.ContainsFunc(w.moves, n.displaced) {
		m := c.New.Plan.Methodology.Units
		note := "Places are counted 1, 2, 2, 4, whatever the rule of ranks."
		if len(w.alone.rows) > 0 {
			note = fmt.Sprintf("Places are counted among the %s with a score on both sides, so that who is on one side alone moves nobody.", m.Plural)
		}
		w.notes = append(w.notes, note)
	}
	return w, true
}

// marked says whether a table is shown that has ranks or places in it.
func (w who) marked() bool {
	return w.lead.placed() && len(w.moves) > 0 || w.lead.ranks() && len(w.alone.rows) > 0 || len(w.periods.rows)+len(w.nodes.rows) > 0
}

// sheet is the table of the moves.
func (w who) sheet(c *Comparison) sheet {
	n := w.lead
	decimals := decimalsOf(n)
	t := sheet{left: w.left, columns: []column{{head: c.New.Plan.Methodology.Units.Noun}}}
	panel := c.panel()
	if panel {
		t.columns = append(t.columns, column{head: periodNoun(c)})
	}
	if n.placed() {
		t.columns = append(t.columns, column{head: c.Verdict.marked("places"), figure: true}, column{head: c.Verdict.marked(n.placeNoun()), pair: true})
	}
	t.columns = append(t.columns, column{head: "score", pair: true}, column{head: "difference", figure: true})
	if n.Crossed > 0 {
		t.columns = append(t.columns, column{head: "band"})
	}
	for _, m := range w.moves {
		row := []item{one(m.Name)}
		if panel {
			row = append(row, one(m.Period))
		}
		if n.placed() {
			row = append(row, one(signed(m.Places(), 0)), item{rankOf(n, m.New, m.NewPlace), rankOf(n, m.Old, m.OldPlace)})
		}
		row = append(row, item{scoreOf(m.New, decimals), scoreOf(m.Old, decimals)}, one(differenceOf(m, decimals)))
		if n.Crossed > 0 {
			row = append(row, one(bands(n, m)))
		}
		t.rows = append(t.rows, row)
	}
	return t
}

// panel says whether there are several periods.
func (c *Comparison) panel() bool { return len(c.New.Data.Periods()) > 1 }

// placed says whether the units have places: something says which scores are good.
func (n *Node) placed() bool { return n.Before.Best() != "" && n.Now.Best() != "" }

// placeNoun is what places are called: ranks, unless the method ranks nobody.
func (n *Node) placeNoun() string {
	if n.Now.Rank == nil || n.Before.Rank == nil {
		return "place"
	}
	return "rank"
}

// displaced says whether a unit's ranks differ by something else than its places.
func (n *Node) displaced(m Move) bool {
	rose, ok := m.Ranked()
	return ok && rose != m.Places()
}

// oneSided are the units that have a rank, or a score, on one side alone: those that
// entered or left, and those that lost or got one.
func (c *Comparison) oneSided(n *Node) sheet {
	turnover := c.Turnover()
	decimals := decimalsOf(n)
	type entry struct {
		m    Move
		what string
	}
	var list []entry
	seen := map[string]int{}
	for _, m := range n.Moves {
		what := ""
		scored := func(r *report.Row) bool { return r != nil && r.HasScore }
		ranked := func(r *report.Row) bool { return r != nil && r.HasRank }
		switch {
		case m.Old == nil && slices.Contains(turnover.Entered, m.Name):
			what = "entered"
		case m.New == nil && slices.Contains(turnover.Left, m.Name):
			what = "left"
		case m.Old == nil || m.New == nil: // a period that one side has
		case scored(m.New) && !scored(m.Old):
			what = "has a score now"
		case scored(m.Old) && !scored(m.New):
			what = "lost its score"
		case ranked(m.New) && !ranked(m.Old) && n.ranks():
			what = "has a rank now"
		case ranked(m.Old) && !ranked(m.New) && n.ranks():
			what = "lost its rank"
		}
		if what == "" {
			continue
		}
		if k, again := seen[m.Unit+what]; again && (what == "entered" || what == "left") {
			list[k].m = m // its last period
			continue
		}
		seen[m.Unit+what] = len(list)
		list = append(list, entry{m, what})
	}
	first := func(m Move) float64 {
		out := math.Inf(1)
		for _, r := range []*report.Row{m.Old, m.New} {
			if r != nil && r.HasRank {
				out = math.Min(out, r.Rank)
			}
		}
		return out
	}
	slices.SortStableFunc(list, func(a, b entry) int {
		x, y := first(a.m), first(b.m)
		switch {
		case x < y:
			return -1
		case x > y:
			return 1
		}
		return 0
	})
	t := sheet{columns: []column{{head: c.New.Plan.Methodology.Units.Noun}}}
	if c.panel() {
		t.columns = append(t.columns, column{head: periodNoun(c)})
	}
	t.columns = append(t.columns, column{head: "on one side alone"})
	if n.ranks() {
		t.columns = append(t.columns, column{head: c.Verdict.marked("rank"), pair: true})
	}
	t.columns = append(t.columns, column{head: "score", pair: true})
	for _, e := range list {
		row := []item{one(e.m.Name)}
		if c.panel() {
			row = append(row, one(e.m.Period))
		}
		row = append(row, one(e.what))
		if n.ranks() {
			row = append(row, item{rankOf(n, e.m.New, 0), rankOf(n, e.m.Old, 0)})
		}
		t.rows = append(t.rows, append(row, item{scoreOf(e.m.New, decimals), scoreOf(e.m.Old, decimals)}))
	}
	return t
}

// ranks says whether both methods rank the units.
func (n *Node) ranks() bool { return n.Before.Rank != nil && n.Now.Rank != nil }

// movedColumns are the heads of what sums up how much the units moved.
func movedColumns(of string, v Verdict) []column {
	return []column{{head: of}, {head: "units", figure: true}, {head: v.marked("moved"), figure: true}, {head: v.marked("places"), figure: true}, {head: v.marked("most"), figure: true}, {head: "Spearman", figure: true}, {head: "Kendall", figure: true}}
}

// movedRow is how much the units moved in one node or at one period.
func movedRow(what string, n Section, placed bool) []item {
	far := ""
	if n.Most.Places() != 0 {
		far = n.Most.Name + " " + signed(n.Most.Places(), 0)
	}
	moved, places := fmt.Sprint(n.Moved), meanPlaces(n.Shift)
	if !placed {
		moved, places = "–", "–"
	}
	return []item{one(what), one(fmt.Sprint(n.Common)), one(moved), one(places), one(far), one(optional(n.Spearman)), one(optional(n.Kendall))}
}

// byPeriod says how much the units moved at each period; of many, at the latest.
func (c *Comparison) byPeriod(lead *Node, s Show) sheet {
	t := sheet{columns: movedColumns(periodNoun(c), c.Verdict)}
	if len(lead.Periods) < 2 {
		return t
	}
	shown := s.rows(len(lead.Periods))
	for _, p := range lead.Periods[len(lead.Periods)-shown:] {
		t.rows = append(t.rows, movedRow(p.Period, p, lead.placed()))
	}
	t.left = len(lead.Periods) - shown
	return t
}

// byNode says how much the units moved in a node and in each that stands right below it,
// and in how many they did not. Beside the index that is what else is ranked, too.
func (c *Comparison) byNode(lead *Node) (t sheet, still int) {
	t = sheet{columns: movedColumns("node", c.Verdict)}
	for _, n := range c.Nodes {
		below := n.Now.Parent == lead.Now
		beside := lead.Now.Level == check.Index && n.Now.Level == check.Derived && n.Now.Rank != nil
		if n.Common == 0 || n != lead && !below && !beside {
			continue
		}
		if n.Rescored == 0 && n.Moved == 0 {
			still++
			continue
		}
		t.rows = append(t.rows, movedRow(n.Now.Path, n.Section, n.placed()))
	}
	if len(t.rows)+still < 2 {
		t.rows = nil
	}
	return t, still
}
