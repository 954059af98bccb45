package cli

import (
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"rubric/engine"
	"rubric/engine/report"
	"rubric/engine/stats"
	"rubric/spec/check"
)

func (a *app) statsCommand() *cobra.Command {
	var files dataFlags
	var format, output, period, by string
	var levels, set []string
	var pairs bool
	cmd := &cobra.Command{
		Use:   "stats METHODOLOGY",
		Short: "Describe the figures of every node, and how they go together",
		Long: "Describe the figures of every node: how many there are, where they lie, how skewed they are; then, for every\n" +
			"parent, how the scores of its children correlate with each other and with it, Cronbach's alpha, and principal\n" +
			"components. Of data with several periods the last one is described, or the one that --period names.",
		Example: "  rubric stats cities-of-opportunity/2025\n" +
			"  rubric stats cities-of-opportunity/2025 --level dimension,index --correlation spearman\n" +
			"  rubric stats my/method.yaml --data figures.csv --format csv --pairs",
		Args: exactly("METHODOLOGY"),
		RunE: func(cmd *cobra.Command, args []string) error {
			if !slices.Contains(stats.Correlations, by) {
				return usage("unknown correlation `%s`: one of %s", by, strings.Join(stats.Correlations, ", "))
			}
			if pairs && format != "csv" {
				return usage("--pairs belongs to --format csv: the other formats have the correlations")
			}
			which, err := parseLevels(levels)
			if err != nil {
				return err
			}
			l, err := a.load(args[0], set...)
			if err != nil {
				return err
			}
			if err := hasLevels(l.m, which); err != nil {
				return err
			}
			d, err := a.dataset(l, files, false)
			if err != nil {
				return err
			}
			if err := hasPeriod(l.m, d.Periods(), period); err != nil {
				return err
			}
			r, err := a.evaluate(l, d, engine.Options{})
			if err != nil {
				return err
			}
			s := only(stats.Of(r, period), which)
			return a.output(output, func(w io.Writer) error {
				switch {
				case pairs:
					return stats.CorrelationsCSV(w, s)
				case format == "csv":
					return stats.CSV(w, s)
				case format == "json":
					return stats.JSON(w, s)
				case format == "markdown":
					return stats.Markdown(w, s, by)
				}
				return stats.Text(w, s, by, report.Style{Width: a.width(w), Color: a.color(w)})
			})
		},
	}
	files.add(cmd)
	setFlag(cmd, &set)
	periodFlag(cmd, &period, "the period, of data that have several; the last one where none is named")
	formatFlag(cmd, &format, "table", "table", "csv", "json", "markdown")
	cmd.Flags().StringSliceVar(&levels, "level", nil, "only nodes of these levels: "+strings.Join(check.Levels, ", "))
	_ = cmd.RegisterFlagCompletionFunc("level", cobra.FixedCompletions(check.Levels, cobra.ShellCompDirectiveNoFileComp))
	cmd.Flags().StringVar(&by, "correlation", "pearson", "which one tables show: "+strings.Join(stats.Correlations, ", "))
	_ = cmd.RegisterFlagCompletionFunc("correlation", cobra.FixedCompletions(stats.Correlations, cobra.ShellCompDirectiveNoFileComp))
	cmd.Flags().BoolVar(&pairs, "pairs", false, "with --format csv: a row a pair of nodes instead, with all correlations")
	cmd.Flags().StringVarP(&output, "output", "o", "", "write to this file, whole or not at all; - is standard output")
	return cmd
}

// only keeps the nodes of some levels, and the blocks of their parents.
func only(s *stats.Statistics, which []check.Level) *stats.Statistics {
	if len(which) == 0 {
		return s
	}
	kept := map[string]bool{}
	out := *s
	out.Nodes, out.Blocks = []stats.Node{}, []stats.Block{}
	for _, n := range s.Nodes {
		if slices.ContainsFunc(which, func(l check.Level) bool { return l.String() == n.Level }) {
			out.Nodes = append(out.Nodes, n)
			kept[n.Path] = true
		}
	}
	for _, b := range s.Blocks {
		if kept[b.Children[0]] {
			out.Blocks = append(out.Blocks, b)
		}
	}
	return &out
}
