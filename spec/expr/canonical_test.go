package expr

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestCanonical(t *testing.T) {
	canonical := func(text string) string {
		e, issues := env(t).Compile(text)
		require.Empty(t, issues, text)
		return e.Canonical()
	}
	for _, same := range [][]string{
		{"debt / gdp * 100", "(debt/gdp)*100.0", "debt\n  / gdp * 1e2"},
		{"gdp > 10 ? 1 : 0", "(gdp>10) ? (1) : (0)"},
		{"coalesce(gdp,0)", "coalesce( gdp, 0.0 )"},
		{`position == "a" ? 1 : 2`, `position == 'a' ? 1 : 2`},
		{"quantile(gdp, 0.5) + total(debt)", "quantile( gdp,0.50 )+total(debt)"},
	} {
		for _, other := range same[1:] {
			require.Equal(t, canonical(same[0]), canonical(other))
		}
	}
	for _, different := range [][2]string{{"debt / gdp * 100", "debt / (gdp * 100)"}, {"debt - gdp", "gdp - debt"}, {"1 - (gdp - debt)", "1 - gdp - debt"}} {
		require.NotEqual(t, canonical(different[0]), canonical(different[1]))
	}
}
