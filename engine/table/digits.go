package table

import (
	"encoding/binary"
	"math"
	"math/bits"
)

// scanNumbers reads number cells as long as they are plainly written, from
// field f at offset p. It gives the first field that it did not read, where
// that begins, and whether the row has ended before it. This loop is where the
// time goes.
func (s *scanner) scanNumbers(f, p int) (int, int, bool) {
	buf, slots, delim := s.buf, s.slots, s.delim
	for f < len(slots) && slots[f].use == asNumber {
		column := slots[f].column
		q, sign := p, uint64(0)
		if buf[q] == '-' {
			q, sign = q+1, 1<<63
		}
		first := buf[q]
		mantissa, whole := digits(buf[q:])
		q += whole
		fraction := 0
		c := buf[q]
		mark := c
		if c == '.' || c == s.comma {
			var m uint64
			m, fraction = digits(buf[q+1:])
			mantissa = mantissa*whole10[fraction] + m
			q += 1 + fraction
			c = buf[q]
		}
		if c != delim && c != '\n' {
			if c != '\r' || buf[q+1] != '\n' {
				return f, p, false
			}
			q, c = q+1, '\n'
		}
		if whole+fraction == 0 {
			if q > p && buf[p] != '\r' {
				return f, p, false // a sign or a point alone
			}
			s.values[column*s.stride+s.rows] = 0
			s.bits(column).Clear(s.rows)
		} else {
			if mantissa >= exact {
				return f, p, false
			}
			value := float64(int64(mantissa)) / pow10[fraction]
			s.values[column*s.stride+s.rows] = math.Float64frombits(math.Float64bits(value) | sign)
			s.places[column] = max(s.places[column], fraction)
			if delim != ',' && fraction > 0 {
				grouped := fraction == 3 && whole >= 1 && whole <= 3 && first != '0'
				s.note(mark, grouped, p, q)
			}
		}
		f++
		p = q + 1
		if c == '\n' {
			return f, p, true
		}
	}
	return f, p, false
}

var whole10 = [...]uint64{1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8}

const ones = 0x0101010101010101

// digits reads the digits that a text begins with, eight at most. The text has
// at least eight bytes. How they are found and summed without a loop:
// D. Lemire, "Quickly parsing eight digits", 2018.
func digits(text []byte) (value uint64, n int) {
	x := binary.LittleEndian.Uint64(text) ^ '0'*ones
	// A byte above 9 gets its high bit set, by itself or by the addition. The
	// carry only reaches bytes behind it.
	n = bits.TrailingZeros64(((x+0x76*ones)|x)&(0x80*ones)) / 8
	x <<= 64 - 8*n
	x = x*10 + x>>8
	x = (x&0x000000ff000000ff)*0x000f424000000064 + (x>>16&0x000000ff000000ff)*0x0000271000000001
	return x >> 32, n
}
