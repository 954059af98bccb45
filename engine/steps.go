package engine

import (
	"fmt"
	"math"
	"slices"

	"rubric/engine/aggregate"
	"rubric/engine/cell"
	"rubric/engine/formula"
	"rubric/engine/normalise"
	"rubric/engine/numeric"
	"rubric/engine/order"
	"rubric/spec/diag"
	"rubric/spec/expr"
	"rubric/spec/source"
)

// aggregate combines the children's scores into the node's value.
func (e *evaluation) aggregate(n *Node, f *Figures, ranker *order.Ranker) {
	if n.Single { // the score of its one indicator, unchanged by any weight
		child := e.result.Nodes[n.Children[0].At].Score
		f.Value = cell.Vector{Values: e.pool.get(), Valid: cell.NewBits(e.n)}
		copy(f.Value.Values, child.Values)
		copy(f.Value.Valid, child.Valid)
		return
	}
	f.Value = cell.Vector{Values: e.pool.get(), Valid: cell.NewBits(e.n)}
	if n.Aggregate.Name == "none" {
		return
	}
	for _, s := range e.sections(!n.Aggregate.Across) {
		in := aggregate.Input{Omit: n.Missing == "omit", Args: n.Node.Aggregate.Args, Ranker: ranker}
		if n.aggregated != nil {
			in.Formula = n.combine
		}
		for _, child := range n.Children {
			in.Children = append(in.Children, s.vector(e.result.Nodes[child.At].Score))
			in.Weights = append(in.Weights, child.Weight)
		}
		value := s.room(f.Value)
		outcome := n.Aggregate.Apply(in, value)
		if in.Omit {
			cover(n, in.Children, value)
		}
		s.put(value, f.Value)
		e.invalidate(f, s, outcome.Invalid, outcome.Reason)
	}
	for i, x := range f.Value.Values {
		if math.IsInf(x, 0) || math.IsNaN(x) {
			e.overflow(f, i)
		}
	}
}

// combine is the aggregation `formula`: an expression over the children's ids.
func (n *Node) combine(in aggregate.Input, value cell.Vector, invalid cell.Bits) (reason string) {
	return evalFormula(n.aggregated, n.combined(in.Children, value.Len()), value, invalid)
}

// combined binds it to the scores of the children.
func (n *Node) combined(children []cell.Vector, rows int) formula.Inputs {
	in := formula.Inputs{Rows: rows}
	for _, name := range n.AggregateFormula.Columns {
		in.Columns = append(in.Columns, formula.Column{Vector: n.childVector(children, name)})
	}
	for _, a := range n.AggregateFormula.Aggregates {
		in.Aggregates = append(in.Aggregates, scalar(a, n.childVector(children, a.Column)))
	}
	return in
}

// evalFormula evaluates a method's formula, and says why the first cell without
// a value has none.
func evalFormula(p *formula.Program, in formula.Inputs, out cell.Vector, invalid cell.Bits) (reason string) {
	if !p.Eval(in, out, invalid) {
		return ""
	}
	for i := range in.Rows {
		if invalid.Get(i) {
			v := p.At(in, i)
			return fmt.Sprintf("%s in `%s`", v.Reason, p.Expr.Text[v.Start:v.End])
		}
	}
	return ""
}

func (n *Node) childVector(children []cell.Vector, id string) cell.Vector {
	for i, child := range n.Children {
		if child.ID == id {
			return children[i]
		}
	}
	panic("engine: a formula over a child that there is not")
}

// invalidate marks cells that a step has no value for, and says why.
func (e *evaluation) invalidate(f *Figures, s section, bits cell.Bits, reason string) {
	if bits == nil || bits.Count() == 0 {
		return
	}
	s.merge(bits, &f.invalid, e.n)
	for k := range s.n {
		if bits.Get(k) {
			if f.reasons == nil {
				f.reasons = map[int]string{}
			}
			f.reasons[s.row(k)] = reason
		}
	}
}

// overflow takes away a value that no double holds.
func (e *evaluation) overflow(f *Figures, unit int) {
	if f.Value.Values[unit] = 0; !f.Value.Valid.Get(unit) {
		return
	}
	f.Value.Valid.Clear(unit)
	if f.invalid == nil {
		f.invalid = cell.NewBits(e.n)
	}
	f.invalid.Set(unit)
	if f.reasons == nil {
		f.reasons = map[int]string{}
	}
	f.reasons[unit] = tooLarge
}

