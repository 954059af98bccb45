package normalise

import (
	"testing"

	"github.com/stretchr/testify/require"

	"rubric/engine/cell"
	"rubric/engine/order"
	"rubric/spec/method"
)

// vector makes cells; −1 is a missing one.
func vector(values ...float64) cell.Vector {
	v := cell.NewVector(len(values))
	for i, x := range values {
		if x != -1 {
			v.Put(i, x)
		}
	}
	return v
}

// ties are the parameters of a method by rank.
func ties(rule string) method.Args { return method.Args{{Name: "ties", Word: rule}} }

func apply(m Method, in Input) ([]float64, int) {
	in.Ranker = &order.Ranker{}
	score := cell.NewVector(in.Value.Len())
	outcome := m.Apply(in, score)
	out := make([]float64, in.Value.Len())
	for i := range out {
		x, ok := score.At(i)
		if !ok {
			x = -1
		}
		out[i] = x
	}
	return out, outcome.Unscored
}

func TestRankPointsByHand(t *testing.T) {
	for _, c := range []struct {
		ties string
		want []float64
	}{
		{"high", []float64{4, 3, 3, 1}}, // N less the number strictly better: 4−0, 4−1, 4−1, 4−3
		{"low", []float64{4, 2, 2, 1}},  // 1 + the number strictly worse: 1+3, 1+1, 1+1, 1+0
		{"mean", []float64{4, 2.5, 2.5, 1}},
		{"dense", []float64{4, 3, 3, 2}}, // N less the number of distinct better values
	} {
		got, _ := apply(RankPoints, Input{Value: vector(9, 7, 7, 3), Units: 4, Best: order.Highest, Args: ties(c.ties)})
		require.Equal(t, c.want, got, c.ties)
		got, _ = apply(RankPoints, Input{Value: vector(3, 7, 7, 9), Units: 4, Best: order.Lowest, Args: ties(c.ties)})
		require.Equal(t, c.want, got, "%s, lower is better", c.ties)
	}
}

// With one of five missing, N = 5 where it is floored: it counts as worse than
// all others. N = 4 where it stays missing.
func TestRankPointsCountMissingUnitsOnlyWhereTheyAreFloored(t *testing.T) {
	for _, c := range []struct {
		ties             string
		floored, missing []float64
	}{
		{"high", []float64{5, 4, -1, 4, 2}, []float64{4, 3, -1, 3, 1}},
		{"low", []float64{5, 3, -1, 3, 2}, []float64{4, 2, -1, 2, 1}}, // 1 + worse, the missing one included
		{"mean", []float64{5, 3.5, -1, 3.5, 2}, []float64{4, 2.5, -1, 2.5, 1}},
		{"dense", []float64{5, 4, -1, 4, 3}, []float64{4, 3, -1, 3, 2}},
	} {
		v := vector(9, 7, -1, 7, 3)
		got, _ := apply(RankPoints, Input{Value: v, Units: 5, Args: ties(c.ties)})
		require.Equal(t, c.floored, got, c.ties)
		got, _ = apply(RankPoints, Input{Value: v, Units: 4, Args: ties(c.ties)})
		require.Equal(t, c.missing, got, c.ties)
	}
}

func TestAscendingRankByHand(t *testing.T) {
	for rule, want := range map[string][]float64{
		"low": {4, 2, -1, 2, 1}, "high": {4, 3, -1, 3, 1}, "mean": {4, 2.5, -1, 2.5, 1}, "dense": {3, 2, -1, 2, 1},
	} {
		got, _ := apply(AscendingRank, Input{Value: vector(9, 7, -1, 7, 3), Units: 5, Args: ties(rule)})
		require.Equal(t, want, got, rule)
		got, _ = apply(AscendingRank, Input{Value: vector(3, 7, -1, 7, 9), Units: 5, Best: order.Lowest, Args: ties(rule)})
		require.Equal(t, want, got, rule)
	}
}

func TestLookupByHand(t *testing.T) {
	v := vector(0, 0, -1, 0)
	got, unscored := apply(Lookup, Input{Value: v, Texts: []string{"capital", "other", "", "village"}, Args: method.Args{{Name: "levels", Levels: []method.Level{{Text: "capital", Score: 60}, {Text: "other", Score: 20}}}}})
	require.Equal(t, []float64{60, 20, -1, -1}, got)
	require.Equal(t, 1, unscored, "village is no declared level")
}

func TestNone(t *testing.T) {
	got, _ := apply(None, Input{Value: vector(9, -1, 3)})
	require.Equal(t, []float64{9, -1, 3}, got)
}

func TestEveryMethodIsDescribed(t *testing.T) {
	for _, m := range Methods {
		require.NotEmpty(t, m.Title, m.Name)
		require.NotEmpty(t, m.Formula, m.Name)
		require.NotEmpty(t, m.Signature.Source, m.Name)
		require.Equal(t, m.Signature.Floor, m.Floor != nil, m.Name)
	}
}
