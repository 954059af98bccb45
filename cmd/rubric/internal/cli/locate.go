package cli

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"rubric/methodologies"
	"rubric/spec/diag"
	"rubric/spec/tree"
)

// documentName is the file of a methodology in its folder.
const documentName = "methodology.yaml"

// place is where a methodology was found: a folder of a file system, and how a
// person calls it.
type place struct {
	fs    fs.FS
	dir   string // within fs
	file  string // the document's name in dir
	shown string // prefix of names in messages
}

// name is how a person calls a file of the folder.
func (p place) name(file string) string { return path.Join(p.shown, filepath.ToSlash(file)) }

// builtInPrefix begins the names of what is built into the command.
const builtInPrefix = "builtin:"

// isBuiltIn says that nothing of the place can be written.
func (p place) isBuiltIn() bool { return strings.HasPrefix(p.shown, builtInPrefix) }

// errOutside refuses a name that leads out of the document's folder.
var errOutside = errors.New("it is outside the document's folder")

func (p place) open(file string) (fs.File, error) {
	if filepath.IsAbs(file) || !fs.ValidPath(path.Join(p.dir, filepath.ToSlash(file))) {
		return nil, errOutside
	}
	return p.fs.Open(path.Join(p.dir, filepath.ToSlash(file)))
}

func (p place) read(file string) ([]byte, error) {
	f, err := p.open(file)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	if info, err := f.Stat(); err == nil && info.IsDir() {
		return nil, fmt.Errorf("%s is a folder, not a file", p.name(file))
	}
	return readDocument(f)
}

// readDocument reads no more of a document than tells that it is too large.
func readDocument(r io.Reader) ([]byte, error) { return io.ReadAll(io.LimitReader(r, tree.MaxSize+1)) }

// locate finds a METHODOLOGY: a file, a folder, index/edition beside the
// working directory or built in, or any of the first two at a revision of git.
func (a *app) locate(arg string) (place, error) {
	for _, candidate := range []string{arg, filepath.Join(a.settings.text("methodologies"), arg)} {
		full := a.path(candidate)
		info, err := os.Stat(full)
		switch {
		case err == nil && info.IsDir():
			if _, err := os.Stat(filepath.Join(full, documentName)); err == nil {
				return place{os.DirFS(full), ".", documentName, filepath.ToSlash(filepath.Clean(candidate))}, nil
			}
		case err == nil:
			dir, file := filepath.Split(full)
			if dir == "" {
				dir = "."
			}
			return place{os.DirFS(dir), ".", file, filepath.ToSlash(filepath.Dir(candidate))}, nil
		case !errors.Is(err, fs.ErrNotExist) && !errors.Is(err, fs.ErrInvalid):
			return place{}, usage("cannot read %s: %v", candidate, unwrapped(err))
		}
	}
	if at, ok := builtIn(path.Clean(filepath.ToSlash(arg))); ok {
		return at, nil
	}
	if at, meant, err := a.atRevision(filepath.ToSlash(arg)); meant {
		return at, err
	}
	return place{}, a.nowhere(arg)
}

// edition finds the document that another one extends: a path from its folder,
// or index/edition beside it or anywhere that a METHODOLOGY is looked for.
func (a *app) edition(from place, ref string) (place, error) {
	clean := filepath.ToSlash(ref)
	if builtin, ok := strings.CutPrefix(from.shown, builtInPrefix); ok {
		for _, candidate := range []string{path.Join(builtin, clean), path.Clean(clean)} {
			if !strings.HasPrefix(clean, ".") || candidate != path.Clean(clean) {
				if at, ok := builtIn(candidate); ok {
					return at, nil
				}
			}
		}
		return place{}, fmt.Errorf("it is not built in")
	}
	beside := []string{path.Join(from.shown, clean)}
	if at, ok := from.fs.(revision); ok { // no path leads out of it
		beside[0] = at.rev + ":" + path.Join(from.dir, clean)
	}
	if !strings.HasPrefix(clean, ".") {
		if at, ok := from.fs.(revision); ok {
			beside = append(beside, at.rev+":"+path.Join(from.dir, "../..", clean), clean)
		} else {
			beside = append(beside, path.Join(from.shown, "../..", clean), clean)
		}
	}
	for _, candidate := range beside {
		if at, err := a.locate(candidate); err == nil {
			return at, nil
		}
	}
	return place{}, fmt.Errorf("neither %s nor a built-in edition is there", beside[0])
}

// builtIn is a methodology that is built into the command.
func builtIn(name string) (place, bool) {
	if name = strings.TrimSuffix(name, "/"+documentName); !fs.ValidPath(name) {
		return place{}, false
	}
	if _, err := fs.Stat(methodologies.FS, path.Join(name, documentName)); err != nil {
		return place{}, false
	}
	return place{methodologies.FS, name, documentName, builtInPrefix + name}, true
}

// nowhere says which methodologies there are.
func (a *app) nowhere(arg string) error {
	if info, err := os.Stat(a.path(arg)); err == nil && info.IsDir() {
		return usage("the folder %s has no %s", arg, documentName)
	}
	names := a.editions()
	index, _, _ := strings.Cut(filepath.ToSlash(arg), "/")
	var same []string
	for _, n := range names {
		if strings.HasPrefix(n, index+"/") {
			same = append(same, n)
		}
	}
	switch near, ok := diag.Nearest(arg, names); {
	case len(same) > 0:
		return usage("no methodology `%s`; the editions of `%s` are %s", arg, index, strings.Join(same, ", "))
	case ok:
		return usage("no methodology `%s`, did you mean `%s`?", arg, near)
	case len(names) > 0:
		return usage("no methodology `%s`: it is neither a file nor a folder with a %s, and there are %s", arg, documentName, strings.Join(byIndex(names), ", "))
	}
	return usage("no methodology `%s`: it is neither a file nor a folder with a %s", arg, documentName)
}

// byIndex shortens the editions of an index where there are many.
func byIndex(names []string) (out []string) {
	const many = 4
	for i := 0; i < len(names); {
		index, _, _ := strings.Cut(names[i], "/")
		end := i
		for end < len(names) && strings.HasPrefix(names[end], index+"/") {
			end++
		}
		if end-i < many {
			out = append(out, names[i:end]...)
		} else {
			out = append(out, fmt.Sprintf("%s (%d editions)", index, end-i))
		}
		i = max(end, i+1)
	}
	return out
}

// editions lists index/edition of what can be found by name.
func (a *app) editions() []string {
	var out []string
	for _, f := range []fs.FS{os.DirFS(a.path(a.settings.text("methodologies"))), methodologies.FS} {
		matches, _ := fs.Glob(f, "*/*/"+documentName)
		for _, m := range matches {
			if n := path.Dir(m); !slices.Contains(out, n) {
				out = append(out, n)
			}
		}
	}
	slices.Sort(out)
	return out
}

// path is a path as the process sees it.
func (a *app) path(p string) string {
	if a.Dir == "" || filepath.IsAbs(p) {
		return p
	}
	return filepath.Join(a.Dir, p)
}

// unwrapped is an error without the path that the message has already.
func unwrapped(err error) error {
	var p *fs.PathError
	if errors.As(err, &p) {
		return p.Err
	}
	return err
}
