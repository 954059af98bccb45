package expr

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/google/cel-go/cel"
	"github.com/google/cel-go/common/ast"
	"github.com/google/cel-go/common/operators"
	"github.com/google/cel-go/common/types"

	"rubric/spec/diag"
)

// Compile checks a formula. It yields either an Expr or at least one issue.
func (env *Env) Compile(text string) (*Expr, []Issue) {
	return env.compile(text, func(t Type) string {
		if t == Number || t == Text {
			return ""
		}
		return "choose a number for each case: `condition ? 1 : 0`, in quotes inside { }"
	}, "a number")
}

// Condition checks an expression that must yield a truth value.
func (env *Env) Condition(text string) (*Expr, []Issue) {
	return env.compile(text, func(t Type) string {
		if t == Truth {
			return ""
		}
		return "compare with a bound: `coverage >= 0.6`"
	}, "a truth value")
}

// compile checks an expression; wrong says what helps where its type is not the
// one that is needed.
func (env *Env) compile(text string, wrong func(Type) string, needed string) (*Expr, []Issue) {
	if n := utf8.RuneCountInString(text); n > maxLength {
		return nil, []Issue{{Limit, 0, len(text), fmt.Sprintf("the formula has %d characters, more than %d", n, maxLength), "split it over several columns or indicators", ""}}
	}
	if strings.TrimSpace(text) == "" {
		return nil, []Issue{{Syntax, 0, len(text), "the formula is empty", "name a column, such as `gdp`, or an expression over columns", ""}}
	}
	c := &compiler{env: env, text: text, e: &Expr{Text: text, env: env, offsets: map[int64][2]int{}}}
	parsed, issues := env.cel.Parse(text)
	if issues.Err() != nil {
		return nil, c.syntax(issues)
	}
	c.info = parsed.NativeRep().SourceInfo()
	c.walk(parsed.NativeRep().Expr(), 1)
	if len(c.issues) > 0 {
		return nil, c.issues
	}
	checked, issues := env.cel.Check(parsed)
	if issues.Err() != nil {
		return nil, c.types(issues)
	}
	root := checked.NativeRep().Expr()
	c.checked = checked.NativeRep()
	c.e.Result = typeOf(checked.OutputType())
	if help := wrong(c.e.Result); help != "" {
		start, end := c.extent(root)
		return nil, []Issue{{WrongResult, start, end, fmt.Sprintf("the formula yields %s, where %s is needed", c.e.Result, needed), help, ""}}
	}
	program, err := env.cel.Program(checked)
	if err != nil {
		return nil, []Issue{{Unsupported, 0, len(text), fmt.Sprintf("the formula cannot be planned: %v", err), "write it in simpler parts", ""}}
	}
	c.e.program, c.e.checked = program, checked
	c.forks(root)
	c.e.Native = true
	c.e.Root = c.node(root)
	return c.e, nil
}

// compiler is the state of one Compile.
type compiler struct {
	env     *Env
	text    string
	e       *Expr
	info    *ast.SourceInfo
	checked *ast.AST
	issues  []Issue
}

var factory = ast.NewExprFactory()

