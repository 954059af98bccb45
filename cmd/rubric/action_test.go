package main

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// step is a step of the action.
type step struct {
	id, when, run, uses, dir string
	env                      map[string]any
}

// action is action.yml with what a runner would put into it.
type action struct {
	inputs map[string]string // their defaults
	steps  []step
}

func readAction(t *testing.T) action {
	t.Helper()
	file := yamlFile(t, "action.yml").(map[string]any)
	a := action{inputs: map[string]string{}}
	for name, x := range file["inputs"].(map[string]any) {
		require.NotEmpty(t, x.(map[string]any)["description"], name)
		a.inputs[name] = x.(map[string]any)["default"].(string)
	}
	runs := file["runs"].(map[string]any)
	require.Equal(t, "composite", runs["using"])
	for _, x := range runs["steps"].([]any) {
		s := x.(map[string]any)
		text := func(key string) string { v, _ := s[key].(string); return v }
		env, _ := s["env"].(map[string]any)
		if text("uses") == "" {
			require.Equal(t, "bash", s["shell"], "a step of a composite action has to name its shell")
		}
		a.steps = append(a.steps, step{text("id"), text("if"), text("run"), text("uses"), text("working-directory"), env})
	}
	return a
}

var (
	expression = regexp.MustCompile(`\$\{\{ *([a-z0-9_.-]+) *\}\}`)
	comparison = regexp.MustCompile(`^([a-z0-9_.-]+) (==|!=) '([^']*)'$`)
)

// job is one run of the action in a repository.
type job struct {
	t        *testing.T
	dir      string
	contexts map[string]string // inputs.paths, steps.installed.outputs.rubric, …
	path     string            // what the steps before have put on the PATH
	env      []string
}

func (j *job) value(name string) string {
	j.t.Helper()
	v, ok := j.contexts[name]
	require.True(j.t, ok, "nothing is called %s", name)
	return v
}

func (j *job) substituted(text string) string {
	return expression.ReplaceAllStringFunc(text, func(m string) string { return j.value(expression.FindStringSubmatch(m)[1]) })
}

// applies says whether the condition of a step holds.
func (j *job) applies(s step) bool {
	if s.when == "" {
		return true
	}
	m := comparison.FindStringSubmatch(s.when)
	require.NotNil(j.t, m, "a condition that this test does not read: %s", s.when)
	return (j.value(m[1]) == m[3]) == (m[2] == "==")
}

// run does the steps one after the other, until one fails, and is what they
// print.
func (a action) run(t *testing.T, dir string, with map[string]string, env ...string) (said string, status int) {
	t.Helper()
	temp := t.TempDir()
	root, err := filepath.Abs("../..")
	require.NoError(t, err)
	j := &job{t: t, dir: dir, contexts: map[string]string{"github.action_path": root}, env: append(env, "RUNNER_TEMP="+temp)}
	for name, value := range a.inputs {
		j.contexts["inputs."+name] = value
	}
	for name, value := range with {
		require.Contains(t, a.inputs, name)
		j.contexts["inputs."+name] = value
	}
	for _, s := range a.steps {
		if !j.applies(s) || s.uses != "" {
			continue
		}
		more, status := j.step(s)
		said += more
		if status != 0 {
			return said, status
		}
	}
	return said, 0
}

func (j *job) step(s step) (said string, status int) {
	j.t.Helper()
	output, path := filepath.Join(j.t.TempDir(), "output"), filepath.Join(j.t.TempDir(), "path")
	write(j.t, output, "")
	write(j.t, path, "")
	env := append(slices.Clone(j.env), "GITHUB_OUTPUT="+output, "GITHUB_PATH="+path)
	if j.path != "" {
		env = append(env, "PATH="+j.path)
	}
	for name, value := range s.env {
		env = append(env, name+"="+j.substituted(value.(string)))
	}
	said, status = bash(j.t, filepath.Join(j.dir, j.substituted(s.dir)), env, s.run)
	for _, line := range fileLines(j.t, output) {
		name, value, _ := strings.Cut(line, "=")
		j.contexts["steps."+s.id+".outputs."+name] = value
	}
	for _, line := range fileLines(j.t, path) {
		j.path = line + string(os.PathListSeparator) + os.Getenv("PATH")
	}
	return said, status
}

