package order

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"rubric/engine/cell"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

var tieRules = []Ties{Standard, Modified, Dense, Fractional}

// untouched stands in dst where nothing may be written.
const untouched = -7

// rank runs a Ranker and checks what holds whatever the values are.
func rank(t *testing.T, r *Ranker, v cell.Vector, ties Ties, best Best) (ranks map[int]float64, distinct int) {
	t.Helper()
	dst := slices.Repeat([]float64{untouched}, v.Len())
	valid, distinct := r.Rank(dst, v, ties, best)
	require.Equal(t, v.Valid.Count(), valid)
	ranks = make(map[int]float64, valid)
	for i, x := range dst {
		if v.Valid.Get(i) {
			ranks[i] = x
		} else {
			require.Equal(t, float64(untouched), x, "cell %d has no value", i)
		}
	}
	return ranks, distinct
}

// vector makes a column; nil is a missing cell.
func vector(cells ...any) cell.Vector {
	v := cell.NewVector(len(cells))
	for i, c := range cells {
		switch c := c.(type) {
		case nil:
			v.Values[i] = math.NaN() // must not be read
		case int:
			v.Put(i, float64(c))
		case float64:
			v.Put(i, c)
		}
	}
	return v
}

func TestRank(t *testing.T) {
	zero, negative := 0.0, math.Copysign(0, -1)
	tiny := math.SmallestNonzeroFloat64
	for _, c := range []struct {
		name     string
		v        cell.Vector
		ties     Ties
		best     Best
		ranks    []any
		distinct int
	}{
		{"standard", vector(60, 50, 50, 40), Standard, Highest, []any{1, 2, 2, 4}, 3},
		{"modified", vector(60, 50, 50, 40), Modified, Highest, []any{1, 3, 3, 4}, 3},
		{"dense", vector(60, 50, 50, 40), Dense, Highest, []any{1, 2, 2, 3}, 3},
		{"fractional", vector(60, 50, 50, 40), Fractional, Highest, []any{1, 2.5, 2.5, 4}, 3},
		{"standard lowest", vector(60, 50, 50, 40), Standard, Lowest, []any{4, 2, 2, 1}, 3},
		{"modified lowest", vector(60, 50, 50, 40), Modified, Lowest, []any{4, 3, 3, 1}, 3},
		{"dense lowest", vector(60, 50, 50, 40), Dense, Lowest, []any{3, 2, 2, 1}, 3},
		{"fractional lowest", vector(60, 50, 50, 40), Fractional, Lowest, []any{4, 2.5, 2.5, 1}, 3},
		{"missing cells have no rank", vector(nil, 1.5, nil, math.Pi, 1.5), Modified, Highest, []any{nil, 3, nil, 1, 3}, 2},
		{"one", vector(math.E), Standard, Lowest, []any{1}, 1},
		{"none", vector(), Standard, Highest, []any{}, 0},
		{"all missing", vector(nil, nil), Standard, Highest, []any{nil, nil}, 0},
		{"all equal", vector(0.3, 0.3, 0.3), Fractional, Highest, []any{2, 2, 2}, 1},
		{"all equal beyond decimals", vector(math.Pi, math.Pi, math.Pi), Fractional, Highest, []any{2, 2, 2}, 1},
		{"zeros tie", vector(zero, negative, 1.5, -1.5), Standard, Highest, []any{2, 2, 1, 4}, 3},
		{"zeros tie among fractions", vector(negative, math.Pi, zero, -math.Pi), Dense, Lowest, []any{2, 3, 2, 1}, 3},
		{"zeros alone", vector(negative, zero), Modified, Lowest, []any{2, 2}, 1},
		{"subnormals", vector(tiny, -tiny, zero, 2*tiny), Standard, Highest, []any{2, 4, 3, 1}, 4},
		{"no tolerance", vector(0.3, 0.1+0.2*one), Standard, Highest, []any{2, 1}, 2},
		{"whole line", vector(math.MaxFloat64, -math.MaxFloat64, tiny, -tiny), Standard, Lowest, []any{4, 1, 3, 2}, 4},
		{"judged levels", vector(7, 1, 7, 4, 1), Fractional, Highest, []any{1.5, 4.5, 1.5, 3, 4.5}, 3},
	} {
		t.Run(c.name, func(t *testing.T) {
			ranks, distinct := rank(t, new(Ranker), c.v, c.ties, c.best)
			want := map[int]float64{}
			for i, x := range vector(c.ranks...).Values {
				if c.ranks[i] != nil {
					want[i] = x
				}
			}
			assert.Equal(t, want, ranks)
			assert.Equal(t, c.distinct, distinct)
		})
	}
}

// one keeps the compiler from adding 0.1 and 0.2 exactly.
var one = 1.0

