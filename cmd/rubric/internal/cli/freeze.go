package cli

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"path/filepath"

	"github.com/spf13/cobra"

	"rubric/engine/report"
	"rubric/spec/check"
	"rubric/spec/diag"
	"rubric/spec/lock"
	"rubric/spec/source"
)

func (a *app) freezeCommand() *cobra.Command {
	var force bool
	cmd := &cobra.Command{
		Use:   "freeze METHODOLOGY...",
		Short: "Write down what published editions are, so that they cannot change unseen",
		Long: "Write the digests of the document, of what it extends, and of every file that they name into\n" + lock.Name + " beside it. From then on validate and verify fail when any of them has changed.\n" +
			"Only an edition with `status: published` is frozen. Of several, either all are or none.",
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 {
				return usage("`%s` needs a METHODOLOGY; it is called as `%s`", cmd.CommandPath(), cmd.UseLine())
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			var all []frozen
			var list diag.List
			failed := false
			for _, arg := range args {
				l, err := a.load(arg)
				if errors.Is(err, errFindings) {
					failed = true // they are printed
					continue
				}
				if err != nil {
					return err
				}
				f, found, err := l.freeze(force)
				if err != nil {
					return err
				}
				list.Add(found...)
				all = append(all, f)
			}
			if err := a.print(list); err != nil || failed {
				return errFindings
			}
			for _, f := range all {
				if err := a.write(f); err != nil {
					return err
				}
			}
			return nil
		},
	}
	cmd.Flags().BoolVar(&force, "force", false, "write a lock that differs from the one that is there: only before the edition is published")
	return cmd
}

// frozen is a lock that is to be written.
type frozen struct {
	shown string // its path
	now   *lock.Lock
	same  bool // it is there already
}

// freeze says what lock an edition gets, or why it gets none.
func (l *loaded) freeze(force bool) (f frozen, list diag.List, err error) {
	if l.isBuiltIn() {
		return f, nil, usage("%s is built into the command, and cannot be written to", l.shown)
	}
	if l.m.Status != "published" {
		return f, diag.List{diag.New(diag.LockDraft, source.Place{File: l.m.Document.Name, Line: 1}, "`%s/%s` is a draft", l.m.Index, l.m.Edition).
			WithHelp("say `status: published` when it is; what is frozen is not edited")}, nil
	}
	f.shown = l.name(lock.Name)
	if f.now, err = l.lock(); err != nil {
		return f, nil, err
	}
	before, err := l.read(lock.Name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return f, nil, nil
	case err != nil:
		return f, nil, usage("cannot read %s: %v", f.shown, unwrapped(err))
	case bytes.Equal(before, f.now.Text()):
		f.same = true
		return f, nil, nil
	case force:
		return f, nil, nil
	}
	was, list := lock.Load(source.NewFile(f.shown, before))
	if was != nil {
		list.Add(was.Check(f.now)...)
	}
	if len(list) == 0 { // the same files, written otherwise
		list.Add(diag.New(diag.LockChanged, source.Place{File: f.shown}, "the lock is not as `rubric freeze` writes it").WithHelp("`rubric freeze --force` writes it anew"))
	}
	for i := range list {
		list[i].Help += "; `rubric freeze --force`, if it was not published yet"
	}
	return f, list, nil
}

// write writes a lock, and says so.
func (a *app) write(f frozen) error {
	if f.same {
		_, err := fmt.Fprintf(a.Stdout, "%s: nothing has changed\n", f.shown)
		return err
	}
	if err := atomically(a.path(filepath.FromSlash(f.shown)), f.shown, func(w io.Writer) error {
		_, err := w.Write(f.now.Text())
		return err
	}); err != nil {
		return err
	}
	_, err := fmt.Fprintf(a.Stdout, "%s: %s of %s\n", f.shown, report.Plural(len(f.now.Files), "file", "files"), f.now.Edition)
	return err
}

// lock is what the edition is now.
func (l *loaded) lock() (*lock.Lock, error) {
	out := &lock.Lock{Edition: l.m.Index + "/" + l.m.Edition}
	add := func(name string, data []byte) {
		out.Files = append(out.Files, lock.File{Name: name, Digest: lock.Digest(data)})
	}
	add(path.Base(l.m.Document.Name), l.m.Document.Data)
	for _, e := range l.m.Extends {
		add(check.Between(l.m.Document.Name, e.File.Name), e.File.Data)
	}
	seen := map[string]bool{}
	for _, name := range l.beside() {
		at, relative := l.placeOf(name), l.m.Relative(name)
		if seen[relative] {
			continue
		}
		seen[relative] = true
		f, err := at.open(name)
		if err != nil {
			return nil, usage("cannot read %s: %v", at.name(name), unwrapped(err))
		}
		data, err := io.ReadAll(f)
		f.Close()
		if err != nil {
			return nil, usage("cannot read %s: %v", at.name(name), unwrapped(err))
		}
		add(relative, data)
	}
	return out, nil
}

// frozen holds a frozen edition against its lock. A published one without a lock
// is worth a warning.
func (l *loaded) frozen() (diag.List, error) {
	data, err := l.read(lock.Name)
	if errors.Is(err, fs.ErrNotExist) {
		if l.m.Status != "published" {
			return nil, nil
		}
		return diag.List{diag.New(diag.LockMissing, source.Place{File: l.m.Document.Name, Line: 1}, "`%s/%s` is published, and not frozen", l.m.Index, l.m.Edition).
			WithHelp("`rubric freeze` writes down what it is, so that a change cannot go unseen")}, nil
	}
	if err != nil {
		return nil, usage("cannot read %s: %v", l.name(lock.Name), unwrapped(err))
	}
	was, list := lock.Load(source.NewFile(l.name(lock.Name), data))
	if was == nil {
		return list, nil
	}
	now, err := l.lock()
	if err != nil {
		return nil, err
	}
	return append(list, was.Check(now)...), nil
}
