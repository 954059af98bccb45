package order

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"rubric/engine/cell"
)

// shapes are columns as they come, and as they might.
var shapes = []struct {
	name string
	cell func(r *rand.Rand) float64
}{
	{"uniform", func(r *rand.Rand) float64 { return r.Float64() }},
	{"normal", func(r *rand.Rand) float64 { return r.NormFloat64() }},
	{"scale_0_20", func(r *rand.Rand) float64 { return float64(r.IntN(21)) }},
	{"hundredths_to_100", func(r *rand.Rand) float64 { return float64(r.IntN(10_001)) / 100 }},
	{"integers_to_1e5", func(r *rand.Rand) float64 { return float64(r.IntN(100_000)) }},
	{"scale_0_100", func(r *rand.Rand) float64 { return float64(r.IntN(101)) }},
	{"integers_to_5e5", func(r *rand.Rand) float64 { return float64(r.IntN(500_000)) }},
	{"thousandths_to_1e4", thousandths},
	{"ratio", func(r *rand.Rand) float64 { return thousandths(r) / (thousandths(r) + 0.001) }},
	{"ratio_of_counts", func(r *rand.Rand) float64 { return float64(r.IntN(1000)) / float64(1+r.IntN(1000)) }},
	{"thousand_levels", func(r *rand.Rand) float64 { return float64(r.IntN(1000)) / 7 }},
	{"outlier", func(r *rand.Rand) float64 {
		if r.IntN(1000) == 0 {
			return 1e300
		}
		return 1 + r.Float64()*1e-3
	}},
	{"outliers_and_cluster", func(r *rand.Rand) float64 {
		if k := r.IntN(1000); k < 2 {
			return []float64{1e-300, 1e300}[k]
		}
		return 1 + r.Float64()*1e-9
	}},
	{"clusters", func(r *rand.Rand) float64 {
		if k := r.IntN(1000); k < 2 {
			return []float64{1e-300, -1e300}[k]
		}
		return 1 + float64(r.IntN(1000))/1000 + r.Float64()*1e-9
	}},
}

func thousandths(r *rand.Rand) float64 { return float64(r.IntN(10_000_000)) / 1000 }

func BenchmarkRank(b *testing.B) {
	for _, n := range []int{60, 1000, 1_000_000} {
		for _, s := range shapes {
			b.Run(fmt.Sprintf("%s/n=%d", s.name, n), func(b *testing.B) { benchmark(b, column(n, 0, s.cell)) })
		}
	}
	b.Run("sorted/n=1000000", func(b *testing.B) {
		v := column(1_000_000, 0, shapes[0].cell)
		slices.Sort(v.Values)
		benchmark(b, v)
	})
	b.Run("uniform_tenth_missing/n=1000000", func(b *testing.B) { benchmark(b, column(1_000_000, 0.1, shapes[0].cell)) })
	b.Run("uniform_half_missing/n=1000000", func(b *testing.B) { benchmark(b, column(1_000_000, 0.5, shapes[0].cell)) })
	b.Run("uniform/n=10000000", func(b *testing.B) { benchmark(b, column(10_000_000, 0, shapes[0].cell)) })
}

// column draws n cells, a share of them missing.
func column(n int, missing float64, draw func(*rand.Rand) float64) cell.Vector {
	r := rand.New(rand.NewPCG(1, uint64(n)))
	v := cell.NewVector(n)
	for i := range n {
		if x := draw(r); r.Float64() >= missing {
			v.Put(i, x)
		}
	}
	return v
}

func benchmark(b *testing.B, v cell.Vector) {
	var r Ranker
	dst := make([]float64, v.Len())
	for b.Loop() {
		r.Rank(dst, v, Standard, Highest)
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(v.Len()), "ns/cell")
}
