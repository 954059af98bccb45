package order

import (
	"math"
	"math/rand/v2"

	"rubric/engine/cell"
)

// kinds are columns that take every path, and the seams between them.
var kinds = []struct {
	name string
	cell func(r *rand.Rand, n int) float64
}{
	{"uniform", func(r *rand.Rand, n int) float64 { return r.Float64() }},
	{"normal", func(r *rand.Rand, n int) float64 { return r.NormFloat64() }},
	{"constant", func(r *rand.Rand, n int) float64 { return 42 }},
	{"constant fraction", func(r *rand.Rand, n int) float64 { return math.Pi }},
	{"levels", func(r *rand.Rand, n int) float64 { return float64(r.IntN(7)) }},
	{"few fractions", func(r *rand.Rand, n int) float64 { return float64(r.IntN(9)-4) / 7 }},
	{"integers, as many as cells", func(r *rand.Rand, n int) float64 { return float64(r.IntN(n+2) - n/2) }},
	{"integers, twice as many as cells", func(r *rand.Rand, n int) float64 { return float64(r.IntN(2*n + 2)) }},
	{"integers with gaps", func(r *rand.Rand, n int) float64 { return float64(r.IntN(n+1)) * 1e9 }},
	{"large integers close together", func(r *rand.Rand, n int) float64 { return 1<<52 + float64(r.IntN(n+1)) }},
	{"integers beyond all doubles hold", func(r *rand.Rand, n int) float64 { return 1<<60 + float64(r.IntN(n+1))*512 }},
	{"hundredths", func(r *rand.Rand, n int) float64 { return float64(r.IntN(500)-250) / 100 }},
	{"millionths", func(r *rand.Rand, n int) float64 { return 3 + float64(r.IntN(500))/1e6 }},
	{"sums of tenths", func(r *rand.Rand, n int) float64 { return float64(r.IntN(30))*0.1 + float64(r.IntN(30))*0.1 }},
	{"integers but for one in a thousand", func(r *rand.Rand, n int) float64 {
		if r.IntN(1000) == 0 {
			return 3.5 + 1e-12
		}
		return float64(r.IntN(9))
	}},
	{"zeros", func(r *rand.Rand, n int) float64 { return math.Copysign(0, r.Float64()-0.5) }},
	{"zeros and neighbours", func(r *rand.Rand, n int) float64 {
		return math.Copysign(float64(r.IntN(3))*math.SmallestNonzeroFloat64, r.Float64()-0.5)
	}},
	{"subnormals", func(r *rand.Rand, n int) float64 {
		return math.Float64frombits(r.Uint64N(1<<52)) * float64(r.IntN(3)-1)
	}},
	{"any bits", func(r *rand.Rand, n int) float64 { return finite(r.Uint64()) }},
	{"huge", func(r *rand.Rand, n int) float64 { return math.MaxFloat64 * (2*r.Float64() - 1) }},
	{"neighbours", func(r *rand.Rand, n int) float64 { return math.Float64frombits(math.Float64bits(1) + r.Uint64N(40)) }},
	{"neighbours and outliers", func(r *rand.Rand, n int) float64 {
		x := math.Float64frombits(math.Float64bits(1) + r.Uint64N(400))
		return [...]float64{x, x, x, x, x, x, 1e300, -1e300, 1e-300}[r.IntN(9)]
	}},
	{"all three levels of the key", func(r *rand.Rand, n int) float64 {
		return finite(r.Uint64N(2)<<63 | r.Uint64N(2)<<62 | r.Uint64N(2)<<33 | r.Uint64N(2)<<32 | r.Uint64N(2)<<3 | r.Uint64N(2))
	}},
	{"one bit, two bits beyond the first round", func(r *rand.Rand, n int) float64 {
		return math.Float64frombits(math.Float64bits(1) + (r.Uint64N(8)<<29|r.Uint64N(4))>>(n%2))
	}},
	{"integers at both ends of what is counted", func(r *rand.Rand, n int) float64 {
		return float64(r.IntN(2) * (2*n - r.IntN(3)))
	}},
	{"ratios", func(r *rand.Rand, n int) float64 { return float64(r.IntN(20)) / float64(1+r.IntN(20)) }},
	{"log-normal", func(r *rand.Rand, n int) float64 { return math.Exp(8 * r.NormFloat64()) }},
}

// finite is the double of some bits, or where that is no number, of less of them.
func finite(b uint64) float64 {
	x := math.Float64frombits(b)
	if math.IsNaN(x) || math.IsInf(x, 0) {
		return math.Float64frombits(b &^ (1 << 62))
	}
	return x
}

// seams are the lengths where something changes: words of the bitmap, the
// choice of sort, the length of a digit.
var seams = []int{
	0, 1, 2, 3, 7, 63, 64, 65, 127, 128, 129, 47, 48, 49, 199, 200, 201, 499, 500, 501, 511, 512, 513,
	699, 700, 701, 5000,
}

// draw fills a column, a share of it missing; what lies behind a missing cell is arbitrary.
func draw(r *rand.Rand, n int, missing float64, value func(*rand.Rand, int) float64) cell.Vector {
	v := cell.NewVector(n)
	for i := range n {
		v.Values[i] = value(r, n)
		if r.Float64() >= missing {
			v.Valid.Set(i)
		} else if r.IntN(2) == 0 {
			v.Values[i] = math.Float64frombits(r.Uint64())
		}
	}
	return v
}
