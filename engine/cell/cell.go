// Package cell is the engine's smallest idea: a vector of cells. A cell is a
// number or the absence of one; absence is a bit in a validity bitmap, never
// NaN and never zero, and a Status says why the cell is what it is.
//
// The number behind an absent cell is unspecified and must not be read.
package cell

import "math/bits"

// Status says why a cell is what it is.
type Status uint8

// The statuses, as they are written in results.
const (
	Measured      Status = iota // read from a data set, or computed from cells that were
	Estimated                   // the data set marks it as an estimate
	Imputed                     // filled in by a declared rule
	Missing                     // no figure
	NotApplicable               // no figure can exist
	Invalid                     // the formula has no value there: division by zero, overflow
	Given                       // the node's score or value was supplied
	Computed                    // aggregated from other nodes
	NotComputed                 // neither given nor computable from the data at hand
	Excluded                    // the unit is left out of the ranking
)

var statusNames = [...]string{"measured", "estimated", "imputed", "missing", "not_applicable", "invalid", "given", "computed", "not_computed", "excluded"}

// Absent says whether there is no figure, and no error that took it.
func (s Status) Absent() bool { return s == Missing || s == NotApplicable }

func (s Status) String() string { return statusNames[s] }

// Bits is a bitmap, 64 cells a word; bits beyond the length are zero.
type Bits []uint64

// Words is the number of words that n cells take.
func Words(n int) int { return (n + 63) / 64 }

// NewBits makes a bitmap of n cells, all clear.
func NewBits(n int) Bits { return make(Bits, Words(n)) }

// Get reads a bit.
func (b Bits) Get(i int) bool { return b[i>>6]>>(uint(i)&63)&1 != 0 }

// Set sets a bit.
func (b Bits) Set(i int) { b[i>>6] |= 1 << (uint(i) & 63) }

// Clear clears a bit.
func (b Bits) Clear(i int) { b[i>>6] &^= 1 << (uint(i) & 63) }

// Count is the number of set bits.
func (b Bits) Count() (n int) {
	for _, w := range b {
		n += bits.OnesCount64(w)
	}
	return n
}

// SetAll sets the first n bits and clears the rest of the last word.
func (b Bits) SetAll(n int) {
	for i := range b {
		b[i] = ^uint64(0)
	}
	if r := uint(n) & 63; r != 0 && len(b) > 0 {
		b[len(b)-1] = 1<<r - 1
	}
}

// Vector is a column of cells: Values[i] is meaningful where Valid has bit i.
type Vector struct {
	Values []float64
	Valid  Bits
}

// NewVector makes a vector of n cells, all absent.
func NewVector(n int) Vector { return Vector{Values: make([]float64, n), Valid: NewBits(n)} }

// Len is the number of cells.
func (v Vector) Len() int { return len(v.Values) }

// At is a cell's number, and whether there is one.
func (v Vector) At(i int) (float64, bool) {
	if !v.Valid.Get(i) {
		return 0, false
	}
	return v.Values[i], true
}

// Put stores a number.
func (v Vector) Put(i int, x float64) {
	v.Values[i] = x
	v.Valid.Set(i)
}

// Pick is some cells of a vector, in the order of the rows that are named. What has no
// cells at all stays so.
func (v Vector) Pick(rows []int) Vector {
	if v.Valid == nil {
		return v
	}
	out := NewVector(len(rows))
	for k, i := range rows {
		if x, ok := v.At(i); ok {
			out.Put(k, x)
		}
	}
	return out
}
