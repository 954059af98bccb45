package layout

import (
	"bytes"
	"strings"

	"rubric/spec/tree"
)

// layOut is the document in canonical layout.
func (d *document) layOut() []byte {
	d.indentBlocks()
	for _, rows := range d.tables() {
		alignTable(rows)
	}
	d.alignValues()
	for _, l := range d.lines {
		d.render(l)
	}
	d.alignNotes()
	return d.print()
}

// indentBlocks settles the column of every line outside brackets; from the end, because
// a comment belongs to what follows it.
func (d *document) indentBlocks() {
	var next *line
	for i := len(d.lines) - 1; i >= 0; i-- {
		l := d.lines[i]
		switch {
		case len(l.words) == 0:
			if l.flow == nil {
				l.at = l.noteColumn(next)
				l.stands = next != nil && next.was == l.was
			}
			continue
		case l.flow != nil || l.block == nil:
		case l.begins:
			l.at = l.block.at
		default:
			l.at = l.block.at + indent
		}
		next = l
	}
}

// noteColumn is the column of a comment that has a line of its own: that of the line
// below, if it stood there or that is the first below its key, or else of the block
// that it stood in or was nearest to.
func (l *line) noteColumn(next *line) int {
	best, at := -1, 0
	if next != nil && l.block != nil && next.block != nil && next.block.parent == l.block && next.begins && l.was >= l.block.was {
		return next.at
	}
	if next != nil {
		at = next.at
		if next.was <= l.was {
			best = next.was
		}
	}
	for b := l.block; b != nil; b = b.parent {
		if b.was <= l.was && b.was > best {
			best, at = b.was, b.at
		}
	}
	return at
}

// render writes the words of a line.
func (d *document) render(l *line) {
	if l.flow != nil {
		l.at = l.flow.column(l)
	}
	if len(l.words) == 0 {
		return
	}
	var b strings.Builder
	b.WriteString(spaces(l.at))
	l.width = l.at
	opens := l.opens
	for i, w := range l.words {
		b.WriteString(spaces(l.gaps[i]))
		l.width += l.gaps[i]
		if len(opens) > 0 && opens[0].index < i { // it is the word behind the bracket
			opens[0].inside = l.width
			opens = opens[1:]
		}
		if len(opens) > 0 && opens[0].index == i {
			opens[0].at = l.width
		}
		text := d.text(w)
		if w.kind == scalar && strings.Contains(text, "\n") {
			text = d.refold(l, w)
			b.WriteString(text)
			l.width = columns(text[strings.LastIndexByte(text, '\n')+1:])
			continue
		}
		b.WriteString(text)
		l.width += columns(text)
	}
	l.text = b.String()
}

// column is the column of a line that begins within a bracket: behind it, if
// something stood there on the bracket's own line, and else indented.
func (f *bracket) column(l *line) int {
	closes := len(l.words) > 0 && l.words[0].kind == closing
	behind := f.inside > 0 && f.inside <= Width
	switch {
	case behind && !closes:
		return f.inside
	case behind && l.was > f.line.was:
		return f.at
	case closes && l.was <= f.line.was+f.line.lead():
		return f.line.base()
	}
	return f.line.base() + indent
}

// base is the column of the first word of a line that is no dash.
func (l *line) base() int { return l.at + l.lead() }

// lead is how many columns the dashes take that a line begins with.
func (l *line) lead() (n int) {
	for _, w := range l.words {
		if w.kind != dash && w.kind != question {
			break
		}
		n += indent
	}
	return n
}

// refold is a scalar over several lines. What follows its first line keeps its place
// below it, or below the beginning of the line.
func (d *document) refold(l *line, w word) string {
	was := columns(d.data[strings.LastIndexByte(d.data[:w.start], '\n')+1 : w.start])
	least := min(was, 1)
	if b := l.innermost(); b != nil {
		least = b.at + indent
	}
	lines := strings.Split(d.text(w), "\n")
	for i, text := range lines {
		if i < len(lines)-1 {
			text = trimEnd(text, w.scalar.Style() == tree.Double)
		}
		if i > 0 {
			bare := strings.TrimLeft(text, " \t")
			column := len(text) - len(bare)
			if column >= was {
				column += l.width - was
			} else {
				column += l.at - l.was
			}
			if text = bare; bare != "" {
				text = spaces(max(column, least)) + bare
			}
		}
		lines[i] = text
	}
	return strings.Join(lines, "\n")
}

// innermost is the deepest block that a line belongs to.
func (l *line) innermost() *block {
	if l.keys != nil {
		return l.keys
	}
	return l.block
}

// trimEnd is a line without white space at its end, but for one that a backslash
// makes a character.
func trimEnd(text string, escapes bool) string {
	bare := strings.TrimRight(text, " \t")
	if !escapes || len(bare) == len(text) {
		return bare
	}
	if slashes := len(bare) - len(strings.TrimRight(bare, `\`)); slashes%2 == 1 {
		return text[:len(bare)+1]
	}
	return bare
}

// print puts the lines together.
func (d *document) print() []byte {
	var b bytes.Buffer
	b.Grow(len(d.data) + len(d.data)/8)
	for i, l := range d.lines {
		if l.blank {
			b.WriteByte('\n')
		}
		b.WriteString(l.text)
		if n := l.note; n != nil {
			b.WriteString(spaces(n.at - l.width))
			b.WriteString(n.text)
		}
		open := false
		if len(l.words) > 0 {
			if w := l.words[len(l.words)-1]; w.body != nil {
				d.printBody(&b, l, w)
				open = i == len(d.lines)-1 && w.body.end == len(d.data) && !strings.Contains(d.text(w), "-")
			}
		}
		if !open { // a line end more would be a character of the text
			b.WriteByte('\n')
		}
	}
	return b.Bytes()
}

// printBody writes the lines of a block scalar, which are moved together.
func (d *document) printBody(b *bytes.Buffer, l *line, w word) {
	in := l.innermost()
	was, at := 0, indent
	if digit := strings.Trim(d.text(w), "|>+-"); digit != "" {
		was, at = int(digit[0]-'0'), int(digit[0]-'0')
		if in != nil {
			was, at = was+in.was, at+in.at
		}
	} else {
		was = len(d.data)
		for _, text := range w.body.lines {
			if bare := strings.TrimLeft(text, " "); bare != "" {
				was = len(text) - len(bare)
				break
			}
		}
		if in != nil {
			at += in.at
		}
	}
	for _, text := range w.body.lines {
		b.WriteByte('\n')
		if len(text) > was {
			b.WriteString(spaces(at))
			b.WriteString(text[was:])
		}
	}
}
