// Command rename gives the module another path, for whoever takes the project
// to a home of its own: in go.mod, in every import, and where documentation and
// scripts name a package by its path.
//
//	go run ./internal/rename example.org/you/rubric
package main

import (
	"bytes"
	"fmt"
	"go/format"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

func main() {
	if len(os.Args) != 2 || os.Args[1] == "" {
		fmt.Fprintln(os.Stderr, "rename: the new module path is missing; it is called as `make rename MODULE=example.org/you/rubric`")
		os.Exit(2)
	}
	changed, err := rename(".", os.Args[1])
	if err != nil {
		fmt.Fprintf(os.Stderr, "rename: %v\n", err)
		os.Exit(2)
	}
	fmt.Printf("%d files name %s now; `make test` shows that they still agree\n", len(changed), os.Args[1])
}

var (
	modulePath = regexp.MustCompile(`^[A-Za-z0-9_~.-]+(/[A-Za-z0-9_~.-]+)*$`)
	moduleLine = regexp.MustCompile(`(?m)^module[ \t]+(\S+)`)
)

// rename rewrites the module below root, and lists the files that it changed.
func rename(root, path string) (changed []string, err error) {
	if !modulePath.MatchString(path) {
		return nil, fmt.Errorf("`%s` is not a module path, such as example.org/you/rubric", path)
	}
	mod, err := os.ReadFile(filepath.Join(root, "go.mod"))
	if err != nil {
		return nil, fmt.Errorf("read the module: %w", err)
	}
	found := moduleLine.FindSubmatch(mod)
	if found == nil {
		return nil, fmt.Errorf("go.mod names no module")
	}
	old := string(found[1])
	names, err := named(root, old)
	if err != nil {
		return nil, err
	}
	err = filepath.WalkDir(root, func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && (d.Name() == ".git" || d.Name() == "bin"):
			return filepath.SkipDir
		case !d.Type().IsRegular() || !mayName(name):
			return nil
		}
		done, err := rewrite(name, names, old, path)
		if done {
			changed = append(changed, name)
		}
		return err
	})
	return changed, err
}

// named finds the module's path where it is one: before a folder of ours, and
// not within a longer path.
func named(root, module string) (*regexp.Regexp, error) {
	entries, err := os.ReadDir(root)
	if err != nil {
		return nil, fmt.Errorf("list the module: %w", err)
	}
	var folders []string
	for _, e := range entries {
		if e.IsDir() && !strings.HasPrefix(e.Name(), ".") {
			folders = append(folders, regexp.QuoteMeta(e.Name()))
		}
	}
	return regexp.Compile(`(^|[^\w./~-])` + regexp.QuoteMeta(module) + `(/(?:` + strings.Join(folders, "|") + `)\b)`)
}

// mayName says whether a file can name a package.
func mayName(name string) bool {
	base := filepath.Base(name)
	return base == "go.mod" || base == "Makefile" || base == "run" ||
		slices.Contains([]string{".go", ".md", ".sh", ".txt", ".txtar"}, filepath.Ext(base))
}

func rewrite(name string, names *regexp.Regexp, old, path string) (bool, error) {
	before, err := os.ReadFile(name)
	if err != nil {
		return false, err
	}
	after := names.ReplaceAll(before, []byte("${1}"+path+"${2}"))
	switch {
	case filepath.Base(name) == "go.mod":
		after = module(before, old, path)
	case filepath.Ext(name) == ".go" && !bytes.Equal(before, after):
		if after, err = format.Source(after); err != nil { // imports are sorted anew
			return false, fmt.Errorf("format %s: %w", name, err)
		}
	}
	if bytes.Equal(before, after) {
		return false, nil
	}
	info, err := os.Stat(name)
	if err != nil {
		return false, err
	}
	return true, os.WriteFile(name, after, info.Mode().Perm())
}

// module rewrites a module line; modules in folders are named after this one.
func module(mod []byte, old, path string) []byte {
	return moduleLine.ReplaceAllFunc(mod, func(line []byte) []byte {
		name := string(moduleLine.FindSubmatch(line)[1])
		if below, ok := strings.CutPrefix(name, old); ok && (below == "" || below[0] == '/') {
			return []byte("module " + path + below)
		}
		return line
	})
}
