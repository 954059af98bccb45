package prove

import (
	"slices"

	"rubric/engine"
	"rubric/engine/dataset"
	"rubric/spec/check"
)

// cell makes the hybrid of which only some suspects are new, evaluates it, and looks at
// the cell; not ok where there is no such hybrid, or no time.
func (t *trial) cell(s set) (cell, bool) {
	p := check.Provisions{}
	data := t.readings[0]
	for i, suspect := range t.tried {
		switch {
		case !s[i]:
		case suspect.What == ByData:
			data = t.readings[1]
		case suspect.What == ByOrder:
			p.Take("document", "order")
		default:
			t.d.Take(p, suspect.Change)
		}
	}
	m, err := t.hybrids.Of(p)
	if err != nil {
		return cell{}, false
	}
	at := slices.Index(m.Names, t.name)
	if at < 0 || t.first.Figure == "" {
		return cell{there: at >= 0}, true
	}
	if t.left -= data.Rows() * len(m.Nodes); t.left < 0 {
		return cell{}, false
	}
	r := t.evaluate(m, data)
	if r == nil {
		return cell{}, false
	}
	return t.cellIn(r, m.Nodes[at].Path), true
}

// cellIn is the cell in a result; nothing where the unit or the node is not there.
func (t *trial) cellIn(r *engine.Result, path string) cell {
	n, _ := r.Plan.Methodology.Node(path)
	row, ok := r.Data.Row(t.first.Unit, t.first.Period)
	if n == nil || !ok {
		return cell{}
	}
	return cellOf(r, r.Figures(n), row)
}

// evaluate evaluates a hybrid; nil where it cannot be.
func (t *trial) evaluate(m *check.Hybrid, data *dataset.Dataset) *engine.Result {
	if c := m.Screen; c != nil && c.Condition != nil {
		for _, name := range c.Condition.Inputs() {
			if m.Column(name) != nil && data.Columns[name] == nil {
				return nil
			}
		}
	}
	given := map[string]*dataset.Column{}
	for i, n := range m.Nodes {
		if c := data.Given[m.Names[i]]; c != nil {
			given[n.Path] = c
		}
	}
	r, _ := t.plan(m).Eval(data.WithGiven(given), engine.Options{Partial: true})
	return r
}

// plan plans a hybrid. What it shares with another one is planned once.
func (t *trial) plan(m *check.Hybrid) *engine.Plan {
	if m.Base == nil {
		return engine.Compile(m.Methodology)
	}
	base := t.plans[m.Base]
	if base == nil {
		base = engine.Compile(m.Base.Methodology)
		t.plans[m.Base] = base
	}
	return base.With(m.Methodology)
}
