package expr

// Op is an operation of the typed tree.
type Op uint8

// The operations. Foreign is everything that only the interpreter does: text
// comparison, lists, maps.
const (
	Const      Op = iota // Value
	Column               // Index into Expr.Columns
	Aggregated           // Index into Expr.Aggregates
	Add
	Sub
	Mul
	Div
	Neg
	Less
	LessEqual
	Greater
	GreaterEqual
	Equal
	NotEqual
	And
	Or
	Not
	If
	Apply // Func, a function over numbers; strict
	Coalesce
	IsMissing
	Foreign
)

// Node is one operation of a checked formula.
type Node struct {
	Op         Op
	Type       Type
	Args       []*Node
	Value      float64   // Const: the number; a truth value is 1 or 0
	Index      int       // Column, Aggregated
	Func       *Function // Apply
	Text       string    // Const of type Text: the text
	Name       string    // Foreign: in, lookup, list, or map, whose Args are key, value, key, value …
	Start, End int       // bytes of the formula's text
}
