package main

import (
	"encoding/json"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// compareOutput is what of `rubric compare --format json` real comparisons are held to.
type compareOutput struct {
	Verdict struct{ Word, Reason string }
	Changes []struct{ ID, Kind, Severity, Subject, Key, Before, After, Guess string }
	Nodes   []comparedNode
}

type comparedNode struct {
	Path              string
	Common            int
	Shift             float64
	Spearman, Kendall float64
	Entered, Left     []comparedUnit
	Moves             []comparedMove
}

type comparedUnit struct{ Unit, Period string }

func unitsOf(list []comparedUnit) string {
	var out []string
	for _, u := range list {
		out = append(out, u.Unit)
	}
	return strings.Join(out, "|")
}

type comparedMove struct {
	Unit, Period string
	Old, New     *struct{ Score, Rank *float64 }
	Places       *float64
}

func compared(t *testing.T, args ...string) compareOutput {
	t.Helper()
	exit, stdout, stderr := run("../..", nil, append([]string{"compare", "--format", "json"}, args...)...)
	require.Zero(t, exit, stderr)
	var out compareOutput
	require.NoError(t, json.Unmarshal([]byte(stdout), &out))
	return out
}

func (c compareOutput) node(t *testing.T, path string) comparedNode {
	t.Helper()
	i := slices.IndexFunc(c.Nodes, func(n comparedNode) bool { return n.Path == path })
	require.GreaterOrEqual(t, i, 0, path)
	return c.Nodes[i]
}

// changed are the changes as `severity id`, with what was there and is, sorted.
func (c compareOutput) changed() (out []string) {
	for _, x := range c.Changes {
		out = append(out, strings.TrimSpace(fmt.Sprintf("%s %s %s → %s", x.Severity, x.ID, x.Before, x.After)))
	}
	slices.Sort(out)
	return out
}

// counts are the units at a period that both sides scored, those with another score,
// those at another place, and the mean of the places.
func (n comparedNode) counts(period string) (common, rescored, moved int, places float64) {
	for _, m := range n.Moves {
		if m.Period != period || m.Places == nil {
			continue
		}
		common++
		if *m.Old.Score != *m.New.Score {
			rescored++
		}
		if *m.Places != 0 {
			moved++
		}
		places += math.Abs(*m.Places)
	}
	return common, rescored, moved, places / float64(common)
}

// expected are the rows of a table that testdata/compare/oracle.py wrote.
func expected(t *testing.T, name string) []map[string]string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("../../testdata/compare", name))
	require.NoError(t, err)
	return rowsOf(t, string(text))
}

func figureOf(t *testing.T, text string) float64 {
	t.Helper()
	x, err := strconv.ParseFloat(text, 64)
	require.NoError(t, err)
	return x
}

// With one rule of ties instead of two, 41 totals of the report move, and two ranks.
func TestCitiesWithOneRuleOfTies(t *testing.T) {
	c := compared(t, "cities-of-opportunity/2025", "cities-of-opportunity/2025-consistent")
	const synergy = "regional_synergy/"
	var breaks []string
	for _, x := range c.changed() {
		if strings.HasPrefix(x, "error ") {
			breaks = append(breaks, x)
		} else {
			assert.True(t, strings.HasPrefix(x, "info "), x)
		}
	}
	assert.Equal(t, []string{
		"error changed:" + synergy + "business_carrying_capacity:given.as score → value",
		"error changed:" + synergy + "business_carrying_capacity:normalise.ties low → high",
		"error changed:" + synergy + "passenger_and_freight_transport_scale:given.as score → value",
		"error changed:" + synergy + "passenger_and_freight_transport_scale:normalise.ties low → high",
	}, breaks)

	want := map[string]map[string]string{}
	for _, row := range expected(t, "cities-of-opportunity/moves.csv") {
		want[row["city"]] = row
	}
	require.Len(t, want, 60)
	rescored, ranks := 0, []string{}
	index := c.node(t, "index")
	require.Len(t, index.Moves, 60)
	for _, m := range index.Moves {
		row := want[m.Unit]
		require.NotNil(t, row, m.Unit)
		got := [4]float64{*m.Old.Score, *m.Old.Rank, *m.New.Score, *m.New.Rank}
		assert.Equal(t, [4]float64{figureOf(t, row["total"]), figureOf(t, row["rank"]), figureOf(t, row["new_total"]), figureOf(t, row["new_rank"])}, got, m.Unit)
		if got[0] != got[2] {
			rescored++
		}
		if got[1] != got[3] {
			ranks = append(ranks, fmt.Sprintf("%s %g → %g", m.Unit, got[1], got[3]))
		}
	}
	assert.Equal(t, 41, rescored)
	assert.ElementsMatch(t, []string{"hefei 15 → 16", "dongguan 25 → 26"}, ranks)
	for _, n := range c.Nodes {
		if !strings.HasPrefix(n.Path, "regional_synergy") && n.Path != "index" {
			_, rescored, _, _ := n.counts("")
			assert.Zero(t, rescored, n.Path)
		}
	}
}

