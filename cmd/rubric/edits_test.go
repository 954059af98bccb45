package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// edited compares the document of a bundled methodology with itself after an edit, alone.
func edited(t *testing.T, name string, edits ...string) (changes []string, fingerprints []string, reaches map[string]bool) {
	t.Helper()
	text, err := os.ReadFile("../../methodologies/" + name + "/methodology.yaml")
	require.NoError(t, err)
	dir := t.TempDir()
	before := strings.Split(string(text), "\nfiles:")
	_, rest, _ := strings.Cut(before[1], "\n\n") // what stands beside the document is not there
	old := before[0] + "\n\n" + rest
	old = strings.Replace(old, "status: published", "status: draft", 1)
	now := strings.NewReplacer(edits...).Replace(old)
	require.NotEqual(t, old, now)
	for file, text := range map[string]string{"old.yaml": old, "new.yaml": now} {
		require.NoError(t, os.WriteFile(filepath.Join(dir, file), []byte(text), 0o600))
	}
	exit, stdout, stderr := run(dir, nil, "compare", "old.yaml", "new.yaml", "--format", "json")
	require.Zero(t, exit, stderr)
	var out struct {
		Changes []struct {
			ID, Severity, Class, Fingerprint string
			Reaches                          []string
		}
	}
	require.NoError(t, json.Unmarshal([]byte(stdout), &out))
	reaches = map[string]bool{}
	for _, c := range out.Changes {
		changes = append(changes, c.Severity+" "+c.Class+" "+c.ID)
		fingerprints = append(fingerprints, c.Fingerprint)
		for _, path := range c.Reaches {
			reaches[path] = true
		}
	}
	return changes, fingerprints, reaches
}

// One edit is one change, of the class and the severity that it deserves, and what means
// nothing is none.
func TestOneEditIsOneChange(t *testing.T) {
	const cities, development = "cities-of-opportunity/2025", "human-development/2023-24"
	for _, c := range []struct {
		name, of string
		edits    []string
		want     []string
	}{
		{"a default of 50 variables", cities, []string{"variable:  {aggregate: sum", "variable:  {aggregate: min"}, []string{"error method changed:consumer_vitality/commercial_prosperity_index:aggregate"}},
		{"equal weights, which they were", cities, []string{"\ndefaults:", "\nweighting: equal\ndefaults:"}, []string{"info parameter added:consumer_vitality:weighting"}},
		{"the ranking turned over", cities, []string{"index:     {aggregate: sum, rank: standard", "index:     {aggregate: sum, rank: {rule: standard, best: lowest}"}, []string{"error method changed:index:rank.best"}},
		{"another measure", cities, []string{"Gross domestic product, measure: 100m CNY", "Gross domestic product, measure: 10k CNY"}, []string{"warning data changed:column gdp:measure"}},
		{"a check of the units", cities, []string{"expect: 60", "expect: 61"}, []string{"info data changed:document:units.expect"}},
		{"another layout of a formula", cities, []string{"formula: (deposits + loans) / gdp", "formula: '((deposits+loans))/gdp'"}, nil},
		{"another name of a column", cities, []string{"\n  fortune_china_500:", "\n  fortune_500:", "measure: count,    year: 2024, source: fortune", "measure: count, year: 2024, source: fortune, from: fortune_china_500", "formula: fortune_china_500", "formula: fortune_500"}, []string{"info data renamed:column fortune_500"}},
		{"all weights of a mean, twice what they were", development, []string{"      health:\n", "      health:\n        weight: 2\n", "      education:\n", "      education:\n        weight: 2\n", "      living_standard:\n", "      living_standard:\n        weight: 2\n"}, nil},
		{"a rank more", development, []string{"      health:\n        title: Long and healthy life", "      health:\n        rank: standard\n        title: Long and healthy life"}, []string{"info method added:hdi/health:rank"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, _, reaches := edited(t, c.of, c.edits...)
			if c.name == "all weights of a mean, twice what they were" {
				require.NotEmpty(t, got)
				for _, x := range got {
					require.True(t, strings.HasPrefix(x, "info parameter"), x)
				}
				return
			}
			require.Equal(t, c.want, got)
			if len(got) == 1 && !strings.HasPrefix(got[0], "info") {
				require.True(t, reaches["index"])
			}
		})
	}
}

// A fingerprint stays what it is where lines are moved or a formula is laid out anew.
func TestFingerprintsSurviveTheNextPush(t *testing.T) {
	const cities = "cities-of-opportunity/2025"
	first, second := "  economic_strength:\n    title: Economic strength\n", "  technological_innovation:\n    title: Technological innovation\n"
	_, before, _ := edited(t, cities, "variable:  {aggregate: sum", "variable:  {aggregate: min")
	text, err := os.ReadFile("../../methodologies/" + cities + "/methodology.yaml")
	require.NoError(t, err)
	require.Contains(t, string(text), first)
	_, rest, _ := strings.Cut(string(text), "\n"+first)
	economy, _, _ := strings.Cut(rest, "\n"+second)
	_, after, _ := edited(t, cities, "variable:  {aggregate: sum", "variable:  {aggregate: min", "\n"+first+economy, "", "\n  open_development:", "\n"+first+economy+"\n  open_development:")
	require.Equal(t, before, after)

	_, before, _ = edited(t, cities, "formula: (deposits + loans) / gdp", "formula: (deposits + loans) / gdp * 2")
	_, after, _ = edited(t, cities, "formula: (deposits + loans) / gdp", "formula: ((deposits+loans)/gdp)*2.0")
	require.Len(t, before, 1)
	require.Equal(t, before, after)
}
