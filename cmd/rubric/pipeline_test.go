package main

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"rubric/spec/source"
	"rubric/spec/tree"
)

// What the project gives to pipelines is run here as a pipeline would, on small
// repositories: the hooks of .pre-commit-hooks.yaml, the steps of action.yml,
// the job of docs/ci/gitlab.yml.

// A document that is right, one with a mistake, and one with a warning.
const (
	rightDocument = `rubric: 1
index: towns
edition: "1"
title: Towns
units: {noun: town, plural: towns}
files: {data: [towns.csv]}
columns:
  output: {title: Output}
defaults:
  indicator: {normalise: min_max, missing: error}
  index: {aggregate: arithmetic_mean, rank: standard, missing: error}
  dimension: {aggregate: arithmetic_mean, missing: error}
dimensions:
  wealth:
    title: Wealth
    indicators:
      output: {title: Output, formula: output, direction: higher}
`
	rightSuite = `rubric: suite/1
index: towns
cases:
  all: {expect: {Cor: {index: {score: 1, rank: 1}}}}
`
	townsData = "town,output\nAda,1\nBly,2\nCor,4\n"
)

var (
	wrongDocument   = strings.Replace(rightDocument, "formula: output,", "formula: outptu,", 1)
	warningDocument = strings.Replace(rightDocument, "  output: {title: Output}\n", "  output: {title: Output}\n  unused: {title: Unused}\n", 1)
)

const wrongFinding = "unknown column `outptu`"

// repository is a repository with one methodology.
func repository(t *testing.T, document string) string {
	t.Helper()
	needs(t, "git")
	dir := t.TempDir()
	write(t, filepath.Join(dir, "methodologies/towns/1/methodology.yaml"), document)
	write(t, filepath.Join(dir, "methodologies/towns/1/towns.csv"), townsData)
	commit(t, dir)
	return dir
}

func needs(t *testing.T, command string) {
	t.Helper()
	if _, err := exec.LookPath(command); err != nil {
		t.Skipf("there is no %s", command)
	}
}

func write(t *testing.T, file, text string) {
	t.Helper()
	require.NoError(t, os.MkdirAll(filepath.Dir(file), 0o755))
	require.NoError(t, os.WriteFile(file, []byte(text), 0o644))
}

// commit makes a commit of all that there is.
func commit(t *testing.T, dir string) {
	t.Helper()
	said, status := bash(t, dir, nil, `git init -q . && git add -A && git -c user.name=test -c user.email=test@example.org -c commit.gpgsign=false commit -q -m all`)
	require.Zero(t, status, said)
}

// bash runs a script as the runners of GitHub and GitLab do, and is all that it
// prints.
func bash(t *testing.T, dir string, env []string, script string, args ...string) (said string, status int) {
	t.Helper()
	needs(t, "bash")
	cmd := exec.Command("bash", append([]string{"--noprofile", "--norc", "-eo", "pipefail", "-c", script, "bash"}, args...)...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), append([]string{"GIT_CONFIG_GLOBAL=/dev/null", "GIT_CONFIG_SYSTEM=/dev/null"}, env...)...)
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	var ended *exec.ExitError
	if err := cmd.Run(); err != nil && !errors.As(err, &ended) {
		require.NoError(t, err)
	}
	require.NotContains(t, out.String(), "goroutine ")
	return out.String(), cmd.ProcessState.ExitCode()
}

// yamlFile is a file of the project as plain values.
func yamlFile(t *testing.T, name string) any {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("../..", filepath.FromSlash(name)))
	require.NoError(t, err)
	return yamlText(t, name, string(text))
}

func yamlText(t *testing.T, name, text string) any {
	t.Helper()
	root, findings := tree.Parse(source.NewFile(name, []byte(text)))
	for _, d := range findings {
		require.Contains(t, d.Message, "`on`", "%s", d) // a key of workflows that a document would have to quote
	}
	require.NotNil(t, root, name)
	return root.Any()
}

// texts is a list of texts; nil for none.
func texts(x any) (out []string) {
	list, _ := x.([]any)
	for _, y := range list {
		out = append(out, fmt.Sprint(y))
	}
	return out
}

