package verify

import (
	"slices"

	"rubric/engine"
	"rubric/engine/cell"
	"rubric/engine/normalise"
	"rubric/engine/order"
	"rubric/engine/report"
	"rubric/spec/deviation"
	"rubric/spec/diag"
)

// columns puts every given column of scores through its own node's rule again.
// Scores by rank are a fixed point of their rule: ranked again, with floored
// cells as missing, they come out as they went in. Judged levels can only be
// held against the declared ones.
func (v *verification) columns() {
	used := map[*deviation.Column]bool{}
	for i := range v.r.Nodes {
		f := &v.r.Nodes[i]
		if f.Origin != engine.Given || f.Node.GivenAs != "score" {
			continue
		}
		v.report.Columns.Columns++
		v.column(f, used)
	}
	for i := range v.known.Columns {
		c := &v.known.Columns[i]
		if !used[c] {
			v.list.Add(diag.New(diag.VerifyGone, c.Place, "the listed deviation of the column `%s` no longer occurs", c.Node.Path).
				WithNode(c.Node.Path).WithHelp("remove it from the list"))
		}
	}
}

func (v *verification) column(f *engine.Figures, used map[*deviation.Column]bool) {
	rule := v.r.Plan.Rule(f.Node)
	given := v.r.Data.Given[f.Node.Path]
	if rule.Levels() != nil {
		v.levels(f, rule)
		return
	}
	if !rule.Normalise.Ranks { // the scores of others do not come to themselves again
		v.report.Columns.Unruled = append(v.report.Columns.Unruled, f.Node.Path)
		return
	}
	ranked := v.ranked(given.Vector)
	again := v.byPeriod(rule, ranked)
	var known *deviation.Column
	for i := range v.known.Columns {
		if v.known.Columns[i].Node == f.Node.Node {
			known = &v.known.Columns[i]
			used[known] = true
		}
	}
	cells := map[int]deviation.Cell{}
	if known != nil {
		for _, c := range known.Cells {
			u, ok := v.r.Data.Row(c.Unit, c.Period)
			if !ok {
				v.noUnit(c.Unit, c.Place)
				continue
			}
			cells[u] = c
		}
	}
	exception := KnownColumn{Node: f.Node.Path}
	reproduces := true
	for u := range v.r.Data.Rows() {
		was, ok := ranked.At(u)
		if !ok {
			continue
		}
		now := again.Values[u]
		c, listed := cells[u]
		delete(cells, u)
		switch {
		case was == now && !listed:
		case was == now:
			reproduces = false
			v.cellGone(f, u, c)
		case listed && c.Given == was && c.Recomputed == now:
			reproduces = false
			exception.Cells = append(exception.Cells, Difference{v.r.Data.ID(u), v.name(u), f.Node.Path, "score", report.Number(was), report.Number(now), known.Reason})
		default:
			reproduces = false
			v.list.Add(diag.New(diag.VerifyMismatch, given.Place(u), "`%s` for %s: given %s, its own rule makes %s of it", f.Node.Path, v.name(u), report.Number(was), report.Number(now)).
				WithNode(f.Node.Path).WithUnit(v.r.Data.ID(u)).
				WithHelp("%s with ties %s: correct the score or the rule; if the publication is wrong, list it under `columns:` in the deviations", rule.Normalise.Name, rule.Ties()))
		}
	}
	for u, c := range cells { // listed, and there is no score to differ
		reproduces = false
		v.cellGone(f, u, c)
	}
	if reproduces {
		v.report.Columns.Reproduced++
	} else if exception.Cells != nil {
		exception.Reason = known.Reason
		v.report.Columns.Known = append(v.report.Columns.Known, exception)
	}
}

// cellGone reports a listed cell that does not differ.
func (v *verification) cellGone(f *engine.Figures, u int, c deviation.Cell) {
	v.list.Add(diag.New(diag.VerifyGone, c.Place, "the listed deviation of `%s` for %s no longer occurs", f.Node.Path, v.name(u)).
		WithNode(f.Node.Path).WithUnit(v.r.Data.ID(u)).WithHelp("remove it from the list"))
}