func TestRankAgainstNaive(t *testing.T) {
	var ranker Ranker // one for all: what it keeps must not matter
	for _, kind := range kinds {
		t.Run(kind.name, func(t *testing.T) {
			r := rand.New(rand.NewPCG(2025, 11))
			for _, n := range seams {
				shares := []float64{0, 0.1, 0.5, 0.99, 1}
				if n > 600 {
					shares = []float64{0, 0.3}
				}
				for _, missing := range shares {
					v := draw(r, n, missing, kind.cell)
					for _, best := range []Best{Highest, Lowest} {
						for _, ties := range tieRules {
							oracle := bySort
							if n <= 65 {
								oracle = naive
							}
							want, wantDistinct := oracle(v, ties, best)
							got, distinct := rank(t, &ranker, v, ties, best)
							require.Equal(t, wantDistinct, distinct, "n %d, missing %g, ties %d, best %d", n, missing, ties, best)
							require.Equal(t, want, got, "n %d, missing %g, ties %d, best %d", n, missing, ties, best)
						}
					}
				}
			}
		})
	}
}

func TestRankIgnoresOrderOfRows(t *testing.T) {
	var ranker Ranker
	r := rand.New(rand.NewPCG(7, 7))
	for _, kind := range kinds {
		for _, n := range []int{60, 700, 5000} {
			v := draw(r, n, 0.1, kind.cell)
			to := r.Perm(n)
			moved := cell.NewVector(n)
			for i, j := range to {
				if x, ok := v.At(i); ok {
					moved.Put(j, x)
				}
			}
			before, _ := rank(t, &ranker, v, Fractional, Highest)
			after, _ := rank(t, &ranker, moved, Fractional, Highest)
			for i, x := range before {
				require.Equal(t, x, after[to[i]], "%s, n %d", kind.name, n)
			}
		}
	}
}

func TestRankInPlace(t *testing.T) {
	var ranker Ranker
	r := rand.New(rand.NewPCG(3, 3))
	for _, kind := range kinds {
		for _, n := range []int{60, 700, 5000} {
			v := draw(r, n, 0.1, kind.cell)
			want, _ := rank(t, &ranker, v, Dense, Lowest)
			ranker.Rank(v.Values, v, Dense, Lowest)
			for i, x := range want {
				require.Equal(t, x, v.Values[i], "%s, n %d", kind.name, n)
			}
		}
	}
}

// Infinities and NaN are bugs of the caller: they must not spread, nor hang.
func TestRankBearsWhatIsNoNumber(t *testing.T) {
	var ranker Ranker
	r := rand.New(rand.NewPCG(5, 5))
	for _, n := range []int{3, 60, 700, 5000} {
		v := draw(r, n, 0, func(r *rand.Rand, n int) float64 {
			return []float64{math.NaN(), math.Inf(1), math.Inf(-1), r.Float64(), 1, math.Float64frombits(r.Uint64())}[r.IntN(6)]
		})
		first, _ := rank(t, &ranker, v, Standard, Lowest)
		for i := range n {
			above, equal, below := Position(v, i)
			require.Equal(t, n, above+equal+below)
			require.Equal(t, float64(below+1), first[i])
		}
	}
}

func TestRankAllocatesOnce(t *testing.T) {
	for _, kind := range kinds {
		for _, n := range []int{60, 5000} {
			r := rand.New(rand.NewPCG(1, 1))
			sparse, full := draw(r, n, 0.5, kind.cell), draw(r, n, 0, kind.cell)
			dst := make([]float64, n)
			var ranker Ranker
			ranker.Rank(dst, draw(r, n, 0.5, kinds[0].cell), Standard, Highest)
			assert.Zero(t, testing.AllocsPerRun(5, func() {
				ranker.Rank(dst, full, Standard, Highest)
				ranker.Rank(dst, sparse, Fractional, Lowest)
			}), "%s, n %d", kind.name, n)
			assert.LessOrEqual(t, 8*cap(ranker.scratch), 16*n, "bytes that a Ranker says it keeps")
		}
	}
}

func TestRankRefusesLengthsThatDiffer(t *testing.T) {
	assert.Panics(t, func() { new(Ranker).Rank(make([]float64, 2), cell.NewVector(3), Standard, Highest) })
}

func Example() {
	v := cell.NewVector(5)
	for i, x := range []float64{60, 50, 50, 40} {
		v.Put(i, x)
	}
	ranks := make([]float64, v.Len()) // the fifth has no value, and keeps its 0
	var r Ranker
	valid, distinct := r.Rank(ranks, v, Standard, Highest)
	fmt.Println(ranks, valid, distinct)
	r.Rank(ranks, v, Fractional, Lowest)
	fmt.Println(ranks)
	// Output:
	// [1 2 2 4 0] 4 3
	// [4 2.5 2.5 1 0]
}
