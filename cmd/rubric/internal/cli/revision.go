package cli

import (
	"bytes"
	"errors"
	"io/fs"
	"path"
	"path/filepath"
	"strings"
	"time"

	"rubric/spec/diag"
)

// revision is the files of a repository at a revision of git, as `git show REV:path`
// has them; of no revision, those that are staged.
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
// the repository, or from here where it begins with `./` or `../`. Without a revision, as :path,
// it is what is staged.
func (a *app) atRevision(arg string) (at place, meant bool, err error) {
	rev, name, ok := strings.Cut(arg, ":")
	if !ok || arg == ":" || filepath.VolumeName(arg) != "" {
		return place{}, false, nil
	}
	if err := a.repository(arg); err != nil {
		return place{}, true, err
	}
	if rev != "" {
		if err := a.isRevision(rev); err != nil {
			return place{}, true, err
		}
	}
	here := ""
	if name == "." || strings.HasPrefix(name, "./") || strings.HasPrefix(name, "../") {
		prefix, err := a.git("rev-parse", "--show-prefix")
		if err != nil {
			return place{}, true, err
		}
		here = strings.TrimSpace(string(prefix))
	}
	name = path.Join(here, name)
	files := revision{a, rev}
	info, err := fs.Stat(files, name)
	if err == nil && !info.IsDir() {
		return place{files, path.Dir(name), path.Base(name), rev + ":" + path.Dir(name)}, true, nil
	}
	if _, missing := fs.Stat(files, path.Join(name, documentName)); missing == nil { // the index of git has no folders
		return place{files, path.Join(".", name), documentName, rev + ":" + path.Join(".", name)}, true, nil
	}
	if name == "" || name == "." || err == nil || len(files.below(name)) > 0 {
		return place{}, true, usage("%s the folder %s has no %s%s", files.when(), path.Join(".", name), documentName, files.instead(name))
	}
	return place{}, true, usage("%s there is no `%s`%s", files.when(), name, files.instead(name))
}

// repository says what is wrong where there is nothing to ask for a file at a revision.
func (a *app) repository(arg string) error {
	_, err := a.git("rev-parse", "--git-dir")
	switch {
	case errors.Is(err, errNoGit):
		return usage("no methodology `%s`: git is not installed, which is asked for what is before the colon; install it, or name a file or a folder", arg)
	case err != nil:
		return usage("no methodology `%s`: there is no git repository here, which could have it at a revision; run this within one, or name a file or a folder", arg)
	}
	return nil
}

// isRevision says what is wrong with the name of a revision.
func (a *app) isRevision(rev string) error {
	if _, err := a.git("rev-parse", "--verify", "--quiet", "--end-of-options", rev+"^{commit}"); err == nil {
		return nil
	}
	out, _ := a.git("for-each-ref", "--format=%(refname:short)", "refs/heads", "refs/tags", "refs/remotes")
	names := strings.Fields(string(out))
	if _, err := a.git("rev-parse", "--verify", "--quiet", "HEAD^{commit}"); err == nil {
		names = append(names, "HEAD")
	}
	if len(names) == 0 {
		return usage("there is no revision `%s`: nothing is committed here so far", rev)
	}
	if near, ok := diag.Nearest(rev, names); ok {
		return usage("there is no revision `%s`, did you mean `%s`?", rev, near)
	}
	return usage("there is no revision `%s`: `git branch -a` and `git tag` list those that have a name, `git log` the others", rev)
}

// when is how a message about the files begins.
func (r revision) when() string {
	if r.rev == "" {
		return "in what is staged"
	}
	return "at " + r.rev
}

// documents are the methodologies that there are at the revision, as a person names them
// behind the colon: folders that have one, and other files of YAML.
func (r revision) documents() (folders, files []string) {
	args := []string{"ls-tree", "-r", "--name-only", "--full-tree", "-z", "--end-of-options", r.rev}
	if r.rev == "" {
		args = []string{"ls-files", "--full-name", "-z", ":/"}
	}
	list, err := r.a.git(args...)
	if err != nil {
		return nil, nil
	}
	for name := range strings.SplitSeq(string(list), "\x00") {
		switch {
		case path.Base(name) == documentName:
			folders = append(folders, path.Dir(name))
		case path.Ext(name) == ".yaml" || path.Ext(name) == ".yml":
			files = append(files, name)
		}
	}
	return folders, files
}

// below are the folders of methodologies that lie below a folder.
func (r revision) below(folder string) (out []string) {
	folders, _ := r.documents()
	for _, d := range folders {
		if folder == "." || folder == "" || strings.HasPrefix(d, folder+"/") {
			out = append(out, d)
		}
	}
	return out
}

// instead is a way out for a name that is no methodology: one that ends alike, those that
// lie below it, one that is near, or those that lie below what of the name there is.
func (r revision) instead(name string) string {
	folders, files := r.documents()
	all := append(folders, files...)
	name = strings.TrimSuffix(name, "/"+documentName)
	var alike []string
	for _, d := range all {
		if strings.HasSuffix(d, "/"+name) {
			alike = append(alike, d)
		}
	}
	const few = 3
	if len(alike) == 0 || len(alike) > few {
		alike = r.below(name)
	}
	near, ok := diag.Nearest(name, all)
	switch {
	case len(alike) > 0 && len(alike) <= few:
		return ", did you mean " + strings.Join(r.named(alike), " or ") + "?"
	case ok:
		return ", did you mean " + r.named([]string{near})[0] + "?"
	case len(all) == 0:
		return ", and no other methodology"
	}
	for dir := name; ; dir = path.Dir(dir) {
		if there := r.below(dir); len(there) > few {
			return ": there are " + strings.Join(r.named(there[:few]), ", ") + " …"
		} else if len(there) > 0 {
			return ": there is " + strings.Join(r.named(there), ", ")
		}
		if dir == "." || dir == "/" || dir == "" {
			return ": there is " + r.named(all)[0]
		}
	}
}

// named are documents as they are asked for at the revision.
func (r revision) named(documents []string) (out []string) {
	for _, d := range documents {
		out = append(out, "`"+r.rev+":"+d+"`")
	}
	return out
}