// walk goes over the parsed tree once: it promotes integer literals to doubles,
// takes aggregates out as variables of their own, and checks every name, so
// that the type checker after it meets nothing but types.
func (c *compiler) walk(e ast.Expr, depth int) {
	if depth > maxDepth {
		if n := len(c.issues); n > 0 && c.issues[n-1].Kind == Limit {
			return // once is enough
		}
		c.report(e, Limit, fmt.Sprintf("the formula is nested deeper than %d", maxDepth), "split it over several indicators")
		return
	}
	start, end := c.extent(e)
	c.e.offsets[e.ID()] = [2]int{start, end}
	switch e.Kind() {
	case ast.LiteralKind:
		c.literal(e)
	case ast.IdentKind:
		c.ident(e)
	case ast.CallKind:
		c.call(e, depth)
	case ast.ListKind:
		for _, x := range e.AsList().Elements() {
			c.walk(x, depth+1)
		}
	case ast.MapKind:
		seen := map[any]bool{}
		for _, x := range e.AsMap().Entries() {
			if key := x.AsMapEntry().Key(); key.Kind() == ast.LiteralKind {
				if v := key.AsLiteral().Value(); seen[v] {
					c.report(key, Unsupported, fmt.Sprintf("the key `%v` stands twice in this map", v), "remove one of the two")
				} else {
					seen[v] = true
				}
			}
			c.walk(x.AsMapEntry().Key(), depth+1)
			c.walk(x.AsMapEntry().Value(), depth+1)
		}
	case ast.SelectKind:
		c.report(e, Unsupported, "columns have no fields", "names are plain, without dots: `gdp`")
	default:
		c.report(e, Unsupported, "this part of CEL is not in the formula language", operatorHelp)
	}
}

func (c *compiler) literal(e ast.Expr) {
	switch v := e.AsLiteral().(type) {
	case types.Int:
		e.SetKindCase(factory.NewLiteral(e.ID(), types.Double(v)))
	case types.Uint:
		e.SetKindCase(factory.NewLiteral(e.ID(), types.Double(v)))
	case types.Double, types.Bool, types.String:
	case types.Null:
		c.report(e, Unsupported, "`null` is not a value", "a missing cell is asked for with is_missing(column)")
	default:
		c.report(e, Unsupported, "this kind of literal is not in the formula language", "there are numbers, texts in quotes, true and false")
	}
}

func (c *compiler) ident(e ast.Expr) {
	name := e.AsIdent()
	if _, ok := c.env.texts[name]; ok {
		return
	}
	if function(name) != nil || isAggregate(name) {
		c.report(e, UnknownName, fmt.Sprintf("`%s` is a function, not a column", name), fmt.Sprintf("give it arguments: `%s(…)`", name))
		return
	}
	help := "declare it under `columns:`, or use one that is declared there"
	near, ok := c.env.near().Nearest(name)
	if ok {
		help = fmt.Sprintf("did you mean `%s`?", near)
	}
	c.report(e, UnknownName, fmt.Sprintf("unknown column `%s`", name), help)
	c.issues[len(c.issues)-1].Near = near
}

func (c *compiler) call(e ast.Expr, depth int) {
	call := e.AsCall()
	name := call.FunctionName()
	args := call.Args()
	if call.IsMemberFunction() {
		c.report(e, Unsupported, fmt.Sprintf("`%s` is called like a method", name), fmt.Sprintf("write it as a function: `%s(x)`", name))
		return
	}
	if isAggregate(name) {
		c.aggregate(e, name, args)
		return
	}
	if c.env.nodes != nil && isReference(name) {
		c.reference(e, name, args)
		return
	}
	for _, x := range args {
		c.walk(x, depth+1)
	}
	if symbol, ok := operatorSymbols[name]; ok {
		if symbol == "" {
			c.report(e, Unsupported, "this operator is not in the formula language", operatorHelp)
		}
		return
	}
	low, high, help := 0, 0, ""
	switch f := function(name); {
	case f != nil:
		low, high, help = f.Min, f.Max, f.Doc
	case name == "coalesce":
		low, high, help = 2, maxArity, "the first of its arguments that is not missing"
	case name == "is_missing":
		low, high, help = 1, 1, "whether the cell is missing"
	case name == "lookup":
		low, high, help = 2, 2, "the number that a text has in a map: `lookup(place, {\"capital\": 60, \"other\": 20})`"
	default:
		help = "the functions are " + strings.Join(FunctionNames(), ", ")
		if near, ok := diag.Nearest(name, FunctionNames()); ok {
			help = fmt.Sprintf("did you mean `%s`?", near)
		}
		c.report(e, UnknownName, fmt.Sprintf("unknown function `%s`", name), help)
		return
	}
	if len(args) < low || len(args) > high {
		c.report(e, WrongType, fmt.Sprintf("`%s` takes %s, not %d", name, arguments(low, high), len(args)), "it is "+help)
	}
}

