package engine

import (
	"fmt"
	"slices"
	"sync"

	"rubric/engine/cell"
	"rubric/engine/dataset"
	"rubric/engine/formula"
	"rubric/spec/check"
	"rubric/spec/expr"
)

// Origin says where a node's figures come from.
type Origin uint8

// The origins.
const (
	NotComputed Origin = iota // neither given nor computable from the data at hand
	Computed
	Given
)

// Result is every node of every unit.
type Result struct {
	Plan  *Plan
	Data  *dataset.Dataset
	Units int       // how many are ranked
	Nodes []Figures // in document order; empty where they were not asked for

	Ledger []Touch // cells that a step has changed; empty where it was not asked for

	exclusion *exclusion // nil: none
	reduced   *reduced   // what was evaluated, if units were excluded

	among [2]struct { // for outcomes on demand: among all units, among the ranked ones
		once sync.Once
		e    *evaluation
	}
}

// Figures are the figures of one node, by unit.
type Figures struct {
	Node   *Node
	Origin Origin
	Kept   bool          // the figures below are there
	Needed bool          // the root's figures rest on it: no node above it is given
	Value  cell.Vector   // before normalisation; no cells where the score was given
	Texts  []string      // the value, where it is a text
	Score  cell.Vector   // after it
	Rank   []float64     // valid where Score is; nil: the node has no rank
	Status []cell.Status // of measured values, where the data set says more; nil: measured
	Beside *Figures      // given nodes: what raw data say of the same node, if they say it

	invalid  cell.Bits      // cells without a value for a reason: domain errors; nil: none
	reasons  map[int]string // why, where it is not the formula's own error
	blamed   cell.Bits      // units without a figure for a reason that is reported; nil: none
	levels   cell.Bits      // texts that are none of the declared levels; nil: none
	borrowed bool           // the columns are those of another result
}

// Excluded says whether a unit was left out of the ranking.
func (r *Result) Excluded(unit int) bool { return r.exclusion != nil && r.exclusion.out.Get(unit) }

// Screened says why the screen left a unit out; empty where it did not.
func (r *Result) Screened(unit int) string {
	if r.exclusion == nil {
		return ""
	}
	return r.exclusion.screened[unit]
}

// Had says whether a unit had a figure of a node when it was settled which units
// are left out: before any normalisation, and without the floor.
func (r *Result) Had(n *Node, unit int) bool {
	return r.exclusion != nil && r.exclusion.has[n.At] != nil && r.exclusion.has[n.At].Get(unit)
}

// Status says why a node's cell is what it is.
func (r *Result) Status(f *Figures, unit int) cell.Status {
	switch {
	case r.Excluded(unit):
		return cell.Excluded
	case f.Origin == NotComputed:
		return cell.NotComputed
	case f.Origin == Given:
		if f.Node.GivenAs == "value" && f.Value.Valid.Get(unit) || f.Value.Valid == nil && f.supplied(r, unit) {
			return cell.Given
		}
		return cell.Missing
	case f.invalid != nil && f.invalid.Get(unit):
		return cell.Invalid
	case f.Node.Formula == nil && f.Node.Aggregate.Name == "none":
		return cell.NotApplicable
	case !f.Value.Valid.Get(unit) && f.Status != nil && f.Status[unit] == cell.NotApplicable:
		return cell.NotApplicable
	case !f.Value.Valid.Get(unit):
		return cell.Missing
	case f.Node.Level != check.Indicator:
		return cell.Computed
	case f.Status != nil:
		return f.Status[unit]
	}
	return cell.Measured
}

// supplied says whether a given score is really there, not the floor of a blank.
func (f *Figures) supplied(r *Result, unit int) bool {
	return r.Data.Given[f.Node.Path].Valid.Get(unit)
}

// Floored says whether a score is the floor of a missing figure.
func (r *Result) Floored(f *Figures, unit int) bool {
	s := r.Status(f, unit)
	return (s.Absent() || s == cell.Invalid) && f.Score.Valid.Get(unit)
}

