package expr

import (
	"fmt"
	"strings"

	"github.com/google/cel-go/cel"
	"github.com/google/cel-go/common/ast"
	"github.com/google/cel-go/common/operators"
	"github.com/google/cel-go/common/types"
	"github.com/google/cel-go/common/types/ref"
)

// Branch is one way that a formula can take: an arm of a conditional, or an
// argument of coalesce.
type Branch struct {
	Start, End int    // bytes of the formula: what is evaluated on this way
	When       string // in words: what leads there
}

// fork is a part of a formula that goes one of several ways.
type fork struct {
	asks []int64 // conditional: its condition; coalesce: its arguments
	arms []Branch
	cond bool
}

// forks notes where a formula goes one of several ways, in the order of the text.
func (c *compiler) forks(e ast.Expr) {
	switch e.Kind() {
	case ast.CallKind:
		call := e.AsCall()
		args := call.Args()
		text := func(x ast.Expr) string {
			start, end := c.extent(x)
			return strings.Join(strings.Fields(c.text[start:end]), " ")
		}
		arm := func(x ast.Expr, when string, about ...any) Branch {
			start, end := c.extent(x)
			return Branch{start, end, fmt.Sprintf(when, about...)}
		}
		switch call.FunctionName() {
		case operators.Conditional:
			asked := text(args[0])
			c.e.forks = append(c.e.forks, fork{asks: []int64{args[0].ID()}, cond: true,
				arms: []Branch{arm(args[1], "`%s`", asked), arm(args[2], "not `%s`", asked)}})
		case "coalesce":
			f := fork{}
			for i, x := range args {
				f.asks = append(f.asks, x.ID())
				if i == 0 {
					f.arms = append(f.arms, arm(x, "`%s` is there", text(x)))
				} else {
					f.arms = append(f.arms, arm(x, "`%s` is missing", text(args[i-1])))
				}
			}
			c.e.forks = append(c.e.forks, f)
		}
		for _, x := range args {
			c.forks(x)
		}
	case ast.ListKind:
		for _, x := range e.AsList().Elements() {
			c.forks(x)
		}
	case ast.MapKind:
		for _, x := range e.AsMap().Entries() {
			c.forks(x.AsMapEntry().Value())
		}
	}
}

// Branches are the ways that the formula can take, in the order of the text; nil
// where it has neither conditionals nor coalesce.
func (e *Expr) Branches() (out []Branch) {
	for _, f := range e.forks {
		out = append(out, f.arms...)
	}
	return out
}

// Taken says which of the Branches the formula takes for some rows. It evaluates them
// by cel-go's interpreter, which keeps the outcome of every part that it came to.
func (e *Expr) Taken(rows []Row) ([]bool, error) {
	taken := make([]bool, len(e.Branches()))
	if len(taken) == 0 {
		return taken, nil
	}
	program, err := e.env.cel.Program(e.checked, cel.EvalOptions(cel.OptTrackState))
	if err != nil {
		return nil, fmt.Errorf("follow the branches of %s: %w", e.Text, err)
	}
	for _, row := range rows {
		_, details, _ := program.Eval(&activation{e, row}) // an error of one part says nothing of the others
		if details == nil {
			continue
		}
		at := 0
		for _, f := range e.forks {
			if i := f.taken(details.State().Value); i >= 0 {
				taken[at+i] = true
			}
			at += len(f.arms)
		}
	}
	return taken, nil
}

// taken is the arm that an evaluation took; -1: it did not come here.
func (f fork) taken(value func(id int64) (ref.Val, bool)) int {
	if f.cond {
		switch v, _ := value(f.asks[0]); v {
		case types.True:
			return 0
		case types.False:
			return 1
		}
		return -1
	}
	for i, id := range f.asks {
		v, ok := value(id)
		if !ok {
			return -1
		}
		if !types.IsUnknown(v) {
			return i
		}
	}
	return len(f.asks) - 1
}

// Total says that the formula has a value for every row, whatever is missing: it is a
// constant, or coalesce falls back on one. Nothing in it can fail.
func (e *Expr) Total() bool { return total(e.Root) }

func total(n *Node) bool {
	every := func() bool {
		for _, x := range n.Args {
			if !total(x) {
				return false
			}
		}
		return true
	}
	switch n.Op {
	case Const, IsMissing:
		return true
	case Coalesce: // what stands before may be missing, and must not fail
		return len(n.Args) > 0 && total(n.Args[len(n.Args)-1]) && safe(n)
	case Neg, Not, Less, LessEqual, Greater, GreaterEqual, Equal, NotEqual, And, Or, If:
		return every()
	}
	return false
}

// safe says that nothing in a part can fail: it has columns and numbers alone.
func safe(n *Node) bool {
	for _, x := range n.Args {
		if !safe(x) {
			return false
		}
	}
	return n.Op == Const || n.Op == Column || n.Op == Coalesce || n.Op == Neg || n.Op == IsMissing
}
