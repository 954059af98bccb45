// Package formula evaluates a checked formula over whole columns. A formula's
// tree becomes a list of kernels, each a plain loop over a block of 512 rows
// with validity bitmaps; what kernels do not cover goes row by row through
// cel-go's interpreter, which also defines what is right: a fuzz test holds the
// two together bit for bit, missing cells and domain errors included.
//
//	p := formula.Compile(e)
//	p.Eval(in, out, invalid)   // out: the numbers; invalid: rows with a domain error
package formula

import (
	"rubric/engine/cell"
	"rubric/spec/expr"
)

// Block is the number of rows that a kernel works on at once: small enough for
// its registers to stay in the first-level cache.
const Block = 512

const words = Block / 64

// Inputs is what a formula reads, in the order of Expr.Columns and
// Expr.Aggregates.
type Inputs struct {
	Rows       int
	Columns    []Column
	Aggregates []Scalar
}

// Column is an input column: numbers, or a text where Texts is set.
type Column struct {
	cell.Vector
	Texts []string
}

// Scalar is an aggregate's number, or its absence.
type Scalar struct {
	Value  float64
	Valid  bool
	Reason string // why it has no value: a domain error
}

// Program is a formula ready to run. It is immutable; every Eval has registers
// of its own.
type Program struct {
	Expr  *expr.Expr
	code  []instruction
	regs  int
	plain int // the column that the formula is, or -1
}

// Compile plans a formula.
func Compile(e *expr.Expr) *Program {
	p := &Program{Expr: e, plain: -1}
	if e.Root.Op == expr.Column {
		p.plain = e.Root.Index
		return p
	}
	if e.Native {
		p.emit(e.Root)
	}
	return p
}

// Eval computes the formula for all rows. It writes the numbers to out, whose
// validity must be clear, and sets a bit of invalid for each row with a domain
// error. It says whether there is any.
func (p *Program) Eval(in Inputs, out cell.Vector, invalid cell.Bits) bool {
	switch {
	case p.plain >= 0:
		c := in.Columns[p.plain]
		copy(out.Values, c.Values[:in.Rows])
		copy(out.Valid, c.Valid)
		return false
	case p.code == nil:
		return p.interpret(in, out, invalid)
	}
	m := newMachine(p, in)
	failed := false
	for from := 0; from < in.Rows; from += Block {
		failed = m.run(from, out, invalid) || failed
	}
	return failed
}

// interpret is the fallback, and in tests the reference.
func (p *Program) interpret(in Inputs, out cell.Vector, invalid cell.Bits) bool {
	failed := false
	for i := range in.Rows {
		switch v := p.At(in, i); v.Outcome {
		case expr.Valid:
			out.Put(i, v.Number)
		case expr.Invalid:
			invalid.Set(i)
			failed = true
		}
	}
	return failed
}

// At evaluates one row by the interpreter, with the reason of a domain error.
func (p *Program) At(in Inputs, row int) expr.Value { return p.Expr.Eval(rowOf{in, row}) }

// Row is one row as the interpreter reads it.
func (p *Program) Row(in Inputs, row int) expr.Row { return rowOf{in, row} }

// EvalText computes a formula that yields text; "" where the cell is absent.
func (p *Program) EvalText(in Inputs, out []string, valid, invalid cell.Bits) {
	for i := range in.Rows {
		if p.plain >= 0 {
			if c := in.Columns[p.plain]; c.Valid.Get(i) {
				out[i] = c.Texts[i]
				valid.Set(i)
			}
			continue
		}
		switch v := p.At(in, i); v.Outcome {
		case expr.Valid:
			out[i] = v.Text
			valid.Set(i)
		case expr.Invalid:
			invalid.Set(i)
		}
	}
}

type rowOf struct {
	in  Inputs
	row int
}

func (r rowOf) Number(c int) (float64, bool) { return r.in.Columns[c].At(r.row) }

func (r rowOf) Text(c int) (string, bool) {
	if !r.in.Columns[c].Valid.Get(r.row) {
		return "", false
	}
	return r.in.Columns[c].Texts[r.row], true
}

func (r rowOf) Aggregate(i int) (float64, bool, string) {
	a := r.in.Aggregates[i]
	return a.Value, a.Valid, a.Reason
}
