package dataset

// without is the data set without the units that are none of the methodology's:
// the data set itself where there are no such.
func (d *Dataset) without(out func(id string) bool) *Dataset {
	var rows []int
	for i := range d.Rows() {
		if !out(d.ID(i)) {
			rows = append(rows, i)
		}
	}
	if len(rows) == d.Rows() {
		return d
	}
	at := map[int]int{} // of a row that stays: its place among those
	for k, i := range rows {
		at[i] = k
	}
	left := d.Select(rows)
	left.index = map[string]int{}
	for name, i := range d.index {
		if k, ok := at[i]; ok {
			left.index[name] = k
		}
	}
	if find := d.find; find != nil {
		left.find = func(name string) (int, bool) {
			i, ok := find(name)
			if !ok {
				return -1, false
			}
			k, ok := at[i]
			return k, ok
		}
	}
	return left
}
