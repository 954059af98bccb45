package diag

import (
	"bytes"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"rubric/spec/source"
)

func TestNearest(t *testing.T) {
	for _, c := range []struct{ word, want string }{
		{"minmax", "min_max"}, {"min_mxa", "min_max"}, {"rank_ponits", "rank_points"}, {"x", ""}, {"unrelated", ""}, {"um", "sum"}, {"rank_points", ""},
	} {
		got, ok := Nearest(c.word, []string{"min_max", "rank_points", "sum"})
		require.Equal(t, c.want, got, c.word)
		require.Equal(t, c.want != "", ok)
	}
}

func TestCodesAreUniqueAndDescribed(t *testing.T) {
	seen := map[string]bool{}
	for _, c := range Codes {
		require.False(t, seen[c.Name], c.Name)
		seen[c.Name] = true
		require.NotEmpty(t, c.Title, c.Name)
		require.Contains(t, c.Name, "/")
	}
}

func show(t *testing.T, s Style, d ...Diagnostic) string {
	var b bytes.Buffer
	require.NoError(t, Text(&b, d, s))
	return b.String()
}

func at(text string, line, from, to int) source.Place {
	return source.Place{File: "m.yaml", Line: line, Column: from, EndLine: line, EndColumn: to, Text: text}
}

func TestCaretsStandUnderWideCharacters(t *testing.T) {
	got := show(t, Style{}, New(ExpressionName, at("f: 中文 + gpd", 3, 9, 12), "unknown column `gpd`").WithHelp("did you mean `gdp`?"))
	require.Equal(t, strings.Join([]string{
		"m.yaml:3:9: error: unknown column `gpd` [expression/unknown-name]",
		" 3 | f: 中文 + gpd",
		"   |           ^^^", // two characters before it are two columns wide
		"  help: did you mean `gdp`?",
		"",
	}, "\n"), got)
}

func TestALongLineIsCutAroundThePlace(t *testing.T) {
	line := strings.Repeat("a", 200) + "BAD" + strings.Repeat("b", 200)
	got := show(t, Style{Width: 60}, New(ExpressionName, at(line, 1, 201, 204), "x"))
	lines := strings.Split(got, "\n")
	require.LessOrEqual(t, len([]rune(lines[1])), 60)
	require.Equal(t, "BAD", string([]rune(lines[1])[strings.Index(lines[2], "^"):][:3]))
}

func TestSortedIsByPlaceAndOnceEach(t *testing.T) {
	a, b := New(YAMLSyntax, at("", 2, 1, 2), "b"), New(YAMLSyntax, at("", 1, 5, 6), "a")
	w := New(ColumnUnused, at("", 2, 1, 2), "w")
	require.Equal(t, List{b, a, w}, List{w, a, b, a}.Sorted())
}
