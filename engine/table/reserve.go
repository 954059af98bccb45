package table

import "rubric/engine/cell"

// mostReserved is how much memory a guess may ask for, in bytes.
const mostReserved = 4 << 30

// reserve makes room for a number of rows: for the whole file at once, if its
// size is known and the rows of the first chunk are typical. What is reserved
// and not used costs addresses, not memory.
func (m *merge) reserve(rows int, c chunk) {
	if rows <= m.capacity {
		return
	}
	room := rows
	switch {
	case m.capacity > 0:
		room = max(rows, m.capacity+m.capacity/2)
	case c.last:
	case m.size > 0:
		room += int(float64(m.size-int64(len(c.text))) / float64(len(c.text)) * float64(rows) * 1.03)
	default:
		room = 4 * rows
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
