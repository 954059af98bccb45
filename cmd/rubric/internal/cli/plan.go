package cli

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/mattn/go-runewidth"
	"github.com/spf13/cobra"

	"rubric/engine/report"
	"rubric/spec/check"
)

func (a *app) planCommand() *cobra.Command {
	var origin, weights bool
	var format, output string
	var set []string
	cmd := &cobra.Command{
		Use:   "plan METHODOLOGY",
		Short: "Print the document with every default resolved",
		Long: "Print the document with every default resolved: what is evaluated, and a document that means the same.\n" +
			"--origin says of each line where it was written: on the node, in a default, or in an edition that this one extends.\n" +
			"--weights prints what each node weighs in its parent and in the index instead.",
		Args: exactly("METHODOLOGY"),
		RunE: func(cmd *cobra.Command, args []string) error {
			switch {
			case origin && weights:
				return usage("--origin and --weights print different things: give one of them")
			case !weights && cmd.Flags().Changed("format"):
				return usage("--format belongs to --weights: a plan is a document")
			}
			l, err := a.load(args[0], set...)
			if err != nil {
				return err
			}
			return a.output(output, func(w io.Writer) error {
				switch {
				case weights:
					return printWeights(w, l.m, format)
				case origin:
					return printOrigins(w, l.m)
				}
				_, err := w.Write(l.m.Resolved())
				return err
			})
		},
	}
	setFlag(cmd, &set)
	cmd.Flags().BoolVar(&origin, "origin", false, "say of each line where it was written")
	cmd.Flags().BoolVar(&weights, "weights", false, "print the weights of all nodes instead")
	formatFlag(cmd, &format, "table", "table", "csv", "json")
	cmd.Flags().StringVarP(&output, "output", "o", "", "write to this file, whole or not at all; - is standard output")
	return cmd
}

// originColumn is where the origins stand, behind lines that are not longer.
const originColumn = 76

// printOrigins writes the plan with a comment behind each line.
func printOrigins(w io.Writer, m *check.Methodology) error {
	for _, line := range m.Origins() {
		if line.From.File == "" {
			if _, err := fmt.Fprintln(w, line.Text); err != nil {
				return err
			}
			continue
		}
		pad := max(originColumn-runewidth.StringWidth(line.Text), 1)
		if _, err := fmt.Fprintf(w, "%s%s# %s:%d\n", line.Text, strings.Repeat(" ", pad), check.Between(m.Document.Name, line.From.File), line.From.Line); err != nil {
			return err
		}
	}
	return nil
}

func printWeights(w io.Writer, m *check.Methodology, format string) error {
	rows := m.Weighed()
	number := func(x *float64) string {
		if x == nil {
			return ""
		}
		return report.Number(*x)
	}
	switch format {
	case "json":
		e := json.NewEncoder(w)
		e.SetIndent("", "  ")
		return e.Encode(struct {
			FormatVersion int             `json:"formatVersion"`
			Index         string          `json:"index"`
			Edition       string          `json:"edition"`
			Weights       []check.Weighed `json:"weights"`
		}{1, m.Index, m.Edition, rows})
	case "csv":
		out := csv.NewWriter(w)
		_ = out.Write([]string{"node", "level", "declared", "weighting", "share", "effective"}) // Flush keeps the error
		for _, r := range rows {
			_ = out.Write([]string{r.Node, r.Level, report.Number(r.Declared), r.Weighting, number(r.Share), number(r.Effective)})
		}
		out.Flush()
		return out.Error()
	}
	percent := func(x *float64) string {
		if x == nil {
			return "–"
		}
		return fmt.Sprintf("%.2f %%", *x*100)
	}
	if _, err := fmt.Fprintf(w, "%8s %9s %9s  node\n", "weight", "share", "of index"); err != nil {
		return err
	}
	for _, r := range rows {
		depth := strings.Count(r.Node, "/")
		note := ""
		if !slices.Contains([]string{"given", ""}, r.Weighting) {
			note = "  (" + r.Weighting + ")"
		}
		id := r.Node[strings.LastIndexByte(r.Node, '/')+1:]
		if _, err := fmt.Fprintf(w, "%8s %9s %9s  %s%s%s\n", report.Number(r.Declared), percent(r.Share), percent(r.Effective), strings.Repeat("  ", depth), id, note); err != nil {
			return err
		}
	}
	return nil
}
