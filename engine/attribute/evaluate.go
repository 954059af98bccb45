package attribute

import (
	"fmt"
	"math"

	"rubric/engine"
	"rubric/engine/dataset"
	"rubric/spec/check"
	"rubric/spec/diag"
)

// evaluate makes the edition of which only some players are new, and evaluates it.
func (g *game) evaluate(s set) *values {
	p := check.Provisions{}
	for i := range g.all {
		if s.has(i) {
			for _, t := range g.all[i].takes {
				p.Take(t[0], t[1])
			}
		}
	}
	if s == g.full && len(g.all) > 0 {
		p.Take("document", "order")
		g.silent(p)
	}
	of := g.hybrids.Of
	if g.o.Apart {
		of = g.hybrids.Alone
	}
	m, err := of(p)
	if err != nil {
		return &values{reason: err.Error()}
	}
	over := g.state(s)
	if !over.ok {
		return &values{reason: "other nodes are given on the one side than on the other"}
	}
	if c := m.Screen; c != nil && c.Condition != nil {
		for _, name := range c.Condition.Inputs() {
			if m.Column(name) != nil && over.data.Columns[name] == nil {
				return &values{reason: fmt.Sprintf("the screen needs the column `%s`, which the data lack", name)}
			}
		}
	}
	data := over.data
	if len(data.Given) > 0 {
		given := map[string]*dataset.Column{}
		for i, n := range m.Nodes {
			if c := data.Given[m.Names[i]]; c != nil {
				given[n.Path] = c
			}
		}
		data = data.WithGiven(given)
	}
	o := engine.Options{Workers: 1, Known: g.known.of(s, m)}
	if g.o.Apart || s == g.full { // it alone takes what is no factor, and shares nothing
		o.Known = nil
	}
	r, list := g.plan(m).Eval(data, o)
	if r == nil {
		return &values{reason: why(m, data, list)}
	}
	if s != g.full {
		g.known.keep(s, m, r)
	}
	return g.read(r, m, over.at)
}

// plan plans an edition. What it shares with another one is planned once.
func (g *game) plan(m *check.Hybrid) *engine.Plan {
	if m.Base == nil {
		return engine.Compile(m.Methodology)
	}
	g.mu.Lock()
	base := g.plans[m.Base]
	g.mu.Unlock()
	if base == nil {
		base = engine.Compile(m.Base.Methodology)
		g.mu.Lock()
		g.plans[m.Base] = base
		g.mu.Unlock()
	}
	return base.With(m.Methodology)
}

// why is the reason of an edition that cannot be evaluated.
func why(m *check.Hybrid, data *dataset.Dataset, list diag.List) string {
	for _, d := range list {
		if d.Severity != diag.Error {
			continue
		}
		if n, _ := m.Node(d.Node); n != nil && d.Code == diag.DataColumn.Name {
			for _, name := range n.Inputs() {
				if data.Columns[name] == nil {
					return fmt.Sprintf("`%s` needs the column `%s`, which the data of one side lack", n.Path, name)
				}
			}
		}
		return d.Message
	}
	return "there is no result"
}

// read takes the figures of the nodes and rows that both sides have out of a result.
func (g *game) read(r *engine.Result, m *check.Hybrid, at []int) *values {
	v := &values{hybrid: m, lowest: make([]bool, len(g.nodes)), score: make([][]float64, len(g.nodes)), rank: make([][]float64, len(g.nodes))}
	for k, n := range g.nodes {
		here := m.Both[n.now.At]
		f := r.Figures(here)
		v.lowest[k] = lowest(here)
		if f.Origin == engine.NotComputed && n.computed {
			return &values{reason: fmt.Sprintf("`%s` cannot be computed: the data lack a column that it needs", here.Path)}
		}
		v.score[k] = g.known.once(f.Score.Values, at, func() []float64 { return scores(f, at) })
		if n.ranked && f.Rank != nil {
			v.rank[k] = g.known.once(f.Rank, at, func() []float64 { return ranks(f, at) })
		}
	}
	return v
}

func scores(f *engine.Figures, at []int) []float64 {
	out := make([]float64, len(at))
	for j, row := range at {
		out[j] = math.NaN()
		if f.Score.Valid == nil {
			continue
		}
		if x, ok := f.Score.At(row); ok {
			out[j] = x
		}
	}
	return out
}

func ranks(f *engine.Figures, at []int) []float64 {
	out := make([]float64, len(at))
	for j, row := range at {
		out[j] = math.NaN()
		if f.Score.Valid.Get(row) {
			out[j] = f.Rank[row]
		}
	}
	return out
}
