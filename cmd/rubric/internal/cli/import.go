package cli

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"

	"github.com/spf13/cobra"

	"rubric/engine/coinr"
	"rubric/engine/report"
	"rubric/spec/ident"
	"rubric/spec/source"
)

func (a *app) importCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "import",
		Short: "Turn a project of another tool into a methodology folder",
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) > 0 {
				return unknownCommand(cmd, args[0])
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error { return cmd.Help() },
	}
	cmd.AddCommand(a.importCoinrCommand())
	return cmd
}

func (a *app) importCoinrCommand() *cobra.Command {
	var meta, data, dir string
	var names coinr.Names
	cmd := &cobra.Command{
		Use:   "coinr --meta iMeta.csv --data iData.csv -o DIR",
		Short: "Turn a project of the R package COINr into a methodology folder",
		Long: "Turn a project of the R package COINr into a methodology folder: " + documentName + " with COINr's own steps\n" +
			"(denominate, min–max to 0 … 100, weighted means level by level), and the data as they are.\n" +
			"DIR is made, whole or not at all; a folder with something in it is left alone.",
		Args: exactly(),
		RunE: func(cmd *cobra.Command, args []string) error {
			for _, flag := range []string{"meta", "data", "output"} {
				if cmd.Flag(flag).Value.String() == "" {
					return usage("`%s` needs --%s; it is called as `%s`", cmd.CommandPath(), flag, cmd.UseLine())
				}
			}
			if err := a.vacant(dir); err != nil {
				return err
			}
			p, text, err := a.readCoinr(meta, data)
			if err != nil {
				return err
			}
			if err := a.nameFolder(&names.Index, &names.Edition, p.Title(), dir); err != nil {
				return err
			}
			names.Data = "data.csv"
			document := p.Document(names)
			if _, list := a.checked(&loaded{editions: map[string]place{}}, source.NewFile(documentName, document)); len(list) > 0 {
				return fmt.Errorf("the imported document is wrong, which is a mistake of this command: %s", list[0])
			}
			if err := a.newFolder(dir, map[string][]byte{documentName: document, names.Data: text}); err != nil {
				return err
			}
			fmt.Fprintf(a.Stdout, "%s: %s, %s and the index\n%s: as it is in %s\n",
				filepath.ToSlash(filepath.Join(dir, documentName)), report.Plural(p.Indicators(), "indicator", "indicators"),
				report.Plural(p.Aggregates()-1, "aggregate", "aggregates"), filepath.ToSlash(filepath.Join(dir, names.Data)), data)
			return nil
		},
	}
	cmd.Flags().StringVar(&meta, "meta", "", "iMeta: what each column is, where it belongs, its direction and weight")
	cmd.Flags().StringVar(&data, "data", "", "iData: the figures")
	cmd.Flags().StringVarP(&dir, "output", "o", "", "the folder to make")
	cmd.Flags().StringVar(&names.Index, "index", "", "name of the index; without it, it follows from its title")
	cmd.Flags().StringVar(&names.Edition, "edition", "", "name of the edition; 1 without it")
	_ = cmd.MarkFlagDirname("output")
	return cmd
}

// readCoinr reads a project, and prints what is to say of it. The text is that of
// its data.
func (a *app) readCoinr(meta, data string) (*coinr.Project, []byte, error) {
	inputs := [2]coinr.Input{{Name: meta}, {Name: data}}
	for i := range inputs {
		text, err := os.ReadFile(a.path(inputs[i].Name))
		if err != nil {
			return nil, nil, usage("cannot read %s: %v", inputs[i].Name, unwrapped(err))
		}
		inputs[i].Text = text
	}
	p, list, err := coinr.Import(inputs[0], inputs[1])
	if err != nil {
		return nil, nil, usageError{err}
	}
	if err := a.print(list); err != nil {
		return nil, nil, err
	}
	return p, inputs[1].Text, nil
}

// folderName is how an index and an edition may be called.
var folderName = regexp.MustCompile(`^[a-z0-9][a-z0-9._-]*$`)

// nameFolder names index and edition: as the flags say; else as the folders of
// methodologies/index/edition are called; else after the title.
func (a *app) nameFolder(index, edition *string, title, dir string) error {
	usual, first := ident.Slug(title), "1"
	if full, err := filepath.Abs(a.path(dir)); err == nil && filepath.Base(filepath.Dir(filepath.Dir(full))) == "methodologies" {
		usual, first = filepath.Base(filepath.Dir(full)), filepath.Base(full)
	}
	*index, *edition = cmp.Or(*index, usual), cmp.Or(*edition, first)
	for _, n := range [][2]string{{"index", *index}, {"edition", *edition}} {
		if !folderName.MatchString(n[1]) {
			return usage("the name `%s` of the %s has not the form of one: lower-case letters, digits, dots, hyphens", n[1], n[0])
		}
	}
	return nil
}

// vacant refuses a place where there is something already.
func (a *app) vacant(dir string) error {
	entries, err := os.ReadDir(a.path(dir))
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		return usage("cannot write %s: %v", dir, unwrapped(err))
	case len(entries) > 0:
		return usage("cannot write %s: the folder has something in it; name a new one", dir)
	}
	return nil
}

// newFolder makes a folder with files beside its final place and moves it there,
// so that there is either no folder or the whole one.
func (a *app) newFolder(dir string, files map[string][]byte) (err error) {
	full := filepath.Clean(a.path(dir))
	fail := func(err error) error { return usage("cannot write %s: %v", dir, unwrapped(err)) }
	if err := os.MkdirAll(filepath.Dir(full), 0o755); err != nil {
		return fail(err)
	}
	temp, err := os.MkdirTemp(filepath.Dir(full), ".rubric-*")
	if err != nil {
		return fail(err)
	}
	release := onInterrupt(func() { os.RemoveAll(temp) })
	defer func() {
		release()
		os.RemoveAll(temp) // gone already if all went well
	}()
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(temp, name), text, 0o644); err != nil {
			return fail(err)
		}
	}
	if err := os.Chmod(temp, 0o755); err != nil {
		return fail(err)
	}
	_ = os.Remove(full) // an empty folder; if it is none, it stays, and the next step fails
	if err := os.Rename(temp, full); err != nil {
		return fail(err)
	}
	return nil
}