// lines is the paths of a repository that git knows and a pattern matches.
func lines(t *testing.T, dir string, pattern *regexp.Regexp) (out []string) {
	t.Helper()
	said, status := bash(t, dir, nil, "git ls-files")
	require.Zero(t, status, said)
	for line := range strings.Lines(said) {
		if line = strings.TrimSpace(line); pattern.MatchString(line) {
			out = append(out, line)
		}
	}
	return out
}

// fence is the first fence of a language in a page, or the one that has a word.
func fence(t *testing.T, page, language, word string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("../..", page))
	require.NoError(t, err)
	for _, m := range regexp.MustCompile("(?ms)^```"+language+"\n(.*?)^```").FindAllSubmatch(text, -1) {
		if strings.Contains(string(m[1]), word) {
			return string(m[1])
		}
	}
	t.Fatalf("%s has no fence of %s with %s", page, language, word)
	return ""
}

func TestGitLabJob(t *testing.T) {
	file := yamlFile(t, "docs/ci/gitlab.yml").(map[string]any)
	var env []string
	for name, value := range file["variables"].(map[string]any) {
		require.False(t, strings.HasPrefix(name, "RUBRIC_"), "%s would be a setting", name)
		env = append(env, name+"="+fmt.Sprint(value))
	}
	job := file["methodologies"].(map[string]any)
	require.Equal(t, map[string]any{"junit": "rubric.xml"}, job["artifacts"].(map[string]any)["reports"])
	script := strings.Join(append(texts(job["before_script"]), texts(job["script"])...), "\n")

	dir := repository(t, rightDocument)
	said, status := bash(t, dir, env, script)
	require.Zero(t, status, said)
	require.FileExists(t, filepath.Join(dir, "rubric.xml"))

	dir = repository(t, wrongDocument)
	said, status = bash(t, dir, env, script)
	require.Equal(t, 1, status, said)
	require.Contains(t, said, wrongFinding)
	report, err := os.ReadFile(filepath.Join(dir, "rubric.xml"))
	require.NoError(t, err)
	require.Contains(t, string(report), wrongFinding)

	said, status = bash(t, t.TempDir(), env, script)
	require.Equal(t, 2, status, "nothing was checked: %s", said)
}

// The schemas that the page about editors uses are made as it says.
func TestSchemasForEditors(t *testing.T) {
	dir := t.TempDir()
	said, status := bash(t, dir, nil, fence(t, "docs/editor.md", "sh", "rubric schema"))
	require.Zero(t, status, said)
	for _, m := range regexp.MustCompile(`"\./(schemas/[a-z0-9.]+)"`).FindAllStringSubmatch(fence(t, "docs/editor.md", "json", "yaml.schemas"), -1) {
		made, err := os.ReadFile(filepath.Join(dir, m[1]))
		require.NoError(t, err)
		ours, err := os.ReadFile(filepath.Join("../..", m[1]))
		require.NoError(t, err)
		require.Equal(t, string(ours), string(made), m[1])
	}
}

// The page says of every verb what its exit status says; testdata/script/exit.txtar
// shows it.
func TestThePageHasTheExitStatusOfEveryVerb(t *testing.T) {
	text, err := os.ReadFile("../../docs/ci.md")
	require.NoError(t, err)
	_, table, found := strings.Cut(string(text), "| verb | 1 where |")
	require.True(t, found)
	table, _, _ = strings.Cut(table, "\n\n")
	var first []string
	for row := range strings.Lines(table) {
		cells := strings.Split(row, "|")
		if len(cells) > 2 {
			first = append(first, cells[1])
		}
	}
	said, status := bash(t, t.TempDir(), nil, "rubric help")
	require.Zero(t, status, said)
	_, said, _ = strings.Cut(said, "Available Commands:\n")
	said, _, _ = strings.Cut(said, "\n\n")
	verbs := strings.Split(said, "\n")
	require.Greater(t, len(verbs), 10)
	for _, line := range verbs {
		require.Regexp(t, "`"+strings.Fields(line)[0]+"[` ]", strings.Join(first, "\n"))
	}
}
