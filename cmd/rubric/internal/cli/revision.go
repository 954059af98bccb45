package cli

import (
	"bytes"
	"io/fs"
	"path"
	"strings"
	"time"
)

// revision is the files of a repository at a revision of git, as `git show REV:path`
// has them.
type revision struct {
	a   *app
	rev string
}

// Open reads a file at the revision.
func (r revision) Open(name string) (fs.File, error) {
	kind, err := r.a.git("cat-file", "-t", "--end-of-options", r.rev+":"+name)
	if err != nil {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
	}
	info := revised{name: path.Base(name), folder: strings.TrimSpace(string(kind)) == "tree"}
	if info.folder {
		return &revisedFile{revised: info}, nil
	}
	data, err := r.a.git("cat-file", "blob", "--end-of-options", r.rev+":"+name)
	if err != nil {
		return nil, &fs.PathError{Op: "open", Path: name, Err: err}
	}
	info.size = int64(len(data))
	return &revisedFile{info, *bytes.NewReader(data)}, nil
}

// revised describes a file at a revision. It has no time of its own.
type revised struct {
	name   string
	size   int64
	folder bool
}

func (i revised) Name() string { return i.name }
func (i revised) Size() int64  { return i.size }
func (i revised) Mode() fs.FileMode {
	if i.folder {
		return fs.ModeDir | 0o555
	}
	return 0o444
}
func (i revised) ModTime() time.Time { return time.Time{} }
func (i revised) IsDir() bool        { return i.folder }
func (i revised) Sys() any           { return nil }

type revisedFile struct {
	revised
	bytes.Reader
}

func (f *revisedFile) Stat() (fs.FileInfo, error) { return f.revised, nil }
func (f *revisedFile) Close() error               { return nil }

// Size is that of the file, not of what is left to be read.
func (f *revisedFile) Size() int64 { return f.revised.Size() }

// atRevision finds a METHODOLOGY at a revision of git: REV:path, a path from the top of
// the repository, or from here where it begins with `./`.
func (a *app) atRevision(arg string) (at place, meant bool, err error) {
	rev, name, ok := strings.Cut(arg, ":")
	if !ok || rev == "" || strings.ContainsAny(rev, `/\`) && len(rev) == 1 {
		return place{}, false, nil
	}
	if _, err := a.git("rev-parse", "--verify", "--quiet", "--end-of-options", rev+"^{commit}"); err != nil {
		if _, inside := a.git("rev-parse", "--git-dir"); inside != nil {
			return place{}, false, nil // no repository: it is a name like any other
		}
		return place{}, true, usage("there is no revision `%s`", rev)
	}
	here := ""
	if rest, ok := strings.CutPrefix(name, "./"); ok || name == "." {
		prefix, err := a.git("rev-parse", "--show-prefix")
		if err != nil {
			return place{}, true, err
		}
		here, name = strings.TrimSpace(string(prefix)), rest
		if !ok {
			name = ""
		}
	}
	name = path.Join(here, name)
	files := revision{a, rev}
	info, err := fs.Stat(files, name)
	switch {
	case name == "" || name == "." || err == nil && info.IsDir():
		document := path.Join(name, documentName)
		if _, err := fs.Stat(files, document); err != nil {
			return place{}, true, usage("at %s the folder %s has no %s", rev, path.Join(".", name), documentName)
		}
		return place{files, path.Join(".", name), documentName, rev + ":" + path.Join(".", name)}, true, nil
	case err != nil:
		return place{}, true, usage("at %s there is no `%s`", rev, name)
	}
	return place{files, path.Dir(name), path.Base(name), rev + ":" + path.Dir(name)}, true, nil
}
