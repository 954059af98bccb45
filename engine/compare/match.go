package compare

import (
	"strings"

	"rubric/engine"
	"rubric/engine/dataset"
)

// rows is a unit, at a period, on both sides; -1: it is not there.
type rows struct{ old, now int }

// matched pairs the rows of two results, each at most once: units of one id, then those
// that one side knows by an alias or a name of the other's. Where each side has one
// period, these are one, whatever they are called; a side without periods is at none of
// several.
func matched(old, now *engine.Result) []rows {
	var (
		before, after = old.Data.Periods(), now.Data.Periods()
		one           = len(before) <= 1 && len(after) <= 1
		out           = make([]rows, now.Data.Rows(), now.Data.Rows()+old.Data.Rows())
		back          = make([]int, old.Data.Rows()) // of an old row, the new one
	)
	for i := range out {
		out[i] = rows{-1, i}
	}
	for k := range back {
		back[k] = -1
	}
	pair := func(k, i int) {
		if k >= 0 && i >= 0 && back[k] < 0 && out[i].old < 0 {
			out[i].old, back[k] = k, i
		}
	}
	if one || len(before) > 0 && len(after) > 0 {
		there, here := knownBy(old.Data), knownBy(now.Data)
		for i := range out {
			pair(there.row(there.ids, now.Data, i, one), i)
		}
		for i := range out {
			if out[i].old < 0 {
				pair(there.row(there.others, now.Data, i, one), i)
			}
		}
		for k := range back {
			if back[k] < 0 {
				pair(k, here.row(here.others, old.Data, k, one))
			}
		}
	}
	for k, i := range back {
		if i < 0 {
			out = append(out, rows{k, -1})
		}
	}
	return out
}

// known is what the units of a side are called.
type known struct {
	d     *dataset.Dataset
	first map[string]int // the first row of an id
	names map[string]int // likewise of an id or a name, in small letters, if only one unit has it; else -1
}

func knownBy(d *dataset.Dataset) known {
	k := known{d, map[string]int{}, map[string]int{}}
	for i := range d.Rows() {
		if _, ok := k.first[d.ID(i)]; ok {
			continue // a later period
		}
		k.first[d.ID(i)] = i
		k.call(d.ID(i), i)
		if d.Name(i) != d.ID(i) {
			k.call(d.Name(i), i)
		}
	}
	return k
}

// call says that a unit has a name.
func (k known) call(name string, row int) {
	name = strings.ToLower(name)
	if other, taken := k.names[name]; taken && other != row {
		row = -1
	}
	k.names[name] = row
}

// ids finds the first row of a unit by its id.
func (k known) ids(id string) (int, bool) {
	i, ok := k.first[id]
	return i, ok
}

// others finds it by an alias, or a name without regard to case.
func (k known) others(name string) (int, bool) {
	if i, ok := k.d.Known(name); ok {
		return i, true
	}
	i, ok := k.names[strings.ToLower(name)]
	return i, ok && i >= 0
}

// row is the row of the unit of a row of the other side, at its period; -1: none.
func (k known) row(find func(string) (int, bool), of *dataset.Dataset, row int, onePeriod bool) int {
	i, ok := find(of.ID(row))
	if !ok {
		return -1
	}
	if onePeriod {
		return i
	}
	for id := k.d.ID(i); i < k.d.Rows() && k.d.ID(i) == id; i++ { // the periods of a unit follow one another
		if k.d.Period(i) == of.Period(row) {
			return i
		}
	}
	return -1
}
