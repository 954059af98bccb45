package typeset

import (
	"encoding/xml"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"rubric/spec/expr"
)

var titles = map[string]string{"gdp": "GDP", "debt": "Debt", "place": "Place"}

func typeset(t testing.TB, formula string) *Formula {
	t.Helper()
	language, err := expr.NewEnv([]expr.Variable{{Name: "gdp"}, {Name: "debt"}, {Name: "place", Text: true}})
	require.NoError(t, err)
	e, issues := language.WithReferences([]string{"a/b"}).Compile(formula)
	require.Empty(t, issues, formula)
	return Of(e, Names{Units: "cities", Words: English, Column: func(name string) Name {
		for i, r := range e.References {
			if name == expr.ReferenceName(i) {
				return Name{"Node", r.Figure}
			}
		}
		return Name{Title: titles[name]}
	}})
}

// written is what a formula looks like in text and in LaTeX.
var written = []struct{ formula, text, latex string }{
	{"abs(debt)", "|Debt|", `\left|\text{Debt}\right|`},
	{"ceil(debt)", "⌈Debt⌉", `\left\lceil \text{Debt}\right\rceil `},
	{"clamp(gdp, 1, 9)", "max(1, min(9, GDP))", `\max\left(1,\ \min\left(9,\ \text{GDP}\right)\right)`},
	{"exp(gdp + 1)", "e^(GDP + 1)", `{e}^{\text{GDP} + 1}`},
	{"floor(gdp)", "⌊GDP⌋", `\left\lfloor \text{GDP}\right\rfloor `},
	{"ln(gdp)", "ln(GDP)", `\ln\left(\text{GDP}\right)`},
	{"log10(gdp)", "log₁₀(GDP)", `\log_{10}\left(\text{GDP}\right)`},
	{"max(gdp, debt, 1)", "max(GDP, Debt, 1)", `\max\left(\text{GDP},\ \text{Debt},\ 1\right)`},
	{"min(gdp, debt)", "min(GDP, Debt)", `\min\left(\text{GDP},\ \text{Debt}\right)`},
	{"pow(gdp + 1, 2)", "(GDP + 1)^2", `{\left(\text{GDP} + 1\right)}^{2}`},
	{"pow(gdp, 1 / 3)", "∛(GDP)", `\sqrt[3]{\text{GDP}}`},
	{"pow(gdp, 1 / 7)", "GDP^(1/7)", `\sqrt[7]{\text{GDP}}`},
	{"pow(gdp / debt, -2)", "(GDP / Debt)^(−2)", `{\left(\frac{\text{GDP}}{\text{Debt}}\right)}^{-2}`},
	{"round(gdp, 2)", "round(GDP, 2)", `\text{round}\left(\text{GDP},\ 2\right)`},
	{"sqrt(gdp)", "√(GDP)", `\sqrt{\text{GDP}}`},
	{"coalesce(gdp, debt, 0)", "GDP if GDP is known; Debt if Debt is known; 0 otherwise",
		`\begin{cases} \text{GDP} & \text{if }\text{GDP}\text{ is known} \\ \text{Debt} & \text{if }\text{Debt}\text{ is known} \\ 0 & \text{otherwise} \end{cases}`},
	{"is_missing(gdp) ? 1 : 0", "1 if GDP is missing; 0 otherwise", `\begin{cases} 1 & \text{if }\text{GDP}\text{ is missing} \\ 0 & \text{otherwise} \end{cases}`},
	{`lookup(place, {"port": 3, "a_b": 1})`, "3 if Place = “port”; 1 if Place = “a_b”",
		`\begin{cases} 3 & \text{if }\text{Place} = \text{“port”} \\ 1 & \text{if }\text{Place} = \text{“a\_b”} \end{cases}`},
	{`lookup(place, {})`, "lookup(Place, {})", `\text{lookup}\left(\text{Place},\ \left\{\right\}\right)`},
	{"count(gdp)", "count(GDP over all cities)", `\underset{\text{cities}}{\text{count}}\left(\text{GDP}\right)`},
	{"highest(gdp)", "highest(GDP over all cities)", `\underset{\text{cities}}{\text{highest}}\left(\text{GDP}\right)`},
	{"lowest(gdp)", "lowest(GDP over all cities)", `\underset{\text{cities}}{\text{lowest}}\left(\text{GDP}\right)`},
	{"mean(gdp)", "mean(GDP over all cities)", `\underset{\text{cities}}{\text{mean}}\left(\text{GDP}\right)`},
	{"median(gdp)", "median(GDP over all cities)", `\underset{\text{cities}}{\text{median}}\left(\text{GDP}\right)`},
	{"quantile(gdp, 0.9)", "quantile 0.9(GDP over all cities)", `\underset{\text{cities}}{\text{quantile 0.9}}\left(\text{GDP}\right)`},
	{"sd(gdp)", "sd(GDP over all cities)", `\underset{\text{cities}}{\text{sd}}\left(\text{GDP}\right)`},
	{"gdp / total(gdp)", "GDP / ∑(GDP over all cities)", `\frac{\text{GDP}}{\sum_{\text{cities}}{\text{GDP}}}`},
	// Operators, and the brackets that are needed and no others.
	{"(gdp + debt) / gdp * 10000", "(GDP + Debt) / GDP × 10,000", `\frac{\text{GDP} + \text{Debt}}{\text{GDP}} \times 10{,}000`},
	{"gdp / (debt / gdp)", "GDP / (Debt / GDP)", `\frac{\text{GDP}}{\frac{\text{Debt}}{\text{GDP}}}`},
	{"gdp / (debt * 10)", "GDP / (Debt × 10)", `\frac{\text{GDP}}{\text{Debt} \times 10}`},
	{"gdp * (debt / gdp)", "GDP × (Debt / GDP)", `\text{GDP} \times \frac{\text{Debt}}{\text{GDP}}`},
	{"gdp - (debt - 1)", "GDP − (Debt − 1)", `\text{GDP} - \left(\text{Debt} - 1\right)`},
	{"gdp - (debt + 1)", "GDP − (Debt + 1)", `\text{GDP} - \left(\text{Debt} + 1\right)`},
	{"gdp + (debt + 1)", "GDP + Debt + 1", `\text{GDP} + \text{Debt} + 1`},
	{"gdp + -debt", "GDP + −Debt", `\text{GDP} + -\text{Debt}`},
	{"-(gdp + 1)", "−(GDP + 1)", `-\left(\text{GDP} + 1\right)`},
	{"-gdp / debt", "−GDP / Debt", `\frac{-\text{GDP}}{\text{Debt}}`},
	{"gdp * -1.5e-9", "GDP × (−1.5e−9)", `\text{GDP} \times \left(-1.5 \times 10^{-9}\right)`},
	{"gdp > 1 && (debt <= 2 || !(gdp != 3)) ? 1 : 0", "1 if GDP > 1 and (Debt ≤ 2 or not (GDP ≠ 3)); 0 otherwise",
		`\begin{cases} 1 & \text{if }\text{GDP} \gt 1 \ \text{and}\  \left(\text{Debt} \le 2 \ \text{or}\  \text{not }\left(\text{GDP} \ne 3\right)\right) \\ 0 & \text{otherwise} \end{cases}`},
	{"1 + (gdp >= 2 ? 1 : 0)", "1 + (1 if GDP ≥ 2; 0 otherwise)", `1 + \left(\begin{cases} 1 & \text{if }\text{GDP} \ge 2 \\ 0 & \text{otherwise} \end{cases}\right)`},
	{"gdp < 1 ? 1 : gdp < 2 ? 2 : 3", "1 if GDP < 1; 2 if GDP < 2; 3 otherwise",
		`\begin{cases} 1 & \text{if }\text{GDP} \lt 1 \\ 2 & \text{if }\text{GDP} \lt 2 \\ 3 & \text{otherwise} \end{cases}`},
	{`place in ["port", "capital"] ? 1 : 0`, "1 if Place ∈ {“port”, “capital”}; 0 otherwise",
		`\begin{cases} 1 & \text{if }\text{Place} \in \left\{\text{“port”},\ \text{“capital”}\right\} \\ 0 & \text{otherwise} \end{cases}`},
	{"gdp == 1 == true ? 1 : 0", "1 if (GDP = 1) = true; 0 otherwise", `\begin{cases} 1 & \text{if }\left(\text{GDP} = 1\right) = \text{true} \\ 0 & \text{otherwise} \end{cases}`},
	{`rank("a/b") - value("a/b")`, "rank(Node) − value(Node)", `\text{rank}\left(\text{Node}\right) - \text{value}\left(\text{Node}\right)`},
}

