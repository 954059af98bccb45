package expr

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"
)

func env(t testing.TB) *Env {
	t.Helper()
	e, err := NewEnv([]Variable{{Name: "gdp"}, {Name: "debt"}, {Name: "resident_population"}, {Name: "position", Text: true}})
	require.NoError(t, err)
	return e
}

// A wrong formula is said in the user's words, and points at the wrong piece:
// the text between «».
func TestWhatIsWrongWithAFormula(t *testing.T) {
	for formula, want := range map[string]string{
		"«gpd» / 2":                   "unknown column `gpd` (did you mean `gdp`?)",
		"debt / «resident_populaton»": "unknown column `resident_populaton` (did you mean `resident_population`?)",
		"debt + «xyzzy»":              "unknown column `xyzzy` (declare it under `columns:`, or use one that is declared there)",
		"«sqr(gdp)»":                  "unknown function `sqr` (did you mean `sqrt`?)",
		"«gdp > 1»":                   "the formula yields a truth value, where a number is needed (choose a number for each case: `condition ? 1 : 0`, in quotes inside { })",
		"1 + «position * 2»":          "`*` takes numbers, not a text and a number (a column of `type: text` is compared, or mapped to numbers by lookup)",
		"«gdp» && debt > 1 ? 1 : 0":   "a truth value is needed here, not a number (compare first: `gdp > 0 && debt > 0`)",
		"«position == 1» ? 1 : 0":     "`==` compares two of one type, not a text and a number (compare numbers with numbers, texts with texts in quotes: `place == \"capital\"`)",
		"gdp «)» + 1":                 "unexpected `)` (an operator, a comma or a bracket is missing, or one is too much)",
		"gdp «+»":                     "the formula ends too early (something must follow the last operator, or a bracket is not closed; a formula with a comma inside { } is quoted)",
		"gdp «=» 1 ? 2 : 3":           "unexpected `=` (equality is written `==`)",
		"gdp «^» 2":                   "unexpected `^` (a power is written `pow(x, y)`)",
		"gdp *«*» 2":                  "unexpected `*` (a power is written `pow(x, y)`)",
		"gdp + 0«\"0»":                "unexpected `\"0` (a text is not closed, or a quote is too much)",
		"gdp «#»":                     "unexpected `#` (no word or sign of a formula begins so)",
		"gdp «−» debt":                "unexpected `−` (minus is written `-`)",
		"«max(gdp)»":                  "`max` takes 2 to 8 arguments, not 1 (it is the largest of its arguments)",
		"«clamp(gdp, 1)»":             "`clamp` takes 3 arguments, not 2 (it is x held between low and high)",
		"total(«gdp / 2»)":            "`total` takes the name of a column (declare what it should speak of as a column)",
		"quantile(gdp, «2»)":          "`quantile` takes a probability from 0 to 1, written as a number (`quantile(gdp, 0.9)`)",
		"mean(«position»)":            "`mean` takes a column of numbers; `position` is text (choose a column of numbers, or declare this one without `type: text`)",
		"«gdp.growth»":                "columns have no fields (names are plain, without dots: `gdp`)",
		"«gdp % 2»":                   "this operator is not in the formula language (the operators are + - * / < <= > >= == != && || ! ?: and `in`)",
		"gdp + «null»":                "`null` is not a value (a missing cell is asked for with is_missing(column))",
		"«abs» + 1":                   "`abs` is a function, not a column (give it arguments: `abs(…)`)",
		"gdp + «1e400»":               "the number is too large for a double (the largest is about 1.8e308)",
		"«     »":                     "the formula is empty (name a column, such as `gdp`, or an expression over columns)",
	} {
		text := strings.NewReplacer("«", "", "»", "").Replace(formula)
		e, issues := env(t).Compile(text)
		require.Nil(t, e, formula)
		require.NotEmpty(t, issues, formula)
		got := issues[0].Message
		if issues[0].Help != "" {
			got += " (" + issues[0].Help + ")"
		}
		require.Equal(t, want, got, formula)
		marked := text[:issues[0].Start] + "«" + text[issues[0].Start:issues[0].End] + "»" + text[issues[0].End:]
		if !strings.Contains(formula, "1e400") { // the lexer names no extent
			require.Equal(t, formula, marked)
		}
	}
}

