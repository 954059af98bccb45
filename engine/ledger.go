package engine

import (
	"cmp"
	"slices"

	"rubric/engine/cell"
	"rubric/engine/dataset"
	"rubric/engine/impute"
	"rubric/engine/treat"
	"rubric/spec/check"
	"rubric/spec/diag"
	"rubric/spec/method"
	"rubric/spec/source"
)

// Touch is a cell that a step has changed.
type Touch struct {
	Node     string // path; empty: a column
	Column   string
	Row      int
	Step     method.Step
	Method   string
	Index    int      // of the treatment, in their order
	From, To *float64 // nil: no figure

	at int // place in the document, for the order
}

// touch notes a cell that a step has changed, if the result is to have a ledger.
func (e *evaluation) touch(n *Node, row int, step method.Step, name string, from, to float64) {
	if e.o.Ledger {
		e.note(Touch{Node: n.Path, at: n.At, Row: row, Step: step, Method: name, From: &from, To: &to})
	}
}

func (e *evaluation) note(t Touch) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.ledger = append(e.ledger, t)
}

// sortedLedger is in the order of the document, then of the steps, then of the
// data: workers find the cells in any order.
func (e *evaluation) sortedLedger() []Touch {
	slices.SortStableFunc(e.ledger, func(a, b Touch) int {
		return cmp.Or(a.at-b.at, slices.Index(method.Steps, a.Step)-slices.Index(method.Steps, b.Step), a.Row-b.Row)
	})
	return e.ledger
}

// prepare imputes and treats whole columns, before any formula sees them.
func (e *evaluation) prepare() {
	for i := range e.p.Methodology.Columns {
		c := &e.p.Methodology.Columns[i]
		have := e.d.Columns[c.Name]
		if have == nil || c.Impute == nil && c.Treat == nil {
			continue
		}
		out := *have
		out.Vector = cell.Vector{Values: slices.Clone(have.Values), Valid: slices.Clone(have.Valid)}
		w := &worked{e: e, value: out.Vector, touch: Touch{Column: c.Name, at: i - len(e.p.Methodology.Columns)}, what: c.Name}
		if c.Impute != nil {
			m := must(impute.Find(c.Impute.Method))
			w.impute(m, c.Impute.Args)
			out.Status = w.statuses(have.Status, have.Valid)
		}
		for i, call := range c.Treat {
			w.touch.Index = i
			w.treat(must(treat.Find(call.Method)), call.Args)
		}
		if e.columns == nil {
			e.columns = map[string]*dataset.Column{}
		}
		e.columns[c.Name] = &out
	}
}

// impute fills an indicator's missing cells.
func (e *evaluation) impute(n *Node, f *Figures) {
	if n.Impute == nil {
		return
	}
	w := &worked{e: e, value: f.Value, touch: Touch{Node: n.Path, at: n.At}, what: n.Path}
	had := slices.Clone(f.Value.Valid)
	w.impute(*n.Impute, n.Node.Impute.Args)
	if w.filled == nil {
		return
	}
	for i := range w.filled { // what was filled is no longer without a value
		if f.invalid != nil {
			f.invalid[i] &^= w.filled[i]
		}
	}
	f.Status = w.statuses(f.Status, had)
}

// treat changes an indicator's outliers.
func (e *evaluation) treat(n *Node, f *Figures) {
	w := &worked{e: e, value: f.Value, touch: Touch{Node: n.Path, at: n.At}, what: n.Path, figures: f, node: n}
	for i, m := range n.Treat {
		w.touch.Index = i
		w.treat(m, n.Node.Treat[i].Args)
	}
}

// worked is a column that steps work on.
type worked struct {
	e       *evaluation
	value   cell.Vector
	filled  cell.Bits // by imputation; nil: none
	touch   Touch     // what every note has in common
	what    string
	figures *Figures // of the indicator; nil: a column
	node    *Node
}

func (w *worked) note(row int, step method.Step, name string, from, to *float64) {
	t := w.touch
	t.Row, t.Step, t.Method, t.From, t.To = row, step, name, from, to
	w.e.note(t)
}

