package table

import (
	"hash/maphash"
	"strings"
	"sync"
)

// units holds the ids of all rows in one text, and an open-addressing hash of
// row numbers beside it. A million strings would cost a header and an
// allocation each, and the garbage collector's attention for ever.
//
// Where each id is greater than the one before, none stands twice. Many files are
// in that order, and are not hashed until somebody looks an id up.
type units struct {
	text  strings.Builder
	ends  []int    // of each row's id in text
	slots []uint64 // hash<<32 | row+1; 0 is free; nil: not hashed so far
	seed  maphash.Seed
	once  sync.Once // makes slots
	seen  uint64    // of no meaning: it keeps warm from being optimised away
}

const maxRows = 1<<32 - 2 // a slot has 32 bits for the row

// warmed is how many rows are looked up ahead: few enough to stay in the nearest cache.
const warmed = 256

// reserve prepares for a number of rows, whose ids are as long as those so far.
func (u *units) reserve(rows int) {
	if n := len(u.ends); n > 0 {
		u.text.Grow(max(0, int(float64(u.text.Len())/float64(n)*float64(rows))-u.text.Len()))
	}
	if rows > cap(u.ends) {
		u.ends = append(make([]int, 0, rows), u.ends...)
	}
	if u.slots != nil {
		u.rehash(rows)
	}
}

// at is the id of a row.
func (u *units) at(i int) string {
	start := 0
	if i > 0 {
		start = u.ends[i-1]
	}
	return u.text.String()[start:u.ends[i]]
}

func (u *units) hash(id []byte) uint32 { return uint32(maphash.Bytes(u.seed, id)) }

// ascend appends a row's id if all ids so far ascend and it goes on with that, and
// says whether it does. Such an id stands in no earlier row.
func (u *units) ascend(id []byte) bool {
	if u.slots != nil || len(u.ends) > 0 && string(id) <= u.at(len(u.ends)-1) {
		return false
	}
	u.append(id)
	return true
}

func (u *units) append(id []byte) {
	u.text.Write(id)
	u.ends = append(u.ends, u.text.Len())
}

// add appends a row's id with its hash. If an earlier row has it, that row is
// returned. An empty id is appended, but is the duplicate of none.
func (u *units) add(id []byte, hash uint32) (first int, duplicate bool) {
	u.once.Do(u.index)
	u.append(id)
	if len(id) == 0 {
		return 0, false
	}
	if 4*len(u.ends) > 3*len(u.slots) {
		u.rehash(2 * len(u.ends))
	}
	return u.put(id, hash, len(u.ends)-1)
}

// put notes that a row has an id, or finds the earlier row that has it.
func (u *units) put(id []byte, hash uint32, row int) (first int, duplicate bool) {
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

// index hashes the rows so far.
func (u *units) index() {
	u.rehash(max(len(u.ends), cap(u.ends)))
	hashes := make([]uint32, 0, warmed)
	for from := 0; from < len(u.ends); from += warmed {
		hashes = hashes[:0]
		for row := from; row < min(from+warmed, len(u.ends)); row++ {
			hashes = append(hashes, uint32(maphash.String(u.seed, u.at(row))))
		}
		u.warm(hashes)
		for k, hash := range hashes {
			if id := u.at(from + k); id != "" {
				u.put([]byte(id), hash, from+k)
			}
		}
	}
}

// warm looks at the places where ids with these hashes will stand. A table of many
// rows is larger than any cache, and looking one place up after the other would
// wait for memory each time; here nothing waits for what came before it.
func (u *units) warm(hashes []uint32) {
	if u.slots == nil {
		return
	}
	mask := uint32(len(u.slots) - 1)
	for _, hash := range hashes {
		u.seen |= u.slots[hash&mask]
	}
}

// find is the row of an id.
func (u *units) find(id string) (int, bool) {
	if id == "" {
		return 0, false
	}
	u.once.Do(u.index)
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
