package main

import (
	"bytes"
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v5"
	"github.com/stretchr/testify/require"

	"rubric/cmd/rubric/internal/cli"
	"rubric/methodologies"
	"rubric/schemas"
)

// run runs the command in a folder.
func run(dir string, stdin io.Reader, args ...string) (exit int, stdout, stderr string) {
	var out, err bytes.Buffer
	exit = cli.Run(args, cli.System{Stdin: stdin, Stdout: &out, Stderr: &err, Dir: dir})
	return exit, out.String(), err.String()
}

const small = `rubric: 1
index: test
edition: "1"
title: Test
units: {noun: city, plural: cities}
columns:
  gdp: {title: GDP}
  debt: {title: Debt}
  seat: {title: Seat, type: text}
defaults:
  indicator: {normalise: rank_points, ties: mean, missing: keep, direction: higher}
  dimension: {aggregate: arithmetic_mean, missing: propagate, rank: standard}
  index: {aggregate: sum, missing: omit, rank: fractional}
bands:
  high: {from: 2}
dimensions:
  wealth:
    indicators:
      output: {formula: gdp}
      burden: {formula: debt / gdp, direction: lower}
  rank:
    indicators:
      seat: {formula: seat, missing: exclude_unit, normalise: {method: lookup, levels: {capital: 3, town: 1}}}
  raw:
    indicators:
      log: {formula: ln(gdp) * 1e300 * 1e5, normalise: none}
`

// folder makes a folder of files.
func folder(t *testing.T, files map[string]string) string {
	dir := t.TempDir()
	for name, text := range files {
		require.NoError(t, os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644))
	}
	return dir
}

func TestJSONFollowsItsSchema(t *testing.T) {
	text, err := schemas.FS.ReadFile("result.v1.schema.json")
	require.NoError(t, err)
	schema, err := jsonschema.CompileString("result.v1.schema.json", string(text))
	require.NoError(t, err)
	dir := folder(t, map[string]string{
		"test.yaml": small,
		"data.csv":  "city,gdp,debt,seat\nAda,4,1,capital\nBly,0,2,town\nCor,,3,town\nDur,1,2,\n\"Ely, \"\"old\"\"\",2,2,town\n",
	})
	for _, args := range [][]string{
		{"score", "cities-of-opportunity/2025"},
		{"score", "cities-of-opportunity/2025", "--level", "index"},
		{"score", "test.yaml", "--data", "data.csv"},
		{"score", "test.yaml", "--data", "data.csv", "--level", "indicator,dimension"},
	} {
		exit, stdout, stderr := run(dir, nil, append(args, "--format", "json")...)
		require.Zero(t, exit, stderr)
		d := json.NewDecoder(strings.NewReader(stdout))
		d.UseNumber()
		var result any
		require.NoError(t, d.Decode(&result))
		require.NoError(t, schema.Validate(result), strings.Join(args, " "))
		_, err := d.Token()
		require.Equal(t, io.EOF, err, "one value and nothing else")
	}
}

func TestChangedGivenScoreIsNamed(t *testing.T) {
	scores, err := methodologies.FS.ReadFile("cities-of-opportunity/2025/variable_scores.csv")
	require.NoError(t, err)
	changed := strings.Replace(string(scores), "\nshanghai,43,59,", "\nshanghai,43,58,", 1)
	require.NotEqual(t, string(scores), changed)
	dir := folder(t, map[string]string{"changed.csv": changed})
	exit, _, stderr := run(dir, nil, "verify", "cities-of-opportunity/2025", "--given", "changed.csv")
	require.Equal(t, 1, exit)
	require.Contains(t, stderr, "changed.csv:3: error: `economic_strength/per_capita_economic_output` for Shanghai: given 58, its own rule makes 59 of it")
	require.Contains(t, stderr, "overall.csv:2: error: score of `index` for Shanghai: published 2446, recomputed 2445")
	require.Contains(t, stderr, "dimensions.csv:3: error: score of `economic_strength` for Shanghai: published 271, recomputed 270")
}

// endless is a line without end, or so it seems.
type endless struct{ read, size int }

func (e *endless) Read(p []byte) (int, error) {
	n := min(len(p), e.size-e.read)
	if n == 0 {
		return 0, io.EOF
	}
	for i := range p[:n] {
		p[i] = 'x'
	}
	e.read += n
	return n, nil
}

// A line of 200 MB is an error that is found without keeping or even reading it.
func TestLongLine(t *testing.T) {
	if testing.Short() {
		t.Skip("reads much")
	}
	dir := folder(t, map[string]string{"test.yaml": small})
	for name, begin := range map[string]string{
		"a header":                       "",
		"a row":                          "city,gdp,debt,seat\nAda,1,2,",
		"a quoted field":                 "city,gdp,debt,seat\nAda,1,2,\"",
		"a quoted field, a column early": "city,gdp,debt,seat\nAda,1,\"",
	} {
		t.Run(name, func(t *testing.T) {
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			line := &endless{size: 200 << 20}
			exit, stdout, stderr := run(dir, io.MultiReader(strings.NewReader(begin), line), "score", "test.yaml", "--data", "-")
			runtime.ReadMemStats(&after)
			require.Equal(t, 1, exit)
			require.Empty(t, stdout)
			require.Contains(t, stderr, "standard input:")
			require.Contains(t, stderr, "a line longer than 16 MiB [data/limit]")
			require.Less(t, line.read, 100<<20)
			require.Less(t, after.TotalAlloc-before.TotalAlloc, uint64(200<<20))
			require.Less(t, len(stderr), 4000)
		})
	}
}
