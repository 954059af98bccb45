package table

import "rubric/engine/cell"

// mostReserved is how much memory a guess may ask for, in bytes.
const mostReserved = 4 << 30

// reserve makes room for a number of rows, the last ones of which are in a
// chunk. Where the file's size is known, it makes room for the whole file at
// once, if the rows so far are typical. What is reserved and not used costs
// addresses, not memory.
func (m *merge) reserve(rows int, c chunk) {
	m.bytes += int64(len(c.text))
	if rows <= m.capacity {
		return
	}
	room := 4 * rows
	switch {
	case c.last:
		room = rows
	case m.size > m.bytes && rows >= 16:
		ahead := float64(m.size-m.bytes) / float64(m.bytes) * float64(rows)
		room = max(rows+int(1.03*ahead), m.capacity+m.capacity/8)
	case m.capacity > 0:
		room = max(rows, m.capacity+m.capacity/2)
	}
	width := 8*len(m.numbers) + 16*len(m.texts) + 32
	m.grow(max(rows, min(room, mostReserved/width)))
}

// grow gives all columns room for so many rows.
func (m *merge) grow(rows int) {
	m.room.Lock()
	defer m.room.Unlock()
	for _, c := range m.columns {
		c.Valid = grown(c.Valid, cell.Words(rows))
		if c.Kind == Text {
			c.Text = grown(c.Text, rows)
		} else {
			c.Values = grown(c.Values, rows)
		}
	}
	m.units.reserve(rows)
	m.capacity = rows
}

// grown is a longer copy of a slice.
func grown[S ~[]E, E any](s S, n int) S {
	out := make(S, n)
	copy(out, s)
	return out
}
