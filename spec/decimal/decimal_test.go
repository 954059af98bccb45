package decimal

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestHalfUpByHand(t *testing.T) {
	for _, c := range []struct {
		x    float64
		n    int
		want float64
	}{
		{2.675, 2, 2.68}, {-2.675, 2, -2.68}, {0.5, 0, 1}, {1.5, 0, 2}, {2.5, 0, 3}, {-0.5, 0, -1}, {0.49, 0, 0}, {1234, -2, 1200}, {1250, -2, 1300},
		{99.995, 2, 100}, {9.5, 0, 10}, {0.0049, 2, 0}, {0.005, 2, 0.01}, {1e300, 2, 1e300}, {0, 3, 0}, {123.456, 10, 123.456}, {49, -2, 0}, {50, -2, 100}, {5e-324, 2, 0},
	} {
		require.Equal(t, c.want, HalfUp(c.x, c.n), "HalfUp(%v, %d)", c.x, c.n)
	}
}

func TestHalfEvenByHand(t *testing.T) {
	for _, c := range []struct {
		x    float64
		n    int
		want float64
	}{
		{2.665, 2, 2.66}, {2.675, 2, 2.68}, {-2.665, 2, -2.66}, {0.5, 0, 0}, {1.5, 0, 2}, {2.5, 0, 2}, {2.5000001, 0, 3}, {1250, -2, 1200}, {1350, -2, 1400},
		{0.0045, 3, 0.004}, {0.0055, 3, 0.006}, {9.5, 0, 10}, {8.5, 0, 8}, {50, -2, 0}, {51, -2, 100},
	} {
		require.Equal(t, c.want, HalfEven(c.x, c.n), "HalfEven(%v, %d)", c.x, c.n)
	}
}