// cover takes the value from units that have too few children.
func cover(n *Node, children []cell.Vector, value cell.Vector) {
	least := n.Least()
	if least <= 1 && n.covered == nil {
		return
	}
	for i := range value.Values {
		have, weight, weights := 0, 0.0, 0.0
		for k, c := range children {
			weights += n.Children[k].Weight
			if c.Valid.Get(i) {
				have++
				weight += n.Children[k].Weight
			}
		}
		if n.covered != nil {
			in := coverage{n, children, i, map[string]float64{"available": float64(have), "coverage": float64(have) / float64(len(children))}}
			if weights > 0 {
				in.shares["weight_coverage"] = weight / weights
			}
			if v := n.covered.Expr.Eval(in); v.Outcome != expr.Valid || v.Number == 0 {
				value.Valid.Clear(i)
			}
			continue
		}
		if have < least {
			value.Valid.Clear(i)
		}
	}
}

// coverage is what a condition on coverage sees of one unit.
type coverage struct {
	n        *Node
	children []cell.Vector
	unit     int
	shares   map[string]float64
}

func (c coverage) Number(column int) (float64, bool) {
	name := c.n.MinCoverage.Condition.Columns[column]
	for i, child := range c.n.Children {
		if child.ID == name {
			return c.children[i].At(c.unit)
		}
	}
	x, ok := c.shares[name]
	return x, ok
}

func (c coverage) Text(int) (string, bool) { return "", false }

func (c coverage) Aggregate(int) (float64, bool, string) { return 0, false, "" }

// Least is how many children must have a score for a node that may omit some.
func (n *Node) Least() int {
	if share := n.MinCoverage.Percent; share > 0 {
		return int(math.Ceil(float64(share*float64(len(n.Children)))/100 - 1e-9))
	}
	return n.MinCoverage.Count
}

// normalise turns values into scores, and puts the floor where the rule says.
func (e *evaluation) normalise(n *Node, f *Figures, ranker *order.Ranker) {
	f.Score = cell.Vector{Values: e.pool.get(), Valid: cell.NewBits(e.n)}
	value := f.Value
	if n.Transform != nil || n.Direction.Kind == "closest_to" {
		value = cell.Vector{Values: e.pool.get(), Valid: slices.Clone(f.Value.Valid)}
		defer e.pool.put(value.Values)
		copy(value.Values, f.Value.Values)
		e.orient(n, f, value)
	}
	for _, s := range e.sections(n.Node.Normalise.Args.Word("over") == "all" || n.Normalise.Name == "none") {
		in := normalise.Input{
			Value: s.vector(value), Texts: s.texts(f.Texts), Args: n.Node.Normalise.Args, Ranker: ranker, Ledger: e.o.Ledger,
		}
		if in.Units = in.Value.Valid.Count(); n.Missing == "floor" {
			in.Units = s.n
		}
		if n.Direction.Kind == "lower" || n.Direction.Kind == "closest_to" {
			in.Best = order.Lowest
		}
		if n.Transform != nil {
			in.Transform = n.bound
		}
		if n.normalised != nil {
			in.Formula = n.rescale
		}
		in.Reference = e.reference(n, s)
		score := s.room(f.Score)
		outcome := n.Normalise.Apply(in, score)
		s.put(score, f.Score)
		e.invalidate(f, s, outcome.Invalid, outcome.Reason)
		for _, c := range outcome.Capped {
			e.touch(n, s.row(c.Cell), "normalise", "cap", c.From, c.To)
		}
		if outcome.Unscored > 0 {
			if f.levels == nil {
				f.levels = cell.NewBits(e.n)
			}
			for k := range s.n {
				if i := s.row(k); f.Value.Valid.Get(i) && !f.Score.Valid.Get(i) {
					f.levels.Set(i)
				}
			}
		}
	}
	e.floor(n, f)
}

// orient transforms values and turns them into distances from a target, as the
// node says.
func (e *evaluation) orient(n *Node, f *Figures, value cell.Vector) {
	target := n.Direction.Target
	if n.Transform != nil {
		if n.Direction.Kind == "closest_to" {
			target = n.bound(target)
		}
		for i, x := range value.Values {
			if !value.Valid.Get(i) {
				continue
			}
			y, reason := n.Transform.Apply(x)
			if reason != "" {
				value.Valid.Clear(i)
				bad := cell.NewBits(e.n)
				bad.Set(i)
				e.invalidate(f, section{n: e.n}, bad, reason)
				continue
			}
			value.Values[i] = y
		}
	}
	if n.Direction.Kind == "closest_to" {
		for i, x := range value.Values {
			value.Values[i] = math.Abs(x - target)
		}
	}
}

// bound is a parameter of the normalisation after the node's transformation;
// NaN where it has none, which the method says of every cell.
func (n *Node) bound(x float64) float64 {
	y, reason := n.Transform.Apply(x)
	if reason != "" {
		return math.NaN()
	}
	return y
}

// rescale is the normalisation `formula`: an expression over `value`.
func (n *Node) rescale(value, score cell.Vector, invalid cell.Bits) (reason string) {
	return evalFormula(n.normalised, n.rescaled(value), score, invalid)
}