const operatorHelp = "the operators are + - * / < <= > >= == != && || ! ?: and `in`"

// aggregateHelp shows how an aggregate is called.
func aggregateHelp(name string) string {
	if name == "quantile" {
		return "a column and a probability: `quantile(gdp, 0.9)`"
	}
	return fmt.Sprintf("the name of a column: `%s(gdp)`", name)
}

func arguments(low, high int) string {
	switch {
	case low == high && low == 1:
		return "one argument"
	case low == high:
		return fmt.Sprintf("%d arguments", low)
	}
	return fmt.Sprintf("%d to %d arguments", low, high)
}

// aggregate replaces total(gdp) by a variable of its own.
func (c *compiler) aggregate(e ast.Expr, name string, args []ast.Expr) {
	a := Aggregate{Func: name}
	want := 1
	if name == "quantile" {
		want = 2
	}
	if len(args) != want {
		c.report(e, WrongType, fmt.Sprintf("`%s` takes %s, not %d", name, arguments(want, want), len(args)), aggregateHelp(name))
		return
	}
	if args[0].Kind() != ast.IdentKind {
		c.report(args[0], WrongType, fmt.Sprintf("`%s` takes the name of a column", name), "declare what it should speak of as a column")
		return
	}
	before := len(c.issues)
	c.ident(args[0])
	if len(c.issues) > before {
		return
	}
	a.Column = args[0].AsIdent()
	a.Text = fmt.Sprintf("%s(%s)", name, a.Column)
	if c.env.texts[a.Column] {
		c.report(args[0], WrongType, fmt.Sprintf("`%s` takes a column of numbers; `%s` is text", name, a.Column), "choose a column of numbers, or declare this one without `type: text`")
		return
	}
	if want == 2 {
		p, ok := number(args[1])
		if !ok || p < 0 || p > 1 {
			c.report(args[1], WrongType, "`quantile` takes a probability from 0 to 1, written as a number", "`quantile(gdp, 0.9)`")
			return
		}
		a.Arg = p
		a.Text = fmt.Sprintf("%s(%s, %v)", name, a.Column, p)
	}
	index := -1
	for i, b := range c.e.Aggregates {
		if b == a {
			index = i
		}
	}
	if index < 0 {
		if len(c.e.Aggregates) == maxAggregates {
			c.report(e, Limit, fmt.Sprintf("the formula has more than %d aggregates", maxAggregates), "split it over several indicators")
			return
		}
		index = len(c.e.Aggregates)
		c.e.Aggregates = append(c.e.Aggregates, a)
	}
	e.SetKindCase(factory.NewIdent(e.ID(), aggregateName(index)))
}

// isReference says whether a function reads a figure of a node.
func isReference(name string) bool { return name == "score" || name == "value" || name == "rank" }

// reference replaces score("health/literacy") by a variable of its own.
func (c *compiler) reference(e ast.Expr, name string, args []ast.Expr) {
	help := fmt.Sprintf("the path of a node, in quotes: `%s(\"health/literacy\")`", name)
	if len(args) != 1 {
		c.report(e, WrongType, fmt.Sprintf("`%s` takes one argument, not %d", name, len(args)), help)
		return
	}
	path, ok := "", false
	if args[0].Kind() == ast.LiteralKind {
		var s types.String
		if s, ok = args[0].AsLiteral().(types.String); ok {
			path = string(s)
		}
	}
	if !ok {
		c.report(args[0], WrongType, fmt.Sprintf("`%s` takes the path of a node as a text", name), help)
		return
	}
	if !contains(c.env.nodes, path) {
		if near, ok := diag.Nearest(path, c.env.nodes); ok {
			help = fmt.Sprintf("did you mean `%s`?", near)
		}
		c.report(args[0], UnknownName, fmt.Sprintf("no node before it is called `%s`", path), help)
		return
	}
	r := Reference{name, path}
	index := slices.Index(c.e.References, r)
	if index < 0 {
		if len(c.e.References) == maxReferences {
			c.report(e, Limit, fmt.Sprintf("the formula names more than %d nodes so", maxReferences), "split it over several derived nodes")
			return
		}
		index = len(c.e.References)
		c.e.References = append(c.e.References, r)
	}
	e.SetKindCase(factory.NewIdent(e.ID(), ReferenceName(index)))
}

