package treat

import (
	"encoding/json"
	"math"
	"os"
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"

	"rubric/engine/cell"
	"rubric/engine/numeric"
	"rubric/spec/method"
)

// exception is why a case differs from COINr on purpose.
func exception(fn, vector string, winmax int) string {
	constant := vector == "constant" || vector == "constant_na" || vector == "single" || vector == "one_value_rest_na" || vector == "all_na"
	switch {
	case fn == "log_GII" && !constant && vector != "negative" && vector != "neg_zero" && vector != "near_ties": // none of these is above 1
		return "COINr returns the column unchanged, whatever it holds; here the documented formula is applied"
	case fn == "winsorise" && constant:
		return "COINr fails: there is no skewness; here the column is left alone"
	case fn == "winsorise" && vector == "big":
		return "COINr fails: its sums are too large for a number; here they are scaled"
	case fn == "winsorise" && vector == "tied_outliers" && winmax == 1:
		return "COINr replaces two tied cells where one is allowed; here the limit holds"
	case fn == "log_CT" && constant && vector != "all_na":
		return "COINr has −Inf; here the column is left alone"
	case fn == "log_CT_plus" && constant:
		return "COINr fails: there is no skewness; here the column is left alone"
	case fn == "log_CT_plus" && vector == "big":
		return "COINr fails: its sums are too large for a number; here they are scaled"
	}
	return ""
}

// The cases are outputs of COINr 1.1.14.
func TestAgreesWithCOINr(t *testing.T) {
	text, err := os.ReadFile("testdata/coinr.json")
	require.NoError(t, err)
	var file struct {
		COINr string
		Cases []struct {
			Fn, Vector, Error string
			Input, Output     []*string
			Params            struct{ Winmax int }
			Extra             struct{ Pass *bool }
		}
	}
	require.NoError(t, json.Unmarshal(text, &file))
	require.Equal(t, "1.1.14", file.COINr)
	methods := map[string]string{"winsorise": "winsorise_skew", "log_CT": "log_shift", "log_CT_orig": "log_from_min", "log_CT_plus": "log_shift_by_skew", "log_GII": "log_gii"}
	held, excepted := map[string]int{}, map[string]int{}
	for _, c := range file.Cases {
		v := cell.NewVector(len(c.Input))
		for i, x := range c.Input {
			if x != nil {
				n, err := strconv.ParseFloat(*x, 64)
				require.NoError(t, err)
				v.Put(i, n)
			}
		}
		if c.Fn == "check_SkewKurt" {
			sorted := numeric.Sorted(v)
			skew, ok := numeric.Skew(sorted)
			if c.Extra.Pass == nil { // no skewness, or sums too large for a number
				require.Equal(t, c.Vector == "big", ok, c.Vector)
			} else {
				kurtosis, has := numeric.Kurtosis(sorted)
				require.True(t, ok)
				require.Equal(t, *c.Extra.Pass, math.Abs(skew) < 2 || has && kurtosis < 3.5, c.Vector)
			}
			held[c.Fn]++
			continue
		}
		var args method.Args
		if c.Fn == "winsorise" {
			args = skewArgs(c.Params.Winmax, "none")
		}
		got, out := run(t, methods[c.Fn], args, v)
		if why := exception(c.Fn, c.Vector, c.Params.Winmax); why != "" {
			require.False(t, agree(c.Output, got), "%s %s is no exception any more: %s", c.Fn, c.Vector, why)
			excepted[c.Fn]++
			continue
		}
		require.Empty(t, c.Error)
		require.Empty(t, out.Reason)
		require.True(t, agree(c.Output, got), "%s %s %d: %v", c.Fn, c.Vector, c.Params.Winmax, got)
		held[c.Fn]++
	}
	require.Equal(t, map[string]int{"check_SkewKurt": 17, "winsorise": 32, "log_CT": 13, "log_CT_orig": 17, "log_CT_plus": 11, "log_GII": 8}, held)
	require.Equal(t, map[string]int{"winsorise": 19, "log_CT": 4, "log_CT_plus": 6, "log_GII": 9}, excepted)
}

// agree says whether cells are those of COINr, to 1e-12 of their size.
func agree(want []*string, got []float64) bool {
	if len(want) != len(got) {
		return false
	}
	for i, w := range want {
		if w == nil {
			if got[i] != gone {
				return false
			}
			continue
		}
		x, err := strconv.ParseFloat(*w, 64)
		if err != nil || math.IsNaN(x) || math.IsInf(x, 0) || math.Abs(got[i]-x) > 1e-12*math.Abs(x) {
			return false
		}
	}
	return true
}