// ranked is a column without the units that are left out of the ranking.
func (v *verification) ranked(given cell.Vector) cell.Vector {
	out := cell.NewVector(given.Len())
	for u := range given.Len() {
		if x, ok := given.At(u); ok && !v.r.Excluded(u) {
			out.Put(u, x)
		}
	}
	return out
}

// byPeriod applies a rule to the scores of each period apart.
func (v *verification) byPeriod(rule *engine.Node, given cell.Vector) cell.Vector {
	sections := v.r.Data.Sections()
	if sections == nil {
		return v.again(rule, given)
	}
	out := cell.NewVector(given.Len())
	for _, rows := range sections {
		part := cell.NewVector(len(rows))
		for k, u := range rows {
			if x, ok := given.At(u); ok {
				part.Put(k, x)
			}
		}
		part = v.again(rule, part)
		for k, u := range rows {
			if x, ok := part.At(k); ok {
				out.Put(u, x)
			}
		}
	}
	return out
}

// again applies a rule to scores. Where the rule floors missing figures, a cell
// at the floor may be a missing one or a unit that came last: all are taken for
// missing, then one fewer and so on, until the column reproduces itself.
func (v *verification) again(rule *engine.Node, given cell.Vector) cell.Vector {
	if rule.Missing != "floor" {
		return v.apply(rule, given)
	}
	var floored []int
	for u := range given.Len() {
		if x, ok := given.At(u); ok && x == rule.Floor {
			floored = append(floored, u)
		}
	}
	value := cell.Vector{Values: given.Values, Valid: slices.Clone(given.Valid)}
	for _, u := range floored {
		value.Valid.Clear(u)
	}
	missing := v.apply(rule, value)
	for again := missing; ; again = v.apply(rule, value) {
		switch {
		case same(given, again):
			return again
		case len(floored) == 0:
			return missing
		}
		value.Valid.Set(floored[0])
		floored = floored[1:]
	}
}

// same says whether a rule gave every score back.
func same(given, again cell.Vector) bool {
	for u := range given.Len() {
		if x, ok := given.At(u); ok && x != again.Values[u] {
			return false
		}
	}
	return true
}

func (v *verification) apply(rule *engine.Node, value cell.Vector) cell.Vector {
	n := value.Len()
	out := cell.NewVector(n)
	in := normalise.Input{Value: value, Units: value.Valid.Count(), Args: rule.Node.Normalise.Args, Best: order.Highest, Ranker: &order.Ranker{}}
	if rule.Missing == "floor" {
		in.Units = v.rankedOf(n)
	}
	rule.Normalise.Apply(in, out)
	for u := range n {
		if rule.Missing == "floor" && !value.Valid.Get(u) {
			out.Put(u, rule.Floor)
		}
	}
	return out
}

// levels holds a column of judged levels against the declared ones.
func (v *verification) levels(f *engine.Figures, rule *engine.Node) {
	given := v.r.Data.Given[f.Node.Path]
	declared := map[float64]bool{}
	for _, l := range rule.Levels() {
		declared[l.Score] = true
	}
	ok := true
	for u := range v.r.Data.Rows() {
		if x, present := given.At(u); present && !declared[x] {
			ok = false
			v.list.Add(diag.New(diag.GivenLevel, given.Place(u), "`%s` for %s: the score %s is none of the declared levels", f.Node.Path, v.name(u), report.Number(x)).
				WithNode(f.Node.Path).WithUnit(v.r.Data.ID(u)).WithHelp("correct the score, or declare the level"))
		}
	}
	if ok {
		v.report.Columns.Levels = append(v.report.Columns.Levels, LevelColumn{f.Node.Path, len(declared)})
	}
}

// rankedOf is how many of the rows of a period are ranked.
func (v *verification) rankedOf(rows int) int {
	if rows == v.r.Data.Rows() {
		return v.r.Units
	}
	return rows
}
