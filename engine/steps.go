package engine

import (
	"fmt"
	"math"

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
func (e *evaluation) aggregate(n *Node, f *Figures) {
	if n.Single { // the score of its one indicator, unchanged by any weight
		child := e.result.Nodes[n.Children[0].At].Score
		f.Value = cell.Vector{Values: e.pool.get(), Valid: cell.NewBits(e.n)}
		copy(f.Value.Values, child.Values)
		copy(f.Value.Valid, child.Valid)
		return
	}
	in := aggregate.Input{Omit: n.Missing == "omit"}
	for _, child := range n.Children {
		in.Children = append(in.Children, e.result.Nodes[child.At].Score)
		in.Weights = append(in.Weights, child.Weight)
	}
	f.Value = cell.Vector{Values: e.pool.get(), Valid: cell.NewBits(e.n)}
	n.Aggregate.Apply(in, f.Value)
	if in.Omit {
		cover(n, in.Children, f.Value)
	}
	for i, x := range f.Value.Values {
		if math.IsInf(x, 0) || math.IsNaN(x) {
			e.overflow(f, i)
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
}

// cover takes the value from units that have too few children.
func cover(n *Node, children []cell.Vector, value cell.Vector) {
	least := n.Least()
	if least <= 1 {
		return
	}
	for i := range value.Values {
		have := 0
		for _, c := range children {
			if c.Valid.Get(i) {
				have++
			}
		}
		if have < least {
			value.Valid.Clear(i)
		}
	}
}

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
	in := normalise.Input{
		Value: f.Value, Texts: f.Texts, Units: f.Value.Valid.Count(), Ties: n.Node.Normalise.Ties, Levels: n.Levels, Ranker: ranker,
	}
	if n.Missing == "floor" {
		in.Units = e.n
	}
	switch n.Direction.Kind {
	case "lower":
		in.Best = order.Lowest
	case "closest_to":
		in.Best = order.Lowest
		in.Value.Values = e.pool.get()
		defer e.pool.put(in.Value.Values)
		for i, x := range f.Value.Values {
			in.Value.Values[i] = math.Abs(x - n.Direction.Target)
		}
	}
	if n.Normalise.Apply(in, f.Score) > 0 {
		f.levels = cell.NewBits(e.n)
		for w := range f.levels {
			f.levels[w] = f.Value.Valid[w] &^ f.Score.Valid[w]
		}
	}
	e.floor(n, f)
}

func (e *evaluation) floor(n *Node, f *Figures) {
	if n.Missing != "floor" {
		return
	}
	for i := range e.n {
		if !f.Score.Valid.Get(i) && (f.levels == nil || !f.levels.Get(i)) {
			f.Score.Put(i, n.Floor)
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
			place := source.Place{File: column.File, Line: column.Lines(i)}
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
				for _, l := range n.Node.Normalise.Levels {
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
		if f.Value.Valid.Get(i) || f.blamed != nil && f.blamed.Get(i) {
			continue
		}
		e.blame(f, i)
		if f.invalid != nil && f.invalid.Get(i) {
			if n.Formula == nil {
				e.report(diag.New(diag.CellInvalid, n.Place, "`%s` has no value for %s: %s", n.Path, e.d.ID(i), tooLarge).WithNode(n.Path).WithUnit(e.d.ID(i)).
					WithHelp("give the scores below it a smaller scale, or the node another missing rule than `error`"))
				continue
			}
			v := n.Program.At(e.inputs(n), i)
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
		c := e.d.Columns[name]
		if !c.Valid.Get(unit) || n.scoresText() {
			return source.Place{File: c.File, Line: c.Lines(unit)}
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

// rank puts the units in order of a node's score.
func (e *evaluation) rank(n *Node, f *Figures, ranker *order.Ranker) {
	if n.Rank == nil || !f.Kept || f.Score.Valid == nil {
		return
	}
	best := order.Highest
	if n.Node.Rank.Best == "lowest" {
		best = order.Lowest
	}
	f.Rank = make([]float64, e.n)
	ranker.Rank(f.Rank, f.Score, n.Rank.Ties, best)
}

// scalar is an aggregate of a column over the ranked units; absent where too
// few units have a value.
func (e *evaluation) scalar(a expr.Aggregate) formula.Scalar {
	if s, ok := e.scalars.Load(a); ok {
		return s.(formula.Scalar)
	}
	s := scalar(a, e.d.Columns[a.Column].Vector)
	e.scalars.Store(a, s)
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
