package main

import (
	"bytes"
	"os"
	"testing"

	"github.com/stretchr/testify/require"

	"rubric/spec/diag"
	"rubric/spec/source"
)

// theReport is the document of 2025.
func theReport(t testing.TB) []byte {
	text, err := os.ReadFile("../../methodologies/cities-of-opportunity/2025/methodology.yaml")
	require.NoError(t, err)
	return text
}

// A document that somebody is typing has few findings, with places and ways out, and
// one that cannot be read as YAML is told so where it ends: what stands before was
// right. The stride is odd to everything, so that it meets every kind of place.
func TestADocumentThatIsBeingTyped(t *testing.T) {
	t.Parallel()
	text := theReport(t)
	for cut := 0; cut < len(text); cut += 331 {
		typed(t, text, cut, nil)
	}
}

// FuzzTyping: a document that ends somewhere, and what else was typed there.
func FuzzTyping(f *testing.F) {
	text := theReport(f)
	for _, s := range []string{"", "{", "\"", "formula: ", "  - ", "\t", "\r\n", "direction: {closest_to: ", "normalise: {method: loo", "#", "|\n", "&", "é"} {
		f.Add(uint16(len(s)*997), s)
	}
	f.Fuzz(func(t *testing.T, cut uint16, more string) {
		typed(t, text, int(cut)%(len(text)+1), []byte(more))
	})
}

func typed(t *testing.T, text []byte, cut int, more []byte) {
	t.Helper()
	text = append(text[:cut:cut], more...)
	file := source.NewFile("methodology.yaml", text)
	m, list := checked(file.Name, text)
	sound(t, list, file)
	if (m == nil) != (list.Errors() > 0) {
		t.Fatalf("%d errors, and a methodology: %v", list.Errors(), m != nil)
	}
	const many = 12
	if more == nil && list.Errors() > many {
		t.Errorf("%d errors of a document that ends at byte %d: %v", list.Errors(), cut, list[:3])
	}
	for _, d := range list {
		if end := bytes.Count(text, []byte("\n")) + 1; more == nil && d.Code == diag.YAMLSyntax.Name && d.Place.Line < end-1 {
			t.Errorf("a document that ends on line %d is said to be wrong on line %d: %v", end, d.Place.Line, d)
		}
	}
}
