package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"
	"github.com/santhosh-tekuri/jsonschema/v5"
	"github.com/stretchr/testify/require"

	"rubric/schemas"
)

// The plan of a document means the same: of every archive that is evaluated, over
// every figure of every level, and to the bit.
func TestPlansAreProved(t *testing.T) {
	archives, err := filepath.Glob("../../testdata/eval/*.txtar")
	require.NoError(t, err)
	proved := 0
	for _, archive := range archives {
		t.Run(strings.TrimSuffix(filepath.Base(archive), ".txtar"), func(t *testing.T) {
			a, err := txtar.ParseFile(archive)
			require.NoError(t, err)
			dir, named := t.TempDir(), false
			for _, f := range a.Files {
				named = named || f.Name == "methodology.yaml" && strings.Contains(string(f.Data), "files:")
				path := filepath.Join(dir, f.Name)
				require.NoError(t, os.MkdirAll(filepath.Dir(path), 0o755))
				require.NoError(t, os.WriteFile(path, f.Data, 0o644))
			}
			if !named {
				t.Skip("the document names no data")
			}
			_, plan, _ := run(dir, nil, "plan", ".")
			require.NoError(t, os.WriteFile(filepath.Join(dir, "plan.yaml"), []byte(plan), 0o644))
			exit, stdout, stderr := run(dir, nil, "prove", "methodology.yaml", "plan.yaml")
			require.Empty(t, stderr)
			require.Zero(t, exit, stdout)
			require.Contains(t, stdout, "; the two documents mean the same\nsha256:")
			proved++
		})
	}
	require.Greater(t, proved, 10)
}

