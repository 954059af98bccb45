package aggregate

import (
	"encoding/json"
	"math"
	"os"
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"

	"rubric/engine/cell"
	"rubric/engine/order"
	"rubric/spec/method"
)

// coinrMethods are our names of COINr's aggregations.
var coinrMethods = map[string]Method{"a_amean": ArithmeticMean, "a_gmean": GeometricMean, "a_hmean": HarmonicMean, "a_genmean": GeneralisedMean}

// The cases are outputs of COINr 1.1.14. It drops the weights of missing children,
// as `omit` does, but for a_genmean, which has no value then, as `propagate` does.
func TestAgreesWithCOINr(t *testing.T) {
	text, err := os.ReadFile("testdata/coinr.json")
	require.NoError(t, err)
	var file struct {
		COINr string
		Cases []struct {
			Fn, Vector, Error string
			Input, Output     []*string
			Params            struct {
				W json.RawMessage
				P float64
			}
		}
	}
	require.NoError(t, json.Unmarshal(text, &file))
	require.Equal(t, "1.1.14", file.COINr)
	numbers, absent, negative := 0, 0, 0
	for _, c := range file.Cases {
		var weights []float64
		if json.Unmarshal(c.Params.W, &weights) != nil { // a single number
			weights = make([]float64, 1)
			require.NoError(t, json.Unmarshal(c.Params.W, &weights[0]))
		}
		in := Input{Weights: weights, Omit: c.Fn != "a_genmean", Ranker: &order.Ranker{}, Args: method.Args{{Name: "power", Number: c.Params.P}}}
		for _, x := range c.Input {
			v := cell.NewVector(1)
			if x != nil {
				n, err := strconv.ParseFloat(*x, 64)
				require.NoError(t, err)
				v.Put(0, n)
			}
			in.Children = append(in.Children, v)
		}
		if math.Signbit(weights[min(1, len(weights)-1)]) { // the document's schema allows no negative weight
			negative++
			continue
		}
		value := cell.NewVector(1)
		out := coinrMethods[c.Fn].Apply(in, value)
		got, ok := value.At(0)
		want := math.NaN()
		if c.Error == "" && c.Output[0] != nil {
			want, err = strconv.ParseFloat(*c.Output[0], 64)
			require.NoError(t, err)
		}
		what := c.Fn + " " + c.Vector + " " + string(c.Params.W)
		if math.IsNaN(want) || math.IsInf(want, 0) {
			// Where COINr stops, or has no number, there is no value; and where a
			// number overflows in its powers only, ours is right.
			if c.Vector == "big" && ok {
				require.False(t, math.IsNaN(got), what)
			} else {
				require.True(t, !ok || math.IsInf(got, 0), "%s: %v", what, got)
				require.Equal(t, c.Error != "", out.Reason != "" && c.Error != "", "%s: COINr says %s, we say %q", what, c.Error, out.Reason)
			}
			absent++
			continue
		}
		require.True(t, ok, "%s: %s", what, out.Reason)
		require.InDelta(t, want, got, 1e-12*math.Abs(want)+1e-300, what)
		numbers++
	}
	t.Logf("%d numbers agree, %d without one, %d with negative weights left out", numbers, absent, negative)
	require.Equal(t, len(file.Cases), numbers+absent+negative)
	require.Equal(t, 3, negative)
	require.Greater(t, numbers, 75)
}
