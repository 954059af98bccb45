package attribute

import (
	"rubric/engine/dataset"
	"rubric/spec/check"
	"rubric/spec/diff"
)

// state is the data that a coalition is evaluated over.
type state struct {
	data *dataset.Dataset
	at   []int // of each row that both sides have
	ok   bool  // given figures are of the same nodes in all rows
}

// states makes the data of every coalition: the figures of the old side, those of its
// period as the new side has them, or the new ones, for the units of the old side or
// of the new one. A unit that only one side has brings its figures from there, whichever
// figures the others have: it has no others.
func (g *game) states(d Data) {
	d.Old = d.Old.WithGiven(byName(d.Old.Given, func(path string) string { return nameOf(g.diff, path) }))
	of, revised := d.Old, d.Revised
	var asked, answered []string
	d.Old, asked = of.Lent(g.alone(g.diff.New, g.diff.Old), d.New)
	d.New, answered = d.New.Lent(g.alone(g.diff.Old, g.diff.New), of)
	if d.Revised = d.Old; revised != nil { // what had no figure before is not revised
		d.Revised = revised.Taking(asked, d.Old).Taking(answered, of)
		g.revised = !d.Old.Same(d.Revised)
	}
	g.newData = !d.Revised.Same(d.New)
	before := d.New.Matched(d.Old)
	after := d.Old.Matched(d.New)
	for i, k := range before {
		if k >= 0 {
			g.rows = append(g.rows, pairOfRows{k, i})
		} else {
			g.entered = append(g.entered, named(d.New, i))
		}
	}
	for i, k := range after {
		if k < 0 {
			g.left = append(g.left, named(d.Old, i))
		}
	}
	for f, figures := range []*dataset.Dataset{d.Old, d.Revised, d.New} {
		for u, units := range []*dataset.Dataset{d.Old, d.New} {
			matched := units.Matched(figures)
			rows := make([]dataset.Row, units.Rows())
			for i := range rows {
				if rows[i] = (dataset.Row{Of: units, At: i}); matched[i] >= 0 {
					rows[i] = dataset.Row{Of: figures, At: matched[i]}
				}
			}
			s := &g.over[f][u]
			s.data, s.ok = dataset.Stack(rows)
			for _, pair := range g.rows {
				s.at = append(s.at, [2]int{pair.old, pair.now}[u])
			}
		}
	}
}

// alone are the columns that only one version names. Where only its side has figures of
// one, the other side is lent them: a question that is no longer asked has no answers in
// the new figures, and one that is new has none in the old ones; what it does is the doing
// of the document that asks it.
func (g *game) alone(one, other *check.Methodology) (out []string) {
	for _, c := range one.Columns {
		if other.Column(c.Name) == nil {
			out = append(out, c.Name)
		}
	}
	return out
}

// pairOfRows is a row that both sides have.
type pairOfRows struct{ old, now int }

// nameOf is what hybrids call a node of the old version.
func nameOf(d *diff.Diff, path string) string {
	if now, ok := d.Nodes[path]; ok {
		return now
	}
	return "gone " + path
}

func byName(given map[string]*dataset.Column, name func(string) string) map[string]*dataset.Column {
	out := make(map[string]*dataset.Column, len(given))
	for path, c := range given {
		out[name(path)] = c
	}
	return out
}

// state is the data of a coalition.
func (g *game) state(s set) *state {
	figures, units := 0, 0
	for i, p := range g.all {
		if !s.has(i) {
			continue
		}
		switch p.kind {
		case Revision:
			figures = max(figures, 1)
		case NewData:
			figures = 2
		case Units:
			units = 1
		}
	}
	return &g.over[figures][units]
}

// named is what a row is called: with its period where there are several.
func named(d *dataset.Dataset, row int) string {
	if len(d.Periods()) > 1 {
		return d.Label(row)
	}
	return d.Name(row)
}
