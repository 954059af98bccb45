package table

import "sort"

// jump says that a row starts on a line. Rows after it follow line by line,
// until the next jump.
type jump struct{ row, line int }

// lines tells rows' line numbers. Only blank lines and line breaks within
// quotes need a jump, so that most files have one.
type lines []jump

// add appends a row, unless it stands where the rows before lead.
func (l *lines) add(row, line int) {
	if n := len(*l); n > 0 {
		if last := (*l)[n-1]; last.line+row-last.row == line {
			return
		}
	}
	*l = append(*l, jump{row, line})
}

// of is the line of a row.
func (l lines) of(row int) int {
	i := sort.Search(len(l), func(i int) bool { return l[i].row > row }) - 1
	return l[i].line + row - l[i].row
}
