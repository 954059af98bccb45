package order

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestPosition(t *testing.T) {
	v := vector(60, 50, nil, 50, 40, nil)
	for i, want := range [][3]int{{0, 1, 3}, {1, 2, 1}, {}, {1, 2, 1}, {3, 1, 0}, {}} {
		above, equal, below := Position(v, i)
		assert.Equal(t, want, [3]int{above, equal, below}, "cell %d", i)
	}
	_, equal, _ := Position(vector(0.0, math.Copysign(0, -1)), 1)
	assert.Equal(t, 2, equal, "zeros tie")
}

func TestPositionAgreesWithRank(t *testing.T) {
	var ranker Ranker
	r := rand.New(rand.NewPCG(9, 9))
	for _, kind := range kinds {
		v := draw(r, 300, 0.2, kind.cell)
		highest, _ := rank(t, &ranker, v, Standard, Highest)
		lowest, _ := rank(t, &ranker, v, Standard, Lowest)
		through, _ := rank(t, &ranker, v, Modified, Highest)
		for i := range highest {
			above, equal, below := Position(v, i)
			require.Equal(t, highest[i], float64(above+1), kind.name)
			require.Equal(t, through[i], float64(above+equal), kind.name)
			require.Equal(t, lowest[i], float64(below+1), kind.name)
		}
	}
}
