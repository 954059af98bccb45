package rank

import (
	"testing"

	"github.com/stretchr/testify/require"

	"rubric/engine/cell"
	"rubric/engine/order"
)

func TestRulesByHand(t *testing.T) {
	v := cell.NewVector(5)
	for i, x := range []float64{60, 50, 50, 40} {
		v.Put(i, x) // the fifth is missing
	}
	for name, want := range map[string][2][4]float64{
		"standard":   {{1, 2, 2, 4}, {4, 2, 2, 1}},
		"modified":   {{1, 3, 3, 4}, {4, 3, 3, 1}},
		"dense":      {{1, 2, 2, 3}, {3, 2, 2, 1}},
		"fractional": {{1, 2.5, 2.5, 4}, {4, 2.5, 2.5, 1}},
	} {
		rule, ok := Find(name)
		require.True(t, ok)
		for best, w := range want {
			got := []float64{-1, -1, -1, -1, -1}
			(&order.Ranker{}).Rank(got, v, rule.Ties, order.Best(best))
			require.Equal(t, append(w[:], -1), got, name)
		}
	}
}
