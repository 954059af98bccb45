package cli

import (
	"bytes"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"

	"github.com/spf13/cobra"

	"rubric/spec"
	"rubric/spec/diag"
	"rubric/spec/layout"
	"rubric/spec/source"
	"rubric/spec/tree"
)

// laying says what is to be done with documents that are not in canonical layout.
type laying struct {
	check, diff bool
	changed     int
	list        diag.List
	frozen      map[string]map[string]bool // by folder: the full names of the files that its lock holds
}

func (a *app) fmtCommand() *cobra.Command {
	how := laying{frozen: map[string]map[string]bool{}}
	cmd := &cobra.Command{
		Use:   "fmt PATH...",
		Short: "Give documents their canonical layout",
		Long: "Give documents their canonical layout: indentation, white space, columns. Words, lines, comments and the\n" +
			"order of keys stay as they are, and what a document says does not change. The names of the files that\n" +
			"were changed are printed. A frozen edition is left as it is.\n" +
			"PATH is a file, index/edition, or a folder in which every document of Rubric is laid out; - reads\nstandard input and writes standard output.",
		Example: "  rubric fmt methodologies\n  rubric fmt --check --diff methodologies\n  rubric fmt - < methodology.yaml",
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 {
				return usage("`%s` needs a PATH; it is called as `%s`", cmd.CommandPath(), cmd.UseLine())
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			files, err := a.yamlFiles(args)
			if err != nil {
				return err
			}
			for _, f := range files {
				if err = a.layOut(f, &how); err != nil {
					break
				}
			}
			found := a.print(how.list)
			switch {
			case err != nil:
				return err
			case found == nil && how.check && how.changed > 0:
				return errFindings
			}
			return found
		},
	}
	cmd.Flags().BoolVar(&how.check, "check", false, "write nothing: list what would change, and fail if something would")
	cmd.Flags().BoolVar(&how.diff, "diff", false, "write nothing: show what would change")
	return cmd
}

// standardInput is the PATH that is no file.
const standardInput = "-"

// layOut lays out one file.
func (a *app) layOut(name string, how *laying) error {
	text, err := a.readFile(name)
	if err != nil {
		return err
	}
	shown := name
	if name == standardInput {
		shown = "standard input"
	}
	f := source.NewFile(shown, text)
	root, list := tree.Parse(f)
	if list.Errors() == 0 && root.Get("rubric") == nil {
		list.Add(spec.Unversioned(f))
	}
	if list.Errors() > 0 {
		how.list.Add(list...)
		return nil
	}
	out, err := layout.Of(f, root)
	if err != nil {
		return err
	}
	if bytes.Equal(out, text) {
		if name == standardInput && !how.check && !how.diff {
			_, err = a.Stdout.Write(out)
		}
		return err
	}
	if name != standardInput && a.isFrozen(name, how.frozen) {
		_, err := fmt.Fprintf(a.Stderr, "%s: frozen, and left as it is\n", name)
		return err
	}
	how.changed++
	switch {
	case how.diff:
		return a.showDiff(shown, text, out, 3)
	case how.check:
	case name == standardInput:
		_, err := a.Stdout.Write(out)
		return err
	default:
		if err := a.replace(name, out); err != nil {
			return err
		}
	}
	_, err = fmt.Fprintln(a.Stdout, shown)
	return err
}

// readFile reads a document that is a file of its own, or standard input.
func (a *app) readFile(name string) ([]byte, error) {
	if name == standardInput {
		text, err := readDocument(a.Stdin)
		if err != nil {
			return nil, usage("cannot read standard input: %v", unwrapped(err))
		}
		return text, nil
	}
	f, err := os.Open(a.path(filepath.FromSlash(name)))
	if err != nil {
		return nil, usage("cannot read %s: %v", name, unwrapped(err))
	}
	defer f.Close()
	text, err := readDocument(f)
	if err != nil {
		return nil, usage("cannot read %s: %v", name, unwrapped(err))
	}
	return text, nil
}

// yamlFiles finds the files that the arguments name. In a folder these are the
// documents of Rubric, whatever they are called.
func (a *app) yamlFiles(args []string) (out []string, err error) {
	seen := map[string]bool{}
	add := func(name string) {
		if full := a.real(name); !seen[full] {
			seen[full] = true
			out = append(out, name)
		}
	}
	for _, arg := range args {
		if arg == standardInput {
			if len(args) > 1 {
				return nil, usage("standard input is laid out alone: leave the other PATHs out")
			}
			return args, nil
		}
		name := filepath.ToSlash(filepath.Clean(arg))
		info, err := os.Stat(a.path(arg))
		if err != nil {
			at, err := a.locate(arg)
			switch {
			case err != nil:
				return nil, err
			case strings.HasPrefix(at.shown, "builtin:"):
				return nil, usage("%s is built into the command, and cannot be written to", at.shown)
			}
			if name = at.shown; at.file != documentName {
				add(at.name(at.file))
				continue
			}
		} else if !info.IsDir() {
			add(name)
			continue
		}
		found := false
		if err := a.walk(name, func(name string) { found = true; add(name) }); err != nil {
			return nil, err
		}
		if !found {
			return nil, usage("nothing to lay out: no document of Rubric below %s", arg)
		}
	}
	return out, nil
}

// says tells a document of Rubric from other YAML, also one that cannot be read.
var says = regexp.MustCompile(`(?:^\x{FEFF}?|[\r\n])["']?rubric["']?[ \t]*:`)

// walk finds the documents of a folder. Folders whose name begins with a dot belong to
// other programs.
func (a *app) walk(folder string, add func(string)) error {
	root := a.path(filepath.FromSlash(folder))
	err := filepath.WalkDir(root, func(p string, e fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case e.IsDir() && p != root && strings.HasPrefix(e.Name(), "."):
			return filepath.SkipDir
		case !e.Type().IsRegular() || filepath.Ext(p) != ".yaml" && filepath.Ext(p) != ".yml":
			return nil
		}
		below, err := filepath.Rel(root, p)
		if err != nil {
			return err
		}
		name := filepath.ToSlash(filepath.Join(filepath.FromSlash(folder), below))
		text, err := a.readFile(name)
		if err == nil && says.Match(text) {
			add(name)
		}
		return err
	})
	if err != nil {
		return usage("cannot search %s: %v", folder, unwrapped(err))
	}
	return nil
}
