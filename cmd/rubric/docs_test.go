package main_test

import (
	"bytes"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"rubric/cmd/rubric/internal/cli"
)

// A console block is a command as a user types it, after "$ ", and all that it
// prints; a line of … alone stands for any number of lines. UPDATE=1 writes what is
// printed into the blocks without such a line.
var consoleBlock = regexp.MustCompile("(?s)```console\n(.*?)```")

func TestConsoleBlocksInTheDocumentation(t *testing.T) {
	files, err := filepath.Glob("../../docs/*.md")
	require.NoError(t, err)
	for _, name := range []string{"README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md", "GLOSSARY.md", "BENCHMARKS.md"} {
		files = append(files, filepath.Join("../..", name))
	}
	blocks := 0
	for _, file := range files {
		text, err := os.ReadFile(file)
		require.NoError(t, err)
		for _, b := range consoleBlock.FindAllStringSubmatch(string(text), -1) {
			blocks++
			now := runBlock(t, filepath.Base(file), b[1])
			text = bytes.Replace(text, []byte(b[1]), []byte(now), 1)
		}
		if os.Getenv("UPDATE") != "" {
			require.NoError(t, os.WriteFile(file, text, 0o644))
		}
	}
	require.NotZero(t, blocks, "no console block was found")
}

// runBlock runs the commands of one block and compares what they print. It returns the
// block as it is now.
func runBlock(t *testing.T, file, block string) string {
	for _, part := range strings.Split("\n"+block, "\n$ ")[1:] {
		command, want, _ := strings.Cut(part, "\n")
		t.Run(file+": "+command, func(t *testing.T) {
			got := runCommand(t, command)
			pattern := regexp.QuoteMeta(strings.TrimRight(want, "\n"))
			pattern = strings.ReplaceAll(pattern, "\n…\n", "\n(?s:.*)\n")
			pattern = strings.TrimPrefix(strings.ReplaceAll("\n"+pattern, "\n…\n", "\n(?s:.*)\n"), "\n")
			if strings.HasSuffix(pattern, "\n…") {
				pattern = strings.TrimSuffix(pattern, "…") + "(?s:.*)"
			}
			if !regexp.MustCompile("^" + pattern + "$").MatchString(strings.TrimRight(got, "\n")) {
				if os.Getenv("UPDATE") != "" && !strings.Contains("\n"+want, "\n…\n") {
					block = strings.Replace(block, command+"\n"+want, command+"\n"+strings.TrimRight(got, "\n")+"\n", 1)
					return
				}
				require.Equal(t, strings.TrimRight(want, "\n"), strings.TrimRight(got, "\n"))
			}
		})
	}
	return block
}

// runCommand runs `rubric …` or `go run ./cmd/rubric …` in this process, at the
// root of the project; a trailing `; echo $?` prints the exit status.
func runCommand(t *testing.T, command string) string {
	t.Helper()
	command, status := strings.CutSuffix(command, "; echo $?")
	words := strings.Fields(strings.Replace(command, "go run ./cmd/rubric", "rubric", 1))
	require.Equal(t, "rubric", words[0], "only rubric itself can be run: %s", command)
	var out bytes.Buffer
	code := cli.Run(words[1:], cli.System{Stdin: strings.NewReader(""), Stdout: &out, Stderr: &out, Dir: "../.."})
	if status {
		out.WriteString(strings.TrimSpace(string(rune('0'+code))) + "\n")
	} else {
		require.Zero(t, code, out.String())
	}
	return out.String()
}
