package table

import (
	"bytes"

	"rubric/engine/cell"
	"rubric/spec/diag"
)

// block is what a worker makes of a chunk: its rows as columns, its findings,
// with lines counted from 0 at the chunk's first line. Blocks are used again.
type block struct {
	rows    int
	lines   int       // physical lines
	stride  int       // room for rows
	values  []float64 // number column k from k*stride on
	valid   []uint64  // bitmap of column k from k*Words(stride) on
	words   []string  // text column k from k*stride on
	ids     []byte    // of all rows, one after the other
	ends    []int     // of each row's id in ids
	hashes  []uint32  // of each row's id
	at      []int     // offset of each row's unit cell in the chunk
	jumps   lines
	marks   []mark
	places  []int // decimals of number column k
	styles  styles
	found   found
	invalid *diag.Diagnostic // the first character that is not UTF-8
	fatal   *diag.Diagnostic // what ended the reading
}

// reset empties the block for a chunk of the given layout.
func (b *block) reset(text []byte, l *layout) {
	// A row has at least a byte a field, so that short rows cannot make the
	// block of a wide file large.
	room := min(bytes.Count(text, newline), len(text)/len(l.slots)) + 1
	// An odd number of cache lines keeps columns from falling on each other.
	room = (room+7)/8 | 1
	b.stride = room * 8

	b.rows, b.lines = 0, 0
	b.values = resize(b.values, b.stride*l.numbers)
	b.words = resize(b.words, b.stride*l.texts)
	b.valid = resize(b.valid, cell.Words(b.stride)*(l.numbers+l.texts))
	for i := range b.valid {
		b.valid[i] = ^uint64(0)
	}
	b.places = resize(b.places, l.numbers)
	clear(b.places)
	b.ids, b.ends, b.at = b.ids[:0], b.ends[:0], b.at[:0]
	b.hashes, b.jumps, b.marks = b.hashes[:0], b.jumps[:0], b.marks[:0]
	b.styles, b.found = styles{}, found{}
	b.invalid, b.fatal = nil, nil
}

// id is the unit of a row.
func (b *block) id(i int) []byte {
	start := 0
	if i > 0 {
		start = b.ends[i-1]
	}
	return b.ids[start:b.ends[i]]
}

// bits is the bitmap of a column.
func (b *block) bits(column int) cell.Bits {
	n := cell.Words(b.stride)
	return b.valid[column*n : (column+1)*n]
}

// resize gives a slice of a length, whose content is anything.
func resize[T any](s []T, n int) []T {
	if cap(s) < n {
		return make([]T, n)
	}
	return s[:n]
}
