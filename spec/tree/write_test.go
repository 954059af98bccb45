package tree

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

	"rubric/spec/source"
)

// What is written is read back as the same text, alone and in a flow map.
func FuzzScalar(f *testing.F) {
	for _, s := range []string{"gdp", "../1/data.csv", "./no", ".5", "..", "Yes", "null", "1e3", "a: b", "a #b", "#", " a", "a ", "_x", "-", "=", "a, b", "“é”", "a\nb", `"`, "<<", "{", "~", "a:", "\u2028", "\ufeff", "\x7f", "a\u0085b", "\u0090", "\uffff"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if s == "" || !utf8.ValidString(s) || strings.Count(s, "{")+strings.Count(s, "[") > maxOpen/2 { // brackets in texts are counted too
			return
		}
		n, list := Parse(source.NewFile("t.yaml", []byte("k: "+Scalar(s)+"\nm: {"+Flow("a", s, "b", "")+"}\n")))
		require.Empty(t, list, "%q", s)
		require.Equal(t, s, n.Get("k").Text())
		require.Equal(t, s, n.Get("m").Get("a").Text())
		require.Nil(t, n.Get("m").Get("b"))
	})
}