func TestAllUnknownNamesAreReportedAtOnce(t *testing.T) {
	_, issues := env(t).Compile("gpd / dept + sqr(gdp)")
	require.Len(t, issues, 3)
}

func TestPlacesCountBytesOfUnicodeText(t *testing.T) {
	text := `position == "中文" ? gpd : 0`
	_, issues := env(t).Compile(text)
	require.Len(t, issues, 1)
	require.Equal(t, "gpd", text[issues[0].Start:issues[0].End])
}

func TestLimits(t *testing.T) {
	for name, text := range map[string]string{
		"long":       strings.Repeat("gdp + ", 1000) + "gdp",
		"deep":       strings.Repeat("(", 500) + "gdp" + strings.Repeat(")", 500),
		"deep calls": strings.Repeat("abs(", 300) + "gdp" + strings.Repeat(")", 300),
	} {
		e, issues := env(t).Compile(text)
		require.Nil(t, e, name)
		require.Equal(t, Limit, issues[0].Kind, "%s: %v", name, issues[0])
	}
}

func TestInputsAndAggregates(t *testing.T) {
	e, issues := env(t).Compile("gdp / total(gdp) + quantile(debt, 0.9) - total(gdp)")
	require.Empty(t, issues)
	require.Equal(t, []string{"gdp"}, e.Columns)
	require.Equal(t, []string{"gdp", "debt"}, e.Inputs())
	require.Equal(t, []Aggregate{{Func: "total", Column: "gdp", Text: "total(gdp)"}, {Func: "quantile", Column: "debt", Arg: 0.9, Text: "quantile(debt, 0.9)"}}, e.Aggregates)
	require.True(t, e.Native)
}

func FuzzCompile(f *testing.F) {
	for _, s := range []string{"gdp / debt * 100", "gdp > 0 ? ln(gdp) : 0", `lookup(position, {"a": 1})`, "total(gdp)", "((", "a.b[0]", "-gdp", "gdp in [1, 2]", "'\\u4e2d'", "0x1F", "1u", "b'x'"} {
		f.Add(s)
	}
	language := env(f)
	f.Fuzz(func(t *testing.T, text string) {
		e, issues := language.Compile(text)
		require.Equal(t, e == nil, len(issues) > 0)
		for _, i := range issues {
			require.LessOrEqual(t, 0, i.Start)
			require.LessOrEqual(t, i.Start, i.End)
			require.LessOrEqual(t, i.End, len(text))
			require.True(t, utf8.ValidString(i.Message) || !utf8.ValidString(text))
		}
		if e != nil {
			e.Eval(emptyRow{})
		}
	})
}

// emptyRow has no cells.
type emptyRow struct{}

func (emptyRow) Number(int) (float64, bool)            { return 0, false }
func (emptyRow) Text(int) (string, bool)               { return "", false }
func (emptyRow) Aggregate(int) (float64, bool, string) { return 0, false, "" }

// The typed tree says what the interpreter alone does, so that others can write it.
func TestTheTreeHasTextsAndNames(t *testing.T) {
	language, err := NewEnv([]Variable{{Name: "place", Text: true}})
	require.NoError(t, err)
	e, issues := language.Compile(`place in ["a", 'b'] ? lookup(place, {"c\n": 1}) : 2`)
	require.Empty(t, issues)
	in, lookup := e.Root.Args[0], e.Root.Args[1]
	require.Equal(t, "in", in.Name)
	require.Equal(t, "list", in.Args[1].Name)
	require.Equal(t, "b", in.Args[1].Args[1].Text)
	require.Equal(t, "lookup", lookup.Name)
	require.Equal(t, "map", lookup.Args[1].Name)
	require.Equal(t, "c\n", lookup.Args[1].Args[0].Text)
}
