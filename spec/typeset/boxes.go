package typeset

import (
	"math"

	"rubric/spec/expr"
)

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