func TestFormulasAreWritten(t *testing.T) {
	for _, c := range written {
		t.Run(c.formula, func(t *testing.T) {
			f := typeset(t, c.formula)
			assert.Equal(t, c.text, f.Text())
			assert.Equal(t, c.latex, f.LaTeX())
			wellFormed(t, f.MathML())
		})
	}
}

// Whatever the language can call is written, and the list above says how.
func TestEveryFunctionIsWritten(t *testing.T) {
	for _, name := range expr.FunctionNames() {
		assert.True(t, slices.ContainsFunc(written, func(c struct{ formula, text, latex string }) bool {
			return strings.Contains(c.formula, name+"(")
		}), "no formula above calls %s", name)
	}
	for _, f := range expr.Functions { // at every number of arguments
		for n := f.Min; n <= f.Max; n++ {
			formula := f.Name + "(" + strings.Join(slices.Repeat([]string{"gdp"}, n), ", ") + ")"
			wellFormed(t, typeset(t, formula).MathML())
		}
	}
	for _, f := range expr.AggregateFunctions {
		assert.NotEmpty(t, English.Aggregates[f.Name], f.Name)
	}
}

// wellFormed wants elements that close, with as many parts as they must have.
func wellFormed(t *testing.T, text string) {
	t.Helper()
	want := map[string]int{"mfrac": 2, "msup": 2, "msub": 2, "mroot": 2, "munder": 2}
	d := xml.NewDecoder(strings.NewReader(text))
	d.Entity = map[string]string{"nbsp": "\u00a0"}
	type open struct {
		name  string
		parts int
	}
	stack := []open{{}}
	for {
		token, err := d.Token()
		if err == io.EOF {
			return
		}
		require.NoError(t, err, text)
		switch x := token.(type) {
		case xml.StartElement:
			stack[len(stack)-1].parts++
			stack = append(stack, open{name: x.Name.Local})
		case xml.EndElement:
			last := stack[len(stack)-1]
			if n, ok := want[last.name]; ok {
				require.Equal(t, n, last.parts, "%s in %s", last.name, text)
			}
			stack = stack[:len(stack)-1]
		}
	}
}

