package cli

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"rubric/engine/grid"
	"rubric/engine/report"
	"rubric/spec/check"
	"rubric/spec/diag"
)

func (a *app) gridCommand() *cobra.Command {
	var data, given []string
	var format, output, node, period string
	cmd := &cobra.Command{
		Use:   "grid METHODOLOGY...",
		Short: "Put several editions' methods on several vintages of data side by side",
		Long: "Put several editions' methods on several vintages of data side by side: rank and score of each unit by each method on each\n" +
			"data set, among the units that all have. Without --data, the data that each METHODOLOGY names are a vintage. A method that\n" +
			"says which one period is scored takes that of the vintage: the only one of its files, the one that it is called like, or\n" +
			"that of the edition whose data they are.",
		Example: "  rubric grid old new\n" +
			"  rubric grid freedom-in-the-world/2017 freedom-in-the-world/2018 --data 2017=fiw17.csv --data 2018=fiw18.csv\n" +
			"  rubric grid freedom-in-the-world/2017 freedom-in-the-world/2018 --data all_years.csv --node civil_liberties --format csv\n" +
			"  rubric grid human-development/2023-24 --data hdi_1990_2022.csv --period all --format html -o hdi.html",
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 {
				return usage("`%s` needs a METHODOLOGY; it is called as `%s`", cmd.CommandPath(), cmd.UseLine())
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			g, err := a.grid(args, data, given, node, period)
			if err != nil {
				return err
			}
			err = a.output(output, func(w io.Writer) error {
				switch format {
				case "csv":
					return grid.CSV(w, g)
				case "json":
					return grid.JSON(w, g)
				case "markdown":
					return grid.Markdown(w, g)
				case "html":
					return grid.HTML(w, g)
				}
				return grid.Text(w, g, report.Style{Width: a.width(w), Color: a.color(w)})
			})
			if err != nil {
				return err
			}
			return a.unable(g.Columns)
		},
	}
	cmd.Flags().StringArrayVar(&data, "data", nil, "LABEL=FILE: raw data of a vintage; repeatable, and files of one label are joined; one FILE alone is a vintage for each period that a METHODOLOGY says")
	cmd.Flags().StringArrayVar(&given, "given", nil, "LABEL=FILE: given figures of nodes of a vintage; repeatable")
	cmd.Flags().StringVar(&node, "node", "", "the node whose ranks and scores are shown, by path or id in any of the methods, instead of the index")
	periodFlag(cmd, &period, "the period that is shown, of data that have several, instead of the last one of each; all: a column each")
	formatFlag(cmd, &format, "text", "text", "csv", "json", "markdown", "html")
	cmd.Flags().StringVarP(&output, "output", "o", "", "write to this file, whole or not at all; - is standard output")
	return cmd
}

// grid evaluates every method on every vintage. Without a name it is of the first node that a
// ranking would show and that has scores in all.
func (a *app) grid(args, data, given []string, node, period string) (*grid.Grid, error) {
	methods, err := a.methods(args)
	if err != nil {
		return nil, err
	}
	vintages, err := vintagesOf(methods.list, data, given)
	if err != nil {
		return nil, err
	}
	nodes := [][]*check.Node{nil}
	if node == "" {
		nodes = methods.headlines()
	} else if nodes[0], err = methods.named(node); err != nil {
		return nil, err
	}
	columns, by, err := a.columns(methods.list, vintages, period)
	if err != nil {
		return nil, err
	}
	var first *grid.Grid
	for _, n := range nodes {
		for k := range columns {
			columns[k].Node = n[by[k]]
		}
		g := grid.Of(slices.Clone(columns))
		if g.Common() > 0 || !slices.ContainsFunc(columns, func(c grid.Column) bool { return c.Result != nil }) {
			return g, nil
		}
		if first == nil {
			first = g
		}
	}
	return nil, usage("no unit has a score in every column: %s", unitsOf(first))
}

// columns evaluates every method on every vintage; by are the methods of the columns.
func (a *app) columns(methods []gridMethod, vintages []vintage, period string) (out []grid.Column, by []int, err error) {
	for i, x := range methods {
		for _, v := range vintages {
			columns, err := a.evaluated(x, v, period)
			if err != nil {
				return nil, nil, err
			}
			out = append(out, columns...)
			by = append(by, slices.Repeat([]int{i}, len(columns))...)
		}
	}
	return out, by, nil
}

// unable says which methods could not be evaluated on which data, and why.
func (a *app) unable(columns []grid.Column) error {
	var failed error
	for _, c := range columns {
		if c.Result != nil {
			continue
		}
		if _, err := fmt.Fprintf(a.Stderr, "%s cannot be evaluated on the data %s%s:\n", diag.Plain(c.Method), diag.Plain(c.Vintage), when(c)); err != nil {
			return err
		}
		if err := a.print(c.Errors); err != nil && err != errFindings {
			return err
		}
		failed = errFindings
	}
	return failed
}

// unitsOf says how many units each column has a score of.
func unitsOf(g *grid.Grid) string {
	var parts []string
	for k, c := range g.Columns {
		if c.Result == nil {
			continue
		}
		n := 0
		for _, r := range g.Rows {
			if r.Cells[k].HasScore {
				n++
			}
		}
		parts = append(parts, fmt.Sprintf("%s on %s%s has %s", c.Method, c.Vintage, when(c), report.Plural(n, c.Of.Units.Noun, c.Of.Units.Plural)))
	}
	return strings.Join(parts, ", ")
}

// when is the period of a column, behind what it is of.
func when(c grid.Column) string {
	if c.Period == "" {
		return ""
	}
	return " at " + diag.Plain(c.Period)
}
