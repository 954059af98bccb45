package diag

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestDiff(t *testing.T) {
	for _, c := range []struct {
		before, after string
		context       int
		want          string
	}{
		{"a\nb\nc\nd\n", "a\nB\nc\nD\n", 0, "@@ -2 +2 @@\n-b\n+B\n@@ -4 +4 @@\n-d\n+D\n"},
		{"a\nb\nc\nd\n", "a\nB\nc\nD\n", 1, "@@ -1,4 +1,4 @@\n a\n-b\n+B\n c\n-d\n+D\n"},
		{"a\n\n\n\nb\n", "a\n\nb\n", 3, "@@ -1,5 +1,3 @@\n a\n \n-\n-\n b\n"},
		{"a\n", "b\na\n", 0, "@@ -0,0 +1 @@\n+b\n"},
		{"a", "a\n", 3, "@@ -1 +1 @@\n-a\n\\ No newline at end of file\n+a\n"},
		{"a\r\nb\n", "a\nb\n", 0, "@@ -1 +1 @@\n-a\r\n+a\n"},
	} {
		var b bytes.Buffer
		require.NoError(t, Diff(&b, "f", []byte(c.before), []byte(c.after), c.context))
		require.Equal(t, "--- f\n+++ f\n"+c.want, b.String(), "%q %q", c.before, c.after)
	}
	var b bytes.Buffer
	require.NoError(t, Diff(&b, "f", []byte("a\n"), []byte("a\n"), 3))
	require.Empty(t, b.String())
}

// Whatever differs, the diff makes the one text of the other.
func FuzzDiff(f *testing.F) {
	f.Add("a\nb\nc\nb\nd\n", "b\na\nc\n\nd\nb\n", uint8(1))
	f.Add("a\n\n\nb\nc\nd\ne\nf\ng", "a\n\nb\nc\nd\ne\nF\ng\n", uint8(2))
	f.Add("x\ny\nz\n", "z\ny\nx\n", uint8(0))
	f.Add("", "x", uint8(3))
	f.Fuzz(func(t *testing.T, before, after string, context uint8) {
		var b bytes.Buffer
		require.NoError(t, Diff(&b, "f", []byte(before), []byte(after), int(context%4)))
		if strings.Contains(before+after, "\\") { // the applier below takes it for the note about line ends
			return
		}
		require.Equal(t, after, patched(t, before, b.String()), b.String())
	})
}

// patched applies a unified diff, and holds all that it says of the text against it.
func patched(t *testing.T, text, diff string) string {
	old := strings.SplitAfter(text, "\n")
	at := 0
	var out strings.Builder
	lines := strings.SplitAfter(diff, "\n")
	for i, line := range lines {
		if i < 2 || line == "" {
			continue
		}
		said := line[1:]
		if i+1 < len(lines) && strings.HasPrefix(lines[i+1], "\\") {
			said = strings.TrimSuffix(said, "\n")
		}
		switch line[0] {
		case '@':
			var from int
			extent := strings.Fields(line)[1]
			_, err := fmt.Sscanf(extent, "-%d", &from)
			require.NoError(t, err)
			if !strings.HasSuffix(extent, ",0") {
				from--
			}
			require.LessOrEqual(t, at, from)
			for ; at < from; at++ {
				out.WriteString(old[at])
			}
		case ' ', '-':
			require.Equal(t, old[at], said)
			at++
			if line[0] == ' ' {
				out.WriteString(said)
			}
		case '+':
			out.WriteString(said)
		default:
			require.Equal(t, byte('\\'), line[0])
		}
	}
	return out.String() + strings.Join(old[at:], "")
}
