// Package layout gives a document its canonical layout, as gofmt does for Go, so that a
// review shows what was changed and not how it was typed.
//
// It moves words and never changes, adds or removes one. The author's lines are kept,
// and so are the order of keys, quotes, block scalars and comments; what is settled
// are the white space between words, the indentation, and columns:
//
//	columns:
//	    gdp: { title: Gross domestic product,measure: 100m CNY }
//	    debt:   {title: Debt,   measure: 100m CNY}
//
// becomes
//
//	columns:
//	  gdp:  {title: Gross domestic product, measure: 100m CNY}
//	  debt: {title: Debt,                   measure: 100m CNY}
//
// Columns follow the author: where some rows are in columns, all are, and where none
// is, none becomes so. That is what values.go does for the values of a map, table.go
// for the inside of flow maps, and comments.go for comments behind lines.
//
// Layout works on the words of the text, guided by the tree, and reads its own result
// again: it is handed out only if it says the same.
package layout

import (
	"bytes"
	"errors"
	"fmt"

	"rubric/spec/diag"
	"rubric/spec/source"
	"rubric/spec/tree"
)

// indent is by how much what stands below something is indented.
const indent = 2

// Width is how wide a table may become by being put in columns. A wider one is left
// as its author wrote it.
const Width = 130

// Format is a text in canonical layout. One that cannot be read has findings instead.
// The error is a mistake of this package: the layout would have changed what the
// text says.
func Format(f *source.File) ([]byte, diag.List, error) {
	root, list := tree.Parse(f)
	if list.Errors() > 0 || root == nil {
		return nil, list, nil
	}
	text, err := Of(f, root)
	return text, nil, err
}

// Of is the canonical layout of a text that was read without findings: LF ends every
// line, no byte order mark begins it.
func Of(f *source.File, root *tree.Node) ([]byte, error) {
	if foreign(f.Data) {
		return f.Data, nil
	}
	text := plainEnds(f.Data)
	if len(text) != len(f.Data) || bytes.IndexByte(f.Data, '\r') >= 0 { // places are to be those of the text that is laid out
		var list diag.List
		if root, list = tree.Parse(source.NewFile(f.Name, text)); root == nil || list.Errors() > 0 {
			return nil, fmt.Errorf("%s cannot be read with LF line ends", f.Name)
		}
	}
	d, err := read(string(text), root)
	if err != nil {
		return nil, fmt.Errorf("lay out %s: %w", f.Name, err)
	}
	out := d.layOut()
	switch {
	case bytes.Equal(out, text):
		return out, nil
	case len(out) > tree.MaxSize: // indented, it could not be read any more
		return f.Data, nil
	}
	if err := same(text, root, out); err != nil {
		return nil, fmt.Errorf("lay out %s: %w", f.Name, err)
	}
	return out, nil
}

// same holds a layout against the text that it is of: the same words, comments
// included, which say the same.
func same(text []byte, root *tree.Node, out []byte) error {
	if !sameWords(text, out) {
		return errors.New("the layout would change a word")
	}
	again, list := tree.Parse(source.NewFile("", out))
	if again == nil || list.Errors() > 0 {
		return fmt.Errorf("the layout cannot be read: %v", list.Sorted())
	}
	if again.Digest() != root.Digest() {
		return errors.New("the layout would change what the document says")
	}
	return nil
}

// sameWords says whether two texts differ in nothing but white space.
func sameWords(a, b []byte) bool {
	i, k := 0, 0
	for {
		for i < len(a) && white(a[i]) {
			i++
		}
		for k < len(b) && white(b[k]) {
			k++
		}
		if i == len(a) || k == len(b) {
			return i == len(a) && k == len(b)
		}
		if a[i] != b[k] {
			return false
		}
		i, k = i+1, k+1
	}
}

func white(b byte) bool { return b == ' ' || b == '\t' || b == '\n' }

// foreign says whether a text has line ends that only YAML 1.1 knows: the next line,
// line and paragraph separators of Unicode. What they mean depends on the reader, so
// such a text is left alone.
func foreign(data []byte) bool {
	for _, end := range []string{"\u0085", "\u2028", "\u2029"} {
		if bytes.Contains(data, []byte(end)) {
			return true
		}
	}
	return false
}

// plainEnds is a text without byte order mark, whose lines end in LF.
func plainEnds(data []byte) []byte {
	data = bytes.TrimPrefix(data, []byte("\ufeff"))
	if bytes.IndexByte(data, '\r') < 0 {
		return data
	}
	data = bytes.ReplaceAll(data, []byte("\r\n"), []byte("\n"))
	return bytes.ReplaceAll(data, []byte("\r"), []byte("\n"))
}