// A sum that is too long for a line has a line for each of its terms.
func TestALongSumHasALineATerm(t *testing.T) {
	f := typeset(t, "1 + (gdp > 1 ? 1 : 0) - (gdp - debt) + (debt > 1 ? 1 : 0) + (gdp > 2 ? 1 : 0) + (gdp > 3 ? 1 : 0) + (gdp > 4 ? 1 : 0)")
	assert.Equal(t, `\begin{aligned} & 1 \\ & + \begin{cases} 1 & \text{if }\text{GDP} \gt 1 \\ 0 & \text{otherwise} \end{cases} \\ & - \left(\text{GDP} - \text{Debt}\right)`,
		strings.Join(strings.SplitAfter(f.LaTeX(), `\right)`)[:1], ""))
	assert.Equal(t, 7+5*2, strings.Count(f.MathML(), "<mtr>"), "seven terms, and five cases of two rows")
	wellFormed(t, f.MathML())
	assert.NotContains(t, f.Text(), "\n")
}

func TestTitlesAreEscaped(t *testing.T) {
	titles["gdp"] = `<b> & 100% of $x_1^2$ \ {a}~`
	defer func() { titles["gdp"] = "GDP" }()
	f := typeset(t, "gdp / debt")
	assert.Contains(t, f.MathML(), `<mi mathvariant="normal" class="name">&lt;b&gt; &amp; 100% of`)
	wellFormed(t, f.MathML())
	assert.Equal(t, `\frac{\text{<b> \& 100\% of \$x\_1}\wedge\text{2\$ }\backslash\text{ \{a\}}\sim\text{}}{\text{Debt}}`, f.LaTeX())
}

func TestATitleWithSignsIsQuoted(t *testing.T) {
	titles["gdp"] = "Seats, women"
	defer func() { titles["gdp"] = "GDP" }()
	assert.Equal(t, "max(“Seats, women”, 0.1) / 100", typeset(t, "max(gdp, 0.1) / 100").Text())
	assert.Equal(t, "Seats, women", typeset(t, "gdp").Text())
}

func TestNumbersForAReader(t *testing.T) {
	for x, want := range map[float64]string{0: "0", 1234: "1234", 10000: "10,000", -1234567.5: "−1,234,567.5", 0.025: "0.025", 1e21: "1e21"} {
		assert.Equal(t, want, Number(x))
	}
}

func TestAPlainColumnIsItsTitle(t *testing.T) {
	title, ok := typeset(t, "gdp").Plain()
	assert.True(t, ok)
	assert.Equal(t, "GDP", title)
	_, ok = typeset(t, "gdp * 2").Plain()
	assert.False(t, ok)
}

func FuzzFormulasAreWritten(f *testing.F) {
	for _, c := range written {
		f.Add(c.formula)
	}
	language, err := expr.NewEnv([]expr.Variable{{Name: "gdp"}, {Name: "debt"}, {Name: "place", Text: true}})
	require.NoError(f, err)
	f.Fuzz(func(t *testing.T, formula string) {
		e, issues := language.Compile(formula)
		if len(issues) > 0 {
			return
		}
		s := Of(e, Names{Units: "cities", Words: English, Column: func(name string) Name { return Name{Title: fmt.Sprintf("<%s>", name)} }})
		if s.Text() == "" || s.LaTeX() == "" {
			t.Fatal("nothing is written")
		}
		math := s.MathML()
		if strings.ContainsFunc(math, func(r rune) bool {
			return r < ' ' && r != '\n' && r != '\t' && r != '\r' || r == '\uFFFE' || r == '\uFFFF'
		}) {
			return // XML has no such characters; HTML does
		}
		wellFormed(t, math)
	})
}
