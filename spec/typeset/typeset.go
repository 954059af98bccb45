// Package typeset writes a formula as a book would: with fractions, roots and
// cases instead of slashes, functions and question marks, and with the titles of
// columns instead of their names.
//
//	(deposits + loans) / gdp
//
//	text    (Year-end deposits + Year-end loans) / Gross domestic product
//	LaTeX   \frac{\text{Year-end deposits} + \text{Year-end loans}}{\text{Gross domestic product}}
//	MathML  <math …><mfrac>…</mfrac></math>
//
// Of makes a small tree of what is to be seen from the typed tree of package expr;
// Text, LaTeX and MathML write it. It knows no methodology: what a name stands for,
// and the few words that formulas need, are the caller's.
package typeset

import (
	"math"
	"slices"

	"rubric/spec/expr"
)

// Formula is a formula that can be written.
type Formula struct {
	Source string // as it stands in the document
	root   *box
	words  Words
}

// Name is what a formula's name stands for.
type Name struct {
	Title  string
	Figure string // of a node: value or rank; empty where it is plain
}

// Names says what the formula speaks of.
type Names struct {
	Column func(name string) Name
	Units  string // what aggregates run over: cities
	Words  Words
}

// Words are the words of a language that stand in formulas.
type Words struct {
	If, Otherwise   string // of cases
	Known, Missing  string // behind what is or is not missing
	And, Or, Not    string
	True, False     string
	Value, Rank     string            // figures of a node
	OverAll         string            // of an aggregate in text: "%s over all %s", the column and the units
	Aggregates      map[string]string // by the name of the function
	Round           string
	Opening, Ending string // quotes
}

// English are the words in English.
var English = Words{
	If: "if", Otherwise: "otherwise", Known: "is known", Missing: "is missing", And: "and", Or: "or", Not: "not", True: "true", False: "false",
	Value: "value", Rank: "rank", OverAll: "%s over all %s", Round: "round", Opening: "“", Ending: "”",
	Aggregates: map[string]string{
		"count": "count", "highest": "highest", "lowest": "lowest", "mean": "mean", "median": "median", "quantile": "quantile", "sd": "sd", "total": "total",
	},
}

// kind is what a box looks like.
type kind uint8

const (
	number   kind = iota // text
	name                 // text, a title
	quoted               // text, in quotes
	word                 // text, upright
	binary               // args[0] text args[1]
	negative             // −args[0]
	fraction             // args[0] over args[1]
	root                 // of args[0]; text is its degree, empty for 2
	power                // args[0] to the args[1]
	call                 // text(args…), with sub below it
	fence                // args[0] between the two signs of text
	over                 // an aggregate: text(args[0]), over all units
	cases                // args: value, condition, value, condition …; the last value has none
	set                  // {args…}
	after                // args[0] text: x is missing
	before               // text args[0]: not x
)

// box is a piece of what is to be seen.
type box struct {
	kind kind
	text string
	args []*box
	sub  *box // call: its base or degree; over: the units
	at   int  // how strongly it binds
}

// How strongly things bind, from the loosest.
const (
	loose = iota
	either
	both
	compared
	added
	multiplied
	raised
	whole
)

// Of makes a formula ready to be written.
func Of(e *expr.Expr, names Names) *Formula {
	s := &setter{e: e, names: names}
	return &Formula{Source: e.Text, root: s.box(e.Root), words: names.Words}
}

// Plain is the title of a formula that is nothing but one name.
func (f *Formula) Plain() (title string, ok bool) {
	if f.root.kind != name {
		return "", false
	}
	return f.root.text, true
}

// Tall says whether the formula has cases, which take several lines.
func (f *Formula) Tall() bool { return f.root.has(cases) }

func (b *box) has(k kind) bool {
	return b.kind == k || slices.ContainsFunc(b.args, func(x *box) bool { return x.has(k) })
}

// setter goes through the typed tree of one formula.
type setter struct {
	e     *expr.Expr
	names Names
}

// operators are the signs of what stands between two operands.
var operators = map[expr.Op]struct {
	sign string
	at   int
}{
	expr.Add: {"+", added}, expr.Sub: {"−", added}, expr.Mul: {"×", multiplied},
	expr.Less: {"<", compared}, expr.LessEqual: {"≤", compared}, expr.Greater: {">", compared}, expr.GreaterEqual: {"≥", compared},
	expr.Equal: {"=", compared}, expr.NotEqual: {"≠", compared},
}

func (s *setter) box(n *expr.Node) *box {
	words := s.names.Words
	switch n.Op {
	case expr.Const:
		return s.constant(n)
	case expr.Column:
		return s.column(n)
	case expr.Aggregated:
		return s.aggregate(s.e.Aggregates[n.Index])
	case expr.Div:
		return &box{kind: fraction, args: s.boxes(n.Args), at: multiplied}
	case expr.Neg:
		return &box{kind: negative, args: s.boxes(n.Args), at: multiplied}
	case expr.And:
		return &box{kind: binary, text: words.And, args: s.boxes(n.Args), at: both}
	case expr.Or:
		return &box{kind: binary, text: words.Or, args: s.boxes(n.Args), at: either}
	case expr.Not:
		return &box{kind: before, text: words.Not, args: s.boxes(n.Args), at: both}
	case expr.If:
		return s.choice(n)
	case expr.Coalesce:
		return s.coalesce(n)
	case expr.IsMissing:
		return &box{kind: after, text: words.Missing, args: s.boxes(n.Args), at: compared}
	case expr.Apply:
		return s.function(n)
	case expr.Foreign:
		return s.foreign(n)
	}
	o := operators[n.Op]
	return &box{kind: binary, text: o.sign, args: s.boxes(n.Args), at: o.at}
}

