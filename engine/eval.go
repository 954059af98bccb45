package engine

import (
	"fmt"
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
	Ledger  bool          // keep a list of the cells that a step has changed
	Partial bool          // nodes whose columns no file has are not computed: no error, even if the root needs them

	// Known are the figures of a node that is the same with all that is below it, of
	// another evaluation over the same data with all levels kept; nil where there are none.
	// It is not asked where units are left out.
	Known func(n *check.Node) *Figures
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
	origins, list := p.origins(d, o)
	if list.Errors() > 0 {
		return nil, list.Sorted()
	}
	if d.Rows() == 0 {
		list.Add(diag.New(diag.DataEmpty, source.Place{}, "there are no data: no %s to score", p.Methodology.Units.Noun).WithHelp("name files under `files:` in the document, or with --data FILE or --given FILE"))
		return nil, list
	}
	if out := p.exclusions(d, origins); out != nil {
		if out.out.Count() == d.Rows() {
			list.Add(p.nobody(d, out))
			return nil, list
		}
		return p.evalWithout(d, o, out)
	}
	e := newEvaluation(p, d, o, origins)
	e.list = list
	e.run()
	if e.list.Errors() > 0 {
		return nil, e.list.Sorted()
	}
	e.result.Ledger = e.sortedLedger()
	return e.result, e.list.Sorted()
}

// nobody says why there is no unit left.
func (p *Plan) nobody(d *dataset.Dataset, out *exclusion) diag.Diagnostic {
	noun := p.Methodology.Units.Noun
	rule := diag.New(diag.DataEmpty, source.Place{}, "every %s is left out: each lacks a figure where the rule is `exclude_unit`", noun).
		WithHelp("fill the cells, or give the nodes another missing rule than `exclude_unit`")
	for row := range d.Rows() {
		why, screened := out.screened[row]
		if !screened {
			continue
		}
		rule.Place = p.Methodology.Screen.Place
		switch n := len(out.screened); n {
		case d.Rows():
			rule.Message = fmt.Sprintf("the screen leaves out every %s (%s: %s)", noun, d.Name(row), why)
		default:
			rule.Message = fmt.Sprintf("every %s is left out: %d by the screen (%s: %s), the others because each lacks a figure where the rule is `exclude_unit`", noun, n, d.Name(row), why)
		}
		return rule.WithHelp("ask for less, or fill the cells")
	}
	return rule
}

// evaluation is the state of one Eval.
type evaluation struct {
	p       *Plan
	d       *dataset.Dataset
	o       Options
	n       int // units
	origins []origin
	result  *Result
	periods []section                  // the cross-sections; at most one: all rows are one
	columns map[string]*dataset.Column // those that were imputed or treated before any formula
	refs    []bool                     // nodes whose figures derived nodes read
	pending []atomic.Int32             // children that a node still waits for
	tasks   []int                      // nodes to start from, in document order
	next    atomic.Int32
	scalars sync.Map // scalarKey → formula.Scalar
	pool    pool
	ranker  order.Ranker // for what comes after the workers

	mu       sync.Mutex
	list     diag.List
	ledger   []Touch
	reported map[[2]string]int // findings, by code and node
}

func newEvaluation(p *Plan, d *dataset.Dataset, o Options, origins []origin) *evaluation {
	e := &evaluation{
		p: p, d: d, o: o, n: d.Rows(), origins: origins, pending: make([]atomic.Int32, len(p.Nodes)),
		result: &Result{Plan: p, Data: d, Units: d.Rows(), Nodes: make([]Figures, len(p.Nodes))},
	}
	e.pool.n = e.n
	e.periods = sectionsOf(d.Sections())
	e.refs = p.references()
	for i := range p.Nodes {
		f := &e.result.Nodes[i]
		f.Node, f.Origin, f.Needed = &p.Nodes[i], origins[i].Origin, origins[i].needed
	}
	return e
}

// schedule says which nodes are known, and from which of the others to start.
func (e *evaluation) schedule() {
	p, origins := e.p, e.origins
	known := e.known()
	for i := range p.Nodes {
		n := &p.Nodes[i]
		if n.Level == check.Derived || known != nil && known[i] {
			continue // after all others, or not at all
		}
		if origins[i].computable {
			for _, child := range n.Children {
				if origins[child.At].Origin != NotComputed && (known == nil || !known[child.At]) {
					e.pending[i].Add(1)
				}
			}
		}
		waits := origins[i].computable && e.pending[i].Load() > 0
		if (origins[i].computable || origins[i].Origin == Given) && !waits {
			e.tasks = append(e.tasks, i)
		}
	}
}

// run lets workers take tasks until there are none.
func (e *evaluation) run() {
	e.prepare()
	e.schedule()
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
	e.derive()
	e.ordinals()
	e.unscored()
}

// unscored says that no unit has a score of the index: a ranking of nobody.
func (e *evaluation) unscored() {
	f := &e.result.Nodes[0]
	if f.Origin == NotComputed || f.Score.Valid == nil || f.Score.Valid.Count() > 0 || e.n == 0 ||
		f.Node.Formula == nil && f.Node.Aggregate.Name == "none" {
		return
	}
	m := e.p.Methodology
	e.report(diag.New(diag.ResultEmpty, f.Node.Place, "no %s has a score of the index", m.Units.Noun).WithNode(f.Node.Path).
		WithHelp("`rubric explain` says of one what it lacks, `rubric data check` what the data lack"))
}

// references marks the nodes whose figures other nodes need after them.
func (p *Plan) references() []bool {
	out := make([]bool, len(p.Nodes))
	for i := range p.Nodes {
		for _, r := range p.Nodes[i].Refs {
			out[r.Node.At] = true
		}
		for _, at := range p.breakers(&p.Nodes[i]) {
			out[at] = true
			out[i] = true
		}
	}
	return out
}

