package numeric

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"

	"rubric/engine/cell"
)

func sorted(values ...float64) []float64 {
	v := cell.NewVector(len(values) + 1) // the last is missing
	for i, x := range values {
		v.Put(i, x)
	}
	return Sorted(v)
}

func TestStatisticsByHand(t *testing.T) {
	s := sorted(4, 1, 3, 2)
	require.Equal(t, []float64{1, 2, 3, 4}, s)
	require.Equal(t, 10.0, Sum(s))
	require.Equal(t, 2.5, Mean(s))
	require.InDelta(t, math.Sqrt(5.0/3), SD(s), 1e-15) // (2.25 + 0.25 + 0.25 + 2.25) / 3
	require.Equal(t, 2.5, Quantile(s, 0.5))
	require.Equal(t, 1.75, Quantile(s, 0.25)) // h = 0.75: 1 + 0.75·1
	require.Equal(t, 1.0, Quantile(s, 0))
	require.Equal(t, 4.0, Quantile(s, 1))
	require.Equal(t, 7.0, Quantile([]float64{7}, 0.3))
}

func TestSumKeepsWhatPlainAdditionLoses(t *testing.T) {
	require.Equal(t, 2.0, Sum([]float64{1, 1e100, 1, -1e100}))
}

func TestStatisticsDoNotDependOnTheOrderOfRows(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	values := make([]float64, 1000)
	for i := range values {
		values[i] = math.Exp(r.NormFloat64() * 20)
	}
	sum, sd := Sum(sorted(values...)), SD(sorted(values...))
	for range 20 {
		r.Shuffle(len(values), func(i, j int) { values[i], values[j] = values[j], values[i] })
		require.Equal(t, sum, Sum(sorted(values...)))
		require.Equal(t, sd, SD(sorted(values...)))
	}
}
