package main

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// hook is one hook, with what pre-commit takes where it is not said.
type hook struct {
	entry         string
	args          []string
	files         *regexp.Regexp
	passFilenames bool
}

func hooks(t *testing.T) map[string]hook {
	t.Helper()
	keys := []string{"id", "name", "description", "language", "entry", "args", "files", "pass_filenames"}
	out := map[string]hook{}
	for _, x := range yamlFile(t, ".pre-commit-hooks.yaml").([]any) {
		h := x.(map[string]any)
		for key := range h {
			require.Contains(t, keys, key)
		}
		id := h["id"].(string)
		require.NotContains(t, out, id)
		require.Equal(t, "golang", h["language"], id)
		require.NotEmpty(t, h["name"], id)
		require.NotEmpty(t, h["description"], id)
		pass, said := h["pass_filenames"].(bool)
		out[id] = hook{h["entry"].(string), texts(h["args"]), regexp.MustCompile(h["files"].(string)), pass || !said}
	}
	return out
}

// run runs a hook as pre-commit does over all files: not at all where none
// matches; else its entry with its arguments, and with the files.
func (h hook) run(t *testing.T, dir string, args ...string) (said string, status int, ran bool) {
	t.Helper()
	files := lines(t, dir, h.files)
	if len(files) == 0 {
		return "", 0, false
	}
	if args == nil {
		args = h.args
	}
	if h.passFilenames {
		args = append(slices.Clone(args), files...)
	}
	said, status = bash(t, dir, nil, h.entry+` "$@"`, args...)
	return said, status, true
}

func TestHookFmt(t *testing.T) {
	h := hooks(t)["rubric-fmt"]
	document := filepath.Join("methodologies/towns/1/methodology.yaml")
	dir := repository(t, strings.Replace(rightDocument, "  output: {title: Output}\n", "     output:   {title:   Output}   \n", 1))
	said, status, _ := h.run(t, dir)
	require.Zero(t, status, said)
	said, status = bash(t, dir, nil, "git diff --quiet")
	require.Equal(t, 1, status, "pre-commit fails a hook that changes files: %s", said)
	once, err := os.ReadFile(filepath.Join(dir, document))
	require.NoError(t, err)
	said, status, _ = h.run(t, dir)
	require.Zero(t, status, said)
	twice, err := os.ReadFile(filepath.Join(dir, document))
	require.NoError(t, err)
	require.Equal(t, string(once), string(twice))

	require.Regexp(t, h.files, "methodologies/towns/1/suite.yaml")
	require.NotRegexp(t, h.files, "my-methodology.yaml")
}

func TestHookTest(t *testing.T) {
	h := hooks(t)["rubric-test"]
	said, status, _ := h.run(t, repository(t, rightDocument))
	require.Equal(t, 2, status, "a run that tested nothing is no success: %s", said)
	dir := repository(t, rightDocument)
	write(t, filepath.Join(dir, "methodologies/towns/1/suite.yaml"), rightSuite)
	said, status, _ = h.run(t, dir)
	require.Zero(t, status, said)
	write(t, filepath.Join(dir, "methodologies/towns/1/suite.yaml"), strings.Replace(rightSuite, "rank: 1", "rank: 2", 1))
	said, status, _ = h.run(t, dir)
	require.Equal(t, 1, status, said)
	require.Contains(t, said, "suite.yaml:4:48: error: the rank of `index` of Cor is 1, where 2 is expected")
}

func TestHookDocs(t *testing.T) {
	h := hooks(t)["rubric-docs"]
	dir := repository(t, rightDocument)
	args := []string{"methodologies/towns/1", "-o", "towns.md"}
	said, status := bash(t, dir, nil, strings.Replace(h.entry, " --check", "", 1)+` "$@"`, args...)
	require.Zero(t, status, said)
	said, status, _ = h.run(t, dir, args...)
	require.Zero(t, status, said)
	write(t, filepath.Join(dir, "methodologies/towns/1/methodology.yaml"), strings.Replace(rightDocument, "title: Wealth", "title: Prosperity", 1))
	said, status, _ = h.run(t, dir, args...)
	require.Equal(t, 1, status, said)
}

// The configuration that the page shows names hooks that there are.
func TestHooksOfThePage(t *testing.T) {
	all := hooks(t)
	shown := yamlText(t, "docs/ci.md", fence(t, "docs/ci.md", "yaml", "repos:")).(map[string]any)
	used := 0
	for _, r := range shown["repos"].([]any) {
		for _, x := range r.(map[string]any)["hooks"].([]any) {
			require.Contains(t, all, x.(map[string]any)["id"])
			used++
		}
	}
	require.Equal(t, len(all), used)
}
