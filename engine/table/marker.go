package table

import "slices"

// mark is a cell that holds a marker: a text that stands for the absence of a
// figure.
type mark struct {
	column, row int // texts behind numbers
	marker      int
}

// marked notes a cell of the row being read if its text is a marker.
func (s *scanner) marked(column int, text []byte) bool {
	if len(s.markers) == 0 {
		return false
	}
	k, ok := s.markers[string(text)]
	if ok {
		s.marks = append(s.marks, mark{column, s.rows, k})
	}
	return ok
}

// setMarkers makes the markers known to the scanners.
func (l *layout) setMarkers(markers []string) {
	if len(markers) > 0 {
		l.markers = make(map[string]int, len(markers))
	}
	for i, m := range markers {
		l.markers[m] = i
	}
}

// takeMarks adds the marks of a block whose first row is start.
func (m *merge) takeMarks(marks []mark, start int) {
	if len(marks) == 0 {
		return
	}
	columns := slices.Concat(m.numbers, m.texts)
	for _, k := range marks {
		columns[k.column].mark(start+k.row, k.marker)
	}
}

func (c *Column) mark(row, marker int) {
	if c.Marks == nil {
		c.Marks = map[int]int{}
	}
	c.Marks[row] = marker
}

// numericMarkers takes away the figures that are markers, such as -999: the
// scanner reads them as numbers, as it does without markers.
func (c *Column) numericMarkers(markers map[string]int) {
	values := map[float64]int{}
	for text, i := range markers {
		if n, err := parse([]byte(text), false); err == nil {
			values[n.value] = i
		}
	}
	if len(values) == 0 || c.Kind == Text {
		return
	}
	for row, x := range c.Values {
		if marker, ok := values[x]; ok && c.Valid.Get(row) {
			c.Valid.Clear(row)
			c.mark(row, marker)
		}
	}
}
