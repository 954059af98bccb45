package cli

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"rubric/engine"
	"rubric/engine/suite"
	"rubric/spec/diag"
	"rubric/spec/ident"
	"rubric/spec/source"
)

// recording are the flags of `rubric test --record`.
type recording struct {
	methodology, unit, period, name string
	files                           dataFlags
}

// record writes a case of a unit: to standard output as a suite, or into a suite.
func (a *app) record(f recording, output string) error {
	if f.unit == "" {
		return usage("--record needs --unit: whose figures it is to expect")
	}
	l, err := a.load(f.methodology)
	if err != nil {
		return err
	}
	d, err := a.dataset(l, f.files, false)
	if err != nil {
		return err
	}
	row, err := findUnit(l.m, d, f.unit, f.period)
	if err != nil {
		return err
	}
	r, err := a.evaluate(l, d, engine.Options{Partial: true})
	if err != nil {
		return err
	}
	switch {
	case f.name == "":
		if f.name, err = a.caseID(output, strings.TrimSpace(d.ID(row)+" "+d.Period(row))); err != nil {
			return err
		}
	case !caseID.MatchString(f.name):
		return usage("--case: `%s` is no id: small letters, digits and _, beginning with a letter", f.name)
	}
	what := suite.Recording{Row: row, ID: f.name, Computed: slices.Equal(f.files.given, []string{nothingGiven})}
	to := output
	if !l.isBuiltIn() && (to == "" || to == "-") {
		to = filepath.Join(filepath.FromSlash(l.shown), suite.Name)
	}
	if what.Methodology, err = a.seenFrom(l, to); err != nil {
		return err
	}
	for _, list := range []struct {
		flags []string
		out   *[]string
	}{{f.files.data, &what.Data}, {f.files.given, &what.Given}} {
		for _, name := range list.flags {
			if name == nothingGiven {
				continue
			}
			seen, err := filepath.Rel(a.path(filepath.Dir(to)), a.path(name))
			if err != nil {
				seen = name
			}
			*list.out = append(*list.out, filepath.ToSlash(seen))
		}
	}
	text, whole, err := suite.Record(r, what)
	if err != nil {
		return err
	}
	for _, name := range slices.Concat(what.Data, what.Given) {
		if whole && !filepath.IsLocal(filepath.FromSlash(name)) {
			return usage("the case is about all of %s, and a suite names files of its own folder alone: copy the file there, or write the suite beside it with -o", name)
		}
	}
	return a.recorded(output, text)
}

var caseID = regexp.MustCompile(`^[a-z][a-z0-9_]*$`)

// caseID is the id of a case about a unit. Where nothing of the unit's own id can stand
// in one it has a number, if another case is called so already.
func (a *app) caseID(output, unit string) (string, error) {
	id := ident.Snake(unit)
	if id != ident.Snake("") || output == "" {
		return ident.Unused(id, nil), nil
	}
	taken := map[string]string{}
	old, err := os.ReadFile(a.path(output))
	if err == nil {
		if s, _ := suite.Parse(source.NewFile(output, old)); s != nil {
			for _, c := range s.CaseIDs() {
				taken[c] = c
			}
		}
	} else if !errors.Is(err, os.ErrNotExist) {
		return "", usage("cannot read %s: %v", output, unwrapped(err))
	}
	return ident.Unused(id, taken), nil
}

// seenFrom is how a suite names the methodology; empty where it stands beside.
func (a *app) seenFrom(l *loaded, to string) (string, error) {
	if l.isBuiltIn() {
		return l.dir, nil
	}
	seen, err := filepath.Rel(a.path(filepath.Dir(to)), a.path(filepath.FromSlash(l.name(l.file))))
	switch {
	case err != nil:
		return "", usage("cannot say where %s is, seen from %s", l.name(l.file), to)
	case seen == documentName:
		return "", nil
	}
	return filepath.ToSlash(seen), nil
}

// recorded writes a recorded case: a suite of its own, or one more case of one that is
// there.
func (a *app) recorded(output, text string) error {
	if output == "" || output == "-" {
		_, err := io.WriteString(a.Stdout, text)
		return err
	}
	old, err := os.ReadFile(a.path(output))
	switch {
	case errors.Is(err, os.ErrNotExist):
	case err != nil:
		return usage("cannot read %s: %v", output, unwrapped(err))
	default:
		var list diag.List
		if text, list = suite.Append(source.NewFile(filepath.ToSlash(output), old), text); len(list) > 0 {
			return a.print(list)
		}
	}
	if err := atomically(a.path(output), output, func(w io.Writer) error {
		_, err := io.WriteString(w, text)
		return err
	}); err != nil {
		return err
	}
	_, err = fmt.Fprintf(a.Stderr, "%s: one case more\n", output)
	return err
}
