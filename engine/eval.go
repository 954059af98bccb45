package engine

import (
	"runtime"
	"sync"
	"sync/atomic"

	"rubric/engine/cell"
	"rubric/engine/dataset"
	"rubric/engine/formula"
	"rubric/engine/order"
	"rubric/spec/check"
	"rubric/spec/diag"
	"rubric/spec/source"
)

// Options says what a result is to hold.
type Options struct {
	Levels  []check.Level // whose figures are kept; none: all
	Workers int           // 0: GOMAXPROCS
}

func (o Options) keeps(l check.Level) bool {
	if len(o.Levels) == 0 {
		return true
	}
	for _, k := range o.Levels {
		if k == l {
			return true
		}
	}
	return false
}

// Eval evaluates the plan over a data set. The result is nil if there is an
// error among the findings: a column that a node needs and no file has, or a
// cell without a figure where the rule is `error`.
func (p *Plan) Eval(d *dataset.Dataset, o Options) (*Result, diag.List) {
	origins, list := p.origins(d)
	if list.Errors() > 0 {
		return nil, list.Sorted()
	}
	if d.Units() == 0 {
		list.Add(diag.New(diag.DataEmpty, source.Place{}, "there are no data: no %s to score", p.Methodology.Units.Noun).WithHelp("name files under `files:` in the document, or with --data FILE or --given FILE"))
		return nil, list
	}
	if out := p.exclusions(d, origins); out != nil {
		if out.Count() == d.Units() {
			list.Add(diag.New(diag.DataEmpty, source.Place{}, "every %s is left out: each lacks a figure where the rule is `exclude_unit`", p.Methodology.Units.Noun).WithHelp("fill the cells, or give the nodes another missing rule than `exclude_unit`"))
			return nil, list
		}
		return p.evalWithout(d, o, out)
	}
	e := newEvaluation(p, d, o, origins)
	e.run()
	if e.list.Errors() > 0 {
		return nil, e.list.Sorted()
	}
	return e.result, e.list.Sorted()
}

// evaluation is the state of one Eval.
type evaluation struct {
	p       *Plan
	d       *dataset.Dataset
	o       Options
	n       int // units
	origins []origin
	result  *Result
	pending []atomic.Int32 // children that a node still waits for
	tasks   []int          // nodes to start from, in document order
	next    atomic.Int32
	scalars sync.Map // expr.Aggregate → formula.Scalar
	pool    pool

	mu       sync.Mutex
	list     diag.List
	reported map[[2]string]int // findings, by code and node
}

func newEvaluation(p *Plan, d *dataset.Dataset, o Options, origins []origin) *evaluation {
	e := &evaluation{
		p: p, d: d, o: o, n: d.Units(), origins: origins, pending: make([]atomic.Int32, len(p.Nodes)),
		result: &Result{Plan: p, Data: d, Units: d.Units(), Nodes: make([]Figures, len(p.Nodes))},
	}
	e.pool.n = e.n
	for i := range p.Nodes {
		n := &p.Nodes[i]
		f := &e.result.Nodes[i]
		f.Node, f.Origin, f.Needed = n, origins[i].Origin, origins[i].needed
		if origins[i].computable {
			e.pending[i].Store(int32(len(n.Children)))
		}
		if n.Formula != nil && origins[i].computable || f.Origin == Given && !origins[i].computable {
			e.tasks = append(e.tasks, i)
		}
	}
	return e
}

// run lets workers take tasks until there are none.
func (e *evaluation) run() {
	workers := e.o.Workers
	if workers == 0 {
		workers = runtime.GOMAXPROCS(0)
	}
	workers = min(workers, len(e.tasks))
	if e.n < 2000 { // starting a worker costs more than it saves
		workers = min(workers, 1)
	}
	var group sync.WaitGroup
	for range max(workers, 1) {
		group.Go(func() {
			var ranker order.Ranker
			for {
				i := int(e.next.Add(1)) - 1
				if i >= len(e.tasks) {
					return
				}
				e.climb(e.tasks[i], &ranker)
			}
		})
	}
	group.Wait()
}