func (w *worked) impute(m impute.Method, args method.Args) {
	e := w.e
	for _, s := range e.sections(m.Time) {
		v := s.vector(w.value)
		if v.Valid.Count() == s.n {
			continue
		}
		in := impute.Input{Value: v, Args: args}
		if group := args.Word("of"); group != "" {
			in.Group = e.groups(group, s)
		}
		if on := args.Word("predictor"); on != "" {
			in.Predictor = s.vector(e.column(on).Vector)
		}
		if m.Time {
			in.Series, in.Times = e.d.Series()
		}
		filled, values := cell.NewBits(s.n), make([]float64, s.n)
		m.Apply(in, values, filled)
		s.merge(filled, &w.filled, e.n)
		for k := range s.n {
			if !filled.Get(k) {
				continue
			}
			i := s.row(k)
			w.value.Put(i, values[k])
			if e.o.Ledger {
				w.note(i, method.Impute, m.Name, nil, &values[k])
			}
		}
	}
}

// statuses marks the cells that were filled.
func (w *worked) statuses(before []cell.Status, had cell.Bits) []cell.Status {
	if w.filled == nil {
		return before
	}
	out := slices.Clone(before)
	if out == nil {
		out = make([]cell.Status, w.e.n)
		for i := range out {
			if !had.Get(i) {
				out[i] = cell.Missing
			}
		}
	}
	for i := range out {
		if w.filled.Get(i) {
			out[i] = cell.Imputed
		}
	}
	return out
}

func (w *worked) treat(m treat.Method, args method.Args) {
	e := w.e
	for _, s := range e.sections(args.Word("over") == "all") {
		v := s.vector(w.value)
		before := v
		if e.o.Ledger {
			before = cell.Vector{Values: slices.Clone(v.Values), Valid: slices.Clone(v.Valid)}
		}
		outcome := m.Apply(treat.Input{Value: v, Args: args})
		if outcome.Idle != "" {
			e.report(diag.New(diag.TreatIdle, e.placeOf(w), "`%s` does nothing with `%s`: %s", m.Name, w.what, outcome.Idle).WithNode(w.touch.Node).
				WithHelp("remove the treatment, or look at the data"))
		}
		if outcome.Invalid != nil && outcome.Invalid.Count() > 0 {
			for k := range s.n {
				if outcome.Invalid.Get(k) {
					v.Valid.Clear(k)
				}
			}
			if w.figures != nil {
				e.invalidate(w.figures, s, outcome.Invalid, outcome.Reason)
			}
		}
		s.put(v, w.value)
		for k := range s.n {
			if !e.o.Ledger || !before.Valid.Get(k) {
				continue
			}
			from := before.Values[k]
			to, ok := v.At(k)
			switch {
			case !ok:
				w.note(s.row(k), method.Treat, m.Name, &from, nil)
			case to != from:
				w.note(s.row(k), method.Treat, m.Name, &from, &to)
			}
		}
	}
}

// groups is the group of each row of a section, −1 for none.
func (e *evaluation) groups(id string, s section) []int {
	out := make([]int, s.n)
	c := e.d.Groups[id]
	numbers := map[string]int{}
	for k := range out {
		out[k] = -1
		if c == nil {
			continue
		}
		i := s.row(k)
		if !c.Valid.Get(i) {
			continue
		}
		at, ok := numbers[c.Text[i]]
		if !ok {
			at = len(numbers)
			numbers[c.Text[i]] = at
		}
		out[k] = at
	}
	return out
}

// derive evaluates the expressions over nodes, in the order of the document.
func (e *evaluation) derive() {
	for i := range e.p.Nodes {
		n, f := &e.p.Nodes[i], &e.result.Nodes[i]
		if n.Level != check.Derived || e.origins[i].Origin == NotComputed {
			continue
		}
		f.Kept = e.o.keeps(n.Level) || e.refs[i]
		if !f.Kept {
			continue
		}
		e.formula(n, f)
		e.normalise(n, f, &e.ranker)
		if n.Round != nil && n.Node.Round.Args.Word("rank_on") != "unrounded" {
			e.round(n, f)
			e.rank(n, f, &e.ranker)
			continue
		}
		e.rank(n, f, &e.ranker)
		if n.Round != nil {
			e.round(n, f)
		}
	}
}

// figure is what a derived node reads of another node.
func (e *evaluation) figure(r check.Ref) cell.Vector {
	f := &e.result.Nodes[r.Node.At]
	switch {
	case r.Figure == "rank" && f.Rank != nil:
		return cell.Vector{Values: f.Rank, Valid: f.Score.Valid}
	case r.Figure == "value" && f.Value.Valid != nil:
		return f.Value
	case r.Figure == "score" && f.Score.Valid != nil:
		return f.Score
	}
	return cell.NewVector(e.n)
}

// placeOf is where the document speaks of what is worked on.
func (e *evaluation) placeOf(w *worked) source.Place {
	if w.node != nil {
		return w.node.Place
	}
	return e.p.Methodology.Column(w.what).Place
}
