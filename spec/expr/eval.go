package expr

import (
	"github.com/google/cel-go/common/types"
	"github.com/google/cel-go/common/types/ref"
	"github.com/google/cel-go/interpreter"
)

// Row is one unit's cells, as the interpreter reads them. Indexes are those of
// Expr.Columns and Expr.Aggregates; false means that the cell is missing.
type Row interface {
	Number(column int) (float64, bool)
	Text(column int) (string, bool)
	Aggregate(index int) (x float64, ok bool, reason string) // a reason: it has no value at all
}

// Outcome says what a formula came to.
type Outcome uint8

// The outcomes.
const (
	Valid   Outcome = iota // a number or a text
	Absent                 // a missing cell propagated
	Invalid                // a domain error
)

// Value is the outcome of a formula for one row.
type Value struct {
	Outcome    Outcome
	Number     float64
	Text       string
	Reason     string // Invalid: why
	Start, End int    // Invalid: the bytes of the formula where it happened
}

// Eval evaluates the formula for one row by cel-go's interpreter: slow, and by
// definition right.
func (e *Expr) Eval(row Row) Value {
	out, _, err := e.program.Eval(&activation{e, row})
	if err != nil {
		v := Value{Outcome: Invalid, Reason: err.Error(), End: len(e.Text)}
		if failed, ok := out.(*types.Err); ok {
			v.Reason = failed.String()
			if at, ok := e.offsets[failed.NodeID()]; ok {
				v.Start, v.End = at[0], at[1]
			}
		}
		return v
	}
	switch x := out.(type) {
	case types.Double:
		return Value{Number: float64(x)}
	case types.String:
		return Value{Text: string(x)}
	case types.Bool: // only inside tests of a condition
		if x {
			return Value{Number: 1}
		}
		return Value{}
	}
	return Value{Outcome: Absent}
}

// activation gives the interpreter its variables.
type activation struct {
	e   *Expr
	row Row
}

var missing ref.Val = types.NewUnknown(0, nil)

func (a *activation) ResolveName(name string) (any, bool) {
	if name[0] == '@' {
		for i := range a.e.Aggregates {
			if name == aggregateName(i) {
				x, ok, reason := a.row.Aggregate(i)
				if reason != "" {
					return types.NewErr("%s", reason), true
				}
				return number64(x, ok)
			}
		}
		return nil, false
	}
	for i, column := range a.e.Columns {
		if column != name {
			continue
		}
		if a.e.env.texts[name] {
			if s, ok := a.row.Text(i); ok {
				return types.String(s), true
			}
			return missing, true
		}
		return number64(a.row.Number(i))
	}
	return nil, false
}

func number64(x float64, ok bool) (any, bool) {
	if !ok {
		return missing, true
	}
	return types.Double(x), true
}

func (a *activation) Parent() interpreter.Activation { return nil }