func number(e ast.Expr) (float64, bool) {
	if e.Kind() != ast.LiteralKind {
		return math.NaN(), false
	}
	switch v := e.AsLiteral().(type) {
	case types.Int:
		return float64(v), true
	case types.Double:
		return float64(v), true
	}
	return math.NaN(), false
}

// operatorSymbols is how operators are written; empty for those that formulas do not have.
var operatorSymbols = map[string]string{
	operators.Add: "+", operators.Subtract: "-", operators.Multiply: "*", operators.Divide: "/", operators.Negate: "-",
	operators.Less: "<", operators.LessEquals: "<=", operators.Greater: ">", operators.GreaterEquals: ">=",
	operators.Equals: "==", operators.NotEquals: "!=", operators.LogicalAnd: "&&", operators.LogicalOr: "||", operators.LogicalNot: "!",
	operators.Conditional: "?:", operators.In: "in",
	operators.Modulo: "", operators.Index: "", operators.OptIndex: "", operators.OptSelect: "",
}

func isOperator(name string) bool {
	_, ok := operatorSymbols[name]
	return ok
}

func typeOf(t *types.Type) Type {
	switch t.Kind() {
	case types.DoubleKind:
		return Number
	case types.BoolKind:
		return Truth
	case types.StringKind:
		return Text
	}
	return other
}

// extent is the byte range of a tree node with everything below it. CEL gives
// an operator's own place; the extent is what a caret should underline.
func (c *compiler) extent(e ast.Expr) (start, end int) {
	r, ok := c.info.GetOffsetRange(e.ID())
	if !ok {
		return 0, len(c.text)
	}
	start, end = c.byteOffset(int(r.Start)), c.byteOffset(int(r.Stop))
	end = max(end, min(start+1, len(c.text)))
	switch e.Kind() {
	case ast.SelectKind: // CEL puts it at the dot
		s, _ := c.extent(e.AsSelect().Operand())
		start, end = min(start, s), min(end+len(e.AsSelect().FieldName()), len(c.text))
	case ast.ListKind: // and a list and a map at their opening bracket
		for _, x := range e.AsList().Elements() {
			_, t := c.extent(x)
			end = max(end, t)
		}
		end = c.closing(end)
	case ast.MapKind:
		for _, x := range e.AsMap().Entries() {
			_, t := c.extent(x.AsMapEntry().Value())
			end = max(end, t)
		}
		end = c.closing(end)
	case ast.CallKind:
		for _, x := range e.AsCall().Args() {
			s, t := c.extent(x)
			start, end = min(start, s), max(end, t)
		}
		if name := e.AsCall().FunctionName(); !isOperator(name) {
			// CEL puts a call at its bracket.
			if at := strings.LastIndex(c.text[:start], name); at >= 0 {
				start = at
			}
			end = c.closing(end)
		}
		start, end = c.balanced(start, end)
	}
	return start, end
}

// balanced widens a range over the brackets around its operands, which the tree
// does not keep: from x / (a - b to x / (a - b).
func (c *compiler) balanced(start, end int) (int, int) {
	for {
		depth, least := 0, 0
		quote := byte(0)
		for i := start; i < end; i++ {
			switch b := c.text[i]; {
			case quote != 0:
				if b == quote {
					quote = 0
				}
			case b == '"' || b == '\'':
				quote = b
			case strings.IndexByte("([{", b) >= 0:
				depth++
			case strings.IndexByte(")]}", b) >= 0:
				depth--
				least = min(least, depth)
			}
		}
		switch {
		case least < 0 && start > 0:
			start--
		case least == 0 && depth > 0 && end < len(c.text):
			end++
		default:
			return start, end
		}
	}
}

