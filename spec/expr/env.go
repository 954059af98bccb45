package expr

import (
	"fmt"
	"math"
	"sync"

	"github.com/google/cel-go/cel"
	"github.com/google/cel-go/common/operators"
	"github.com/google/cel-go/common/types"
	"github.com/google/cel-go/common/types/ref"
	"github.com/google/cel-go/common/types/traits"

	"rubric/spec/diag"
)

// The limits on a formula. They keep a document from a stranger safe to check.
const (
	maxLength     = 4096 // characters
	maxDepth      = 200  // nesting; a sum of n terms is n deep
	maxBrackets   = 240  // nesting as the parser counts it, several levels a bracket
	maxAggregates = 32
	maxReferences = 32
)

// Env is the language over one set of columns.
type Env struct {
	variables []Variable
	texts     map[string]bool // by name: whether the column is text
	cel       *cel.Env
	nodes     []string           // that references may name; nil: there are no references
	near      func() *diag.Words // the variables, for who misspelt one
}

// WithReferences is the language with score("path"), value("path") and
// rank("path"), which read figures of the named nodes.
func (env *Env) WithReferences(nodes []string) *Env {
	out := *env
	out.nodes = nodes
	return &out
}

// NewEnv makes the language over columns. Their names must be valid
// identifiers, which the document's schema sees to.
func NewEnv(variables []Variable) (*Env, error) {
	base, err := baseEnv()
	if err != nil {
		return nil, err
	}
	options := make([]cel.EnvOption, 0, len(variables))
	texts := make(map[string]bool, len(variables))
	for _, v := range variables {
		texts[v.Name] = v.Text
		t := cel.DoubleType
		if v.Text {
			t = cel.StringType
		}
		options = append(options, cel.Variable(v.Name, t))
	}
	env, err := base.Extend(options...)
	if err != nil {
		return nil, fmt.Errorf("declare columns: %w", err)
	}
	near := sync.OnceValue(func() *diag.Words {
		names := make([]string, len(variables))
		for i, v := range variables {
			names[i] = v.Name
		}
		return diag.NewWords(names)
	})
	return &Env{variables: variables, texts: texts, cel: env, near: near}, nil
}

// baseEnv declares the operators and functions. Nothing of CEL's standard
// library is taken: every meaning that a released formula has is written here.
var baseEnv = sync.OnceValues(func() (*cel.Env, error) {
	number, truth, text := cel.DoubleType, cel.BoolType, cel.StringType
	a := cel.TypeParamType("A")
	options := []cel.EnvOption{
		cel.ClearMacros(),
		cel.ParserExpressionSizeLimit(maxLength),
		cel.ParserRecursionLimit(maxBrackets),
		arithmetic(operators.Add, "add", func(x, y float64) (float64, string) { return finite(x + y) }),
		arithmetic(operators.Subtract, "subtract", func(x, y float64) (float64, string) { return finite(x - y) }),
		arithmetic(operators.Multiply, "multiply", func(x, y float64) (float64, string) { return finite(x * y) }),
		arithmetic(operators.Divide, "divide", func(x, y float64) (float64, string) {
			if y == 0 {
				return 0, divisionByZero
			}
			return finite(x / y)
		}),
		cel.Function(operators.Negate, cel.Overload("negate", []*cel.Type{number}, number,
			cel.UnaryBinding(func(v ref.Val) ref.Val { return types.Double(-float64(v.(types.Double))) }))),
		comparison(operators.Less, "less", func(x, y float64) bool { return x < y }),
		comparison(operators.LessEquals, "less_equals", func(x, y float64) bool { return x <= y }),
		comparison(operators.Greater, "greater", func(x, y float64) bool { return x > y }),
		comparison(operators.GreaterEquals, "greater_equals", func(x, y float64) bool { return x >= y }),
		// The planner of cel-go has these of its own; a declaration is all they need.
		cel.Function(operators.Equals, cel.Overload("equals", []*cel.Type{a, a}, truth)),
		cel.Function(operators.NotEquals, cel.Overload("not_equals", []*cel.Type{a, a}, truth)),
		cel.Function(operators.LogicalAnd, cel.Overload("logical_and", []*cel.Type{truth, truth}, truth)),
		cel.Function(operators.LogicalOr, cel.Overload("logical_or", []*cel.Type{truth, truth}, truth)),
		cel.Function(operators.Conditional, cel.Overload("conditional", []*cel.Type{truth, a, a}, a)),
		cel.Function(operators.LogicalNot, cel.Overload("logical_not", []*cel.Type{truth}, truth,
			cel.UnaryBinding(func(v ref.Val) ref.Val { return !v.(types.Bool) }))),
		cel.Function(operators.In, cel.Overload("in_list", []*cel.Type{a, cel.ListType(a)}, truth,
			cel.BinaryBinding(func(x, list ref.Val) ref.Val { return list.(traits.Container).Contains(x) }))),
		cel.Function("lookup", cel.Overload("lookup_text", []*cel.Type{text, cel.MapType(text, number)}, number,
			cel.BinaryBinding(func(key, table ref.Val) ref.Val {
				if v, found := table.(traits.Mapper).Find(key); found {
					return v
				}
				return types.NewErr("lookup has no level for %q", key.Value())
			}))),
		nonStrict("coalesce", a, a, 2, maxArity, func(args ...ref.Val) ref.Val {
			for _, v := range args[:len(args)-1] {
				if !types.IsUnknown(v) {
					return v
				}
			}
			return args[len(args)-1]
		}),
		nonStrict("is_missing", a, truth, 1, 1, func(args ...ref.Val) ref.Val {
			if types.IsError(args[0]) {
				return args[0]
			}
			return types.Bool(types.IsUnknown(args[0]))
		}),
	}
	for _, f := range Functions {
		options = append(options, overNumbers(f))
	}
	for i := range maxAggregates {
		options = append(options, cel.Variable(aggregateName(i), number))
	}
	for i := range maxReferences {
		options = append(options, cel.Variable(ReferenceName(i), number))
	}
	return cel.NewCustomEnv(options...)
})

