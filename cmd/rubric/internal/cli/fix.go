package cli

import (
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
		return diag.Diff(a.Stdout, name, text, after, 0)
	}
	if err := a.replace(name, after); err != nil {
		return err
	}
	_, err = fmt.Fprintf(a.Stderr, "%s: %s\n", name, report.Plural(n, "fix", "fixes"))
	return err
}

// replace gives a file another text.
func (a *app) replace(name string, text []byte) error {
	return atomically(a.path(filepath.FromSlash(name)), name, func(w io.Writer) error {
		_, err := w.Write(text)
		return err
	})
}