func fileLines(t *testing.T, name string) []string {
	t.Helper()
	text, err := os.ReadFile(name)
	require.NoError(t, err)
	return strings.FieldsFunc(string(text), func(r rune) bool { return r == '\n' })
}

// No text of an input is ever part of a script, and every input is used.
func TestActionIsSafe(t *testing.T) {
	used := map[string]bool{}
	for _, s := range readAction(t).steps {
		require.NotContains(t, s.run, "${{", "an expression in a script is read as part of it: hand it over by env")
		for _, text := range append(slices.Collect(maps.Values(s.env)), s.dir, s.when) {
			for _, m := range regexp.MustCompile(`inputs\.([a-z-]+)`).FindAllStringSubmatch(fmt.Sprint(text), -1) {
				used[m[1]] = true
			}
		}
		if s.uses != "" {
			require.Regexp(t, `^[a-z-]+/[a-z-]+@v\d+$`, s.uses)
		}
	}
	for name := range readAction(t).inputs {
		require.True(t, used[name], "no step uses the input %s", name)
	}
}

func TestActionValidates(t *testing.T) {
	a := readAction(t)
	said, status := a.run(t, repository(t, rightDocument), nil)
	require.Zero(t, status, said)
	require.NotContains(t, said, "::error")

	wrong := repository(t, wrongDocument)
	said, status = a.run(t, wrong, nil)
	require.Equal(t, 1, status, said)
	require.Contains(t, said, "::error file=methodologies/towns/1/methodology.yaml,line=17,col=40,endColumn=46,title=expression/unknown-name::"+wrongFinding)

	said, status = a.run(t, wrong, map[string]string{"format": "sarif", "output": "rubric.sarif"})
	require.Equal(t, 1, status, said)
	report, err := os.ReadFile(filepath.Join(wrong, "rubric.sarif"))
	require.NoError(t, err)
	require.Contains(t, string(report), wrongFinding)

	warned := repository(t, warningDocument)
	said, status = a.run(t, warned, nil)
	require.Zero(t, status, said)
	require.Contains(t, said, "::warning file=")
	_, status = a.run(t, warned, map[string]string{"fail-on": "warning"})
	require.Equal(t, 1, status)
}

func TestActionTakesPaths(t *testing.T) {
	a := readAction(t)
	dir := repository(t, rightDocument)
	write(t, filepath.Join(dir, "the other one/methodology.yaml"), strings.Replace(wrongDocument, "files: {data: [towns.csv]}\n", "", 1))

	said, status := a.run(t, dir, map[string]string{"paths": "methodologies\nthe other one\n"})
	require.Equal(t, 1, status, said)
	require.Contains(t, said, "the other one/methodology.yaml")
	said, status = a.run(t, dir, map[string]string{"paths": "methodologies"})
	require.Zero(t, status, said)
	said, status = a.run(t, dir, map[string]string{"paths": "towns", "working-directory": "methodologies"})
	require.Zero(t, status, said)
	said, status = a.run(t, dir, map[string]string{"paths": "nowhere"})
	require.Equal(t, 2, status, said)

	strict := map[string]string{"changed-since": "HEAD", "fail-on": "warning"}
	said, status = a.run(t, repository(t, warningDocument), strict)
	require.Zero(t, status, "nothing has changed: %s", said)
	changed := repository(t, rightDocument)
	write(t, filepath.Join(changed, "methodologies/towns/1/methodology.yaml"), warningDocument)
	said, status = a.run(t, changed, strict)
	require.Equal(t, 1, status, said)

	said, status = a.run(t, dir, map[string]string{"paths": "$(touch here) ; touch here\n--fix\n`touch here`"})
	require.Equal(t, 2, status, said)
	require.NoFileExists(t, filepath.Join(dir, "here"))
}