// Twelve editions of Freedom in the World: the question about traditional monarchies was
// asked for the last time in 2017, and else nothing differs but the year.
func TestFreedomInTheWorldFromEditionToEdition(t *testing.T) {
	t.Parallel()
	data := reference(t, "freedom-in-the-world-2013-2024/data.csv")
	pairs := expected(t, "freedom-in-the-world/pairs.csv")
	require.Len(t, pairs, 11)
	for _, want := range pairs {
		old, now := want["old"], want["new"]
		t.Run(old, func(t *testing.T) {
			c := compared(t, "freedom-in-the-world/"+old, "freedom-in-the-world/"+now, "--data", data)
			year := fmt.Sprintf(`warning changed:document:periods.only "%s" → "%s"`, old, now)
			index := c.node(t, "index")
			if now == "2018" {
				changes := c.changed()
				require.Len(t, changes, 4)
				assert.Equal(t, "error removed:political_rights/discretionary/traditional_monarchy Consultation in traditional monarchies →", changes[0])
				assert.Equal(t, "info changed:document:comparability freedom-in-the-world/2013-2017 → freedom-in-the-world/2018", changes[1])
				assert.True(t, strings.HasPrefix(changes[2], "info removed:column add_a "), changes[2])
				assert.Equal(t, year, changes[3])
				assert.Equal(t, "not comparable", c.Verdict.Word)
			} else {
				assert.Equal(t, []string{year}, slices.DeleteFunc(c.changed(), func(x string) bool { return strings.Contains(x, ":comparability") }))
			}
			assert.Equal(t, want["entered"], unitsOf(index.Entered))
			assert.Equal(t, want["left"], unitsOf(index.Left))
			held(t, want, index, now)
			assert.InDelta(t, figureOf(t, want["spearman"]), index.Spearman, 1e-9)
			assert.InDelta(t, figureOf(t, want["kendall"]), index.Kendall, 1e-9)
		})
	}
}

// held holds the moves of a period against those that were worked out apart.
func held(t *testing.T, want map[string]string, n comparedNode, period string) {
	t.Helper()
	common, rescored, moved, places := n.counts(period)
	assert.Equal(t, want["common"], strconv.Itoa(common), period)
	assert.Equal(t, want["rescored"], strconv.Itoa(rescored), period)
	assert.Equal(t, want["moved"], strconv.Itoa(moved), period)
	assert.InDelta(t, figureOf(t, want["places"]), places, 1e-9, period)
}

// The changes of 2010 and of 2014 to the Human Development Index, taken back, over 33
// years.
func TestHumanDevelopmentAsItWasBefore(t *testing.T) {
	t.Parallel()
	data := reference(t, "human-development-2023-24/timeseries_hdi_1990_2022.csv")
	largest := map[string]string{}
	for _, row := range expected(t, "human-development/maxima.csv") {
		largest[row["column"]] = row["largest"]
	}
	years := map[string][]map[string]string{}
	for _, row := range expected(t, "human-development/years.csv") {
		years[row["variant"]] = append(years[row["variant"]], row)
	}
	for variant, want := range map[string][]string{
		"arithmetic-mean": {"error changed:hdi:aggregate geometric_mean → arithmetic_mean"},
		"observed-maxima": {
			"error changed:hdi/education/expected_schooling:normalise.high 18 → " + largest["eys"],
			"error changed:hdi/education/mean_schooling:normalise.high 15 → " + largest["mys"],
			"error changed:hdi/health/life_expectancy:normalise.high 85 → " + largest["le"],
			"error changed:hdi/living_standard/income:normalise.high 75000 → " + largest["gnipc"],
		},
	} {
		t.Run(variant, func(t *testing.T) {
			c := compared(t, "human-development/2023-24", "testdata/compare/human-development/"+variant, "--data", data)
			assert.Equal(t, append(want,
				"info changed:document:status published → draft",
				"info removed:document:comparability human-development/2023-24 →",
			), c.changed())
			require.Len(t, years[variant], 33)
			hdi := c.node(t, "hdi")
			var spearman, kendall float64
			total := 0
			for _, row := range years[variant] {
				held(t, row, hdi, row["year"])
				spearman += figureOf(t, row["spearman"]) / 33
				kendall += figureOf(t, row["kendall"]) / 33
				n, err := strconv.Atoi(row["common"])
				require.NoError(t, err)
				total += n
			}
			assert.Equal(t, total, hdi.Common)
			assert.InDelta(t, spearman, hdi.Spearman, 1e-9)
			assert.InDelta(t, kendall, hdi.Kendall, 1e-9)
		})
	}
}