// climb does a node, and then every ancestor whose last child it was.
func (e *evaluation) climb(i int, ranker *order.Ranker) {
	for {
		e.node(i, ranker)
		parent := e.p.Nodes[i].Parent
		if parent == nil || !e.origins[parent.At].computable || e.pending[parent.At].Add(-1) > 0 {
			return
		}
		i = parent.At
	}
}

// node does one node: what can be computed of it, and what is given.
func (e *evaluation) node(i int, ranker *order.Ranker) {
	n, f := &e.p.Nodes[i], &e.result.Nodes[i]
	f.Kept = e.o.keeps(n.Level)
	if e.origins[i].computable {
		out := f
		if f.Origin == Given {
			out = &Figures{Node: n, Origin: Computed, Kept: f.Kept}
			f.Beside = out
		}
		e.compute(n, out, ranker)
	}
	if f.Origin == Given {
		e.give(n, f, ranker)
	}
	e.rank(n, f, ranker)
	if f.Beside != nil {
		e.rank(n, f.Beside, ranker)
	}
}

// compute does an indicator's formula or a parent's aggregation, and the
// normalisation after it.
func (e *evaluation) compute(n *Node, f *Figures, ranker *order.Ranker) {
	if n.Formula != nil {
		e.formula(n, f)
	} else {
		e.aggregate(n, f)
	}
	e.normalise(n, f, ranker)
	if o := e.origins[n.At]; o.needed && o.Origin == Computed {
		e.required(n, f)
	}
	if n.Formula == nil {
		for _, child := range n.Children {
			e.release(&e.result.Nodes[child.At])
		}
	}
	if !f.Kept {
		e.pool.put(f.Value.Values)
		f.Value.Values = nil
	}
}

// inputs binds a formula's columns and aggregates.
func (e *evaluation) inputs(n *Node) formula.Inputs {
	in := formula.Inputs{Rows: e.n}
	for _, name := range n.Formula.Columns {
		c := e.d.Columns[name]
		in.Columns = append(in.Columns, formula.Column{Vector: c.Vector, Texts: c.Text})
	}
	for _, a := range n.Formula.Aggregates {
		in.Aggregates = append(in.Aggregates, e.scalar(a))
	}
	return in
}

func (e *evaluation) formula(n *Node, f *Figures) {
	in := e.inputs(n)
	invalid := cell.NewBits(e.n)
	f.Value.Valid = cell.NewBits(e.n)
	if n.scoresText() {
		f.Texts = make([]string, e.n)
		n.Program.EvalText(in, f.Texts, f.Value.Valid, invalid)
		f.Value.Values = e.pool.get()
	} else {
		f.Value.Values = e.pool.get()
		n.Program.Eval(in, f.Value, invalid)
	}
	if invalid.Count() > 0 {
		f.invalid = invalid
	}
	f.Status = e.statuses(n)
}

// statuses carries what the data set says of a formula's cells to its value:
// imputed where any was imputed, else estimated where any was.
func (e *evaluation) statuses(n *Node) []cell.Status {
	var out []cell.Status
	for _, name := range n.Formula.Columns {
		status := e.d.Columns[name].Status
		if status == nil {
			continue
		}
		if out == nil {
			out = make([]cell.Status, e.n)
		}
		for i, s := range status {
			if s == cell.Estimated || s == cell.Imputed {
				out[i] = max(out[i], s)
			}
		}
	}
	return out
}

// release forgets the figures of a child that its parent has taken up.
func (e *evaluation) release(f *Figures) {
	if f.Kept {
		return
	}
	e.pool.put(f.Score.Values)
	f.Score = cell.Vector{}
	f.Value = cell.Vector{}
	f.Beside = nil
}

// pool lends columns.
type pool struct {
	mu   sync.Mutex
	n    int
	free [][]float64
}

func (p *pool) get() []float64 {
	p.mu.Lock()
	defer p.mu.Unlock()
	if k := len(p.free); k > 0 {
		out := p.free[k-1]
		p.free = p.free[:k-1]
		return out
	}
	return make([]float64, p.n)
}

func (p *pool) put(column []float64) {
	if column == nil {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.free = append(p.free, column)
}
