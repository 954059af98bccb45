package stats

import (
	"cmp"
	"math"
	"slices"

	"rubric/engine/cell"
	"rubric/engine/numeric"
	"rubric/engine/order"
)

// Pair is how the scores of two nodes go together, over the units that have both.
type Pair struct {
	A        string   `json:"a"`
	B        string   `json:"b"`
	N        int      `json:"n"`
	Pearson  *float64 `json:"pearson"`
	Spearman *float64 `json:"spearman"`
	Kendall  *float64 `json:"kendall"` // tau-b
}

// Correlate says how two columns go together, over the rows that have both.
func Correlate(a, b string, x, y cell.Vector) Pair {
	xs, ys := both(x, y)
	return Pair{A: a, B: b, N: len(xs), Pearson: pearson(xs, ys), Spearman: spearman(xs, ys), Kendall: kendall(xs, ys)}
}

// both is the cells that two columns both have, in an order that does not depend
// on that of the rows.
func both(x, y cell.Vector) (xs, ys []float64) {
	type point struct{ x, y float64 }
	var points []point
	for i := range x.Values {
		if x.Valid.Get(i) && y.Valid.Get(i) {
			points = append(points, point{x.Values[i], y.Values[i]})
		}
	}
	slices.SortFunc(points, func(p, q point) int { return cmp.Or(cmp.Compare(p.x, q.x), cmp.Compare(p.y, q.y)) })
	for _, p := range points {
		xs, ys = append(xs, p.x), append(ys, p.y)
	}
	return xs, ys
}

// covariance is Σ(x−x̄)(y−ȳ) / (n−1).
func covariance(x, y []float64) float64 {
	n := float64(len(x))
	mx, my := numeric.Sum(x)/n, numeric.Sum(y)/n
	products := make([]float64, len(x))
	for i := range x {
		products[i] = float64((x[i] - mx) * (y[i] - my))
	}
	return numeric.Sum(products) / (n - 1)
}

// pearson is the product-moment correlation, cov(x, y) / (s(x)·s(y)); absent with
// fewer than two units, or without spread in one of the two.
//
// By hand, x 1 2 3, y 1 2 9: deviations −1 0 1 and −3 −2 5: 8 / √(2·38) = 0.918.
func pearson(x, y []float64) *float64 {
	if len(x) < 2 {
		return nil
	}
	sx, sy := covariance(x, x), covariance(y, y)
	if sx == 0 || sy == 0 {
		return nil
	}
	r := covariance(x, y) / (math.Sqrt(sx) * math.Sqrt(sy))
	return number(max(-1, min(1, r)), true)
}

// Pearson is the product-moment correlation of two columns over the cells that both
// have; nil where there is none.
func Pearson(x, y cell.Vector) *float64 { return pearson(both(x, y)) }

// spearman is Pearson's correlation of the ranks, ties sharing their mean rank.
//
// By hand, x 1 2 3, y 1 2 9: the same ranks, 1.
func spearman(x, y []float64) *float64 { return pearson(ranks(x), ranks(y)) }

func ranks(x []float64) []float64 {
	v := cell.NewVector(len(x))
	for i, a := range x {
		v.Put(i, a)
	}
	out := make([]float64, len(x))
	(&order.Ranker{}).Rank(out, v, order.Fractional, order.Lowest)
	return out
}

// kendall is tau-b, (C − D) / √((n₀−n₁)(n₀−n₂)): pairs of units in the same order
// less those in the opposite one, n₀ = n(n−1)/2 pairs in all, n₁ and n₂ of them
// tied in x and in y. x is sorted, ties by y; discordant pairs are then the swaps
// that sorting y takes, n·log n of work.
//
// Source: Kendall, Rank Correlation Methods, 1948; W. R. Knight, A Computer Method
// for Calculating Kendall's Tau with Ungrouped Data, JASA 61, 1966.
//
// By hand, x 1 2 3 4, y 1 3 2 4: one pair of six is the other way round: (5 − 1)/6 = 0.667.
func kendall(x, y []float64) *float64 {
	n := len(x)
	if n < 2 {
		return nil
	}
	pairs := float64(n) * float64(n-1) / 2
	tiedX, tiedBoth := ties(n, func(i int) bool { return x[i] == x[i-1] }), ties(n, func(i int) bool { return x[i] == x[i-1] && y[i] == y[i-1] })
	sorted := slices.Clone(y)
	swaps := mergeSort(sorted, make([]float64, n))
	tiedY := ties(n, func(i int) bool { return sorted[i] == sorted[i-1] })
	if pairs == tiedX || pairs == tiedY {
		return nil
	}
	difference := pairs - tiedX - tiedY + tiedBoth - 2*swaps
	return number(max(-1, min(1, difference/math.Sqrt(float64((pairs-tiedX)*(pairs-tiedY))))), true)
}

// ties counts the pairs within runs of equal neighbours.
func ties(n int, same func(i int) bool) (pairs float64) {
	run := 1.0
	for i := 1; i <= n; i++ {
		if i < n && same(i) {
			run++
			continue
		}
		pairs += run * (run - 1) / 2
		run = 1
	}
	return pairs
}

// mergeSort sorts, and counts the pairs that were in the wrong order.
func mergeSort(x, spare []float64) (swaps float64) {
	if len(x) < 2 {
		return 0
	}
	half := len(x) / 2
	swaps = mergeSort(x[:half], spare[:half]) + mergeSort(x[half:], spare[half:])
	copy(spare, x)
	left, right := spare[:half], spare[half:]
	for k := range x {
		if len(right) == 0 || len(left) > 0 && left[0] <= right[0] {
			x[k], left = left[0], left[1:]
			continue
		}
		x[k], right = right[0], right[1:]
		swaps += float64(len(left))
	}
	return swaps
}
