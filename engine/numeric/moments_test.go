package numeric

import (
	"encoding/json"
	"math"
	"math/big"
	"os"
	"slices"
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestMomentsByHand(t *testing.T) {
	skew, ok := Skew([]float64{0, 0, 3})
	require.True(t, ok)
	require.Equal(t, math.Sqrt(3), skew)
	kurt, ok := Kurtosis([]float64{0, 0, 0, 4})
	require.True(t, ok)
	require.Equal(t, 4.0, kurt)
	skew, ok = Skew([]float64{0, 0, 0, 4}) // 4·√3/2 · 24/(12·√12) = 2
	require.True(t, ok)
	require.Equal(t, 2.0, skew)
	for _, s := range [][]float64{nil, {1}, {1, 2}, {3, 3, 3, 3}} {
		_, ok = Skew(s)
		require.False(t, ok, "%v", s)
		_, ok = Kurtosis(s)
		require.False(t, ok, "%v", s)
	}
	_, ok = Kurtosis([]float64{1, 2, 4})
	require.False(t, ok, "three values have no kurtosis")
}

func TestMomentsOfAnyMagnitude(t *testing.T) {
	const m, tiny = math.MaxFloat64, math.SmallestNonzeroFloat64
	for _, s := range [][]float64{{-m, -m, 0, m}, {0, 0, 0, tiny}, {0, 0, 0, 3 * tiny, 7 * tiny}, {-m, tiny, 1, 2, m}, {1, 1, 1, math.Nextafter(1, 2)}} {
		for _, f := range []func([]float64) (float64, bool){Skew, Kurtosis} {
			x, ok := f(s)
			require.True(t, ok)
			require.False(t, math.IsNaN(x) || math.IsInf(x, 0), "%v", s)
		}
	}
	skew, _ := Skew([]float64{0, 0, 0, tiny})
	require.Equal(t, 2.0, skew)
	skew, _ = Skew([]float64{1, 1, 1, math.Nextafter(1, 2)})
	require.Equal(t, 2.0, skew)
}

func TestMomentsCarryEnoughDigits(t *testing.T) {
	// Values far from zero, close together: a plain sum keeps hardly a digit. The
	// sums are redone with 400 bits.
	var s []float64
	for i := range 50 {
		s = append(s, 1e9+float64(i*i*i%17)/3)
	}
	slices.Sort(s)
	f := func(x float64) *big.Float { return new(big.Float).SetPrec(400).SetFloat64(x) }
	mean := f(0)
	for _, x := range s {
		mean.Add(mean, f(x))
	}
	mean.Quo(mean, f(50))
	s2, s3 := f(0), f(0)
	for _, x := range s {
		d := f(x)
		d.Sub(d, mean)
		q := new(big.Float).Mul(d, d)
		s2.Add(s2, q)
		s3.Add(s3, q.Mul(q, d))
	}
	root := new(big.Float).Sqrt(s2)
	want, _ := s3.Quo(s3.Mul(s3, f(50*7)), s2.Mul(s2.Mul(s2, root), f(48))).Float64()
	got, ok := Skew(s)
	require.True(t, ok)
	require.InEpsilon(t, want, got, 1e-15)
}

// The cases are outputs of COINr 1.1.14 (skew, kurt).
func TestMomentsAgreeWithCOINr(t *testing.T) {
	text, err := os.ReadFile("testdata/coinr.json")
	require.NoError(t, err)
	var file struct {
		COINr string
		Cases []struct {
			Fn, Vector    string
			Input, Output []*string
		}
	}
	require.NoError(t, json.Unmarshal(text, &file))
	require.Equal(t, "1.1.14", file.COINr)
	held := map[string]int{}
	for _, c := range file.Cases {
		var s []float64
		for _, x := range c.Input {
			if x != nil {
				v, err := strconv.ParseFloat(*x, 64)
				require.NoError(t, err)
				s = append(s, v)
			}
		}
		slices.Sort(s)
		f := map[string]func([]float64) (float64, bool){"skew": Skew, "kurt": Kurtosis}[c.Fn]
		got, ok := f(s)
		if c.Vector == "big" {
			// 1e300 1 2 3: COINr's sums are too large for a number, and it has NaN.
			// As the others are as good as 0, they are 2 and 4 as of 0 0 0 1.
			require.Equal(t, "NaN", *c.Output[0])
			require.Equal(t, map[string]float64{"skew": 2, "kurt": 4}[c.Fn], got)
			held["big"]++
			continue
		}
		if c.Output[0] == nil || *c.Output[0] == "NaN" {
			require.False(t, ok, "%s %s", c.Fn, c.Vector)
			held["absent"]++
			continue
		}
		want, err := strconv.ParseFloat(*c.Output[0], 64)
		require.NoError(t, err)
		require.True(t, ok, "%s %s", c.Fn, c.Vector)
		require.InEpsilon(t, want, got, 1e-12, "%s %s", c.Fn, c.Vector)
		held["equal"]++
	}
	require.Equal(t, map[string]int{"equal": 21, "absent": 11, "big": 2}, held)
}

func TestFiniteStatistics(t *testing.T) {
	const m = math.MaxFloat64
	require.Equal(t, m, FiniteMean([]float64{m, m, m}))
	require.Equal(t, 0.0, FiniteMean([]float64{-m, -m, m, m}))
	require.Equal(t, 0.1, FiniteMean([]float64{0.1, 0.1, 0.1}))
	require.Equal(t, 0.0, FiniteQuantile([]float64{-m, m}, 0.5))
	require.Equal(t, m, FiniteQuantile([]float64{-m, m}, 1))
	require.Equal(t, 1.75, FiniteQuantile([]float64{1, 2, 3, 4}, 0.25))
}
