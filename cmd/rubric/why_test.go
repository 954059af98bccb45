package main

import (
	"encoding/json"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// why is what of `rubric compare --why --format json` real comparisons are held to.
type why struct {
	Exact   bool
	Factors []struct{ Name, Kind, Text, Reason string }
	Nodes   []whyNode
}

type whyNode struct {
	Path  string
	Units []struct {
		Unit, Period string
		Score, Rank  effectsOf
	}
}

type effectsOf struct {
	Old, New float64
	By       []float64
}

// by is the effect of a factor; 0 where there is none of that name.
func (w why) by(e effectsOf, name string) float64 {
	for i, f := range w.Factors {
		if f.Name == name {
			return e.By[i]
		}
	}
	return 0
}

// explained runs a comparison that says why, and holds that effects sum to the changes
// they explain, to the last bit, in every node.
func explained(t *testing.T, args ...string) why {
	t.Helper()
	exit, stdout, stderr := run("../..", nil, append([]string{"compare", "--why", "--format", "json"}, args...)...)
	require.Zero(t, exit, stderr)
	var out struct{ Why why }
	require.NoError(t, json.Unmarshal([]byte(stdout), &out))
	require.True(t, out.Why.Exact)
	require.NotEmpty(t, out.Why.Nodes)
	for _, n := range out.Why.Nodes {
		for _, u := range n.Units {
			for _, e := range []effectsOf{u.Score, u.Rank} {
				if e.By == nil {
					continue // one of the editions between has no score of it
				}
				sum := 0.0
				for _, x := range e.By {
					sum += x
				}
				require.Equal(t, e.New-e.Old, sum, "%s %s %s", n.Path, u.Unit, u.Period)
			}
		}
	}
	return out.Why
}

func (w why) node(t *testing.T, path string) whyNode {
	t.Helper()
	i := slices.IndexFunc(w.Nodes, func(n whyNode) bool { return n.Path == path })
	require.GreaterOrEqual(t, i, 0, path)
	return w.Nodes[i]
}

// Each edition of Freedom in the World and the next, and the first and the last: what the
// method, the figures, and countries that came or went did to each country.
func TestWhyFreedomChangedOverTwelveEditions(t *testing.T) {
	t.Parallel()
	data := reference(t, "freedom-in-the-world-2013-2024/data.csv")
	pairs := map[[2]string]map[string]map[string]string{}
	for _, row := range expected(t, "freedom-in-the-world/why.csv") {
		pair := [2]string{row["old"], row["new"]}
		if pairs[pair] == nil {
			pairs[pair] = map[string]map[string]string{}
		}
		pairs[pair][row["country"]] = row
	}
	require.Len(t, pairs, 12)
	for pair, want := range pairs {
		t.Run(pair[0]+" → "+pair[1], func(t *testing.T) {
			w := explained(t, "freedom-in-the-world/"+pair[0], "freedom-in-the-world/"+pair[1], "--data", data)
			factors := map[string]string{}
			for _, f := range w.Factors {
				factors[f.Kind] = f.Name
			}
			moved := 0
			for _, u := range w.node(t, "index").Units {
				row := want[u.Unit]
				any := false
				for kind, name := range factors {
					for what, e := range map[string]effectsOf{"score_": u.Score, "rank_": u.Rank} {
						any = any || w.by(e, name) != 0
						effect := 0.0
						if row != nil {
							effect = figureOf(t, row[what+kind])
						}
						require.InDelta(t, effect, w.by(e, name), 1e-9, "%s %s%s", u.Unit, what, kind)
					}
				}
				if any {
					moved++
				}
			}
			require.Equal(t, len(want), moved)
		})
	}
}

// One rule of ties for all variables: which of the two variables moved whom.
func TestWhyCitiesMoved(t *testing.T) {
	t.Parallel()
	w := explained(t, "cities-of-opportunity/2025", "cities-of-opportunity/2025-consistent")
	named := map[string]string{}
	for _, f := range w.Factors {
		require.Equal(t, "joint", f.Kind)
		require.Equal(t, "its parts move no figure without each other", f.Reason)
		named[f.Text] = f.Name
	}
	const both = "the tie rule (low → high) and the use of the given figures (score → value) of "
	business, transport := named[both+"Business carrying capacity"], named[both+"Passenger and freight transport scale"]
	require.NotEmpty(t, business)
	require.NotEmpty(t, transport)
	require.Len(t, w.Factors, 2)
	rescored, ranks := 0, map[string][2]float64{}
	for _, u := range w.node(t, "index").Units {
		if u.Score.Old != u.Score.New {
			rescored++
		}
		if u.Rank.Old != u.Rank.New {
			ranks[u.Unit] = [2]float64{w.by(u.Rank, business), w.by(u.Rank, transport)}
		}
	}
	require.Equal(t, 41, rescored)
	require.Equal(t, map[string][2]float64{"hefei": {0, 1}, "dongguan": {1, 0}}, ranks)
}

// The Human Development Index with an arithmetic mean and observed maxima against the one
// of today, over 33 years: what either change did.
func TestWhyHumanDevelopmentChanged(t *testing.T) {
	t.Parallel()
	data := reference(t, "human-development-2023-24/timeseries_hdi_1990_2022.csv")
	w := explained(t, "testdata/compare/human-development/until-2009", "human-development/2023-24", "--data", data, "--together", "2,3,4,5")
	require.Equal(t, []string{"1", "2+3+4+5"}, []string{w.Factors[0].Name, w.Factors[1].Name})
	require.Equal(t, "the aggregation of the Human Development Index (arithmetic mean → geometric mean)", w.Factors[0].Text)
	type mean struct {
		countries                                    int
		scoreMean, scoreMaxima, rankMean, rankMaxima float64
	}
	years := map[string]*mean{}
	for _, u := range w.node(t, "hdi").Units {
		if u.Score.By == nil {
			require.Equal(t, []string{"RWA", "1994"}, []string{u.Unit, u.Period}) // life expectancy was below the goalpost
			continue
		}
		if years[u.Period] == nil {
			years[u.Period] = &mean{}
		}
		y := years[u.Period]
		y.countries++
		y.scoreMean += math.Abs(u.Score.By[0])
		y.scoreMaxima += math.Abs(u.Score.By[1])
		y.rankMean += math.Abs(u.Rank.By[0])
		y.rankMaxima += math.Abs(u.Rank.By[1])
	}
	want := expected(t, "human-development/why.csv")
	require.Len(t, want, 33)
	require.Len(t, years, 33)
	for _, row := range want {
		y := years[row["year"]]
		require.Equal(t, row["countries"], strconv.Itoa(y.countries))
		n := float64(y.countries)
		require.InDelta(t, figureOf(t, row["score_mean"]), y.scoreMean/n, 1e-12, row["year"])
		require.InDelta(t, figureOf(t, row["score_maxima"]), y.scoreMaxima/n, 1e-12, row["year"])
		require.InDelta(t, figureOf(t, row["rank_mean"]), y.rankMean/n, 1e-9, row["year"])
		require.InDelta(t, figureOf(t, row["rank_maxima"]), y.rankMaxima/n, 1e-9, row["year"])
	}
	for variant, factors := range map[string]int{"arithmetic-mean": 1, "observed-maxima": 4} {
		require.Len(t, explained(t, "human-development/2023-24", "testdata/compare/human-development/"+variant, "--data", data).Factors, factors, variant)
	}
}

// Freedom in the World from 2017 to 2018, with a revision and an exit put in: Freedom House
// no longer asks about traditional monarchies, so that five countries lose the points of
// 2017; the figures are of another year; the new file has another figure of Poland in
// 2017; and Tonga has left it.
func TestWhyFreedomChanged(t *testing.T) {
	old := reference(t, "freedom-in-the-world-2013-2024/data.csv")
	text, err := os.ReadFile(old)
	require.NoError(t, err)
	var lines []string
	poland, tonga := 0, 0
	for line := range strings.Lines(string(text)) {
		cells := strings.Split(strings.TrimRight(line, "\r\n"), ",")
		switch {
		case cells[0] == "Tonga" && cells[3] == "2018":
			tonga++
			continue
		case cells[0] == "Poland" && cells[3] == "2017":
			require.Equal(t, "4", cells[4])
			cells[4] = "1"
			poland++
		}
		lines = append(lines, strings.Join(cells, ","))
	}
	require.Equal(t, []int{1, 1}, []int{poland, tonga})
	now := filepath.Join(t.TempDir(), "data.csv")
	require.NoError(t, os.WriteFile(now, []byte(strings.Join(lines, "\n")+"\n"), 0o600))

	exit, stdout, stderr := run("", nil, "compare", "freedom-in-the-world/2017", "freedom-in-the-world/2018", "--old-data", old, "--new-data", now, "--why", "--format", "json")
	require.Zero(t, exit, stderr)
	var out struct{ Why why }
	require.NoError(t, json.Unmarshal([]byte(stdout), &out))
	var names []string
	for _, f := range out.Why.Factors {
		names = append(names, f.Name)
	}
	require.Equal(t, []string{"1", "revision", "data", "units"}, names)
	require.Equal(t, []string{"Consultation in traditional monarchies (gone)", "the revision of the old figures", "the figures of 2018 instead of 2017", "the exit of Tonga"},
		[]string{out.Why.Factors[0].Text, out.Why.Factors[1].Text, out.Why.Factors[2].Text, out.Why.Factors[3].Text})

	index := out.Why.Nodes[0]
	require.Equal(t, "index", index.Path)
	require.Len(t, index.Units, 208)
	moved := map[string][]float64{}
	for _, n := range out.Why.Nodes {
		for _, u := range n.Units {
			for _, e := range []effectsOf{u.Score, u.Rank} {
				sum := 0.0
				for _, x := range e.By {
					sum += x
				}
				require.InDelta(t, e.New-e.Old, sum, 1e-12*math.Max(1, math.Abs(sum)), "%s %s", n.Path, u.Unit)
			}
			if n.Path == "index" {
				require.Equal(t, u.Score.New-u.Score.Old, u.Score.By[0]+u.Score.By[1]+u.Score.By[2]+u.Score.By[3], u.Unit)
				moved[u.Unit] = u.Score.By
			}
		}
	}
	// The question is not asked in 2018, and all of what it gave is lost with it.
	var asked []string
	for unit, by := range moved {
		if by[0] != 0 {
			asked = append(asked, unit)
		}
		require.Zero(t, by[3], unit) // who leaves moves no score
		if unit != "Poland" {
			require.Zero(t, by[1], unit)
		}
	}
	slices.Sort(asked)
	require.Equal(t, []string{"Brunei", "Oman", "Qatar", "Saudi Arabia", "United Arab Emirates"}, asked)
	require.Equal(t, []float64{-2, 0, 0, 0}, moved["Oman"])
	// Poland went from 89 to 85. The revision made that 86, and the year took one more.
	require.Equal(t, []float64{0, -3, -1, 0}, moved["Poland"])
}