// Band is the band that a score is in, or nil.
func (r *Result) Band(f *Figures, unit int) *check.Band {
	if x, ok := f.Score.At(unit); ok {
		for i := range f.Node.Bands {
			if f.Node.Bands[i].Holds(x) {
				return &f.Node.Bands[i]
			}
		}
	}
	return nil
}

// tooLarge is why a parent's value is invalid.
const tooLarge = "the aggregate is too large for a number"

// Figures finds the figures of a node.
func (r *Result) Figures(n *check.Node) *Figures { return &r.Nodes[n.At] }

func (o Origin) String() string { return [...]string{"not_computed", "computed", "given"}[o] }

// Reason says why a cell is invalid, by evaluating its formula again.
func (r *Result) Reason(f *Figures, unit int) string {
	if reason, ok := f.reasons[unit]; ok {
		return reason
	}
	if f.Node.Formula == nil {
		return tooLarge
	}
	v := r.Outcome(f.Node, unit)
	return fmt.Sprintf("%s in `%s`", v.Reason, f.Node.Formula.Text[v.Start:v.End])
}

// Outcome evaluates an indicator's formula for one unit by the interpreter. An
// excluded unit's is evaluated as its exclusion was settled: among all units.
func (r *Result) Outcome(n *Node, unit int) expr.Value {
	in, row := r.inputs(n, unit)
	return n.Program.At(in, row)
}

// Aggregates are the numbers of the aggregates of an indicator's formula, as one
// unit's outcome has them, in the order of Expr.Aggregates.
func (r *Result) Aggregates(n *Node, unit int) []formula.Scalar {
	in, _ := r.inputs(n, unit)
	return in.Aggregates
}

// Column is a column as the formulas saw it for a unit: imputed and treated,
// where the document says so.
func (r *Result) Column(name string, unit int) (x float64, text string, ok bool) {
	e, row := r.amongFor(unit)
	c := e.column(name)
	if c == nil || !c.Valid.Get(row) {
		return 0, "", false
	}
	if c.Text != nil {
		return 0, c.Text[row], true
	}
	return c.Values[row], "", true
}

// amongFor is an evaluation on demand, among the units that a unit's figures
// were made among, and its row there.
func (r *Result) amongFor(unit int) (*evaluation, int) {
	which, d := 0, r.Data
	if r.reduced != nil && !r.Excluded(unit) {
		which, d = 1, r.reduced.data
		unit, _ = slices.BinarySearch(r.reduced.rows, unit)
	}
	among := &r.among[which] // keeps the aggregates of columns, which cost a sort each
	among.once.Do(func() {
		among.e = &evaluation{p: r.Plan, d: d, n: d.Rows(), periods: sectionsOf(d.Sections())}
		among.e.prepare()
	})
	return among.e, unit
}

// Figure is a figure of a node that a derived node reads.
func (r *Result) Figure(ref check.Ref, unit int) (float64, bool) {
	return (&evaluation{n: r.Data.Rows(), result: r}).figure(ref).At(unit)
}

// inputs binds a formula again, and finds a unit's row in that.
func (r *Result) inputs(n *Node, unit int) (in formula.Inputs, row int) {
	e, row := r.amongFor(unit)
	s, at := e.sectionOf(n, row)
	if n.Level != check.Derived {
		return e.inputs(n, s), at
	}
	// A derived node reads figures of the result, a row of which is all it needs.
	in = formula.Inputs{Rows: 1}
	for _, name := range n.Formula.Columns {
		one := formula.Column{Vector: cell.NewVector(1)}
		if ref, ok := n.Refs[name]; ok {
			if x, ok := r.Figure(ref, unit); ok {
				one.Put(0, x)
			}
		} else if x, text, ok := r.Column(name, unit); ok {
			one.Values[0], one.Texts = x, []string{text}
			one.Valid.Set(0)
		}
		in.Columns = append(in.Columns, one)
	}
	for _, a := range n.Formula.Aggregates {
		in.Aggregates = append(in.Aggregates, e.scalar(a, s))
	}
	return in, 0
}
