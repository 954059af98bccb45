package layout

import (
	"bytes"
	"testing"

	"rubric/spec/source"
	"rubric/spec/tree"
)

// FuzzFormat: whatever can be read can be laid out; the layout says the same, with the
// same comments and in the same words, and is its own layout.
func FuzzFormat(f *testing.F) {
	for _, data := range corpus(f) {
		if len(data) < 4000 {
			f.Add(data)
		}
	}
	for _, text := range awkward {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, data []byte) { holds(t, data) })
}

// holds holds the layout of a text against what every layout is, and gives it.
func holds(t *testing.T, data []byte) []byte {
	t.Helper()
	root, list := tree.Parse(source.NewFile("m.yaml", data))
	out, found, err := Format(source.NewFile("m.yaml", data))
	switch {
	case err != nil:
		t.Fatalf("%v\n%q", err, data)
	case root == nil || list.Errors() > 0:
		if len(out) > 0 || found.Errors() == 0 {
			t.Fatalf("a text that cannot be read is laid out, or has no findings: %q", data)
		}
		return nil
	case len(found) > 0:
		t.Fatalf("findings of a text that can be read: %v", found)
	}
	again, list := tree.Parse(source.NewFile("m.yaml", out))
	if again == nil || list.Errors() > 0 {
		t.Fatalf("%q\n%q: %v", data, out, list)
	}
	if root.Digest() != again.Digest() {
		t.Fatalf("it says something else:\n%q\n%q", data, out)
	}
	if !bytes.Equal(bare(data), bare(out)) {
		t.Fatalf("other words:\n%q\n%q", data, out)
	}
	twice, _, err := Format(source.NewFile("m.yaml", out))
	if err != nil || !bytes.Equal(out, twice) {
		t.Fatalf("the layout has another layout: %v\n%q\n%q\n%q", err, data, out, twice)
	}
	return out
}

// bare is a text without white space.
func bare(data []byte) []byte {
	return bytes.Map(func(r rune) rune {
		switch r {
		case ' ', '\t', '\n', '\r', '\ufeff':
			return -1
		}
		return r
	}, data)
}

// awkward are texts that are easily laid out wrongly.
var awkward = []string{
	"a: |2-  # why\n   x\n  y\n\n# end\nb: 1",
	"a:\n- |2\n   x\n- >+\n  y\n\n\n",
	"- - a: 1\n    b:   2\n  -   c\n-\n  d: x\n",
	"? a\n: b\n? c\n: - d\n  - e\n",
	"k: {a: [1,2 , {b: c}],d: , \"e\":f}\n",
	"k: {title: x, # one\n     from: y # two\n    }\nl: [\n1, 2,\n  ]\n",
	"k: \"a\\ \n   b\\\n    c  \n\n  d\"\nl: 'x\n  ''y'\nm: x\n  y\n   z\n",
	"%YAML 1.2\n---\n# c\na: 1\n...\n# d\n",
	"--- |\n x\n",
	"--- text\n  more\n",
	"  a: 1\n  # c\n  b: 2\n",
	"a: 1   # x\n       # y\nb:     # z\n  c: 2\n    # deep\n# out\n",
	"a:\n  - {x: 1, y: 2}\n  - {x: 10,  z: 3}\n\n\n\n  - {y: 1, x:   2}\n",
	"a:  1\nbb:   2\n\nc:  3\n",
	"[a: b, ? c, : d, {e}]\n",
	"a: |\n  x",
	"a: |+\n\n\n",
	": a\n",
	"a: \n\tb\n",
	"中文: {标题: 甲,   b: 1}\nb:    {标题: 乙丙, b: 2}\n",
}
