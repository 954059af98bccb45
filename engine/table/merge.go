package table

import (
	"sync"

	"rubric/engine/cell"
	"rubric/spec/diag"
	"rubric/spec/source"
)

// merge puts blocks together to a table, in the order of the file. Only the
// numbers themselves are copied by several workers at a time.
type merge struct {
	repeat bool // a unit may have several rows
	*head
	size     int64 // of the file, 0: not known
	units    *units
	lines    lines
	found    found
	styles   styles
	invalid  *diag.Diagnostic
	fatal    *diag.Diagnostic
	line     int   // of the file, where the next block begins
	bytes    int64 // of the blocks so far
	capacity int   // rows there is room for
	numbers  []*Column
	texts    []*Column

	mu   sync.Mutex
	turn sync.Cond
	seq  int          // the chunk whose turn it is
	room sync.RWMutex // held for reading while numbers are copied, for writing while columns grow
}

func newMerge(h *head, size int64) *merge {
	m := &merge{head: h, size: size, line: h.above + 1, units: &units{seed: h.seed}}
	m.turn.L = &m.mu
	for _, c := range h.columns {
		if c.Kind == Text {
			m.texts = append(m.texts, c)
		} else {
			m.numbers = append(m.numbers, c)
		}
	}
	return m
}

// add appends the block that a scanner made of a chunk, when all chunks before
// it were added. It says whether reading on makes sense.
func (m *merge) add(c chunk, s *scanner) bool {
	m.mu.Lock()
	for m.seq != c.seq {
		m.turn.Wait()
	}
	start, rows := m.rows(), 0
	if m.fatal == nil {
		rows = s.rows
		m.reserve(start+rows, c)
		m.take(s, start)
	}
	goOn := m.fatal == nil
	m.room.RLock()
	m.seq++
	m.turn.Broadcast()
	m.mu.Unlock()

	for i, c := range m.numbers {
		copy(c.Values[start:start+rows], s.values[i*s.stride:])
	}
	for i, c := range m.texts {
		copy(c.Text[start:start+rows], s.words[i*s.stride:])
	}
	m.room.RUnlock()
	return goOn
}

// rows is the number of rows so far.
func (m *merge) rows() int { return len(m.units.ends) }

// take adds everything but numbers and texts.
func (m *merge) take(s *scanner, start int) {
	for _, j := range s.jumps {
		m.lines.add(start+j.row, m.line+j.line)
	}
	m.found.take(&s.found, m.line)
	m.styles.take(&s.styles, m.line)
	m.takeUnits(s)
	m.takeMarks(s.marks, start)
	for i, c := range m.numbers {
		c.Decimals = max(c.Decimals, s.places[i])
		join(c.Valid, s.bits(i), start, s.rows)
	}
	for i, c := range m.texts {
		join(c.Valid, s.bits(len(m.numbers)+i), start, s.rows)
	}
	if m.invalid == nil && s.invalid != nil {
		d := moved(*s.invalid, m.line)
		m.invalid = &d
	}
	if s.fatal != nil {
		d := moved(*s.fatal, m.line)
		m.fatal = &d
	}
	if m.fatal == nil && m.rows() > maxRows {
		d := diag.New(diag.DataLimit, source.Place{File: m.file}, "more than %d rows", maxRows)
		m.fatal = &d
	}
	m.line += s.block.lines
}

// takeUnits adds the units, and finds those that an earlier row has.
func (m *merge) takeUnits(s *scanner) {
	for i := range s.rows {
		if i%warmed == 0 {
			m.units.warm(s.hashes[i:min(i+warmed, s.rows)])
		}
		id := s.id(i)
		if m.units.ascend(id) {
			continue
		}
		first, twice := m.units.add(id, s.hashes[i])
		if !twice || m.repeat {
			continue
		}
		if m.found.full(diag.DataDuplicate) {
			m.found.skip(diag.DataDuplicate.Name, 1)
			continue
		}
		before := source.Place{File: m.file, Line: m.lines.of(first)}
		if m.unit == 0 {
			before.Column = 1
		}
		d := diag.New(diag.DataDuplicate, lower(s.unitPlace(i), m.line), "the unit `%s` stands twice", cut(id)).
			WithUnit(string(id)).
			WithRelated(before, "the first is here").
			WithHelp("a unit has one row a file: remove one of the two, or name one otherwise; for figures of several times declare `periods:`")
		m.found.add(d)
	}
}

// unitPlace is where the unit of a row of the block stands.
func (s *scanner) unitPlace(row int) source.Place {
	_, end := s.field(s.unit, s.at[row])
	s.pending = s.pending[:0] // a stray quote was found before
	from, to := s.span(s.at[row], end)
	return place(s.file, s.text, 0, 0, from, to)
}

// join sets the first n bits of a bitmap in a longer one, from a bit on.
func join(to, from cell.Bits, at, n int) {
	word, shift := at/64, uint(at%64)
	for i := range cell.Words(n) {
		x := from[i]
		if rest := n - 64*i; rest < 64 {
			x &= 1<<rest - 1
		}
		to[word+i] |= x << shift
		if spill := x >> (64 - shift); spill != 0 {
			to[word+i+1] |= spill
		}
	}
}