// closing extends a call's range over its closing bracket.
func (c *compiler) closing(end int) int {
	for end < len(c.text) && (c.text[end] == ' ' || c.text[end] == '\n') {
		end++
	}
	if end < len(c.text) && strings.IndexByte(")]}", c.text[end]) >= 0 {
		return end + 1
	}
	return end
}

// byteOffset turns CEL's offset in characters into one in bytes.
func (c *compiler) byteOffset(runes int) int {
	at := 0
	for ; runes > 0 && at < len(c.text); runes-- {
		_, size := utf8.DecodeRuneInString(c.text[at:])
		at += size
	}
	return at
}

func (c *compiler) report(e ast.Expr, kind IssueKind, message, help string) {
	start, end := c.extent(e)
	c.issues = append(c.issues, Issue{Kind: kind, Start: start, End: end, Message: message, Help: help})
}

// node builds the typed tree.
func (c *compiler) node(e ast.Expr) *Node {
	at := c.e.offsets[e.ID()]
	n := &Node{Op: Foreign, Type: typeOf(c.checked.GetType(e.ID())), Start: at[0], End: at[1]}
	if n.Type != Number && n.Type != Truth {
		c.e.Native = false
	}
	switch e.Kind() {
	case ast.LiteralKind:
		n.Op = Const
		switch v := e.AsLiteral().(type) {
		case types.Double:
			n.Value = float64(v)
		case types.Bool:
			if v {
				n.Value = 1
			}
		case types.String:
			n.Text = string(v)
		}
	case ast.IdentKind:
		name := e.AsIdent()
		for i := range c.e.Aggregates {
			if name == aggregateName(i) {
				n.Op, n.Index = Aggregated, i
				return n
			}
		}
		n.Op = Column
		n.Index = -1
		for i, column := range c.e.Columns {
			if column == name {
				n.Index = i
			}
		}
		if n.Index < 0 {
			n.Index = len(c.e.Columns)
			c.e.Columns = append(c.e.Columns, name)
		}
	case ast.CallKind:
		c.callNode(n, e.AsCall())
	case ast.ListKind:
		n.Name = "list"
		for _, x := range e.AsList().Elements() {
			n.Args = append(n.Args, c.node(x))
		}
	case ast.MapKind:
		n.Name = "map"
		for _, x := range e.AsMap().Entries() {
			n.Args = append(n.Args, c.node(x.AsMapEntry().Key()), c.node(x.AsMapEntry().Value()))
		}
	}
	return n
}

var nativeOps = map[string]Op{
	operators.Add: Add, operators.Subtract: Sub, operators.Multiply: Mul, operators.Divide: Div, operators.Negate: Neg,
	operators.Less: Less, operators.LessEquals: LessEqual, operators.Greater: Greater, operators.GreaterEquals: GreaterEqual,
	operators.Equals: Equal, operators.NotEquals: NotEqual, operators.LogicalAnd: And, operators.LogicalOr: Or, operators.LogicalNot: Not,
	operators.Conditional: If, "coalesce": Coalesce, "is_missing": IsMissing,
}

func (c *compiler) callNode(n *Node, call ast.CallExpr) {
	name := call.FunctionName()
	for _, x := range call.Args() {
		n.Args = append(n.Args, c.node(x))
	}
	if op, ok := nativeOps[name]; ok {
		n.Op = op
		return
	}
	if f := function(name); f != nil {
		n.Op, n.Func = Apply, f
		return
	}
	n.Name = strings.Trim(name, "@_") // in CEL's own words @in
	c.e.Native = false
}

// Compile-time proof that cel.Ast keeps its native tree: walk rewrites it in place.
var _ = (*cel.Ast).NativeRep