// What is said to have done it did it: of documents that two or three changes part, each is
// written by itself, too, and scored. The changes that alone make the new cell are those
// that are said to; where none does, it takes the ones that are named, and no fewer.
func TestWhatDidItDidIt(t *testing.T) {
	const base = `rubric: 1
index: test
edition: "1"
title: Test
units: {noun: town, plural: towns}
files: {data: [data.csv]}
missing_markers: {"?": not collected}
columns: {gdp: {title: GDP}, parks: {title: Parks}, debt: {title: Debt}, jobs: {title: Jobs}}
defaults:
  indicator: {normalise: rank_points, ties: high, missing: floor, direction: higher}
  dimension: {aggregate: arithmetic_mean, weighting: given, missing: error}
  index: {aggregate: arithmetic_mean, weighting: given, missing: error, rank: standard}
dimensions:
  economy:
    title: Economy
    indicators:
      output: {title: Output, formula: gdp}
      work: {title: Work, formula: jobs}
  life:
    title: Life
    indicators:
      parks: {title: Parks, formula: parks}
      debt: {title: Debt, formula: debt / gdp}
`
	const data = "town,gdp,parks,debt,jobs\nAda,400,3,10,7\nBly,200,1,40,7\nCor,100,2,?,9\nDan,300,3,30,1\nEva,50,9,20,4\n"
	changes := []*strings.Replacer{
		strings.NewReplacer("formula: gdp}", "formula: gdp * 2}"),
		strings.NewReplacer("ties: high", "ties: low"),
		strings.NewReplacer("formula: parks}", "formula: parks, direction: lower}"),
		strings.NewReplacer("Work, formula: jobs}", "Work, formula: jobs, weight: 3}"),
		strings.NewReplacer("  life:\n    title: Life", "  life:\n    weight: 2\n    title: Life"),
		strings.NewReplacer("index: {aggregate: arithmetic_mean", "index: {aggregate: geometric_mean"),
		strings.NewReplacer("rank: standard", "rank: dense"),
		strings.NewReplacer("index: {", "index: {round: {rule: half_up, decimals: 1, rank_on: rounded}, "),
		strings.NewReplacer("weighting: given, missing: error}", "weighting: equal, missing: error}"),
		strings.NewReplacer("Debt, formula: debt / gdp", "Debt, formula: debt / gdp, normalise: {method: min_max, to: [0, 10]}"),
		strings.NewReplacer(`{"?": not collected}`, `{"?": not collected, "7": not collected}`),
		strings.NewReplacer("missing: floor", "missing: exclude_unit"),
	}
	dir := t.TempDir()
	require.NoError(t, os.WriteFile(filepath.Join(dir, "data.csv"), []byte(data), 0o644))
	var rows = map[uint]map[string]string{} // by what is new, unit and node: the figures
	written := func(new uint) string {
		text := base
		for i, c := range changes {
			if new&(1<<i) != 0 {
				was := text
				text = c.Replace(text)
				require.NotEqual(t, was, text)
			}
		}
		name := fmt.Sprintf("%d.yaml", new)
		if rows[new] == nil {
			require.NoError(t, os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644))
			exit, stdout, stderr := run(dir, nil, "score", name, "--format", "csv")
			require.Zero(t, exit, stderr)
			rows[new] = map[string]string{}
			for _, line := range strings.Split(stdout, "\n")[1:] {
				if cells := strings.Split(line, ","); len(cells) > 8 {
					rows[new][cells[0]+" "+cells[2]] = strings.Join(cells[4:9], ",")
				}
			}
		}
		return name
	}
	ids := func(new uint) (out []string) {
		_, stdout, _ := run(dir, nil, "compare", written(0), written(new), "--format", "json")
		var c struct {
			Changes []struct{ ID, Class string }
		}
		require.NoError(t, json.Unmarshal([]byte(stdout), &c))
		for _, x := range c.Changes {
			if x.Class != "editorial" {
				out = append(out, x.ID)
			}
		}
		return out
	}
	text, err := schemas.FS.ReadFile("proof.v1.schema.json")
	require.NoError(t, err)
	schema, err := jsonschema.CompileString("proof", string(text))
	require.NoError(t, err)
	hows := map[string]int{}
	try := func(new uint) {
		exit, stdout, stderr := run(dir, nil, "prove", written(0), written(new), "--format", "json")
		require.Empty(t, stderr)
		if exit == 0 {
			return
		}
		var whole any
		require.NoError(t, json.Unmarshal([]byte(stdout), &whole))
		require.NoError(t, schema.Validate(whole), stdout)
		var p struct {
			First struct {
				Unit, Node, How, Said string
				Proven                bool
				Suspects              []struct {
					ID     string
					Proven bool
				}
			}
		}
		require.NoError(t, json.Unmarshal([]byte(stdout), &p))
		cell := p.First.Unit + " " + p.First.Node
		require.True(t, p.First.Proven, stdout)
		hows[p.First.How]++
		var said uint
		for i := range changes {
			if new&(1<<i) == 0 {
				continue
			}
			for _, f := range ids(1 << i) {
				for _, s := range p.First.Suspects {
					if s.Proven && s.ID == f {
						said |= 1 << i
					}
				}
			}
		}
		var alone uint
		for i := range changes {
			if new&(1<<i) != 0 {
				written(1 << i)
				if rows[1<<i][cell] == rows[new][cell] {
					alone |= 1 << i
				}
			}
		}
		context := fmt.Sprintf("%b: %s\n%s", new, cell, stdout)
		if p.First.How == "alone" {
			require.Equal(t, alone, said, context)
			return
		}
		require.Zero(t, alone, context)
		written(said)
		require.Equal(t, rows[new][cell], rows[said][cell], context)
		for i := range changes {
			if said&(1<<i) != 0 {
				written(said &^ (1 << i))
				require.NotEqual(t, rows[new][cell], rows[said&^(1<<i)][cell], context)
			}
		}
	}
	for i := range changes {
		for j := range i + 1 {
			try(1<<i | 1<<j)
			for k := (i + j) % 4; k < j; k += 4 {
				try(1<<i | 1<<j | 1<<k)
			}
		}
	}
	require.Greater(t, hows["alone"], 50, hows)
	require.Greater(t, hows["figure"]+hows["several"]+hows["together"], 5, hows)
}
