package main

import (
	"encoding/json"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

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
	type effects struct {
		Old, New float64
		By       []float64
	}
	var out struct {
		Why struct {
			Factors []struct{ Name, Text string }
			Nodes   []struct {
				Path  string
				Units []struct {
					Unit        string
					Score, Rank effects
				}
			}
		}
	}
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
			for _, e := range []effects{u.Score, u.Rank} {
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
	// The answer counts in 2017 and is not asked in 2018: half of it is lost with the question,
	// half with the year.
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
	require.Equal(t, []float64{-1, 0, -1, 0}, moved["Oman"])
	// Poland went from 89 to 85. The revision made that 86, and the year took one more.
	require.Equal(t, []float64{0, -3, -1, 0}, moved["Poland"])
}
