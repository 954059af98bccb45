package table

import (
	"hash/maphash"
	"strings"
)

// units holds the ids of all rows in one text, and an open-addressing hash of
// row numbers beside it. A million strings would cost a header and an
// allocation each, and the garbage collector's attention for ever.
type units struct {
	text  strings.Builder
	ends  []int    // of each row's id in text
	slots []uint64 // hash<<32 | row+1; 0 is free
	seed  maphash.Seed
}

const maxRows = 1<<32 - 2 // a slot has 32 bits for the row

// reserve prepares for a number of rows.
func (u *units) reserve(rows int) {
	if n := len(u.ends); n > 0 {
		u.text.Grow(max(0, u.text.Len()/n*rows-u.text.Len()))
	}
	u.ends = append(make([]int, 0, rows), u.ends...)
	u.rehash(rows)
}

// at is the id of a row.
func (u *units) at(i int) string {
	start := 0
	if i > 0 {
		start = u.ends[i-1]
	}
	return u.text.String()[start:u.ends[i]]
}

// add appends a row's id with its hash, which workers compute. If an earlier row has it, that row is returned. An
// empty id is appended, but is the duplicate of none.
func (u *units) add(id []byte, hash uint32) (first int, duplicate bool) {
	row := len(u.ends)
	u.text.Write(id)
	u.ends = append(u.ends, u.text.Len())
	if len(id) == 0 {
		return 0, false
	}
	if 4*len(u.ends) > 3*len(u.slots) {
		u.rehash(2 * len(u.ends))
	}
	mask := uint32(len(u.slots) - 1)
	for at := hash & mask; ; at = (at + 1) & mask {
		slot := u.slots[at]
		if slot == 0 {
			u.slots[at] = uint64(hash)<<32 | uint64(row+1)
			return 0, false
		}
		if uint32(slot>>32) == hash {
			if first := int(uint32(slot)) - 1; u.at(first) == string(id) {
				return first, true
			}
		}
	}
}

// find is the row of an id.
func (u *units) find(id string) (int, bool) {
	if len(u.slots) == 0 || id == "" {
		return 0, false
	}
	hash, mask := uint32(maphash.String(u.seed, id)), uint32(len(u.slots)-1)
	for at := hash & mask; u.slots[at] != 0; at = (at + 1) & mask {
		if uint32(u.slots[at]>>32) == hash {
			if row := int(uint32(u.slots[at])) - 1; u.at(row) == id {
				return row, true
			}
		}
	}
	return 0, false
}

// rehash makes room for a number of rows, three quarters full.
func (u *units) rehash(rows int) {
	size := 16
	for 3*size < 4*rows {
		size *= 2
	}
	if size <= len(u.slots) {
		return
	}
	old := u.slots
	u.slots = make([]uint64, size)
	mask := uint32(size - 1)
	for _, slot := range old {
		if slot == 0 {
			continue
		}
		at := uint32(slot>>32) & mask
		for u.slots[at] != 0 {
			at = (at + 1) & mask
		}
		u.slots[at] = slot
	}
}
