package order

import (
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestNextRun(t *testing.T) {
	r := rand.New(rand.NewPCG(4, 4))
	for _, n := range []int{0, 1, 63, 64, 65, 128, 300} {
		for _, missing := range []float64{0, 0.02, 0.5, 0.98, 1} {
			v := draw(r, n, missing, kinds[0].cell)
			var want, got []int
			for i := range n {
				if v.Valid.Get(i) {
					want = append(want, i)
				}
			}
			for start, end := nextRun(v.Valid, 0); start < end; start, end = nextRun(v.Valid, end) {
				require.False(t, end < n && v.Valid.Get(end), "a run goes as far as it can")
				for i := start; i < end; i++ {
					got = append(got, i)
				}
			}
			require.Equal(t, want, got, "n %d, missing %g", n, missing)
		}
	}
}
