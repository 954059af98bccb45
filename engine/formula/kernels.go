package formula

import (
	"math"
	"math/bits"

	"rubric/spec/expr"
)

// strict is the validity of an operation that needs both operands: an error
// wins over a missing cell.
func strict(r, a, b *register) {
	for w := range words {
		r.ok[w] = a.ok[w] & b.ok[w]
		r.bad[w] = a.bad[w] | b.bad[w]
	}
}

// arithmetic computes + - * /. Valid cells are finite, so an operation failed
// exactly where its result is not: x/0, 0/0 and overflow alike. The sum of the
// differences r-r is 0 while all results are finite and NaN otherwise, so that
// the loops need no branch; only a suspicious block is looked at again.
func (m *machine) arithmetic(r *register, op expr.Op, a, b *register, n int) {
	x, y, z := a.v[:n], b.v[:n], r.v[:n]
	y = y[:len(x)]
	z = z[:len(x)]
	check := 0.0
	switch op {
	case expr.Add:
		for i := range x {
			z[i] = x[i] + y[i]
			check += z[i] - z[i]
		}
	case expr.Sub:
		for i := range x {
			z[i] = x[i] - y[i]
			check += z[i] - z[i]
		}
	case expr.Mul:
		for i := range x {
			z[i] = float64(x[i] * y[i])
			check += z[i] - z[i]
		}
	case expr.Div:
		for i := range x {
			z[i] = x[i] / y[i]
			check += z[i] - z[i]
		}
	}
	strict(r, a, b)
	if check == 0 {
		return
	}
	for i, v := range z {
		if math.IsInf(v, 0) || math.IsNaN(v) {
			r.fail(i)
		}
	}
}

// fail turns a valid cell into a domain error.
func (r *register) fail(i int) {
	bit := uint64(1) << (uint(i) & 63)
	if r.ok[i>>6]&bit != 0 {
		r.ok[i>>6] &^= bit
		r.bad[i>>6] |= bit
	}
}

func (m *machine) compare(r *register, c *instruction, a, b *register, n int) {
	strict(r, a, b)
	if c.truth { // == and != over truth values
		for w := range words {
			r.t[w] = a.t[w] ^ b.t[w]
			if c.op == expr.Equal {
				r.t[w] = ^r.t[w]
			}
		}
		return
	}
	x, y := a.v[:n], b.v[:n]
	r.t = [words]uint64{}
	for i := range x {
		var yes bool
		switch c.op {
		case expr.Less:
			yes = x[i] < y[i]
		case expr.LessEqual:
			yes = x[i] <= y[i]
		case expr.Greater:
			yes = x[i] > y[i]
		case expr.GreaterEqual:
			yes = x[i] >= y[i]
		case expr.Equal:
			yes = x[i] == y[i]
		case expr.NotEqual:
			yes = x[i] != y[i]
		}
		if yes {
			r.t[i>>6] |= 1 << (uint(i) & 63)
		}
	}
}

// logic is && and || of three values: what decides wins (false for &&, true for
// ||), then a missing cell, then an error.
func logic(r *register, or bool, a, b *register) {
	for w := range words {
		at, bt := a.t[w], b.t[w]
		if or {
			at, bt = ^at, ^bt
		}
		decided := a.ok[w]&^at | b.ok[w]&^bt
		absent := ^(a.ok[w] | a.bad[w]) | ^(b.ok[w] | b.bad[w])
		bad := (a.bad[w] | b.bad[w]) &^ absent &^ decided
		r.ok[w] = decided | a.ok[w]&b.ok[w]
		r.bad[w] = bad
		r.t[w] = at & bt &^ decided
		if or {
			r.t[w] = ^r.t[w]
		}
	}
}

func choose(r, c, a, b *register, n int) {
	for w := range words {
		yes, no := c.ok[w]&c.t[w], c.ok[w]&^c.t[w]
		r.ok[w] = yes&a.ok[w] | no&b.ok[w]
		r.bad[w] = c.bad[w] | yes&a.bad[w] | no&b.bad[w]
		r.t[w] = yes&a.t[w] | no&b.t[w]
	}
	if a.v == nil || b.v == nil {
		return
	}
	for i := range n {
		if c.t[i>>6]>>(uint(i)&63)&1 != 0 {
			r.v[i] = a.v[i]
		} else {
			r.v[i] = b.v[i]
		}
	}
}

// coalesce takes the first argument that is not missing; an error is not missing.
func (m *machine) coalesce(r *register, args []int, n int) {
	for w := range words {
		r.ok[w], r.bad[w], r.t[w] = 0, 0, 0
	}
	for _, arg := range args {
		a := &m.regs[arg]
		for w := range words {
			open := ^(r.ok[w] | r.bad[w])
			take := open & a.ok[w]
			r.t[w] |= take & a.t[w]
			for set := take; set != 0; set &= set - 1 {
				if i := w*64 + bits.TrailingZeros64(set); i < n {
					r.v[i] = a.v[i]
				}
			}
			r.ok[w] |= take
			r.bad[w] |= open & a.bad[w]
		}
	}
}

// apply calls a function over numbers for the rows that have all arguments.
func (m *machine) apply(r *register, c *instruction, n int) {
	first := &m.regs[c.args[0]]
	r.ok, r.bad = first.ok, first.bad
	for _, arg := range c.args[1:] {
		strict(r, r, &m.regs[arg])
	}
	for w := range words {
		for set := r.ok[w]; set != 0; set &= set - 1 {
			i := w*64 + bits.TrailingZeros64(set)
			if i >= n {
				break
			}
			m.args = m.args[:0]
			for _, arg := range c.args {
				m.args = append(m.args, m.regs[arg].v[i])
			}
			y, reason := c.fn.Apply(m.args)
			if reason != "" {
				r.fail(i)
				continue
			}
			r.v[i] = y
		}
	}
}
