package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

// reference is a file of the reference data, which the project does not carry.
func reference(t *testing.T, name string) string {
	t.Helper()
	dir := os.Getenv("RUBRIC_REFERENCE")
	if dir == "" {
		t.Skip("RUBRIC_REFERENCE names no folder of reference data")
	}
	return filepath.Join(dir, filepath.FromSlash(name))
}

// verified recomputes a methodology from a file of data, holds it against a file
// of published figures, and counts those that are equal; any other fails.
func verified(t *testing.T, methodology, data, published string) map[string]int {
	t.Helper()
	exit, stdout, stderr := run("", nil, "verify", methodology, "--data", reference(t, data), "--published", reference(t, published), "--format", "json")
	require.Zero(t, exit, "%s\n%s", stdout, stderr)
	var out struct {
		Published []struct {
			Counts []struct {
				Level, Figure            string
				Figures, Equal, Known    int
				Unexplained, NotComputed int
			}
		}
	}
	require.NoError(t, json.Unmarshal([]byte(stdout), &out))
	counts := map[string]int{}
	for _, table := range out.Published {
		for _, c := range table.Counts {
			require.Equal(t, c.Figures, c.Equal, "%s %s", c.Level, c.Figure)
			counts[c.Level+" "+c.Figure] += c.Equal
		}
	}
	return counts
}

func TestHumanDevelopmentIsWhatWasPublished(t *testing.T) {
	const dir, m = "human-development-2023-24/", "human-development/2023-24"
	require.Equal(t, map[string]int{
		"dimension band":  192,                         // groups
		"dimension score": 193 + 2*182,                 // HDI; by sex
		"dimension rank":  193,                         // HDI
		"derived score":   2*182 + 3*165 + 166 + 3*154, // GDI, group; IHDI, coefficient, loss; GII; PHDI, two differences
		"derived rank":    166,                         // GII
	}, verified(t, m, dir+"data.csv", dir+"published.csv"))
	require.Equal(t, map[string]int{"dimension score": 5808}, verified(t, m, dir+"timeseries_hdi_1990_2022.csv", dir+"timeseries_hdi_1990_2022.csv"))
	require.Equal(t, map[string]int{"dimension score": 363}, verified(t, m, dir+"aggregates_hdi_1990_2022.csv", dir+"aggregates_hdi_1990_2022.csv"))
}

func TestFreedomInTheWorldIsWhatWasPublished(t *testing.T) {
	const dir = "freedom-in-the-world-2013-2024/"
	want := func(rows int) map[string]int {
		return map[string]int{"dimension score": 9 * rows, "index score": rows, "derived score": 2 * rows, "derived band": rows}
	}
	total := 0
	for year := 2013; year <= 2024; year++ {
		counts := verified(t, fmt.Sprintf("freedom-in-the-world/%d", year), dir+"data.csv", dir+"published.csv")
		rows := counts["index score"]
		require.Equal(t, want(rows), counts, year)
		total += rows
	}
	require.Equal(t, 2515, total)
	require.Equal(t, want(2515), verified(t, "freedom-in-the-world/base", dir+"data.csv", dir+"published.csv"))
}
