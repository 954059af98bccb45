package tree

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestDigestIsThatOfWhatIsSaid(t *testing.T) {
	base := parse(t, "a: {b: x, c: [1, 2]}\nd: ~\n").Digest()
	for _, same := range []string{
		"# why\na:\n  b: 'x' # because\n  c:\n  - 1\n  - 2\n\n\nd:\n",
		"a:\n    b: \"x\"\n    c: [1,\n      2]\nd: null",
		"\ufeffa:\r\n  b: >-\r\n    x\r\n  c: [1, 2]\r\nd:\r\n",
	} {
		require.Equal(t, base, parse(t, same).Digest(), same)
	}
	for _, other := range []string{
		"a: {b: x, c: [2, 1]}\nd: ~\n",           // the order of a list
		"a: {c: [1, 2], b: x}\nd: ~\n",           // the order of a map
		"a: {b: x, c: [\"1\", 2]}\nd: ~\n",       // a text, not a number
		"a: {b: x, c: [1.0, 2]}\nd: ~\n",         // a number that is written otherwise
		"a: {b: \"x \", c: [1, 2]}\nd: ~\n",      // a space more
		"a: {b: x, c: [1, 2], d: ~}\n",           // another parent
		"a: {b: x, c: [1, 2]}\nd: \"\"\n",        // an empty text, not nothing
		"a: {b: x, c: [[1, 2]]}\nd: ~\n",         // a list in a list
		"a:\n  b: |\n    x\n  c: [1, 2]\nd: ~\n", // a line end
	} {
		require.NotEqual(t, base, parse(t, other).Digest(), other)
	}
}
