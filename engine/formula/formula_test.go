package formula

import (
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"rubric/engine/cell"
	"rubric/spec/expr"
)

// generator writes random well-typed formulas over columns a, b, c, d.
type generator struct{ *rand.Rand }

func (g generator) number(depth int) string {
	if depth == 0 {
		switch g.IntN(4) {
		case 0:
			return []string{"0", "1", "2.5", "7", "1e300", "0.1", "100"}[g.IntN(7)]
		case 1:
			return []string{"mean(a)", "total(b)", "quantile(c, 0.9)", "median(d)"}[g.IntN(4)]
		}
		return string(rune('a' + g.IntN(4)))
	}
	x := func() string { return g.number(depth - 1) }
	switch g.IntN(16) {
	case 0, 1:
		return "(" + x() + " + " + x() + ")"
	case 2, 3:
		return "(" + x() + " - " + x() + ")"
	case 4:
		return "(" + x() + " * " + x() + ")"
	case 5, 6, 7:
		return "(" + x() + " / " + x() + ")"
	case 8:
		return "-" + x()
	case 9:
		return "(" + g.truth(depth-1) + " ? " + x() + " : " + x() + ")"
	case 10:
		return "coalesce(" + x() + ", " + x() + ")"
	case 11:
		return "coalesce(" + x() + ", " + x() + ", " + x() + ")"
	case 12:
		f := []string{"abs", "sqrt", "exp", "ln", "log10", "round", "floor", "ceil"}[g.IntN(8)]
		return f + "(" + x() + ")"
	case 13:
		f := []string{"min", "max", "pow"}[g.IntN(3)]
		return f + "(" + x() + ", " + x() + ")"
	case 14:
		return "clamp(" + x() + ", " + x() + ", " + x() + ")"
	}
	return "round(" + x() + ", 2)"
}

func (g generator) truth(depth int) string {
	if depth <= 0 {
		return []string{"a < b", "is_missing(c)", "d == 0", "true", "a != a", "is_missing(a / b)"}[g.IntN(6)]
	}
	t := func() string { return g.truth(depth - 1) }
	switch g.IntN(7) {
	case 0, 1:
		return "(" + t() + " && " + t() + ")"
	case 2, 3:
		return "(" + t() + " || " + t() + ")"
	case 4:
		return "!(" + t() + ")"
	case 5:
		return "((" + t() + ") == (" + t() + "))"
	}
	op := []string{"<", "<=", ">", ">=", "==", "!="}[g.IntN(6)]
	return "(" + g.number(depth-1) + " " + op + " " + g.number(depth-1) + ")"
}

// rows makes random columns with missing cells, zeros, negatives, extremes.
func (g generator) rows(n int) Inputs {
	in := Inputs{Rows: n, Columns: make([]Column, 4), Aggregates: make([]Scalar, 4)}
	for c := range in.Columns {
		v := cell.NewVector(n)
		for i := range n {
			switch g.IntN(8) {
			case 0: // missing, with anything behind it
				v.Values[i] = []float64{0, math.NaN(), math.Inf(1), 5}[g.IntN(4)]
			case 1:
				v.Put(i, 0)
			case 2:
				v.Put(i, math.Copysign(0, -1))
			case 3:
				v.Put(i, []float64{1e308, -1e308, 5e-324, 1}[g.IntN(4)])
			default:
				v.Put(i, math.Round(g.NormFloat64()*100)/10)
			}
		}
		in.Columns[c] = Column{Vector: v}
		in.Aggregates[c] = Scalar{Value: g.Float64() * 10, Valid: g.IntN(5) > 0}
		if g.IntN(8) == 0 {
			in.Aggregates[c] = Scalar{Reason: "too large"}
		}
	}
	return in
}

func compile(t testing.TB, text string) *expr.Expr {
	t.Helper()
	env, err := expr.NewEnv([]expr.Variable{{Name: "a"}, {Name: "b"}, {Name: "c"}, {Name: "d"}, {Name: "word", Text: true}})
	require.NoError(t, err)
	e, issues := env.Compile(text)
	require.Empty(t, issues, text)
	return e
}

// bind puts the four columns in the order that the formula wants them.
func bind(e *expr.Expr, in Inputs) Inputs {
	out := Inputs{Rows: in.Rows}
	for _, name := range e.Columns {
		out.Columns = append(out.Columns, in.Columns[name[0]-'a'])
	}
	for i := range e.Aggregates {
		out.Aggregates = append(out.Aggregates, in.Aggregates[i%4])
	}
	return out
}

