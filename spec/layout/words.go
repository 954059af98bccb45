package layout

import (
	"fmt"
	"strings"

	"rubric/spec/tree"
)

// kind is what a word is.
type kind uint8

const (
	scalar   kind = iota // a key or a value; of a block scalar only the header
	dash                 // begins an item
	question             // begins a key
	colon
	comma
	opening // [ or {
	closing // ] or }
	marker  // --- or ...
	directive
	comment
)

// word is a piece of the text between white space.
type word struct {
	kind       kind
	start, end int // in the text
	scalar     *tree.Node
	body       *body // of a block scalar
}

// body is what stands below the header of a block scalar.
type body struct {
	lines []string // as they stand in the file
	end   int      // of the last one
}

// text is how a word is written.
func (d *document) text(w word) string { return d.data[w.start:w.end] }

// words takes a text apart. The tree says where the scalars are; what stands between
// them can be nothing but punctuation and comments, and so is easily told.
func (d *document) words(root *tree.Node) ([]word, error) {
	const usual = 5 // bytes that a word takes, with the space behind it
	out := make([]word, 0, len(d.data)/usual)
	at := 0
	var err error
	var visit func(n *tree.Node)
	visit = func(n *tree.Node) {
		for _, x := range n.Items {
			visit(x)
		}
		for _, e := range n.Entries {
			visit(e.Key)
			visit(e.Value)
		}
		if n.Kind == tree.Map || n.Kind == tree.List || n.Span.Start >= n.Span.End || err != nil {
			return
		}
		if n.Span.Start < at {
			err = fmt.Errorf("a scalar at %d within another", n.Span.Start)
			return
		}
		if out, err = d.between(out, at, n.Span.Start); err == nil {
			w := d.scalar(n)
			out, at = append(out, w), w.end
			if w.body != nil { // behind the header there may be a comment
				out, err = d.between(out, w.end, w.end+d.lineLength(w.end))
				at = w.body.end
			}
		}
	}
	visit(root)
	if err != nil {
		return nil, err
	}
	return d.between(out, at, len(d.data))
}

// between takes apart what stands between two scalars.
func (d *document) between(out []word, at, to int) ([]word, error) {
	for at < to {
		lineStart := at == 0 || d.data[at-1] == '\n'
		k, n := scalar, 1
		switch c := d.data[at]; {
		case c == ' ' || c == '\t' || c == '\n':
			at++
			continue
		case c == '#':
			k, n = comment, d.toLineEnd(at)
		case c == '%' && lineStart:
			k, n = directive, d.toLineEnd(at)
		case lineStart && (strings.HasPrefix(d.data[at:to], "---") || strings.HasPrefix(d.data[at:to], "...")):
			k, n = marker, 3
		case c == '-':
			k = dash
		case c == '?':
			k = question
		case c == ':':
			k = colon
		case c == ',':
			k = comma
		case c == '[' || c == '{':
			k = opening
		case c == ']' || c == '}':
			k = closing
		default:
			return nil, fmt.Errorf("a %q at %d where none is meant", c, at)
		}
		out = append(out, word{kind: k, start: at, end: at + n})
		at += n
	}
	return out, nil
}

// toLineEnd is how much of a line stands behind a place, without white space at its end.
func (d *document) toLineEnd(at int) int {
	n := strings.IndexByte(d.data[at:], '\n')
	if n < 0 {
		n = len(d.data) - at
	}
	return len(strings.TrimRight(d.data[at:at+n], " \t"))
}

// scalar is a scalar of the text.
func (d *document) scalar(n *tree.Node) word {
	w := word{kind: scalar, start: n.Span.Start, end: n.Span.End, scalar: n}
	switch n.Style() {
	case tree.Single, tree.Double:
		w.end = closingQuote(d.data, w.start)
	case tree.Literal, tree.Folded:
		return d.block(w)
	}
	return w
}

// closingQuote is the place behind the quote that ends a scalar.
func closingQuote(data string, start int) int {
	quote := data[start]
	for at := start + 1; at < len(data); at++ {
		switch {
		case data[at] == '\\' && quote == '"':
			at++
		case data[at] == quote && quote == '\'' && at+1 < len(data) && data[at+1] == quote:
			at++
		case data[at] == quote:
			return at + 1
		}
	}
	return len(data)
}

// block parts a block scalar into its header and the lines below.
func (d *document) block(w word) word {
	spanEnd := w.end
	w.end = w.start + 1
	for w.end < len(d.data) && strings.IndexByte("+-0123456789", d.data[w.end]) >= 0 {
		w.end++
	}
	first := w.start + strings.IndexByte(d.data[w.start:], '\n') + 1
	if first == w.start || spanEnd <= first {
		return w // nothing stands below
	}
	last := spanEnd - 1
	if d.data[last] != '\n' {
		last += d.lineLength(last)
	}
	w.body = &body{strings.Split(d.data[first:last], "\n"), last}
	return w
}

// lineLength is how much of a line stands behind a place.
func (d *document) lineLength(at int) int {
	if n := strings.IndexByte(d.data[at:], '\n'); n >= 0 {
		return n
	}
	return len(d.data) - at
}
