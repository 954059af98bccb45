package suite

import (
	"testing"

	"github.com/stretchr/testify/require"

	"rubric/spec/check"
)

func TestAgrees(t *testing.T) {
	number := func(x float64, t *Tolerance) Want { return Want{Number: &x, Tolerance: t} }
	between := func(low, high float64) Want {
		return Want{Range: &check.Band{Low: &low, High: &high, LowIncluded: true}}
	}
	tenth, fifth := 0.1, 0.2 // a sum of constants would be exact
	for name, c := range map[string]struct {
		want Want
		x    float64
		ok   bool
	}{
		"sums_in_another_order":           {number(0.3, nil), tenth + fifth, true},
		"the_ninth_digit":                 {number(1, nil), 1.0000000009, true},
		"the_eighth_digit":                {number(1, nil), 1.00000001, false},
		"rounding_about_zero":             {number(0, nil), 1e-13, true},
		"a_small_number_is_no_zero":       {number(0, nil), 1e-11, false},
		"exactly":                         {number(0.3, &Tolerance{}), tenth + fifth, false},
		"the_edge_of_a_tolerance":         {number(1, &Tolerance{Absolute: 0.1}), 1.1, true},
		"beyond_it":                       {number(1, &Tolerance{Absolute: 0.1}), 1.1000001, false},
		"a_share_of_a_negative_number":    {number(-200, &Tolerance{Share: 0.01}), -202, true},
		"a_share_of_zero_is_nothing":      {number(0, &Tolerance{Share: 0.01}), 1e-15, false},
		"from_is_in_the_range":            {between(1, 2), 1, true},
		"below_is_not":                    {between(1, 2), 2, false},
		"a_text_agrees_with_no_number":    {Want{Text: "1"}, 1, false},
		"none_at_all_agrees_with_nothing": {Want{None: true}, 0, false},
	} {
		t.Run(name, func(t *testing.T) { require.Equal(t, c.ok, c.want.Agrees(c.x)) })
	}
}
