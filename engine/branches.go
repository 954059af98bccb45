package engine

import (
	"fmt"
	"slices"

	"rubric/engine/cell"
	"rubric/spec/expr"
)

// Branches says which of the branches of a node's formulas some units take, in the order
// of Expr.Branches: of its own, of its aggregation and of its normalisation, where these
// are formulas; nil where there are none.
type Branches struct{ Own, Aggregate, Normalise []bool }

// Branches follows some units through a node's formulas.
func (r *Result) Branches(n *Node, units []int) (out Branches, err error) {
	own := func(unit int) expr.Row {
		in, row := r.inputs(n, unit)
		return n.Program.Row(in, row)
	}
	aggregate := func(unit int) expr.Row {
		rows, at := r.peers(unit)
		var children []cell.Vector
		for _, child := range n.Children {
			children = append(children, picked(r.Figures(child).Score, rows))
		}
		return n.aggregated.Row(n.combined(children, len(rows)), at)
	}
	normalise := func(unit int) expr.Row {
		rows, at := r.peers(unit)
		return n.normalised.Row(n.rescaled(picked(r.Figures(n.Node).Value, rows)), at)
	}
	for _, f := range []struct {
		e   *expr.Expr
		row func(unit int) expr.Row
		to  *[]bool
	}{{n.Formula, own, &out.Own}, {n.AggregateFormula, aggregate, &out.Aggregate}, {n.NormaliseFormula, normalise, &out.Normalise}} {
		if f.e == nil || len(f.e.Branches()) == 0 {
			continue
		}
		rows := make([]expr.Row, len(units))
		for i, unit := range units {
			rows[i] = f.row(unit)
		}
		if *f.to, err = f.e.Taken(rows); err != nil {
			return out, fmt.Errorf("%s: %w", n.Path, err)
		}
	}
	return out, nil
}

// peers are the rows of a unit's period, and its place among them.
func (r *Result) peers(unit int) (rows []int, at int) {
	rows = r.Data.Peers(unit)
	return rows, slices.Index(rows, unit)
}

// picked are some cells of a column; none has a figure where the column has none.
func picked(v cell.Vector, rows []int) cell.Vector {
	if v.Valid == nil {
		return cell.NewVector(len(rows))
	}
	return v.Pick(rows)
}
