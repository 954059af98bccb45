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
func (e *Expr) Canonical() string { return e.CanonicalAs(func(name string) string { return name }) }

// CanonicalAs is Canonical with other names: of columns and nodes, and of the nodes whose
// figures are referred to by their paths.
func (e *Expr) CanonicalAs(name func(string) string) string {
	parsed, issues := e.env.cel.Parse(e.Text)
	if issues.Err() != nil {
		return strings.Join(strings.Fields(e.Text), " ") // it was parsed once
	}
	ast.PostOrderVisit(parsed.NativeRep().Expr(), ast.NewExprVisitor(func(x ast.Expr) {
		switch x.Kind() {
		case ast.IdentKind:
			x.SetKindCase(factory.NewIdent(x.ID(), name(x.AsIdent())))
			return
		case ast.CallKind:
			call := x.AsCall()
			if !isReference(call.FunctionName()) {
				return
			}
			for _, arg := range call.Args() {
				if path, ok := literalText(arg); ok {
					arg.SetKindCase(factory.NewLiteral(arg.ID(), types.String(name(path))))
				}
			}
			return
		case ast.LiteralKind:
		default:
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

func literalText(x ast.Expr) (string, bool) {
	if x.Kind() != ast.LiteralKind {
		return "", false
	}
	text, ok := x.AsLiteral().(types.String)
	return string(text), ok
}
