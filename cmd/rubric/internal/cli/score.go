package cli

import (
	"cmp"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"rubric/engine"
	"rubric/engine/dataset"
	"rubric/engine/report"
	"rubric/spec/check"
	"rubric/spec/diag"
)

func (a *app) scoreCommand() *cobra.Command {
	var files dataFlags
	var set []string
	var format, output, period, ledger, observations, group string
	var levels []string
	var stats bool
	cmd := &cobra.Command{
		Use:   "score METHODOLOGY",
		Short: "Score and rank the units by a methodology",
		Example: "  rubric score cities-of-opportunity/2025\n" +
			"  rubric score cities-of-opportunity/2025 --level variable --format csv -o scores.csv\n" +
			"  rubric score my/method.yaml --data figures.csv",
		Args: exactly("METHODOLOGY"),
		RunE: func(cmd *cobra.Command, args []string) error {
			if !cmd.Flags().Changed("format") {
				format = a.settings.text("format")
			}
			which, err := parseLevels(levels)
			if err != nil {
				return err
			}
			if err := oneOutput(output, ledger, observations); err != nil {
				return err
			}
			a.stats.start()
			l, err := a.load(args[0], set...)
			if err != nil {
				return err
			}
			a.stats.lap("compile")
			if err := hasLevels(l.m, which); err != nil {
				return err
			}
			d, err := a.dataset(l, files, format == "json")
			if err != nil {
				return err
			}
			a.stats.lap("load")
			r, err := a.evaluate(l, d, engine.Options{Levels: needed(format, which, observations != ""), Ledger: ledger != ""})
			if err != nil {
				return err
			}
			view := report.View{Levels: which, Period: period, Group: group}
			if err := hasPeriod(l.m, d.Periods(), period); err != nil {
				return err
			}
			if err := hasGroup(l.m, d, group); err != nil {
				return err
			}
			err = a.output(output, func(w io.Writer) error {
				switch format {
				case "csv":
					return report.CSV(w, r, view)
				case "json":
					return report.JSON(w, r, view, l.digests)
				case "markdown":
					return report.Markdown(w, r, view)
				}
				return report.Table(w, r, view, report.Style{Width: a.width(w), Color: a.color(w)})
			})
			if err == nil && ledger != "" {
				err = a.output(ledger, func(w io.Writer) error { return report.Ledger(w, r, view) })
			}
			if err == nil && observations != "" {
				err = a.output(observations, func(w io.Writer) error { return report.Observations(w, r, view) })
			}
			a.stats.lap("write")
			if stats && err == nil {
				a.stats.print(a.Stderr)
			}
			return err
		},
	}
	files.add(cmd)
	setFlag(cmd, &set)
	formatFlag(cmd, &format, "table", "table", "csv", "json", "markdown")
	cmd.Flags().StringSliceVar(&levels, "level", nil, "only these levels: "+strings.Join(check.Levels, ", "))
	_ = cmd.RegisterFlagCompletionFunc("level", cobra.FixedCompletions(check.Levels, cobra.ShellCompDirectiveNoFileComp))
	cmd.Flags().StringVar(&ledger, "ledger", "", "also write every cell that a step has changed, as CSV, to this file")
	cmd.Flags().StringVar(&observations, "observations", "", "also write the indicators' values with their OBS_STATUS letters, as tidy CSV, to this file")
	cmd.Flags().StringVar(&group, "group", "", "show the group of each unit, and its rank there, in the table")
	periodFlag(cmd, &period, "only this period, of data that have several; a table shows the last one")
	cmd.Flags().StringVarP(&output, "output", "o", "", "write to this file, whole or not at all; - is standard output")
	cmd.Flags().BoolVar(&stats, "stats", false, "end standard error with times and peak memory")
	return cmd
}

// oneOutput refuses to mix two outputs.
func oneOutput(result, ledger, observations string) error {
	var same []string
	for _, o := range []struct{ what, file string }{{"the result", cmp.Or(result, "-")}, {"the ledger", ledger}, {"the observations", observations}} {
		if o.file == "-" {
			same = append(same, o.what)
		}
	}
	if len(same) > 1 {
		return usage("%s cannot go to standard output together: name a file for all but one of them", strings.Join(same, " and "))
	}
	return nil
}

func parseLevels(names []string) ([]check.Level, error) {
	var out []check.Level
	for _, n := range names {
		i := slices.Index(check.Levels, n)
		if i < 0 {
			return nil, usage("unknown level `%s`: one of %s", n, strings.Join(check.Levels, ", "))
		}
		out = append(out, check.Level(i))
	}
	return out, nil
}

func periodFlag(cmd *cobra.Command, period *string, what string) {
	cmd.Flags().StringVar(period, "period", "", what)
}

// hasPeriod refuses a period that the data have not.
func hasPeriod(m *check.Methodology, all []string, period string) error {
	switch {
	case period == "" || slices.Contains(all, period):
		return nil
	case len(all) == 0:
		return usage("the data have no periods, and so no `%s`", period)
	}
	if near, ok := diag.Nearest(period, all); ok {
		return usage("the data have no %s `%s`, did you mean `%s`?", m.Periods.Noun, period, near)
	}
	return usage("the data have no %s `%s`: they go from %s to %s", m.Periods.Noun, period, all[0], all[len(all)-1])
}

// hasGroup refuses a group that the document or the data have not.
func hasGroup(m *check.Methodology, d *dataset.Dataset, group string) error {
	if group == "" || d.Groups[group] != nil {
		return nil
	}
	var known []string
	for _, g := range m.Groups {
		if g.ID == group {
			return usage("no data file says the group `%s`: none has a column `%s`", group, g.Header)
		}
		known = append(known, g.ID)
	}
	if len(known) == 0 {
		return usage("the document has no groups, and so no `%s`", group)
	}
	return usage("the document has no group `%s`; there are %s", group, strings.Join(known, ", "))
}

// hasLevels refuses a level that the methodology has no node of: its result
// would be empty.
func hasLevels(m *check.Methodology, which []check.Level) error {
	for _, l := range which {
		if !slices.ContainsFunc(m.Nodes, func(n *check.Node) bool { return n.Level == l }) {
			return usage("the methodology has no node of the level `%s`", l)
		}
	}
	return nil
}

// needed is the levels whose figures a format shows. Everything else may be
// forgotten as soon as it has been used.
func needed(format string, which []check.Level, indicators bool) []check.Level {
	if len(which) == 0 {
		return nil
	}
	out := slices.Clone(which)
	if format != "csv" && format != "json" {
		out = append(out, check.Index)
	}
	if indicators {
		out = append(out, check.Indicator)
	}
	return out
}
