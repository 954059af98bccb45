package compare

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"rubric/spec/check"
	"rubric/spec/diff"
)

func TestPhrasesAreInPlainWords(t *testing.T) {
	root := &check.Node{Path: "index", Level: check.Index, Title: "All"}
	economy := &check.Node{Path: "economy", Level: check.Dimension, Title: "Economy", Parent: root}
	debt := &check.Node{Path: "economy/debt", Level: check.Indicator, Title: "Debt", Parent: economy}
	gdp := &check.Node{Path: "economy/gdp", Level: check.Indicator, Title: "GDP", Parent: economy}
	m := &check.Methodology{Nodes: []*check.Node{root, economy, debt, gdp}}
	d := &diff.Diff{Old: m, New: m}
	for _, c := range []struct {
		change diff.Change
		want   string
	}{
		{diff.Change{Kind: diff.Changed, Key: "weight", Acts: []string{"economy"}, Before: "1", After: "2"}, "the weight of Economy (1 → 2)"},
		{diff.Change{Kind: diff.Added, Key: "weight", Acts: []string{"economy"}, After: "2"}, "the weight of Economy (now 2)"},
		{diff.Change{Kind: diff.Changed, Key: "aggregate", Acts: []string{"index"}, Before: "sum", After: "{method: generalised_mean, power: 2}"}, "the aggregation of the index (sum → generalised mean)"},
		{diff.Change{Kind: diff.Changed, Key: "normalise", Acts: []string{"economy/debt"}, Before: "{method: min_max, to: [0, 1]}", After: "{method: min_max, to: [0, 9]}"}, "the normalisation of Debt"},
		{diff.Change{Kind: diff.Changed, Key: "normalise.ties", Acts: []string{"economy/debt", "economy/gdp"}, Before: "high", After: "mean"}, "the tie rule of 2 indicators (high → mean)"},
		{diff.Change{Kind: diff.Changed, Key: "normalise.low", Acts: []string{"economy/debt", "economy"}, Before: "0", After: "5"}, "`low` in the normalisation of 2 nodes (0 → 5)"},
		{diff.Change{Kind: diff.Removed, Key: "round", Acts: []string{"index"}, Before: "{rule: half_up, decimals: 1}"}, "the rounding of the index (half up no longer)"},
		{diff.Change{Kind: diff.Changed, Key: "treat", Subject: "column gdp", Before: "log", After: "sqrt"}, "the treatment of the column gdp (log → sqrt)"},
		{diff.Change{Kind: diff.Changed, Key: "screen.min_coverage", Subject: "document", Before: "50%", After: "60%"}, "the least coverage of the screen (50% → 60%)"},
		{diff.Change{Kind: diff.Changed, Key: "of.economy", Subject: "weights experts", Before: "1", After: "2"}, "the weight of Economy (1 → 2)"},
		{diff.Change{Kind: diff.Changed, Key: "treat", Acts: []string{"economy/debt"}, Before: "[log]", After: "[{method: clip, low: 0}]"}, "the treatment of Debt (log → clip)"},
		{diff.Change{Kind: diff.Added, Subject: "economy/debt", Acts: []string{"economy/debt"}}, "Debt (new)"},
		{diff.Change{Kind: diff.Removed, Subject: "economy/debt", Acts: []string{"economy/debt"}}, "Debt (gone)"},
		{diff.Change{Kind: diff.Moved, Subject: "economy/debt", Acts: []string{"economy/debt"}}, "Debt (in Economy now)"},
	} {
		require.Equal(t, c.want, phraseOf(d, c.change).String())
	}
}

func TestSeveralChangesOfOneFactor(t *testing.T) {
	a := &check.Node{Path: "a", Level: check.Indicator, Title: "A"}
	b := &check.Node{Path: "b", Level: check.Indicator, Title: "B"}
	m := &check.Methodology{Nodes: []*check.Node{a, b}}
	d := &diff.Diff{Old: m, New: m}
	weight := func(path string) diff.Change {
		return diff.Change{Kind: diff.Changed, Class: diff.Parameter, Key: "weight", Acts: []string{path}, Before: "1", After: "2"}
	}
	ties := diff.Change{Kind: diff.Changed, Class: diff.Method, Key: "normalise.ties", Acts: []string{"a"}, Before: "low", After: "high"}
	for want, changes := range map[string][]diff.Change{
		"the weight (1 → 2) and the tie rule (low → high) of A": {weight("a"), ties},
		"the weight of A and B": {weight("a"), weight("b")},
		"the weight of B (1 → 2); the tie rule of A (low → high)": {weight("b"), ties},
		"the weight of A (1 → 2)":                                 {weight("a"), {Class: diff.Data}},
	} {
		require.Equal(t, want, strings.Join(methodPhrases(d, changes, false), "; "))
	}
	require.Equal(t, []string{"the weight of A"}, methodPhrases(d, []diff.Change{weight("a")}, true))
}

func TestRanksAreRead(t *testing.T) {
	for x, want := range map[float64]string{1: "1st", 2: "2nd", 3: "3rd", 4: "4th", 11: "11th", 12: "12th", 13: "13th", 21: "21st", 112: "112th", 2.5: "rank 2.5"} {
		require.Equal(t, want, ordinal(x))
	}
	require.Equal(t, "1 place", places(1, 1))
	require.Equal(t, "0.5 places", places(0.5, 1))
	require.Equal(t, "less than 1 %", percent(0.001))
	require.Equal(t, "more than 99 %", percent(0.999))
	require.Equal(t, "0 %", percent(0))
}
