package formula

import (
	"rubric/engine/cell"
	"rubric/spec/expr"
)

// instruction is one kernel: it reads registers and writes the register dst.
type instruction struct {
	op    expr.Op
	truth bool // Equal, NotEqual: over truth values
	dst   int
	args  []int
	value float64 // Const
	index int     // Column, Aggregated
	fn    *expr.Function
}

// register holds one block: a number or a truth value a row. A row with neither
// bit set in ok and bad is missing; no row has both.
type register struct {
	v       []float64 // numbers; a column's own memory where it can be
	own     []float64
	t       [words]uint64 // truth values
	ok, bad [words]uint64
}

// emit appends the kernels of a tree and returns the register of its result.
func (p *Program) emit(n *expr.Node) int {
	in := instruction{op: n.Op, value: n.Value, index: n.Index, fn: n.Func}
	for _, a := range n.Args {
		in.args = append(in.args, p.emit(a))
		in.truth = a.Type == expr.Truth
	}
	if n.Op == expr.Const {
		in.truth = n.Type == expr.Truth
	}
	in.dst = p.regs
	p.regs++
	p.code = append(p.code, in)
	return in.dst
}

// machine is the state of one Eval.
type machine struct {
	p    *Program
	in   Inputs
	regs []register
	args []float64
}

func newMachine(p *Program, in Inputs) *machine {
	m := &machine{p: p, in: in, regs: make([]register, p.regs), args: make([]float64, 0, 8)}
	for _, c := range p.code {
		r := &m.regs[c.dst]
		if c.op == expr.Column {
			continue
		}
		r.own = make([]float64, Block)
		r.v = r.own
		switch c.op {
		case expr.Const:
			m.constant(r, c.value, c.truth, true)
		case expr.Aggregated:
			a := in.Aggregates[c.index]
			m.constant(r, a.Value, false, a.Valid)
			if a.Reason != "" {
				for w := range words {
					r.bad[w] = ^uint64(0)
				}
			}
		}
	}
	return m
}

func (m *machine) constant(r *register, value float64, truth, valid bool) {
	for i := range r.own {
		r.own[i] = value
	}
	for w := range words {
		if valid {
			r.ok[w] = ^uint64(0)
		}
		if truth && value != 0 {
			r.t[w] = ^uint64(0)
		}
	}
}

// run computes one block of rows.
func (m *machine) run(from int, out cell.Vector, invalid cell.Bits) bool {
	n := min(Block, m.in.Rows-from)
	for i := range m.p.code {
		m.step(&m.p.code[i], from, n)
	}
	result := &m.regs[m.p.code[len(m.p.code)-1].dst]
	copy(out.Values[from:from+n], result.v[:n])
	failed := false
	for w := range cell.Words(n) {
		mask := ^uint64(0)
		if rest := n - w*64; rest < 64 {
			mask = 1<<uint(rest) - 1
		}
		out.Valid[from/64+w] = result.ok[w] & mask
		if bad := result.bad[w] & mask; bad != 0 {
			invalid[from/64+w] = bad
			failed = true
		}
	}
	return failed
}

func (m *machine) step(c *instruction, from, n int) {
	r := &m.regs[c.dst]
	switch c.op {
	case expr.Const, expr.Aggregated:
	case expr.Column:
		column := m.in.Columns[c.index]
		r.v = column.Values[from : from+n]
		copy(r.ok[:], column.Valid[from/64:])
	case expr.Add, expr.Sub, expr.Mul, expr.Div:
		m.arithmetic(r, c.op, &m.regs[c.args[0]], &m.regs[c.args[1]], n)
	case expr.Neg:
		a := &m.regs[c.args[0]]
		for i, x := range a.v[:n] {
			r.v[i] = -x
		}
		r.ok, r.bad = a.ok, a.bad
	case expr.Less, expr.LessEqual, expr.Greater, expr.GreaterEqual, expr.Equal, expr.NotEqual:
		m.compare(r, c, &m.regs[c.args[0]], &m.regs[c.args[1]], n)
	case expr.And, expr.Or:
		logic(r, c.op == expr.Or, &m.regs[c.args[0]], &m.regs[c.args[1]])
	case expr.Not:
		a := &m.regs[c.args[0]]
		for w := range words {
			r.t[w] = ^a.t[w]
		}
		r.ok, r.bad = a.ok, a.bad
	case expr.If:
		choose(r, &m.regs[c.args[0]], &m.regs[c.args[1]], &m.regs[c.args[2]], n)
	case expr.Coalesce:
		m.coalesce(r, c.args, n)
	case expr.IsMissing:
		a := &m.regs[c.args[0]]
		for w := range words {
			r.t[w] = ^a.ok[w]
			r.ok[w] = ^a.bad[w]
		}
		r.bad = a.bad
	case expr.Apply:
		m.apply(r, c, n)
	default:
		panic("formula: no kernel for this operation")
	}
}