func aggregateName(i int) string { return fmt.Sprintf("@aggregate%d", i) }

// ReferenceName is the name that a formula's reference has among its columns.
func ReferenceName(i int) string { return fmt.Sprintf("_reference%d", i) }

func arithmetic(operator, id string, f func(x, y float64) (float64, string)) cel.EnvOption {
	return cel.Function(operator, cel.Overload(id, []*cel.Type{cel.DoubleType, cel.DoubleType}, cel.DoubleType,
		cel.BinaryBinding(func(l, r ref.Val) ref.Val { return outcome(f(float64(l.(types.Double)), float64(r.(types.Double)))) })))
}

func comparison(operator, id string, f func(x, y float64) bool) cel.EnvOption {
	return cel.Function(operator, cel.Overload(id, []*cel.Type{cel.DoubleType, cel.DoubleType}, cel.BoolType,
		cel.BinaryBinding(func(l, r ref.Val) ref.Val { return types.Bool(f(float64(l.(types.Double)), float64(r.(types.Double)))) })))
}

func outcome(y float64, reason string) ref.Val {
	if reason != "" {
		return types.NewErr("%s", reason)
	}
	if math.IsNaN(y) || math.IsInf(y, 0) {
		panic("a function over numbers returned something that is not a number")
	}
	return types.Double(y)
}

// overNumbers declares a function at each of its arities.
func overNumbers(f *Function) cel.EnvOption {
	call := func(args ...ref.Val) ref.Val {
		numbers := make([]float64, len(args))
		for i, v := range args {
			numbers[i] = float64(v.(types.Double))
		}
		return outcome(f.Apply(numbers))
	}
	return arities(f.Name, cel.DoubleType, cel.DoubleType, f.Min, f.Max, call)
}

func nonStrict(name string, arg, result *cel.Type, low, high int, call func(...ref.Val) ref.Val) cel.EnvOption {
	return arities(name, arg, result, low, high, call, cel.OverloadIsNonStrict())
}

func arities(name string, arg, result *cel.Type, low, high int, call func(...ref.Val) ref.Val, extra ...cel.OverloadOpt) cel.EnvOption {
	var overloads []cel.FunctionOpt
	for n := low; n <= high; n++ {
		args := make([]*cel.Type, n)
		for i := range args {
			args[i] = arg
		}
		var binding cel.OverloadOpt
		switch n {
		case 1:
			binding = cel.UnaryBinding(func(v ref.Val) ref.Val { return call(v) })
		case 2:
			binding = cel.BinaryBinding(func(l, r ref.Val) ref.Val { return call(l, r) })
		default:
			binding = cel.FunctionBinding(call)
		}
		overloads = append(overloads, cel.Overload(fmt.Sprintf("%s_%d", name, n), args, result, append(extra, binding)...))
	}
	return cel.Function(name, overloads...)
}
