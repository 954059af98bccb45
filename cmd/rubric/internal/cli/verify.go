package cli

import (
	"encoding/json"
	"io"

	"github.com/spf13/cobra"

	"rubric/engine"
	"rubric/engine/dataset"
	"rubric/engine/report"
	"rubric/engine/verify"
	"rubric/spec/deviation"
	"rubric/spec/diag"
)

func (a *app) verifyCommand() *cobra.Command {
	var files dataFlags
	var set []string
	var published []string
	var deviations, format, output string
	cmd := &cobra.Command{
		Use:   "verify METHODOLOGY",
		Short: "Recompute what can be recomputed and hold it against the published figures",
		Args:  exactly("METHODOLOGY"),
		RunE: func(cmd *cobra.Command, args []string) error {
			l, err := a.load(args[0], set...)
			if err != nil {
				return err
			}
			frozen, err := l.frozen()
			if err != nil {
				return err
			}
			if err := a.print(atLeast(frozen, diag.Error)); err != nil {
				return err
			}
			d, err := a.dataset(l, files, false)
			if err != nil {
				return err
			}
			known, err := a.deviations(l, deviations)
			if err != nil {
				return err
			}
			tables, list, err := a.published(l, d, published)
			if err == nil {
				err = a.print(list)
			}
			if err != nil {
				return err
			}
			r, err := a.evaluate(l, d, engine.Options{})
			if err != nil {
				return err
			}
			found := verify.Run(r, tables, known)
			if nothing(found) && len(found.Findings) == 0 {
				return usage("nothing to verify: %s names no published figures that the data allow to recompute, and no given columns", l.name(l.file))
			}
			err = a.output(output, func(w io.Writer) error {
				if format == "json" {
					e := json.NewEncoder(w)
					e.SetEscapeHTML(false)
					e.SetIndent("", "  ")
					return e.Encode(found)
				}
				return verify.Text(w, found, l.m.Title+" "+l.m.Edition, report.Style{Width: a.width(w), Color: a.color(w)})
			})
			printed := a.print(found.Findings)
			if err != nil && !isBrokenPipe(err) {
				return err
			}
			return printed
		},
	}
	files.add(cmd)
	setFlag(cmd, &set)
	cmd.Flags().StringArrayVar(&published, "published", nil, "published figures, instead of the document's; repeatable")
	cmd.Flags().StringVar(&deviations, "deviations", "", "known deviations, instead of the document's")
	formatFlag(cmd, &format, "text", "text", "json")
	cmd.Flags().StringVarP(&output, "output", "o", "", "write to this file, whole or not at all; - is standard output")
	return cmd
}

// nothing says whether a verification looked at no figure at all.
func nothing(r *verify.Report) bool {
	figures := r.Columns.Columns + len(r.Raw)
	for _, t := range r.Published {
		for _, c := range t.Counts {
			figures += c.Figures - c.Impossible
		}
	}
	return figures == 0
}

// deviations reads the list of known deviations; none is an empty list.
func (a *app) deviations(l *loaded, flag string) (*deviation.List, error) {
	var in dataset.Input
	var err error
	switch {
	case flag != "":
		in, err = a.external(l, flag, false)
	case l.m.Files.Deviations != "":
		in, err = l.bundled(l.m.Files.Deviations, false)
	default:
		return &deviation.List{}, nil
	}
	if err != nil {
		return nil, err
	}
	file, err := listed(in)
	if err != nil {
		return nil, err
	}
	known, list := deviation.Load(file, l.m)
	if err := a.print(atLeast(list, diag.Warning)); err != nil {
		return nil, err
	}
	return known, nil
}