// rescaled binds it to the values.
func (n *Node) rescaled(value cell.Vector) formula.Inputs {
	in := formula.Inputs{Rows: value.Len()}
	for range n.NormaliseFormula.Columns {
		in.Columns = append(in.Columns, formula.Column{Vector: value})
	}
	for _, a := range n.NormaliseFormula.Aggregates {
		in.Aggregates = append(in.Aggregates, scalar(a, value))
	}
	return in
}

// reference is the cell of the unit that others are held against; −1: none.
func (e *evaluation) reference(n *Node, s section) int {
	id := n.Node.Normalise.Args.Word("unit")
	if id == "" {
		return -1
	}
	for k := range s.n {
		if i := s.row(k); e.d.ID(i) == id || e.d.Name(i) == id {
			return k
		}
	}
	return -1
}

func (e *evaluation) floor(n *Node, f *Figures) {
	if n.Missing != "floor" {
		return
	}
	for i := range e.n {
		if !f.Score.Valid.Get(i) && (f.levels == nil || !f.levels.Get(i)) {
			f.Score.Put(i, n.Floor)
			if e.o.Ledger {
				e.note(Touch{Node: n.Path, at: n.At, Row: i, Step: "normalise", Method: "floor", To: &n.Floor})
			}
		}
	}
}

// give takes the figures that were supplied for a node.
func (e *evaluation) give(n *Node, f *Figures, ranker *order.Ranker) {
	given := e.d.Given[n.Path].Vector
	if n.GivenAs == "value" {
		f.Value = given
		e.normalise(e.p.Rule(n), f, ranker)
	} else {
		f.Score = cell.Vector{Values: e.pool.get(), Valid: cell.NewBits(e.n)}
		copy(f.Score.Values, given.Values)
		copy(f.Score.Valid, given.Valid)
		e.floor(n, f)
	}
	if n.Missing != "error" || !e.origins[n.At].needed {
		return
	}
	for i := range e.n {
		if !f.Score.Valid.Get(i) {
			e.blame(f, i)
			column := e.d.Given[n.Path]
			place := column.Place(i)
			e.report(diag.New(diag.CellMissing, place, "`%s` has no given score for %s", n.Path, e.d.ID(i)).WithNode(n.Path).WithUnit(e.d.ID(i)).
				WithHelp("fill the cell, or give the node another missing rule than `error`"))
		}
	}
}

// blame marks a unit whose lack of a figure is reported.
func (e *evaluation) blame(f *Figures, unit int) {
	if f.blamed == nil {
		f.blamed = cell.NewBits(e.n)
	}
	if unit >= 0 {
		f.blamed.Set(unit)
	}
}

// required reports the cells that the rule `error` does not allow to be absent.
func (e *evaluation) required(n *Node, f *Figures) {
	for _, child := range n.Children { // one cause, one finding
		for w, b := range e.result.Nodes[child.At].blamed {
			if b != 0 {
				e.blame(f, -1)
				f.blamed[w] |= b
			}
		}
	}
	if f.levels != nil {
		for i := range e.n {
			if f.levels.Get(i) {
				d := diag.New(diag.CellLevel, e.cellPlace(n, i), "`%s` is none of the declared levels of `%s`", f.Texts[i], n.Path)
				var levels []string
				for _, l := range n.Levels() {
					levels = append(levels, l.Text)
				}
				d = d.WithHelp("declare it under `levels:`, or correct the cell")
				if near, ok := diag.Nearest(f.Texts[i], levels); ok {
					d = d.WithHelp("did you mean `%s`?", near)
				}
				e.report(d.WithNode(n.Path).WithUnit(e.d.ID(i)))
				e.blame(f, i)
			}
		}
	}
	// Units that lack what the rule exclude_unit asks for are gone by now. One that
	// lacks it still had it before they went: an aggregate is another without them.
	if n.Missing != "error" && n.Missing != "exclude_unit" {
		return
	}
	for i := range e.n {
		if f.Value.Valid.Get(i) && (f.invalid == nil || !f.invalid.Get(i)) || f.blamed != nil && f.blamed.Get(i) {
			continue
		}
		e.blame(f, i)
		if f.invalid != nil && f.invalid.Get(i) {
			if reason, ok := f.reasons[i]; ok {
				e.report(diag.New(diag.CellInvalid, n.Place, "`%s` has no value for %s: %s", n.Path, e.d.ID(i), reason).WithNode(n.Path).WithUnit(e.d.ID(i)).
					WithHelp("change the scores below it or the method, or give the node another missing rule than `error`"))
				continue
			}
			s, row := e.sectionOf(n, i)
			v := n.Program.At(e.inputs(n, s), row)
			e.report(diag.New(diag.CellInvalid, n.FormulaAt(v.Start, v.End), "`%s` has no value for %s: %s", n.Path, e.d.ID(i), v.Reason).WithNode(n.Path).WithUnit(e.d.ID(i)).
				WithHelp("guard the formula with a condition, or give the indicator another missing rule than `error`"))
			continue
		}
		e.report(diag.New(diag.CellMissing, e.cellPlace(n, i), "`%s` has no figure for %s", n.Path, e.d.ID(i)).WithNode(n.Path).WithUnit(e.d.ID(i)).
			WithHelp("fill the cell, or give the node another missing rule than `error`"))
	}
}