// The dimensions of the report of 2025 against those of the edition before it: what came,
// what was merged and what only has another name, and of these what the report states and
// what is inferred.
func TestDimensionsOfTheEditionBefore(t *testing.T) {
	const dir = "testdata/compare/cities-of-opportunity/"
	c := compared(t, dir+"2024-dimensions", dir+"2025-dimensions")
	var want, got []string
	for _, row := range expected(t, "cities-of-opportunity/edition-changes.csv") {
		if row["change"] == "kept" {
			continue
		}
		basis := row["basis"]
		if row["change"] == "added" { // nothing of it was there to be guessed at
			basis = "stated"
		}
		want = append(want, fmt.Sprintf("%s → %s %s %s", row["before"], row["now"], row["change"], basis))
	}
	for _, x := range c.Changes {
		if x.Key != "" || strings.HasPrefix(x.Subject, "column ") {
			continue
		}
		before, after, basis := x.Before, x.After, "stated"
		if x.Guess != "" {
			basis = "inferred"
		}
		switch x.Kind {
		case "added":
			before, after = "", x.Subject
		case "merged":
			before = x.Subject
		}
		got = append(got, fmt.Sprintf("%s → %s %s %s", before, after, x.Kind, basis))
	}
	// Two of the new dimensions hold nothing but what was merged into them.
	want = append(want, " → technological_innovation added stated", " → regional_synergy added stated")
	assert.ElementsMatch(t, want, got)
}

// What a person reads of real comparisons. UPDATE=1 writes it.
func TestComparisonsAsTheyAreRead(t *testing.T) {
	const dir = "testdata/compare/cities-of-opportunity/"
	for want, args := range map[string][]string{
		"consistent.txt": {"cities-of-opportunity/2025", "cities-of-opportunity/2025-consistent", "--top", "12"},
		"consistent.md":  {"cities-of-opportunity/2025", "cities-of-opportunity/2025-consistent", "--format", "markdown"},
		"dimensions.txt": {dir + "2024-dimensions", dir + "2025-dimensions"},
		"dimensions.md":  {dir + "2024-dimensions", dir + "2025-dimensions", "--format", "markdown"},
	} {
		t.Run(want, func(t *testing.T) {
			exit, stdout, stderr := run("../..", nil, append([]string{"compare"}, args...)...)
			require.Zero(t, exit, stderr)
			require.Empty(t, stderr)
			file := "../../" + dir + want
			if os.Getenv("UPDATE") != "" {
				require.NoError(t, os.WriteFile(file, []byte(stdout), 0o644))
			}
			text, err := os.ReadFile(file)
			require.NoError(t, err)
			assert.Equal(t, string(text), stdout)
		})
	}
}

// Every methodology that is built in is what it is: resolved and read again, it differs
// from itself in nothing.
func TestAMethodologyDoesNotDifferFromItself(t *testing.T) {
	t.Parallel()
	documents, err := filepath.Glob("../../methodologies/*/*/methodology.yaml")
	require.NoError(t, err)
	require.NotEmpty(t, documents)
	for _, d := range documents {
		name := strings.TrimPrefix(filepath.ToSlash(filepath.Dir(d)), "../../methodologies/")
		c := compared(t, name, name)
		assert.Empty(t, c.Changes, name)
		assert.Equal(t, "comparable", c.Verdict.Word, name)
		assert.Equal(t, "nothing changed", c.Verdict.Reason, name)
	}
}
