package cli

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"path/filepath"
	"strings"

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
		Use:   "freeze METHODOLOGY",
		Short: "Write down what a published edition is, so that it cannot change unseen",
		Long: "Write the digests of the document, of what it extends, and of every file that they name into\n" + lock.Name + " beside it. From then on validate and verify fail when any of them has changed.\n" +
			"Only an edition with `status: published` is frozen.",
		Args: exactly("METHODOLOGY"),
		RunE: func(cmd *cobra.Command, args []string) error {
			l, err := a.load(args[0])
			if err != nil {
				return err
			}
			if strings.HasPrefix(l.shown, "builtin:") {
				return usage("%s is built into the command, and cannot be written to", l.shown)
			}
			if l.m.Status != "published" {
				return a.print(diag.List{diag.New(diag.LockDraft, source.Place{File: l.m.Document.Name, Line: 1}, "`%s/%s` is a draft", l.m.Index, l.m.Edition).
					WithHelp("say `status: published` when it is; what is frozen is not edited")})
			}
			now, err := l.lock()
			if err != nil {
				return err
			}
			before, err := l.read(lock.Name)
			switch {
			case err == nil && bytes.Equal(before, now.Text()):
				_, err := fmt.Fprintf(a.Stdout, "%s: nothing has changed\n", l.name(lock.Name))
				return err
			case err == nil && !force:
				was, list := lock.Load(source.NewFile(l.name(lock.Name), before))
				if was != nil {
					list.Add(was.Check(now)...)
				}
				if len(list) == 0 { // the same files, written otherwise
					list.Add(diag.New(diag.LockChanged, source.Place{File: l.name(lock.Name)}, "the lock is not as `rubric freeze` writes it").WithHelp("`rubric freeze --force` writes it anew"))
				}
				for i := range list {
					list[i].Help += "; `rubric freeze --force`, if it was not published yet"
				}
				return a.print(list)
			case err != nil && !errors.Is(err, fs.ErrNotExist):
				return usage("cannot read %s: %v", l.name(lock.Name), unwrapped(err))
			}
			shown := l.name(lock.Name)
			if err := atomically(a.path(filepath.FromSlash(shown)), shown, func(w io.Writer) error {
				_, err := w.Write(now.Text())
				return err
			}); err != nil {
				return err
			}
			_, err = fmt.Fprintf(a.Stdout, "%s: %s of %s\n", shown, report.Plural(len(now.Files), "file", "files"), now.Edition)
			return err
		},
	}
	cmd.Flags().BoolVar(&force, "force", false, "write a lock that differs from the one that is there: only before the edition is published")
	return cmd
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
