package cli

import (
	"bytes"
	"cmp"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"rubric/engine/report"
	"rubric/engine/sketch"
	"rubric/engine/table"
	"rubric/spec/diag"
	"rubric/spec/source"
)

func (a *app) initCommand() *cobra.Command {
	var from, key, period string
	var names sketch.Names
	cmd := &cobra.Command{
		Use:   "init DIR",
		Short: "Make a first methodology, from nothing or from a data file",
		Long: "Make a folder with a first " + documentName + ": with comments that teach and a few data; or, with --from, with a column and an\n" +
			"indicator for each column of figures of a data file, to be completed.\n" +
			"DIR is made, whole or not at all; a folder with something in it is left alone.",
		Example: "  rubric init towns\n  rubric init cities --from cities.csv --title 'Our cities'",
		Args:    exactly("DIR"),
		RunE: func(cmd *cobra.Command, args []string) error {
			dir := args[0]
			if err := a.vacant(dir); err != nil {
				return err
			}
			document, data, said := sketch.Example, sketch.ExampleData, "an example of 3 indicators, to be changed"
			names.Data = "towns.csv"
			if from == "" {
				for _, flag := range []string{"key", "period", "title", "index", "edition"} {
					if cmd.Flags().Changed(flag) {
						return usage("--%s speaks of a data file, and there is no --from", flag)
					}
				}
			} else {
				text, err := a.readWhole(from)
				if err != nil {
					return err
				}
				names.Data = dataName(from, text)
				s, err := a.sketch(from, text, key, period)
				if err != nil {
					return err
				}
				names.Title = cmp.Or(names.Title, strings.TrimSuffix(filepath.Base(names.Data), filepath.Ext(names.Data)))
				if err := a.nameFolder(&names.Index, &names.Edition, names.Title, dir); err != nil {
					return err
				}
				document, data, said = s.Document(names), text, report.Plural(s.Indicators(), "indicator", "indicators")+", to be completed"
			}
			if _, list := a.checked(&loaded{editions: map[string]place{}}, source.NewFile(documentName, document)); list.Errors() > 0 {
				return fmt.Errorf("the document is wrong, which is a mistake of this command: %s", list[0])
			}
			if err := a.newFolder(dir, map[string][]byte{documentName: document, names.Data: data}); err != nil {
				return err
			}
			shown := filepath.ToSlash(dir)
			_, err := fmt.Fprintf(a.Stdout, "%s/%s: %s\n%s/%s: its data\n\nrubric score %s\n", shown, documentName, said, shown, names.Data, shown)
			return err
		},
	}
	cmd.Flags().StringVar(&from, "from", "", "a data file, from which columns and indicators are taken; - is standard input")
	cmd.Flags().StringVar(&key, "key", "", "header of the column that names the units; without it, one is looked for")
	cmd.Flags().StringVar(&period, "period", "", "header of the column of periods; without it, one is looked for")
	cmd.Flags().StringVar(&names.Title, "title", "", "what a person calls the index; without it, the name of the file")
	cmd.Flags().StringVar(&names.Index, "index", "", "name of the index; without it, it follows from its title")
	cmd.Flags().StringVar(&names.Edition, "edition", "", "name of the edition; 1 without it")
	return cmd
}

// readWhole reads a file, or standard input.
func (a *app) readWhole(name string) ([]byte, error) {
	if name == "-" {
		text, err := io.ReadAll(a.Stdin)
		if err != nil {
			return nil, usage("cannot read standard input: %v", unwrapped(err))
		}
		return text, nil
	}
	text, err := os.ReadFile(a.path(name))
	if err != nil {
		return nil, usage("cannot read %s: %v", name, unwrapped(err))
	}
	return text, nil
}

// dataName is what a data file is called in the folder.
func dataName(from string, text []byte) string {
	if from != "-" && filepath.Base(from) != documentName {
		return filepath.Base(from)
	}
	for magic, name := range map[string]string{"PK": "data.xlsx", "PAR1": "data.parquet", "[": "data.json", "{": "data.json"} {
		if bytes.HasPrefix(text, []byte(magic)) {
			return name
		}
	}
	return "data.csv"
}

// sketch reads a data file, and prints what is wrong with it.
func (a *app) sketch(from string, text []byte, key, period string) (*sketch.Sketch, error) {
	if from == "-" {
		from = "standard input"
	}
	s, list, err := sketch.From(sketch.Input{Name: from, Key: key, Period: period, Read: func(o table.Options) (*table.Table, diag.List, error) {
		o.Size = int64(len(text))
		return table.Open(bytes.NewReader(text), o)
	}})
	if err != nil {
		return nil, usageError{err}
	}
	if err := a.print(list); err != nil {
		return nil, err
	}
	return s, nil
}
