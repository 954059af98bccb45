package tree

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

	"rubric/spec/source"
)

func parse(t testing.TB, text string) *Node {
	t.Helper()
	n, list := Parse(source.NewFile("m.yaml", []byte(text)))
	require.Empty(t, list)
	return n
}

func TestCharactersAreFoundInEveryScalarStyle(t *testing.T) {
	for name, text := range map[string]string{
		"plain":          "k: gdp + 中文 + BAD / 2",
		"plain_two":      "k: gdp +\n   BAD / 2",
		"single":         "k: 'gdp + ''x'' + BAD'",
		"double":         `k: "gdp \"\u4e2d\" + BAD"`,
		"double_folded":  "k: \"gdp +\n    BAD + \\\n   c\"",
		"literal":        "k: |\n  gdp +\n    BAD\n  + 2\n",
		"folded":         "k: >-\n  gdp +\n  BAD\n\n  + 2\n",
		"folded_indent":  "k: >\n  gdp\n    + x\n    + BAD\n  + y\n",
		"literal_header": "k: |2-  # why\n   gdp\n  BAD",
		"crlf":           "a: 1\r\nk: >\r\n  gdp +\r\n  BAD\r\n",
		"flow":           "{a: 1, k: gdp + BAD, c: 2}",
	} {
		t.Run(name, func(t *testing.T) {
			n := parse(t, text).Get("k")
			at := strings.Index(n.Value, "BAD")
			require.GreaterOrEqual(t, at, 0, "%q", n.Value)
			p := n.At(at, at+3)
			line := strings.Split(text, "\n")[p.Line-1]
			runes := []rune(strings.TrimSuffix(line, "\r"))
			require.Equal(t, "BAD", string(runes[p.Column-1:p.EndColumn-1]))
			require.Equal(t, p.Line, p.EndLine)
		})
	}
}

func TestWhatIsNotData(t *testing.T) {
	for text, want := range map[string]string{
		"a: 1\na: 2":      "m.yaml:2:1: error: the key `a` stands twice in this map [yaml/duplicate-key]",
		"a: *x\nb: &x 1":  "m.yaml:1:4: error: unknown anchor 'x' referenced [yaml/syntax]",
		"b: &x 1\na: *x":  "m.yaml:1:4: error: the anchor `&x` [yaml/alias] m.yaml:2:4: error: the alias `*x` [yaml/alias]",
		"f: &a + b":       "m.yaml:1:4: error: the anchor `&a` [yaml/alias]",
		"f: !x && yy":     "m.yaml:1:4: error: the tag `!x` [yaml/alias]",
		"id: NO":          "m.yaml:1:5: error: the unquoted word `NO` is a truth value to some YAML readers [yaml/ambiguous]",
		"a: 1\n---\nb: 2": "m.yaml:3:1: error: a second document in one file [yaml/syntax]",
		"":                "m.yaml: error: the file is empty [yaml/syntax]",
		"? [a]\n: 1":      "m.yaml:1:3: error: a key that is not a plain word [yaml/syntax]",
		"a: b: c":         "m.yaml:1:5: error: mapping values are not allowed in this context [yaml/syntax]",
		"a: [1, 2\nb: 3":  "m.yaml:2:2: error: while parsing a flow sequence: did not find expected ',' or ']' [yaml/syntax]",
	} {
		_, list := Parse(source.NewFile("m.yaml", []byte(text)))
		var got []string
		for _, d := range list.Sorted() {
			got = append(got, d.String())
			require.NotEmpty(t, d.Help, d.String())
		}
		require.Equal(t, want, strings.Join(got, " "), text)
	}
}

func TestBombsAreRefused(t *testing.T) {
	for _, text := range []string{
		strings.Repeat("[", 200_000),
		strings.Repeat("{a: ", 50_000),
		strings.Repeat("a:\n ", 10) + strings.Repeat("- ", 5000) + "x",
		"a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]\nd: [*c,*c,*c,*c,*c,*c,*c,*c,*c]\n",
	} {
		_, list := Parse(source.NewFile("m.yaml", []byte(text)))
		require.NotZero(t, list.Errors(), text[:20])
	}
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{"a: 1", "k: >\n  x\n  y\n", "k: \"a\\nb\\u4e2d\"", "- 'it''s'\n- b", "k: |\n  a\n   b\n", "{a: [1, {b: c}]}", "a: &x 1\nb: *x", "%YAML 1.2\n---\na"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		n, list := Parse(source.NewFile("m.yaml", data))
		if n == nil {
			require.NotEmpty(t, list)
			return
		}
		check(t, n, data)
	})
}

// check holds a tree against its file: places lie in it, and each character of
// a scalar that is not white stands where At says, unless it was escaped.
func check(t *testing.T, n *Node, data []byte) {
	require.LessOrEqual(t, n.Span.Start, n.Span.End)
	require.LessOrEqual(t, n.Span.End, len(data))
	if n.Kind == Text && utf8.Valid(data) && n.Value != "" {
		m := align(data, n.Span.Start, n.Value, n.style)
		for i, r := range n.Value {
			require.LessOrEqual(t, m[i], m[len(m)-1])
			if at := m[i]; at < len(data) && r > ' ' && r < 0x7f && data[at] != '\\' {
				require.Equal(t, string(r), string(rune(data[at])), "%q", n.Value)
			}
		}
	}
	for _, x := range n.Items {
		check(t, x, data)
	}
	for _, e := range n.Entries {
		check(t, e.Key, data)
		check(t, e.Value, data)
	}
}
