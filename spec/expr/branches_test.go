package expr

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// cells is a row of numbers; nil: missing. Texts stand in position.
type cells struct {
	numbers []*float64
	text    string
}

func (c cells) Number(i int) (float64, bool) {
	if c.numbers[i] == nil {
		return 0, false
	}
	return *c.numbers[i], true
}
func (c cells) Text(int) (string, bool)               { return c.text, c.text != "" }
func (c cells) Aggregate(int) (float64, bool, string) { return 0, false, "" }

func TestBranchesThatRowsTake(t *testing.T) {
	one := func(x float64) *float64 { return &x }
	for name, c := range map[string]struct {
		formula string
		rows    []Row
		want    map[string]bool // in words: what leads to the branch
	}{
		"both_arms": {
			"gdp > 10 ? 1 : 0", []Row{cells{numbers: []*float64{one(11)}}, cells{numbers: []*float64{one(1)}}},
			map[string]bool{"`gdp > 10`": true, "not `gdp > 10`": true},
		},
		"a_missing_condition_takes_neither": {
			"gdp > 10 ? 1 : 0", []Row{cells{numbers: []*float64{nil}}},
			map[string]bool{"`gdp > 10`": false, "not `gdp > 10`": false},
		},
		"nested_arms_are_only_reached_through_theirs": {
			"gdp > 10 ? (debt > 5 ? 3 : 2) : 1", []Row{cells{numbers: []*float64{one(1), one(9)}}},
			map[string]bool{"`gdp > 10`": false, "not `gdp > 10`": true, "`debt > 5`": false, "not `debt > 5`": false},
		},
		"a_text_in_the_condition": {
			`position == "capital" ? 1 : 0`, []Row{cells{text: "capital"}},
			map[string]bool{"`position == \"capital\"`": true, "not `position == \"capital\"`": false},
		},
		"coalesce_takes_the_first_that_is_there": {
			"coalesce(gdp, debt, 0)", []Row{cells{numbers: []*float64{nil, one(2)}}},
			map[string]bool{"`gdp` is there": false, "`gdp` is missing": true, "`debt` is missing": false},
		},
		"and_the_last_one_where_none_is": {
			"coalesce(gdp, debt)", []Row{cells{numbers: []*float64{nil, nil}}, cells{numbers: []*float64{one(1), nil}}},
			map[string]bool{"`gdp` is there": true, "`gdp` is missing": true},
		},
		"an_error_in_an_arm_is_a_way_taken": {
			"gdp > 10 ? debt / 0 : 0", []Row{cells{numbers: []*float64{one(11), one(1)}}},
			map[string]bool{"`gdp > 10`": true, "not `gdp > 10`": false},
		},
		"none": {"gdp / 2", []Row{cells{numbers: []*float64{one(1)}}}, map[string]bool{}},
	} {
		t.Run(name, func(t *testing.T) {
			e, issues := env(t).Compile(c.formula)
			require.Empty(t, issues)
			taken, err := e.Taken(c.rows)
			require.NoError(t, err)
			got := map[string]bool{}
			for i, b := range e.Branches() {
				got[b.When] = taken[i]
				require.Less(t, b.Start, b.End)
			}
			require.Equal(t, c.want, got)
		})
	}
}
