package table

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math"
	"unicode/utf8"

	"github.com/parquet-go/parquet-go"
)

// pageReader reads the pages of one column, in order. Numbers and the ids of units
// are taken as they lie in memory, whether a page has them itself or names their
// places in a dictionary; all else goes value by value.
type pageReader struct {
	*parquetReader
	i    int
	leaf *parquet.Column
	c    *Column // nil: the units
	most byte    // the definition level of a cell that is not null
	row  int     // the next

	dictionary parquet.Dictionary // the one whose numbers words has
	words      []float64
	scratch    []float64
}

// page reads the cells of a page.
func (r *pageReader) page(page parquet.Page) error {
	n := int(page.NumValues())
	if r.row+n > r.rows {
		return fmt.Errorf("the column `%s` has more cells than the file has rows", r.leaf.Name())
	}
	err := errNotPlain
	switch {
	case r.c == nil:
		err = r.ids(page, n)
	case r.c.Kind == Number:
		err = r.numbers(page, n)
	}
	if errors.Is(err, errNotPlain) {
		err = r.values(page, n)
	}
	r.row += n
	return err
}

// errNotPlain says that a page must be read value by value.
var errNotPlain = errors.New("not plain")

// errDamaged says that a page contradicts itself.
var errDamaged = errors.New("a page of it contradicts itself")

// values reads a page value by value.
func (r *pageReader) values(page parquet.Page, n int) error {
	values := make([]parquet.Value, min(n, 1024))
	reader := page.Values()
	for done := 0; done < n; {
		k, err := reader.ReadValues(values[:min(len(values), n-done)])
		if r.c == nil {
			ids := make([][]byte, k)
			for j, v := range values[:k] {
				ids[j] = unit(r.leaf, v)
			}
			r.units(ids, r.row+done)
		} else {
			for j, v := range values[:k] {
				r.value(r.i, r.leaf, v, r.row+done+j)
			}
		}
		done += k
		if err != nil && !errors.Is(err, io.EOF) || k == 0 && done < n {
			return fmt.Errorf("the column `%s` ends early: %v", r.leaf.Name(), err)
		}
	}
	return nil
}

// ids reads a page of texts in the column of units.
func (r *pageReader) ids(page parquet.Page, n int) error {
	if decimal, _ := scaleOf(r.leaf); decimal || r.leaf.Type().Kind() != parquet.ByteArray {
		return errNotPlain
	}
	levels := page.DefinitionLevels()
	if len(levels) == 0 && r.most > 0 || len(levels) > 0 && len(levels) != n {
		return errNotPlain
	}
	data := page.Data()
	var places []int32
	if d := page.Dictionary(); d != nil {
		places, data = data.Int32(), d.Page().Data()
	}
	text, ends := data.ByteArray()
	if !utf8.Valid(text) {
		return errNotPlain
	}
	ids := make([][]byte, 0, min(n, warmed))
	next := 0
	for k := range n {
		var id []byte
		if len(levels) == 0 || levels[k] == r.most {
			at := next
			if places != nil {
				if next >= len(places) {
					return errDamaged
				}
				at = int(places[next])
			}
			if at < 0 || at+1 >= len(ends) {
				return errDamaged
			}
			id = bytes.TrimSpace(text[ends[at]:ends[at+1]])
			next++
		}
		if ids = append(ids, id); len(ids) == warmed || k == n-1 {
			r.units(ids, r.row+k+1-len(ids))
			ids = ids[:0]
			if r.row+k+1 == warmed {
				r.b.t.units.reserve(r.rows)
			}
		}
	}
	return nil
}

// numbers reads a page of numbers.
func (r *pageReader) numbers(page parquet.Page, n int) error {
	x, err := r.floats(page)
	if err != nil {
		return err
	}
	levels := page.DefinitionLevels()
	switch {
	case len(levels) == n && r.most > 0:
	case len(levels) == 0 && r.most == 0 && len(x) == n:
		levels = make([]byte, n)
	default:
		return errNotPlain
	}
	if !r.spread(x, levels) {
		return errDamaged
	}
	return nil
}

