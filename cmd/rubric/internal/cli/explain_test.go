package cli

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

const twoPorts = `rubric: 1
index: two
edition: "1"
title: Two ports
units: {noun: port, plural: ports}
files: {data: [data.csv], published: {stated: {file: stated.csv}}}
columns: {a: {title: A}}
defaults:
  indicator: {normalise: none, missing: %s}
  dimension: {aggregate: sum, missing: error}
  index:     {aggregate: sum, missing: error}
dimensions:
  x: {title: X, indicators: {size: {title: Size, formula: a}}}
  z: {title: Z, indicators: {size: {title: Size, formula: a}}}
`

// explain runs the command in a folder of files.
func explain(t *testing.T, files map[string]string, args ...string) (status int, stdout, stderr string) {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		require.NoError(t, os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644))
	}
	var out, err bytes.Buffer
	status = Run(append([]string{"explain"}, args...), System{Stdin: &bytes.Buffer{}, Stdout: &out, Stderr: &err, Dir: dir})
	return status, out.String(), err.String()
}

func TestExplainSaysWhatThereIsNot(t *testing.T) {
	files := map[string]string{"m.yaml": twoPorts, "data.csv": "port,a\nPort Said,1\nOslo,2\n", "stated.csv": "unit,node,figure,value\nOslo,x/size,value,2.4\n"}
	files["m.yaml"] = strings.ReplaceAll(twoPorts, "%s", "keep")
	for _, c := range []struct {
		args   []string
		status int
		stderr string
	}{
		{[]string{"m.yaml"}, 2, "rubric: `rubric explain` needs UNIT; it is called as `rubric explain METHODOLOGY UNIT [NODE] [flags]`\n"},
		{[]string{"m.yaml", "port sad"}, 2, "rubric: no port `port sad`, did you mean `Port Said`?\n"},
		{[]string{"m.yaml", "bergen"}, 2, "rubric: no port `bergen`; there are Port Said, Oslo\n"},
		{[]string{"m.yaml", "oslo", "size"}, 2, "rubric: several nodes are called `size`; name one by its path: x/size, z/size\n"},
		{[]string{"m.yaml", "oslo", "X"}, 2, "rubric: no node `X`, did you mean `x`?\n"},
		{[]string{"m.yaml", "oslo", "x/sise"}, 2, "rubric: no node `x/sise`, did you mean `x/size`?\n"},
		{[]string{"m.yaml", "oslo", "nowhere"}, 2, "rubric: no node `nowhere`; the nodes are x, z\n"},
		{[]string{"m.yaml", "oslo", "--data", "gone.csv"}, 2, "rubric: cannot read gone.csv: no such file or directory\n"},
		{[]string{"n.yaml", "oslo"}, 2, "rubric: no methodology `n.yaml`: it is neither a file nor a folder with a methodology.yaml, and there are cities-of-opportunity/2025, cities-of-opportunity/2025-consistent, freedom-in-the-world (13 editions), human-development/2023-24, human-development/2023-24-groups\n"},
	} {
		status, stdout, stderr := explain(t, files, c.args...)
		assert.Equal(t, c.status, status, c.args)
		assert.Empty(t, stdout, c.args)
		assert.Equal(t, c.stderr, stderr, c.args)
	}
	status, stdout, stderr := explain(t, files, "m.yaml", "PORT SAID")
	assert.Zero(t, status)
	assert.Empty(t, stderr)
	assert.Contains(t, stdout, "further down: rubric explain m.yaml 'Port Said' x\n", "a name with a space is quoted")
	_, stdout, _ = explain(t, files, "m.yaml", "oslo", "x/size")
	assert.Contains(t, stdout, "  a = 2\n  the report states 2.4, where this rounds to 2.0 (stated.csv:2)\n")
}

// What cannot be evaluated cannot be explained: the findings say why.
func TestExplainNeedsAResult(t *testing.T) {
	files := map[string]string{"m.yaml": strings.ReplaceAll(twoPorts, "%s", "error"), "data.csv": "port,a\nOslo,\n", "stated.csv": "unit,node,figure,value\nOslo,x,score,2\n"}
	status, stdout, stderr := explain(t, files, "m.yaml", "oslo")
	assert.Equal(t, 1, status)
	assert.Empty(t, stdout)
	assert.Contains(t, stderr, "data.csv:2: error: `x/size` has no figure for Oslo [cell/missing]\n")
	files["stated.csv"] = "unit,node,figure,value\nOslo,x,value,two\n"
	status, _, stderr = explain(t, files, "m.yaml", "oslo")
	assert.Equal(t, 1, status)
	assert.Contains(t, stderr, "stated.csv:2: error: `two` is no number [data/number]\n")
	delete(files, "stated.csv")
	status, _, stderr = explain(t, files, "m.yaml", "oslo")
	assert.Equal(t, 2, status)
	assert.Equal(t, "rubric: m.yaml:6:54: cannot read stated.csv: no such file or directory\n", stderr)
}
