package cli

import (
	"bytes"
	"errors"
	"fmt"
	"os/exec"
	"path/filepath"
	"strings"

	"rubric/engine/suite"
)

// changedSince are the documents of which something has changed since a revision of
// git: themselves, what they extend, or a file that they name; and those that cannot
// be read, because nobody knows what they depend on.
func (a *app) changedSince(revision string, places []place) ([]place, error) {
	changed, err := a.changedFiles(revision)
	if err != nil {
		return nil, err
	}
	var out []place
	for _, at := range places {
		if at.isBuiltIn() {
			continue
		}
		l, _, err := a.document(at)
		if err != nil {
			return nil, err
		}
		names := []string{at.name(at.file), at.name("methodology.lock"), at.name(suite.Name)}
		if l.m != nil {
			for _, e := range l.m.Extends {
				names = append(names, e.File.Name)
			}
			for _, name := range l.beside() {
				names = append(names, l.placeOf(name).name(name))
			}
		}
		hit := l.m == nil
		for _, name := range names {
			hit = hit || changed[a.real(name)]
		}
		if hit {
			out = append(out, at)
		}
	}
	a.notes = nil // those of documents that are left alone
	return out, nil
}

// changedFiles are the files that differ from a revision, or are not known to git, by
// their full names.
func (a *app) changedFiles(revision string) (map[string]bool, error) {
	top, err := a.git("rev-parse", "--show-toplevel")
	if err != nil {
		return nil, err
	}
	root := strings.TrimRight(string(top), "\r\n")
	if err := a.isRevision(revision); err != nil {
		return nil, err
	}
	out := map[string]bool{}
	for _, args := range [][]string{
		{"-C", root, "diff", "--name-only", "--no-renames", "-z", revision, "--"},
		{"-C", root, "ls-files", "--others", "--exclude-standard", "-z"},
	} {
		names, err := a.git(args...)
		if err != nil {
			return nil, err
		}
		for _, name := range bytes.Split(names, []byte{0}) {
			if len(name) > 0 {
				out[a.real(filepath.Join(root, filepath.FromSlash(string(name))))] = true
			}
		}
	}
	return out, nil
}

// errNoGit says that there is no git to be run.
var errNoGit = usage("git is asked, and is not installed: install it")

// git runs git where the run is.
func (a *app) git(args ...string) ([]byte, error) {
	cmd := exec.Command("git", args...)
	cmd.Dir = a.Dir
	out, err := cmd.Output()
	var failed *exec.ExitError
	switch {
	case errors.Is(err, exec.ErrNotFound):
		return nil, errNoGit
	case errors.As(err, &failed):
		return nil, usage("git %s: %s", args[0], strings.TrimSpace(string(failed.Stderr)))
	case err != nil:
		return nil, fmt.Errorf("git: %w", err)
	}
	return out, nil
}

// real is the full name of a file, without symbolic links in its folder. A file that
// is gone has a name, too.
func (a *app) real(name string) string {
	full, err := filepath.Abs(a.path(filepath.FromSlash(name)))
	if err != nil {
		return name
	}
	if dir, err := filepath.EvalSymlinks(filepath.Dir(full)); err == nil {
		return filepath.Join(dir, filepath.Base(full))
	}
	return full
}