// climb does a node, and then every ancestor whose last child it was. Who is known has
// nothing to wait for.
func (e *evaluation) climb(i int, ranker *order.Ranker) {
	for {
		e.node(i, ranker)
		parent := e.p.Nodes[i].Parent
		if parent == nil || !e.origins[parent.At].computable || e.pending[parent.At].Add(-1) != 0 {
			return
		}
		i = parent.At
	}
}

// node does one node: what can be computed of it, and what is given.
func (e *evaluation) node(i int, ranker *order.Ranker) {
	n, f := &e.p.Nodes[i], &e.result.Nodes[i]
	f.Kept = e.o.keeps(n.Level) || e.refs[i]
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
	for _, f := range []*Figures{f, f.Beside} {
		if f == nil {
			continue
		}
		if n.Round == nil || f.Origin == Given {
			e.rank(n, f, ranker)
			continue
		}
		after := n.Node.Round.Args.Word("rank_on") == "unrounded"
		if after {
			e.rank(n, f, ranker)
		}
		e.round(n, f)
		if !after {
			e.rank(n, f, ranker)
		}
	}
}

// known takes the figures of nodes that another evaluation has made, children before
// parents, and says which these are; nil: none.
func (e *evaluation) known() (known []bool) {
	if e.o.Known == nil {
		return nil
	}
	known = make([]bool, len(e.p.Nodes))
	for i := len(e.p.Nodes) - 1; i >= 0; i-- {
		n, f := &e.p.Nodes[i], &e.result.Nodes[i]
		if f.Origin != Computed || n.Level == check.Derived || n.Rank != nil && n.Rank.Name == "ordinal" { // whose ties others break
			continue
		}
		k := e.o.Known(n.Node)
		if k == nil {
			continue
		}
		known[i] = true
		f.Kept = e.o.keeps(n.Level) || e.refs[i]
		f.Value, f.Texts, f.Score, f.Rank, f.Status = k.Value, k.Texts, k.Score, k.Rank, k.Status
		f.invalid, f.reasons, f.levels, f.borrowed = k.invalid, k.reasons, k.levels, true
		if e.origins[i].needed {
			e.required(n, f)
		}
	}
	return known
}

// compute does an indicator's formula or a parent's aggregation, and the
// normalisation after it.
func (e *evaluation) compute(n *Node, f *Figures, ranker *order.Ranker) {
	if n.Formula != nil {
		e.formula(n, f)
		e.impute(n, f)
		e.treat(n, f)
	} else {
		e.aggregate(n, f, ranker)
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

// column is a column as formulas see it.
func (e *evaluation) column(name string) *dataset.Column {
	if c := e.columns[name]; c != nil {
		return c
	}
	return e.d.Columns[name]
}

// inputs binds a formula's columns and aggregates, for the rows of a section.
func (e *evaluation) inputs(n *Node, s section) formula.Inputs {
	in := formula.Inputs{Rows: s.n}
	for _, name := range n.Formula.Columns {
		if ref, ok := n.Refs[name]; ok {
			in.Columns = append(in.Columns, formula.Column{Vector: s.vector(e.figure(ref))})
			continue
		}
		c := e.column(name)
		in.Columns = append(in.Columns, formula.Column{Vector: s.vector(c.Vector), Texts: s.texts(c.Text)})
	}
	for _, a := range n.Formula.Aggregates {
		in.Aggregates = append(in.Aggregates, e.scalar(a, s))
	}
	return in
}

func (e *evaluation) formula(n *Node, f *Figures) {
	invalid := cell.NewBits(e.n)
	f.Value = cell.Vector{Values: e.pool.get(), Valid: cell.NewBits(e.n)}
	if n.scoresText() {
		f.Texts = make([]string, e.n)
	}
	// What speaks of all units of a period is another number in each.
	for _, s := range e.sections(len(n.Formula.Aggregates) == 0) {
		in := e.inputs(n, s)
		if s.rows == nil {
			if f.Texts != nil {
				n.Program.EvalText(in, f.Texts, f.Value.Valid, invalid)
			} else {
				n.Program.Eval(in, f.Value, invalid)
			}
			continue
		}
		out, bad := cell.NewVector(s.n), cell.NewBits(s.n)
		if f.Texts != nil {
			texts := make([]string, s.n)
			n.Program.EvalText(in, texts, out.Valid, bad)
			for k, i := range s.rows {
				f.Texts[i] = texts[k]
			}
		} else {
			n.Program.Eval(in, out, bad)
		}
		s.put(out, f.Value)
		s.merge(bad, &invalid, e.n)
	}
	if invalid.Count() > 0 {
		f.invalid = invalid
	}
	f.Status = e.statuses(n, f.Value.Valid)
}

// statuses carries what the data set says of a formula's cells to its value:
// imputed where any was imputed, else estimated where any was; without a value,
// not applicable where a cell that it lacks is.
func (e *evaluation) statuses(n *Node, valid cell.Bits) []cell.Status {
	var out []cell.Status
	for _, name := range n.Formula.Columns {
		if _, ok := n.Refs[name]; ok {
			continue
		}
		status := e.column(name).Status
		if status == nil {
			continue
		}
		if out == nil {
			out = make([]cell.Status, e.n)
			for i := range out {
				if !valid.Get(i) {
					out[i] = cell.Missing
				}
			}
		}
		for i, s := range status {
			if valid.Get(i) && (s == cell.Estimated || s == cell.Imputed) || !valid.Get(i) && s == cell.NotApplicable {
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
	if f.borrowed {
		f.Score.Values = nil
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
