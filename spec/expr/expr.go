// Package expr is the formula language: a small, total dialect of CEL, the
// Common Expression Language, over the columns of a data set. It is the only
// package that knows cel-go.
//
//	government_debt / gdp
//	market_entities > 0 ? registrations / market_entities : 0
//	lookup(position, {"capital": 60, "other": 5})
//
// What makes it a dialect:
//
//   - Numbers are one domain, the IEEE double: integer literals are promoted
//     between parsing and checking, so 7/2 is 3.5.
//   - A missing cell propagates; conditions follow three-valued logic;
//     coalesce and is_missing see it.
//   - A domain error (division by zero, the logarithm of a negative, an
//     overflow) is an outcome of that cell with a reason, never NaN or
//     infinity. An error wins over a missing cell, except under && and ||.
//   - total, mean, median … take a column and speak of all ranked units.
//   - No comprehensions, no clock, no I/O; bounded size and depth.
//
// Compile checks a formula and yields a typed tree (Node) that an engine may
// compile further, with cel-go's own interpreter (Expr.Eval) beside it as the
// reference for what the tree means.
package expr

import (
	"fmt"

	"github.com/google/cel-go/cel"
)

// Type is what an expression yields.
type Type uint8

// The types of the language.
const (
	Number Type = iota
	Truth
	Text
	other // lists and maps, only inside `in` and `lookup`
)

func (t Type) String() string {
	return [...]string{"a number", "a truth value", "a text", "a list"}[t]
}

// Variable is a column that formulas may name.
type Variable struct {
	Name string
	Text bool
}

// Aggregate is a call such as quantile(gdp, 0.9): one number for all units.
type Aggregate struct {
	Func   string  // total, mean, median, quantile, sd, lowest, highest, count
	Column string  // the column that it is of
	Arg    float64 // quantile: the probability
	Text   string  // as it was written
}

// Reference is a call such as score("health/literacy"): a figure of a node of
// the same unit.
type Reference struct {
	Figure string // score, value, rank
	Name   string // the node's path, as it is written
}

// Expr is a checked formula. It is immutable and safe for concurrent use.
type Expr struct {
	Text       string
	Result     Type        // Number or Text
	Columns    []string    // the columns read row by row, in order of first use
	Aggregates []Aggregate // the aggregates, in order of first use
	References []Reference // the figures of nodes, which are columns of the name ReferenceName
	Root       *Node       // the typed tree
	Native     bool        // the tree has only operations over numbers and truth values

	program cel.Program
	checked *cel.Ast
	forks   []fork // its conditionals and coalesce calls, in the order of the text
	env     *Env
	offsets map[int64][2]int // byte range of a tree node, by CEL id
}

// Inputs is every column that the formula needs, aggregates included.
func (e *Expr) Inputs() []string {
	out := append([]string(nil), e.Columns...)
	for _, a := range e.Aggregates {
		if !contains(out, a.Column) {
			out = append(out, a.Column)
		}
	}
	return out
}

func contains(list []string, s string) bool {
	for _, x := range list {
		if x == s {
			return true
		}
	}
	return false
}

// Issue is something wrong with a formula, at the bytes [Start, End) of its text.
type Issue struct {
	Kind       IssueKind
	Start, End int
	Message    string
	Help       string
	Near       string // UnknownName: the column that was most likely meant; empty: none
}

// IssueKind sorts issues for the caller's codes.
type IssueKind uint8

// The kinds of issues.
const (
	Syntax IssueKind = iota
	UnknownName
	WrongType
	WrongResult
	Limit
	Unsupported
)

func (i Issue) String() string { return fmt.Sprintf("%d-%d: %s", i.Start, i.End, i.Message) }
