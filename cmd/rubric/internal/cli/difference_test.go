package cli

import (
	"bytes"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestDifference(t *testing.T) {
	many := strings.Repeat("same\n", 50)
	for name, c := range map[string]struct {
		have, want, shown string
		line              int
	}{
		"a line in the middle":  {"a\nb\nc\n", "a\nB\nc\n", "@@ -2,1 +2,1 @@\n-b\n+B\n", 2},
		"two places":            {"a\nb\nc\nd\n", "A\nb\nc\nD\n", "@@ -1,1 +1,1 @@\n-a\n+A\n@@ -4,1 +4,1 @@\n-d\n+D\n", 1},
		"a line more":           {"a\nc\n", "a\nb\nc\n", "@@ -2,0 +2,1 @@\n+b\n", 2},
		"a line less":           {"a\nb\nc\n", "a\nc\n", "@@ -2,1 +2,0 @@\n-b\n", 2},
		"lines at the end":      {"a\n", "a\nb\n", "@@ -2,0 +2,1 @@\n+b\n", 1},
		"an empty file":         {"", "a\n", "@@ -1,1 +1,1 @@\n-\n+a\n", 1},
		"no end of line":        {"a\nb", "a\nb\n", "@@ -2,1 +2,1 @@\n-b\n+b\n", 2},
		"other ends of lines":   {"a\r\nb\r\n", "a\nb\n", "@@ -1,2 +1,2 @@\n-a\n-b\n+a\n+b\n", 1},
		"moved":                 {"a\nb\nc\n", "b\nc\na\n", "@@ -1,1 +1,0 @@\n-a\n@@ -4,0 +3,1 @@\n+a\n", 1},
		"behind much of a file": {many + "a\n", many + "b\n", "@@ -51,1 +51,1 @@\n-a\n+b\n", 51},
	} {
		t.Run(name, func(t *testing.T) {
			var b bytes.Buffer
			line := difference(&b, "f.md", []byte(c.have), []byte(c.want))
			assert.Equal(t, "--- f.md\n+++ f.md, as it should be\n"+c.shown, b.String())
			assert.Equal(t, c.line, line)
		})
	}
}

// Of a long difference the beginning is shown, and the rest is counted.
func TestALongDifferenceIsCounted(t *testing.T) {
	var b bytes.Buffer
	difference(&b, "f.md", []byte(strings.Repeat("a\n", 3000)), []byte(strings.Repeat("b\n", 3000)))
	assert.LessOrEqual(t, strings.Count(b.String(), "\n"), shownDifferences+5)
	assert.Contains(t, b.String(), "… 2980 more lines")
	b.Reset()
	difference(&b, "f.md", []byte(strings.Repeat("a\nx\n", 100)), []byte(strings.Repeat("b\nx\n", 100)))
	assert.LessOrEqual(t, strings.Count(b.String(), "\n"), 2*shownDifferences)
	assert.Contains(t, b.String(), "more places")
}
