package order

import (
	"encoding/binary"
	"math"
	"testing"

	"rubric/engine/cell"

	"github.com/stretchr/testify/require"
)

// FuzzRank reads a column from bytes, a tag and eight bytes a cell, and holds
// all its ranks against the oracle. The tag leaves the cell out, repeats an
// earlier one, or makes a small or decimal number of the bytes: chance would
// not find ties among raw doubles. The column is repeated up to some length,
// to reach the sorts that few cells do not, with every repeat moved by some units
// in the last place.
func FuzzRank(f *testing.F) {
	le := binary.LittleEndian
	seed := func(cells ...float64) (data []byte) {
		for _, x := range cells {
			data = le.AppendUint64(append(data, 0), math.Float64bits(x))
		}
		return data
	}
	f.Add(seed(60, 50, 50, 40), uint16(0), uint8(0))
	f.Add(seed(0, math.Copysign(0, -1), 1, -1), uint16(100), uint8(0))
	f.Add(seed(1e300, 1, 1, 1, 1, 1, 1e-300), uint16(900), uint8(1))
	f.Add(seed(math.MaxFloat64, -math.MaxFloat64, math.SmallestNonzeroFloat64), uint16(300), uint8(3))
	f.Fuzz(func(t *testing.T, data []byte, length uint16, step uint8) {
		v := fuzzedColumn(data, int(length%1500), uint64(step))
		var ranker Ranker
		for _, best := range []Best{Highest, Lowest} {
			for _, ties := range tieRules {
				oracle := bySort
				if v.Len() <= 24 {
					oracle = naive
				}
				want, wantDistinct := oracle(v, ties, best)
				got, distinct := rank(t, &ranker, v, ties, best)
				require.Equal(t, wantDistinct, distinct)
				require.Equal(t, want, got)
			}
		}
	})
}

func fuzzedColumn(data []byte, length int, step uint64) cell.Vector {
	n := min(len(data)/9, 200)
	v := cell.NewVector(max(n, length*min(n, 1)))
	for i := range v.Len() {
		if i >= n {
			v.Values[i] = finite(math.Float64bits(v.Values[i-n]) + step)
			if v.Valid.Get(i - n) {
				v.Valid.Set(i)
			}
			continue
		}
		tag, b := data[9*i], binary.LittleEndian.Uint64(data[9*i+1:])
		x := finite(b)
		switch tag % 8 {
		case 1:
			continue
		case 2:
			x = v.Values[b%uint64(i+1)]
		case 3:
			x = float64(int8(b))
		case 4:
			x = float64(int16(b)) / 100
		}
		v.Put(i, x)
	}
	return v
}
