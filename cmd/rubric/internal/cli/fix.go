package cli

import (
	"bytes"
	"fmt"
	"io"
	"path/filepath"

	"rubric/engine/report"
	"rubric/spec/diag"
	"rubric/spec/source"
)

// fixes are what is to be done about findings that have one.
type fixes struct {
	write, show, guesses bool
}

// fixes applies the fixes of a document's own findings, or shows them.
func (a *app) fixes(at place, list diag.List, how fixes) error {
	if at.isBuiltIn() {
		return nil
	}
	name := at.name(at.file)
	text, err := at.read(at.file)
	if err != nil {
		return usage("cannot read %s: %v", name, unwrapped(err))
	}
	after, n := diag.Fixed(source.NewFile(name, text), list, how.guesses)
	if n == 0 {
		return nil
	}
	if how.show {
		return a.showDiff(name, text, after, 0)
	}
	if err := a.replace(name, after); err != nil {
		return err
	}
	_, err = fmt.Fprintf(a.Stderr, "%s: %s\n", name, report.Plural(n, "fix", "fixes"))
	return err
}

// showDiff writes what differs between two texts, in colour on a terminal.
func (a *app) showDiff(name string, before, after []byte, context int) error {
	var b bytes.Buffer
	if err := diag.Diff(&b, name, before, after, context); err != nil {
		return err
	}
	text := b.Bytes()
	if a.color(a.Stdout) {
		text = colored(text)
	}
	_, err := a.Stdout.Write(text)
	return err
}

// colored is a diff for a terminal: its head bold, what goes red, what comes green.
func colored(diff []byte) []byte {
	var b bytes.Buffer
	head := true // until the first hunk
	for line := range bytes.Lines(diff) {
		color := map[byte]string{'@': "\x1b[36m", '-': "\x1b[31m", '+': "\x1b[32m"}[line[0]]
		if head = head && line[0] != '@'; head {
			color = "\x1b[1m"
		}
		if color == "" {
			b.Write(line)
			continue
		}
		b.WriteString(color)
		b.Write(bytes.TrimSuffix(line, []byte("\n")))
		b.WriteString("\x1b[0m\n")
	}
	return b.Bytes()
}

// replace gives a file another text.
func (a *app) replace(name string, text []byte) error {
	return atomically(a.path(filepath.FromSlash(name)), name, func(w io.Writer) error {
		_, err := w.Write(text)
		return err
	})
}
