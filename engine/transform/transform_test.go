package transform

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestTransformationsByHand(t *testing.T) {
	for _, c := range []struct {
		name    string
		x, want float64
	}{
		{"asinh", 0, 0}, {"asinh", 0.75, math.Ln2}, {"asinh", -0.75, -math.Ln2},
		{"ln", 1, 0}, {"ln", math.E * math.E, 2},
		{"log10", 1000, 3}, {"log10", 0.1, -1},
		{"sqrt", 9, 3}, {"sqrt", 0, 0},
	} {
		m, ok := Find(c.name)
		require.True(t, ok, c.name)
		got, reason := m.Apply(c.x)
		require.Empty(t, reason)
		require.InDelta(t, c.want, got, 1e-15, "%s(%v)", c.name, c.x)
	}
	for name, x := range map[string]float64{"ln": 0, "log10": -1, "sqrt": -1e-300} {
		m, _ := Find(name)
		_, reason := m.Apply(x)
		require.NotEmpty(t, reason, "%s(%v)", name, x)
	}
}
