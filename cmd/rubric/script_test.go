package main

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"rubric/cmd/rubric/internal/cli"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){
		"rubric": func() { os.Exit(cli.Run(os.Args[1:], cli.Standard())) },
	})
}

// TestScript runs the command as it is typed. Beside testscript's own commands
// there are those of scriptCommands.
func TestScript(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:           "../../testdata/script",
		UpdateScripts: os.Getenv("UPDATE") != "",
		Cmds:          scriptCommands,
		Condition: func(name string) (bool, error) {
			if name == "devfull" { // a device that is always full
				info, err := os.Stat("/dev/full")
				return err == nil && info.Mode()&os.ModeCharDevice != 0, nil
			}
			return false, fmt.Errorf("unknown condition %s", name)
		},
	})
}

var scriptCommands = map[string]func(ts *testscript.TestScript, neg bool, args []string){
	"exits":   exits,
	"rows":    rows,
	"fill":    fill,
	"number":  numbered,
	"recode":  recode,
	"only":    only,
	"widest":  widest,
	"convert": convert,
}

// exits runs a command and wants an exit status: exits 2 rubric score nowhere.
// Whatever it is, the command must not panic.
func exits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exits STATUS COMMAND [ARG...]")
	}
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	got := 0
	if err := ts.Exec(args[1], args[2:]...); err != nil {
		var status *exec.ExitError
		if !errors.As(err, &status) {
			ts.Fatalf("%v", err)
		}
		got = status.ExitCode()
	}
	if strings.Contains(ts.ReadFile("stderr"), "goroutine ") {
		ts.Fatalf("it panicked")
	}
	if got != want {
		ts.Fatalf("exit status %d, want %d", got, want)
	}
}

// rows wants so many lines of a file that hold all the words: rows 66 stdout beijing, ,indicator,
func rows(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: rows COUNT FILE [WORD...]")
	}
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	got := 0
	for line := range strings.Lines(ts.ReadFile(args[1])) {
		all := true
		for _, word := range args[2:] {
			all = all && strings.Contains(line, word)
		}
		if all {
			got++
		}
	}
	if got != want {
		ts.Fatalf("%d rows, want %d", got, want)
	}
}

// fill writes a text so many times: fill file 200000 [
func fill(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 3 {
		ts.Fatalf("usage: fill FILE COUNT TEXT")
	}
	n, err := strconv.Atoi(args[1])
	ts.Check(err)
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), bytes.Repeat([]byte(args[2]), n), 0o644))
}

// numbered adds a line to a file so many times, # being its number: number FILE 300 '  a#: {…}'
func numbered(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 3 {
		ts.Fatalf("usage: number FILE COUNT TEXT")
	}
	n, err := strconv.Atoi(args[1])
	ts.Check(err)
	text := ts.ReadFile(args[0])
	for i := range n {
		text += strings.ReplaceAll(args[2], "#", strconv.Itoa(i+1)) + "\n"
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(text), 0o644))
}

// recode rewrites a text file as a spreadsheet or an editor of another system
// would: recode bom|crlf|cr|utf-16 FILE
func recode(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: recode bom|crlf|cr|utf-16 FILE")
	}
	text := ts.ReadFile(args[1])
	switch args[0] {
	case "bom":
		text = "\ufeff" + text
	case "crlf":
		text = strings.ReplaceAll(text, "\n", "\r\n")
	case "cr":
		text = strings.ReplaceAll(text, "\n", "\r")
	case "utf-16":
		wide := []byte{0xFF, 0xFE}
		for _, r := range text {
			wide = append(wide, byte(r), byte(r>>8))
		}
		text = string(wide)
	default:
		ts.Fatalf("unknown code %s", args[0])
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[1]), []byte(text), 0o644))
}

// only wants a folder to hold these files and no others: a run that failed left
// no part of an output behind.
func only(ts *testscript.TestScript, neg bool, args []string) {
	entries, err := os.ReadDir(ts.MkAbs(args[0]))
	ts.Check(err)
	var names []string
	for _, e := range entries {
		names = append(names, e.Name())
	}
	if got, want := strings.Join(names, " "), strings.Join(args[1:], " "); got != want {
		ts.Fatalf("%s holds %s, want %s", filepath.Base(args[0]), got, want)
	}
}

// widest wants no line of a file to have more characters: widest 40 stdout
func widest(ts *testscript.TestScript, neg bool, args []string) {
	limit, err := strconv.Atoi(args[0])
	ts.Check(err)
	for line := range strings.Lines(ts.ReadFile(args[1])) {
		if n := len([]rune(strings.TrimRight(line, "\n"))); n > limit {
			ts.Fatalf("a line of %d characters: %s", n, line)
		}
	}
}