func (s *setter) boxes(nodes []*expr.Node) (out []*box) {
	for _, n := range nodes {
		out = append(out, s.box(n))
	}
	return out
}

func (s *setter) constant(n *expr.Node) *box {
	switch {
	case n.Type == expr.Text:
		return &box{kind: quoted, text: s.names.Words.Opening + n.Text + s.names.Words.Ending, at: whole}
	case n.Type == expr.Truth && n.Value != 0:
		return &box{kind: word, text: s.names.Words.True, at: whole}
	case n.Type == expr.Truth:
		return &box{kind: word, text: s.names.Words.False, at: whole}
	case n.Value < 0:
		return &box{kind: negative, args: []*box{{kind: number, text: Number(-n.Value), at: whole}}, at: multiplied}
	}
	return &box{kind: number, text: Number(n.Value), at: whole}
}

func (s *setter) column(n *expr.Node) *box {
	x := s.names.Column(s.e.Columns[n.Index])
	title := &box{kind: name, text: x.Title, at: whole}
	switch x.Figure {
	case "value":
		return &box{kind: call, text: s.names.Words.Value, args: []*box{title}, at: whole}
	case "rank":
		return &box{kind: call, text: s.names.Words.Rank, args: []*box{title}, at: whole}
	}
	return title
}

func (s *setter) aggregate(a expr.Aggregate) *box {
	title := &box{kind: name, text: s.names.Column(a.Column).Title, at: whole}
	units := &box{kind: name, text: s.names.Units, at: whole}
	out := &box{kind: over, text: s.names.Words.Aggregates[a.Func], args: []*box{title}, sub: units, at: whole}
	if a.Func == "total" {
		out.text = "∑"
	}
	if a.Func == "quantile" {
		out.text += " " + Number(a.Arg)
	}
	return out
}

// choice makes cases of a condition, and of the conditions in its last branch.
func (s *setter) choice(n *expr.Node) *box {
	out := &box{kind: cases, at: loose}
	for n.Op == expr.If {
		out.args = append(out.args, s.box(n.Args[1]), s.box(n.Args[0]))
		n = n.Args[2]
	}
	out.args = append(out.args, s.box(n))
	return out
}

// coalesce makes cases of what is known.
func (s *setter) coalesce(n *expr.Node) *box {
	out := &box{kind: cases, at: loose}
	last := len(n.Args) - 1
	for _, x := range n.Args[:last] {
		value := s.box(x)
		out.args = append(out.args, value, &box{kind: after, text: s.names.Words.Known, args: []*box{value}, at: compared})
	}
	out.args = append(out.args, s.box(n.Args[last]))
	return out
}

// function writes the functions that have a sign of their own, and the others by
// their names.
func (s *setter) function(n *expr.Node) *box {
	args := s.boxes(n.Args)
	two := func(f string, a, b *box) *box { return &box{kind: call, text: f, args: []*box{a, b}, at: whole} }
	switch n.Func.Name {
	case "abs":
		return &box{kind: fence, text: "||", args: args, at: whole}
	case "floor":
		return &box{kind: fence, text: "⌊⌋", args: args, at: whole}
	case "ceil":
		return &box{kind: fence, text: "⌈⌉", args: args, at: whole}
	case "sqrt":
		return &box{kind: root, args: args, at: whole}
	case "exp":
		return &box{kind: power, args: []*box{{kind: word, text: "e", at: whole}, args[0]}, at: raised}
	case "pow":
		if degree := rootOf(n.Args[1]); degree > 0 {
			out := &box{kind: root, args: args[:1], at: whole}
			if degree > 2 {
				out.text = Number(degree)
			}
			return out
		}
		return &box{kind: power, args: args, at: raised}
	case "log10":
		return &box{kind: call, text: "log", sub: &box{kind: number, text: "10", at: whole}, args: args, at: whole}
	case "clamp": // as the two that it is made of
		return two("max", args[1], two("min", args[2], args[0]))
	case "round":
		return &box{kind: call, text: s.names.Words.Round, args: args, at: whole}
	}
	return &box{kind: call, text: n.Func.Name, args: args, at: whole}
}

// rootOf is the n of an exponent 1 / n; 0 where it is none.
func rootOf(n *expr.Node) float64 {
	if n.Op != expr.Div || n.Args[0].Op != expr.Const || n.Args[1].Op != expr.Const || n.Args[0].Value != 1 {
		return 0
	}
	if x := n.Args[1].Value; x == math.Trunc(x) && x >= 2 {
		return x
	}
	return 0
}

func (s *setter) foreign(n *expr.Node) *box {
	switch n.Name {
	case "in":
		return &box{kind: binary, text: "∈", args: s.boxes(n.Args), at: compared}
	case "lookup":
		return s.lookup(n)
	}
	return &box{kind: set, args: s.boxes(n.Args), at: whole}
}

// lookup makes cases of a map from texts to numbers.
func (s *setter) lookup(n *expr.Node) *box {
	out := &box{kind: cases, at: loose}
	what := s.box(n.Args[0])
	if len(n.Args[1].Args) == 0 { // it has no level for anything
		return &box{kind: call, text: n.Name, args: []*box{what, {kind: set, at: whole}}, at: whole}
	}
	for i := 0; i+1 < len(n.Args[1].Args); i += 2 {
		is := &box{kind: binary, text: "=", args: []*box{what, s.box(n.Args[1].Args[i])}, at: compared}
		out.args = append(out.args, s.box(n.Args[1].Args[i+1]), is)
	}
	return out
}
