package cli

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"

	"rubric/engine/report"
	"rubric/spec/diag"
)

// baseline is the findings that are known and not looked at.
type baseline struct {
	file   string
	update bool
	known  diag.List // of this run
}

// sinceBaseline takes away the findings that the baseline has, from the list and from
// those of each document, and says on standard error how many of its own are gone.
func (a *app) sinceBaseline(b *baseline, list diag.List, groups []diag.Group) (diag.List, error) {
	if b.file == "" {
		if b.update {
			return nil, usage("--update-baseline needs --baseline FILE")
		}
		return list, nil
	}
	text, err := os.ReadFile(a.path(b.file))
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, usage("there is no baseline %s; --update-baseline writes it", b.file)
	case err != nil:
		return nil, usage("cannot read %s: %v", b.file, unwrapped(err))
	}
	read, err := diag.ReadBaseline(text)
	if err != nil {
		return nil, usage("%s is no baseline: %v; --update-baseline writes it anew", b.file, err)
	}
	seen := a.seenFromFile(b.file)
	left, known, gone := read.Apply(list, seen)
	b.known = known
	for i := range groups {
		groups[i].List, _, _ = read.Apply(groups[i].List, seen)
	}
	if len(gone) > 0 {
		fmt.Fprintf(a.Stderr, "%s of %s no longer occur; --update-baseline takes them out\n", report.Plural(len(gone), "finding", "findings"), b.file)
	}
	return left, nil
}

// seenFromFile names files as they are seen from the folder of another one, whatever the
// folder is that the command was called in.
func (a *app) seenFromFile(file string) func(string) string {
	folder := path.Dir(filepath.ToSlash(a.real(file)))
	return func(name string) string {
		if name == "" || strings.HasPrefix(name, builtInPrefix) {
			return name
		}
		seen, err := filepath.Rel(filepath.FromSlash(folder), a.real(name))
		if err != nil {
			return name
		}
		return filepath.ToSlash(seen)
	}
}

// writeBaseline writes the findings that there are.
func (a *app) writeBaseline(file string, list diag.List) error {
	if file == "" {
		return usage("--update-baseline needs --baseline FILE")
	}
	b := diag.NewBaseline(list, a.seenFromFile(file))
	if err := atomically(a.path(file), file, b.Write); err != nil {
		return err
	}
	fmt.Fprintf(a.Stdout, "%s: %s\n", file, report.Plural(len(b.Findings), "finding", "findings"))
	if n := list.Errors(); n > 0 {
		return a.print(atLeast(list, diag.Error)) // which no baseline has
	}
	return nil
}
