package house

import (
	"go/doc"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// pkg is a package of ours, as its files say it. All files count, those for
// other systems too.
type pkg struct {
	Path    string // relative to the module: spec/check
	Idea    string // the first sentence of its comment, without "Package x"
	Arrows  []arrow
	hasCode bool // has files that are not tests
}

// arrow is an import. Ours are named like Path, others by their whole path.
type arrow struct {
	From, To string
	Ours     bool
	Test     bool   // the importing file is a test
	At       string // file:line
}

// project is every package of the module, by path.
type project struct {
	Root, Module string
	Packages     []pkg
}

var moduleLine = regexp.MustCompile(`(?m)^module\s+(\S+)`)

// readProject reads the module that the test runs in. Its name comes from
// go.mod, so that it may be another one tomorrow.
func readProject(t *testing.T) project {
	t.Helper()
	root, err := os.Getwd()
	require.NoError(t, err)
	for {
		if _, err := os.Stat(filepath.Join(root, "go.mod")); err == nil {
			break
		}
		require.NotEqual(t, root, filepath.Dir(root), "no go.mod above the test")
		root = filepath.Dir(root)
	}
	mod, err := os.ReadFile(filepath.Join(root, "go.mod"))
	require.NoError(t, err)
	found := moduleLine.FindSubmatch(mod)
	require.NotNil(t, found, "go.mod names no module")
	p := project{Root: root, Module: string(found[1])}
	byPath := map[string]*pkg{}
	err = filepath.WalkDir(root, func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() {
			return p.skip(name, d)
		}
		if strings.HasSuffix(name, ".go") {
			p.file(t, byPath, name)
		}
		return nil
	})
	require.NoError(t, err)
	for _, one := range byPath {
		p.Packages = append(p.Packages, *one)
	}
	slices.SortFunc(p.Packages, func(a, b pkg) int { return strings.Compare(a.Path, b.Path) })
	require.NotEmpty(t, p.Packages)
	return p
}

func (p *project) skip(name string, d fs.DirEntry) error {
	if name == p.Root {
		return nil
	}
	if strings.HasPrefix(d.Name(), ".") || strings.HasPrefix(d.Name(), "_") || d.Name() == "testdata" {
		return filepath.SkipDir
	}
	if _, err := os.Stat(filepath.Join(name, "go.mod")); err == nil {
		return filepath.SkipDir // a module of its own
	}
	return nil
}

func (p *project) file(t *testing.T, byPath map[string]*pkg, name string) {
	files := token.NewFileSet()
	f, err := parser.ParseFile(files, name, nil, parser.ImportsOnly|parser.ParseComments)
	require.NoError(t, err)
	rel, err := filepath.Rel(p.Root, name)
	require.NoError(t, err)
	rel = filepath.ToSlash(rel)
	dir := path.Dir(rel)
	one := byPath[dir]
	if one == nil {
		one = &pkg{Path: dir}
		byPath[dir] = one
	}
	test := strings.HasSuffix(name, "_test.go")
	one.hasCode = one.hasCode || !test
	if f.Doc != nil && !test {
		one.Idea = idea(f.Doc.Text())
	}
	for _, i := range f.Imports {
		to, err := strconv.Unquote(i.Path.Value)
		require.NoError(t, err)
		a := arrow{From: dir, To: to, Test: test, At: rel + ":" + strconv.Itoa(files.Position(i.Pos()).Line)}
		if to == p.Module {
			a.To, a.Ours = ".", true
		} else if own, ok := strings.CutPrefix(to, p.Module+"/"); ok {
			a.To, a.Ours = own, true
		}
		one.Arrows = append(one.Arrows, a)
	}
}

var subject = regexp.MustCompile(`^(Package|Command) \w+ `)

// idea is the first sentence of a package comment without its subject.
func idea(comment string) string {
	var p doc.Package
	first := subject.ReplaceAllString(p.Synopsis(comment), "")
	return strings.TrimSuffix(first, ".")
}

// read is a file of the project.
func (p project) read(t *testing.T, name string) string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(p.Root, filepath.FromSlash(name)))
	require.NoError(t, err)
	return string(data)
}

// golden compares what is generated with what is committed, or commits it.
func (p project) golden(t *testing.T, name, want string) {
	t.Helper()
	file := filepath.Join(p.Root, filepath.FromSlash(name))
	have, err := os.ReadFile(file)
	if err == nil && string(have) == want {
		return
	}
	if os.Getenv("UPDATE") != "" {
		require.NoError(t, os.WriteFile(file, []byte(want), 0o644))
		return
	}
	t.Errorf("%s is not what the code says; `UPDATE=1 go test ./internal/house` rewrites it", name)
}