// agree holds kernels and interpreter together, bit for bit.
func agree(t testing.TB, text string, in Inputs) {
	e := compile(t, text)
	p := Compile(e)
	in = bind(e, in)
	n := in.Rows
	fast, slow := cell.NewVector(n), cell.NewVector(n)
	fastBad, slowBad := cell.NewBits(n), cell.NewBits(n)
	p.Eval(in, fast, fastBad)
	p.interpret(in, slow, slowBad)
	for i := range n {
		same := fast.Valid.Get(i) == slow.Valid.Get(i) && fastBad.Get(i) == slowBad.Get(i)
		if same && fast.Valid.Get(i) {
			same = math.Float64bits(fast.Values[i]) == math.Float64bits(slow.Values[i])
		}
		if !same {
			var cells []string
			for c, name := range e.Columns {
				x, ok := in.Columns[c].At(i)
				cells = append(cells, fmt.Sprintf("%s=%v/%v", name, x, ok))
			}
			t.Fatalf("%s\nrow %d (%s): kernels %v valid=%v error=%v, interpreter %v valid=%v error=%v", text, i, strings.Join(cells, " "),
				fast.Values[i], fast.Valid.Get(i), fastBad.Get(i), slow.Values[i], slow.Valid.Get(i), slowBad.Get(i))
		}
	}
}

func FuzzKernelsAgreeWithInterpreter(f *testing.F) {
	for seed := range uint64(400) {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, seed uint64) {
		g := generator{rand.New(rand.NewPCG(seed, 1))}
		in := g.rows(1 + g.IntN(70))
		if seed%50 == 0 {
			in = g.rows(Block + 1 + g.IntN(Block))
		}
		agree(t, g.number(1+g.IntN(4)), in)
	})
}

func TestMissingAndErrors(t *testing.T) {
	for _, c := range []struct {
		formula string
		a, b    float64 // -1: missing
		want    expr.Value
	}{
		{"7/2", 0, 0, expr.Value{Number: 3.5}},
		{"a / b", 1, 0, expr.Value{Outcome: expr.Invalid, Reason: "division by zero", Start: 0, End: 5}},
		{"a / b", -1, 0, expr.Value{Outcome: expr.Absent}},
		{"1 + ln(0 - b)", 1, 2, expr.Value{Outcome: expr.Invalid, Reason: "logarithm of a number that is not positive", Start: 4, End: 13}},
		{"coalesce(a, b)", -1, 2, expr.Value{Number: 2}},
		{"is_missing(a) ? 1 : 0", -1, 2, expr.Value{Number: 1}},
		{"a > 1 || b > 1 ? 1 : 0", -1, 2, expr.Value{Number: 1}},
		{"a > 1 && b > 1 ? 1 : 0", -1, 2, expr.Value{Outcome: expr.Absent}},
		{"a > 1 && b > 9 ? 1 : 0", -1, 2, expr.Value{Number: 0}},
		{"1e308 * 10", 0, 0, expr.Value{Outcome: expr.Invalid, Reason: "the result is too large for a number", Start: 0, End: 10}},
		{"lookup(word, {\"x\": 5, \"y\": 7})", 0, 0, expr.Value{Number: 7}},
		{"word in [\"x\", \"y\"] ? 1 : 0", 0, 0, expr.Value{Number: 1}},
		{"a in [1, 2] ? 1 : 0", 2, 0, expr.Value{Number: 1}},
	} {
		e := compile(t, c.formula)
		in := Inputs{Rows: 1}
		for _, name := range e.Columns {
			v := cell.NewVector(1)
			x := map[string]float64{"a": c.a, "b": c.b}[name]
			if x != -1 {
				v.Put(0, x)
			}
			in.Columns = append(in.Columns, Column{v, []string{"y"}})
		}
		require.Equal(t, c.want, Compile(e).At(in, 0), c.formula)
		if e.Result == expr.Number {
			out, bad := cell.NewVector(1), cell.NewBits(1)
			Compile(e).Eval(in, out, bad)
			x, ok := out.At(0)
			require.Equal(t, c.want.Outcome == expr.Valid, ok, c.formula)
			require.Equal(t, c.want.Outcome == expr.Invalid, bad.Get(0), c.formula)
			require.Equal(t, c.want.Number, x, c.formula)
		}
	}
}

func BenchmarkEval(b *testing.B) {
	g := generator{rand.New(rand.NewPCG(1, 1))}
	in := g.rows(1 << 20)
	for _, text := range []string{"a", "a / b", "(a - b) / (a + b)", "a > 0 ? ln(abs(a) + 1) : b"} {
		b.Run(text, func(b *testing.B) {
			e := compile(b, text)
			p, in := Compile(e), bind(e, in)
			b.SetBytes(int64(8 * in.Rows))
			for b.Loop() {
				out, bad := cell.NewVector(in.Rows), cell.NewBits(in.Rows)
				p.Eval(in, out, bad)
			}
		})
	}
}
