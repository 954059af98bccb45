package round

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestRulesByHand(t *testing.T) {
	for name, want := range map[string][3]float64{"half_up": {2.68, 2.67, -2.68}, "half_even": {2.68, 2.66, -2.68}} {
		r, ok := Find(name)
		require.True(t, ok)
		require.Equal(t, want, [3]float64{r.Apply(2.675, 2), r.Apply(2.665, 2), r.Apply(-2.675, 2)}, name)
	}
}
