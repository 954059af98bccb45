package order

import (
	"slices"

	"rubric/engine/cell"
)

// naive ranks by comparing every cell with every other: the formulas of Ties, word for word.
func naive(v cell.Vector, ties Ties, best Best) (ranks map[int]float64, distinct int) {
	ranks = map[int]float64{}
	values := map[float64]bool{}
	for i := range v.Len() {
		x, ok := v.At(i)
		if !ok {
			continue
		}
		values[x] = true // −0 and +0 are one key of a map
		better, equal := 0, 0
		levels := map[float64]bool{}
		for j := range v.Len() {
			y, ok := v.At(j)
			switch {
			case !ok:
			case y == x:
				equal++
			case y > x == (best == Highest):
				better++
				levels[y] = true
			}
		}
		switch ties {
		case Standard:
			ranks[i] = float64(better + 1)
		case Modified:
			ranks[i] = float64(better + equal)
		case Dense:
			ranks[i] = float64(len(levels) + 1)
		case Fractional:
			ranks[i] = float64(better) + float64(equal+1)/2
		}
	}
	return ranks, len(values)
}

// bySort ranks large columns, by way of the standard library's sort.
func bySort(v cell.Vector, ties Ties, best Best) (ranks map[int]float64, distinct int) {
	var at []int
	for i := range v.Len() {
		if v.Valid.Get(i) {
			at = append(at, i)
		}
	}
	better := func(x, y float64) bool { return x != y && x > y == (best == Highest) }
	slices.SortFunc(at, func(i, j int) int {
		switch x, y := v.Values[i], v.Values[j]; {
		case better(x, y):
			return -1
		case better(y, x):
			return 1
		}
		return 0
	})
	ranks = make(map[int]float64, len(at))
	for i := 0; i < len(at); {
		j := i + 1
		for j < len(at) && v.Values[at[j]] == v.Values[at[i]] {
			j++
		}
		distinct++
		rank := [...]float64{float64(i + 1), float64(j), float64(distinct), float64(i+1+j) / 2}[ties]
		for _, k := range at[i:j] {
			ranks[k] = rank
		}
		i = j
	}
	return ranks, distinct
}
