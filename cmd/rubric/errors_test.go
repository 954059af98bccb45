package main

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"
	"github.com/stretchr/testify/require"

	"rubric/cmd/rubric/internal/cli"
	"rubric/spec/diag"
)

// An archive of testdata/errors holds wrong documents and data. What is wrong
// is said in the file itself, behind the line, as
//
//	formula: gpd / population   # want expression/unknown-name "unknown column `gpd`"
//
// or, where a line cannot hold a comment or the column matters, in the
// archive's file `want`, as
//
//	data.csv:3:7 data/number "`x` is not a number"
//
// A finding without a place stands there as `- code "text"`. The file `cmd`
// says how the command is called, where that is not `validate .`; a file `fill`
// with the line `data.csv 1000 x` puts that much more text at the end of a file, one
// with `data.csv 1000 c%[1]d,%[1]d` as many lines, numbered from 0.
// A file `data.xlsx.csv` becomes a workbook `data.xlsx`.
// Errors and
// warnings must be exactly those wanted; a finding for information need not be.
var (
	wantComment = regexp.MustCompile(`# want((?: [a-z-]+/[a-z-]+ "(?:[^"\\]|\\.)*")+)\s*$`)
	wantPair    = regexp.MustCompile(` ([a-z-]+/[a-z-]+) ("(?:[^"\\]|\\.)*")`)
	wantLine    = regexp.MustCompile(`^(-|.+?)(?::(\d+))?(?::(\d+))? ([a-z-]+/[a-z-]+) ("(?:[^"\\]|\\.)*")$`)
	foundLine   = regexp.MustCompile(`^(?:(.+?)(?::(\d+))?(?::(\d+))?: )?(info|warning|error): (.*) \[([a-z-]+/[a-z-]+)\]$`)
)

// finding is a finding that is wanted or was printed.
type finding struct {
	file         string
	line, column int // 0: none, or not said
	code, text   string
	severity     string
	help         bool
}

func (f finding) String() string {
	return fmt.Sprintf("%s:%d:%d: %s %q [%s]", f.file, f.line, f.column, f.severity, f.text, f.code)
}

// is says whether a printed finding is the wanted one.
func (f finding) is(want finding) bool {
	return f.file == want.file && f.line == want.line && f.code == want.code && strings.Contains(f.text, want.text) &&
		(want.column == 0 || f.column == want.column)
}

func TestErrors(t *testing.T) {
	archives, err := filepath.Glob("../../testdata/errors/*.txtar")
	require.NoError(t, err)
	severities := map[string]string{}
	for _, c := range diag.Codes {
		severities[c.Name] = c.Severity.String()
		name := strings.ReplaceAll(c.Name, "/", "_") + ".txtar"
		if !slices.ContainsFunc(archives, func(a string) bool { return filepath.Base(a) == name }) {
			t.Errorf("no archive %s for the code %s", name, c.Name)
		}
	}
	for _, archive := range archives {
		t.Run(strings.TrimSuffix(filepath.Base(archive), ".txtar"), func(t *testing.T) {
			t.Parallel()
			checkErrors(t, archive, severities)
		})
	}
}