// floats are the numbers of a page, without its nulls.
func (r *pageReader) floats(page parquet.Page) ([]float64, error) {
	d := page.Dictionary()
	if d == nil {
		return r.doubles(page, &r.scratch)
	}
	if d != r.dictionary {
		words, err := r.doubles(d.Page(), &r.words)
		if err != nil {
			return nil, err
		}
		r.dictionary, r.words = d, words
	}
	data := page.Data()
	places := data.Int32()
	r.scratch = resize(r.scratch, len(places))
	for k, at := range places {
		if uint(at) >= uint(len(r.words)) {
			return nil, errDamaged
		}
		r.scratch[k] = r.words[at]
	}
	return r.scratch, nil
}

// doubles are the numbers of a page or a dictionary as doubles: themselves if they
// are that, else in the room that the caller keeps.
func (r *pageReader) doubles(page parquet.Page, room *[]float64) ([]float64, error) {
	if whole(r.leaf) {
		switch data := page.Data(); r.leaf.Type().Kind() {
		case parquet.Int32:
			*room = converted(*room, data.Int32())
			return *room, nil
		case parquet.Int64:
			*room = converted(*room, data.Int64())
			return *room, nil
		}
	}
	if r.leaf.Type().Kind() == parquet.Double {
		data := page.Data()
		return data.Double(), nil
	}
	return nil, errNotPlain
}

// whole says whether a column of integers has their plain meaning: signed, and no
// digit behind a point.
func whole(leaf *parquet.Column) bool {
	_, scale := scaleOf(leaf)
	return scale == 0 && !unsigned(leaf)
}

func converted[N int32 | int64](room []float64, from []N) []float64 {
	room = resize(room, len(from))
	for i, x := range from {
		room[i] = float64(x)
	}
	return room
}

// spread puts numbers where the levels say that there are some, and says whether
// there are as many as that. Eight cells are done at a time, without a branch on
// which of them are null: what is written behind an absent cell is never read.
func (r *pageReader) spread(x []float64, levels []byte) bool {
	const ones = 0x0101010101010101
	all := uint64(r.most) * ones
	values := r.c.Values[r.row : r.row+len(levels)]
	next := 0
	for k := 0; k < len(levels); {
		if (r.row+k)%8 == 0 && k+8 <= len(levels) && next+8 <= len(x) {
			from, to := (*[8]float64)(x[next:]), (*[8]float64)(values[k:])
			if finite(from) {
				mask := uint64(0xFF)
				if binary.LittleEndian.Uint64(levels[k:]) == all {
					eight := *from // by way of registers: no call
					*to = eight
					next += 8
				} else {
					mask = 0
					at := 0
					for j, level := range (*[8]byte)(levels[k:]) {
						to[j] = from[at&7] // at is 8 after the last only
						has := 0
						if level == r.most {
							has = 1
						}
						mask |= uint64(has) << j
						at += has
					}
					next += at
				}
				r.c.Valid[(r.row+k)>>6] |= mask << (uint(r.row+k) & 63)
				k += 8
				continue
			}
		}
		if levels[k] == r.most {
			if next >= len(x) {
				return false
			}
			if v := x[next]; v-v == 0 {
				values[k] = v
				r.c.Valid.Set(r.row + k)
			} else {
				r.nans[r.i]++
			}
			next++
		}
		k++
	}
	return next == len(x)
}

// finite says whether no number is NaN or infinite: their exponents are all ones,
// so that one more is carried into the sign.
func finite(x *[8]float64) bool {
	const exponent, one = 0x7FF << 52, 1 << 52
	carried := uint64(0)
	for _, v := range x {
		carried |= math.Float64bits(v)&exponent + one
	}
	return carried>>63 == 0
}