// cellPlace is where the first absent cell that a node's figure needs stands; a
// parent's is the node itself.
func (e *evaluation) cellPlace(n *Node, unit int) source.Place {
	if n.Formula == nil {
		return n.Place
	}
	for _, name := range n.Formula.Columns {
		c := e.column(name)
		if !c.Valid.Get(unit) || n.scoresText() {
			return c.Place(unit)
		}
	}
	return n.Place
}

// shownCells is how many findings of one kind are reported cell by cell.
const shownCells = 100

func (e *evaluation) report(d diag.Diagnostic) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.reported == nil {
		e.reported = map[[2]string]int{}
	}
	kind := [2]string{d.Code, d.Node}
	e.reported[kind]++
	switch same := e.reported[kind]; {
	case same <= shownCells:
		e.list.Add(d)
	case same == shownCells+1:
		d.Message, d.Unit = fmt.Sprintf("more cells of `%s` are absent", d.Node), ""
		e.list.Add(d.WithHelp("only the first %d are listed", shownCells))
	}
}

// sectionOf is the cross-section that a row's formula is evaluated in, and the
// row's place in it.
func (e *evaluation) sectionOf(n *Node, row int) (section, int) {
	for _, s := range e.sections(len(n.Formula.Aggregates) == 0) {
		if s.rows == nil {
			return s, row
		}
		for k, i := range s.rows {
			if i == row {
				return s, k
			}
		}
	}
	panic("engine: a row of no period")
}

// round rounds a node's scores.
func (e *evaluation) round(n *Node, f *Figures) {
	decimals := int(n.Node.Round.Args.Number("decimals"))
	for i, x := range f.Score.Values {
		if f.Score.Valid.Get(i) {
			f.Score.Values[i] = n.Round.Apply(x, decimals)
		}
	}
}

// rank puts the units in order of a node's score, those of each period apart.
func (e *evaluation) rank(n *Node, f *Figures, ranker *order.Ranker) {
	if n.Rank == nil || !f.Kept || f.Score.Valid == nil {
		return
	}
	best := order.Highest
	if n.Node.Rank.Best == "lowest" {
		best = order.Lowest
	}
	f.Rank = make([]float64, e.n)
	for _, s := range e.sections(false) {
		if s.rows == nil {
			ranker.Rank(f.Rank, f.Score, n.Rank.Ties, best)
			continue
		}
		out := make([]float64, s.n)
		ranker.Rank(out, s.vector(f.Score), n.Rank.Ties, best)
		for k, i := range s.rows {
			f.Rank[i] = out[k]
		}
	}
}

// scalarKey is an aggregate of a column in one cross-section.
type scalarKey struct {
	expr.Aggregate
	at int
}

// scalar is an aggregate of a column over the ranked units; absent where too
// few units have a value.
func (e *evaluation) scalar(a expr.Aggregate, in section) formula.Scalar {
	key := scalarKey{a, in.at}
	if s, ok := e.scalars.Load(key); ok {
		return s.(formula.Scalar)
	}
	s := scalar(a, in.vector(e.column(a.Column).Vector))
	e.scalars.Store(key, s)
	return s
}

func scalar(a expr.Aggregate, v cell.Vector) formula.Scalar {
	sorted := numeric.Sorted(v)
	n := len(sorted)
	if a.Func == "count" {
		return formula.Scalar{Value: float64(n), Valid: true}
	}
	if n == 0 || a.Func == "sd" && n < 2 {
		return formula.Scalar{}
	}
	var x float64
	switch a.Func {
	case "total":
		x = numeric.Sum(sorted)
	case "mean":
		x = numeric.Mean(sorted)
	case "median":
		x = numeric.Quantile(sorted, 0.5)
	case "quantile":
		x = numeric.Quantile(sorted, a.Arg)
	case "sd":
		x = numeric.SD(sorted)
	case "lowest":
		x = sorted[0]
	case "highest":
		x = sorted[n-1]
	default:
		panic("engine: no aggregate " + a.Func)
	}
	if math.IsInf(x, 0) || math.IsNaN(x) {
		return formula.Scalar{Reason: fmt.Sprintf("%s is too large for a number", a.Text)}
	}
	return formula.Scalar{Value: x, Valid: true}
}
