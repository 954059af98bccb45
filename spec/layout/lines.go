package layout

import (
	"fmt"
	"strings"

	"rubric/spec/tree"
)

// document is a text as lines of words.
type document struct {
	data  string
	lines []*line
}

// line is a line of the text as its author broke it, and what becomes of it. A scalar
// over several lines is one word, so that a line may hold more than one of the file.
type line struct {
	words []word
	gaps  []int // the spaces before each word
	blank bool  // a blank line stands before it
	note  *note // the comment at its end, or all that it is

	block  *block     // the map or list in block style of its first word; nil: none
	begins bool       // it begins with a key or a dash of that block, not with a value of it
	flow   *bracket   // the innermost bracket that is open where it begins
	opens  []*bracket // those that are opened on it
	keyed  int        // which word is the colon behind the key of a block map; 0: none
	keys   *block     // that map

	wide     bool // a row of a table that is too wide to be put in columns
	columned bool // a row of a table that is in columns
	stands   bool // a comment that stood right above what follows it, in the same column

	was, at int // the column where it begins, before and after
	width   int // where its text ends, when it is laid out
	text    string
}

// note is a comment.
type note struct {
	text    string
	was, at int // its column, before and after
	gap     int // the spaces before it as it was written

	goesOn bool // it has a line of its own, and stands below one that stands behind a line
}

// block is a map or list in block style.
type block struct {
	parent  *block
	list    bool
	was, at int // the column of its keys or dashes
}

// bracket is an open flow map or list.
type bracket struct {
	outer   *bracket
	line    *line // where it was opened
	was, at int   // its column, before and after
	inside  int   // the column of what stands behind it on its line; 0: nothing
	index   int   // which word of its line it is
}

// read takes a text apart into lines.
func read(data string, root *tree.Node) (*document, error) {
	d := &document{data: data}
	words, err := d.words(root)
	if err != nil {
		return nil, err
	}
	r := reader{d: d, gaps: make([]int, len(words))}
	for i := range words {
		if err := r.add(words, i); err != nil {
			return nil, err
		}
	}
	return d, nil
}

// reader puts words into lines and finds out what each line stands in.
type reader struct {
	d         *document
	gaps      []int
	line      *line
	lineStart int // of the line of the file that the last word ends on
	end       int // of the last word
	body      int // the end of the last block scalar
	block     *block
	flow      *bracket
}

func (r *reader) add(words []word, i int) error {
	w := words[i]
	if w.start >= r.body {
		r.end = max(r.end, r.body)
	}
	between := r.d.data[r.end:w.start]
	breaks := strings.Count(between, "\n")
	if breaks > 0 {
		r.lineStart = r.end + strings.LastIndexByte(between, '\n') + 1
	}
	column := columns(r.d.data[r.lineStart:w.start])
	if r.line == nil || breaks > 0 {
		r.line = &line{blank: r.line != nil && breaks > 1, was: column, flow: r.flow}
		r.d.lines = append(r.d.lines, r.line)
	}
	gap := len(between) // meant only within a line
	r.end = w.end
	if w.body != nil {
		r.body = w.body.end
	}
	if w.kind == comment {
		r.line.note = &note{text: r.d.text(w), was: column, gap: gap}
		if len(r.line.words) == 0 {
			r.line.block = r.block
		}
		return nil
	}
	if err := r.place(words, i, column); err != nil {
		return err
	}
	n := len(r.line.words)
	r.gaps[i] = r.gap(w, gap)
	r.line.words, r.line.gaps = words[i-n:i+1], r.gaps[i-n:i+1]
	if cut := strings.LastIndexByte(r.d.data[w.start:w.end], '\n'); cut >= 0 {
		r.lineStart = w.start + cut + 1
	}
	return nil
}

// place finds the block or the bracket that a word stands in.
func (r *reader) place(words []word, i, column int) error {
	w, l := words[i], r.line
	inFlow := r.flow != nil
	switch w.kind {
	case opening:
		r.flow = &bracket{outer: r.flow, line: l, was: column, index: len(l.words)}
		l.opens = append(l.opens, r.flow)
	case closing:
		if !inFlow {
			return fmt.Errorf("a bracket at %d that closes nothing", w.start)
		}
		r.flow = r.flow.outer
	case marker, directive:
		r.block = nil
	}
	first := len(l.words) == 0
	if !inFlow && r.isKey(words, i) {
		r.enter(w.kind == dash, column)
		l.begins = l.begins || first
	}
	if !inFlow && w.kind == colon && !first && l.words[len(l.words)-1].kind == scalar {
		l.keyed, l.keys = len(l.words), r.block
	}
	if first {
		l.block = r.block
	}
	return nil
}

// isKey says whether a word outside brackets begins an entry of a map or a list.
func (r *reader) isKey(words []word, i int) bool {
	switch words[i].kind {
	case dash, question:
		return true
	case scalar: // with its colon on the same line
		return i+1 < len(words) && words[i+1].kind == colon && strings.IndexByte(r.d.data[words[i].start:words[i+1].start], '\n') < 0
	case colon: // behind no key, or behind one that is nothing
		n := len(r.line.words)
		return n == 0 || r.line.words[n-1].kind != scalar
	}
	return false
}

// enter goes on with the block whose keys or dashes stand in a column, or begins one.
func (r *reader) enter(list bool, column int) {
	for r.block != nil && r.block.was > column {
		r.block = r.block.parent
	}
	if b := r.block; b != nil && b.was == column && b.list && !list { // a list in the column of its key has ended
		r.block = b.parent
	}
	if b := r.block; b != nil && b.was == column && b.list == list {
		return
	}
	b := &block{parent: r.block, list: list, was: column}
	if b.parent != nil {
		b.at = b.parent.at + indent
	}
	r.block = b
}

// gap is the space before a word of a line. Where columns can be, behind a comma and
// behind the colon of a key, it is that of the author for now.
func (r *reader) gap(w word, was int) int {
	l := r.line
	if len(l.words) == 0 {
		return 0
	}
	before := l.words[len(l.words)-1]
	switch {
	case before.kind == opening:
		return 0
	case before.kind == comma && w.kind != closing, before.kind == colon && l.keyed > 0 && l.keyed == len(l.words)-1:
		return max(was, 1)
	case before.kind == colon:
		return 1
	case w.kind == comma, w.kind == closing, w.kind == colon && before.kind == scalar:
		return 0
	}
	return 1
}