func TestActionHoldsTheVersion(t *testing.T) {
	a := readAction(t)
	dir := repository(t, rightDocument)
	said, status := bash(t, dir, nil, "rubric version")
	require.Zero(t, status, said)
	version := regexp.MustCompile(`^rubric (\S+),`).FindStringSubmatch(said)[1]
	for _, right := range []string{version, "v" + version} {
		said, status = a.run(t, dir, map[string]string{"version": right})
		require.Zero(t, status, said)
	}
	said, status = a.run(t, dir, map[string]string{"version": "v0.0.9"})
	require.Equal(t, 2, status, said)
	require.Contains(t, said, "::error title=rubric::version v0.0.9 is wanted, and this is rubric "+version)
}

func TestActionFormatsAndTests(t *testing.T) {
	a := readAction(t)
	t.Run("fmt", func(t *testing.T) {
		said, status := a.run(t, repository(t, strings.Replace(rightDocument, "  output: {title: Output}\n", "     output:   {title:   Output}   \n", 1)), map[string]string{"fmt": "true"})
		require.Equal(t, 1, status, said)
	})
	t.Run("test", func(t *testing.T) {
		said, status := a.run(t, repository(t, rightDocument), map[string]string{"test": "true"})
		require.Equal(t, 2, status, "there is nothing to test: %s", said)
		dir := repository(t, rightDocument)
		write(t, filepath.Join(dir, "methodologies/towns/1/suite.yaml"), rightSuite)
		said, status = a.run(t, dir, map[string]string{"test": "true"})
		require.Zero(t, status, said)
	})
}

// Where the command is not installed, it is built from the action's own source.
// What stands in for Go here says how it was called, and has it ready.
func TestActionBuildsTheCommand(t *testing.T) {
	a := readAction(t)
	dir, bin, log := repository(t, rightDocument), t.TempDir(), filepath.Join(t.TempDir(), "log")
	for _, name := range []string{"bash", "git"} {
		found, status := bash(t, dir, nil, "command -v "+name)
		require.Zero(t, status)
		require.NoError(t, os.Symlink(strings.TrimSpace(found), filepath.Join(bin, name)))
	}
	ours, status := bash(t, dir, nil, "command -v rubric")
	require.Zero(t, status)
	standIn := "#!/bin/bash\necho \"$PWD: CGO_ENABLED=$CGO_ENABLED go $*\" >> \"$LOG\"\n/bin/mkdir -p \"$4\" && /bin/cp \"$OURS\" \"$4/rubric\"\n"
	require.NoError(t, os.WriteFile(filepath.Join(bin, "go"), []byte(standIn), 0o755))

	said, status := a.run(t, dir, nil, "PATH="+bin, "LOG="+log, "OURS="+strings.TrimSpace(ours))
	require.Zero(t, status, said)
	root, err := filepath.Abs("../..")
	require.NoError(t, err)
	called := fileLines(t, log)
	require.Len(t, called, 1)
	require.Regexp(t, "^"+regexp.QuoteMeta(root)+": CGO_ENABLED=0 go build -trimpath -o .*/rubric/ ./cmd/rubric$", called[0])
}

// The workflow that the page shows hands over inputs that there are.
func TestWorkflowOfThePage(t *testing.T) {
	a := readAction(t)
	shown := yamlText(t, "docs/ci.md", fence(t, "docs/ci.md", "yaml", "pull_request")).(map[string]any)
	used := false
	for _, x := range shown["jobs"].(map[string]any)["methodologies"].(map[string]any)["steps"].([]any) {
		s := x.(map[string]any)
		if !strings.Contains(s["uses"].(string), "/rubric@") {
			continue
		}
		used = true
		for name := range s["with"].(map[string]any) {
			require.Contains(t, a.inputs, name)
		}
	}
	require.True(t, used)
}