func checkErrors(t *testing.T, archive string, severities map[string]string) {
	a, err := txtar.ParseFile(archive)
	require.NoError(t, err)
	dir := t.TempDir()
	args := []string{"validate", "."}
	var wanted []finding
	for _, f := range a.Files {
		text := string(f.Data)
		switch f.Name {
		case "cmd":
			args = strings.Fields(text)
			continue
		case "want":
			wanted = append(wanted, readWant(t, text)...)
			continue
		case "fill":
			appendFill(t, dir, text)
			continue
		}
		wanted = append(wanted, readComments(t, f.Name, text)...)
		path := filepath.Join(dir, f.Name)
		require.NoError(t, os.MkdirAll(filepath.Dir(path), 0o755))
		if made, ok := strings.CutSuffix(path, ".csv"); ok && makers[filepath.Ext(made)] != nil {
			data, err := makers[filepath.Ext(made)](text)
			require.NoError(t, err)
			require.NoError(t, os.WriteFile(made, data, 0o644))
			continue
		}
		require.NoError(t, os.WriteFile(path, f.Data, 0o644))
	}
	require.NotEmpty(t, wanted, "the archive wants nothing")
	code := strings.ReplaceAll(strings.TrimSuffix(filepath.Base(archive), ".txtar"), "_", "/")
	if _, ok := severities[code]; ok {
		require.True(t, slices.ContainsFunc(wanted, func(f finding) bool { return f.code == code }), "the archive does not want its own code %s", code)
	}

	var stdout, stderr bytes.Buffer
	exit := cli.Run(args, cli.System{Stdin: strings.NewReader(""), Stdout: &stdout, Stderr: &stderr, Dir: dir})
	found := readFound(t, stderr.String())
	switch args[0] {
	case "test":
		found = readFound(t, stdout.String())
		if strings.Contains(stdout.String(), "\ncorrect the document or, if this is right,") { // said once for all
			for i := range found {
				found[i].help = true
			}
		}
	case "validate":
		found = readFound(t, stdout.String())
		require.True(t, slices.IsSortedFunc(found, compare), "the findings are not sorted:\n%s", stdout.String())
	}

	rest := slices.Clone(wanted)
	failed := false
	for _, f := range found {
		require.Equal(t, severities[f.code], f.severity, "%v: the severity is that of the code", f)
		failed = failed || f.severity == "error"
		if f.severity != "info" && !f.help {
			t.Errorf("no way out: %v", f)
		}
		if i := slices.IndexFunc(rest, f.is); i >= 0 {
			rest = slices.Delete(rest, i, i+1)
		} else if f.severity != "info" {
			t.Errorf("not wanted: %v", f)
		}
	}
	for _, f := range rest {
		t.Errorf("not found: %v", f)
	}
	require.Equal(t, failed, exit == 1, "exit status %d", exit)
	if t.Failed() {
		t.Logf("rubric %s\n%s%s", strings.Join(args, " "), stdout.String(), stderr.String())
	}
}

func compare(a, b finding) int {
	switch {
	case a.file != b.file:
		return strings.Compare(a.file, b.file)
	case a.line != b.line:
		return a.line - b.line
	}
	return a.column - b.column
}

// readWant reads an archive's file `want`.
func readWant(t *testing.T, text string) (out []finding) {
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		if line == "" {
			continue
		}
		m := wantLine.FindStringSubmatch(line)
		require.NotNil(t, m, "cannot read the wanted finding %s", line)
		f := finding{file: m[1], line: number(m[2]), column: number(m[3]), code: m[4], text: unquote(t, m[5])}
		if f.file == "-" {
			f.file = ""
		}
		out = append(out, f)
	}
	return out
}

// appendFill makes a file longer than an archive should be.
func appendFill(t *testing.T, dir, text string) {
	var name, piece string
	var count int
	_, err := fmt.Sscan(text, &name, &count, &piece)
	require.NoError(t, err)
	more := strings.Repeat(piece, count)
	if strings.Contains(piece, "%") {
		var b strings.Builder
		for i := range count {
			fmt.Fprintf(&b, piece+"\n", i)
		}
		more = b.String()
	}
	f, err := os.OpenFile(filepath.Join(dir, name), os.O_APPEND|os.O_WRONLY, 0)
	require.NoError(t, err)
	_, err = f.WriteString(more)
	require.NoError(t, errors.Join(err, f.Close()))
}

// readComments reads the findings that a file wants of itself.
func readComments(t *testing.T, name, text string) (out []finding) {
	n := 0
	for line := range strings.Lines(text) {
		n++
		m := wantComment.FindStringSubmatch(line)
		require.Equal(t, strings.Contains(line, "# want"), m != nil, "cannot read the wanted finding %s", line)
		if m == nil {
			continue
		}
		for _, pair := range wantPair.FindAllStringSubmatch(m[1], -1) {
			out = append(out, finding{file: name, line: n, code: pair[1], text: unquote(t, pair[2])})
		}
	}
	return out
}

// readFound reads what the command printed.
func readFound(t *testing.T, text string) (out []finding) {
	for line := range strings.Lines(text) {
		line = strings.TrimSuffix(line, "\n")
		if m := foundLine.FindStringSubmatch(line); m != nil {
			out = append(out, finding{file: m[1], line: number(m[2]), column: number(m[3]), severity: m[4], text: m[5], code: m[6]})
		} else if strings.HasPrefix(line, "  help: ") {
			require.NotEmpty(t, out)
			out[len(out)-1].help = true
		}
	}
	return out
}

func number(s string) int {
	n, _ := strconv.Atoi(s)
	return n
}

func unquote(t *testing.T, s string) string {
	out, err := strconv.Unquote(s)
	require.NoError(t, err, s)
	return out
}
