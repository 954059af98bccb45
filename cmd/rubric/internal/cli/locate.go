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

// locate finds a METHODOLOGY: a file, a folder, or index/edition beside the
// working directory or built in.
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
	if clean := path.Clean(filepath.ToSlash(arg)); fs.ValidPath(clean) {
		if _, err := fs.Stat(methodologies.FS, path.Join(clean, documentName)); err == nil {
			return place{methodologies.FS, clean, documentName, "builtin:" + clean}, nil
		}
	}
	return place{}, a.nowhere(arg)
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
		return usage("no methodology `%s`: it is neither a file nor a folder with a %s, and there are %s", arg, documentName, strings.Join(names, ", "))
	}
	return usage("no methodology `%s`: it is neither a file nor a folder with a %s", arg, documentName)
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
