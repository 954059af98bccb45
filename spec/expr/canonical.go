package expr

import (
	"strings"

	"github.com/google/cel-go/cel"
	"github.com/google/cel-go/common/ast"
	"github.com/google/cel-go/common/types"
)

// Canonical is the formula as it would be written by a program: without spaces and
// brackets that say nothing, and with every number a double. Two formulas with the
// same canonical text mean the same, over the same columns.
func (e *Expr) Canonical() string {
	parsed, issues := e.env.cel.Parse(e.Text)
	if issues.Err() != nil {
		return strings.Join(strings.Fields(e.Text), " ") // it was parsed once
	}
	ast.PostOrderVisit(parsed.NativeRep().Expr(), ast.NewExprVisitor(func(x ast.Expr) {
		if x.Kind() != ast.LiteralKind {
			return
		}
		switch v := x.AsLiteral().(type) {
		case types.Int:
			x.SetKindCase(factory.NewLiteral(x.ID(), types.Double(v)))
		case types.Uint:
			x.SetKindCase(factory.NewLiteral(x.ID(), types.Double(v)))
		}
	}))
	text, err := cel.AstToString(parsed)
	if err != nil {
		return strings.Join(strings.Fields(e.Text), " ")
	}
	return text
}
