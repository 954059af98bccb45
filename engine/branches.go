package engine

import (
	"fmt"

	"rubric/spec/expr"
)

// Branches says which of the branches of a node's formula some units take, in the
// order of Expr.Branches; nil where it has none.
func (r *Result) Branches(n *Node, units []int) ([]bool, error) {
	if n.Formula == nil || len(n.Formula.Branches()) == 0 {
		return nil, nil
	}
	rows := make([]expr.Row, len(units))
	for i, unit := range units {
		in, row := r.inputs(n, unit)
		rows[i] = n.Program.Row(in, row)
	}
	taken, err := n.Formula.Taken(rows)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", n.Path, err)
	}
	return taken, nil
}
