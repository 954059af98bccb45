package cli

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"rubric/engine/compare"
	"rubric/engine/grid"
	"rubric/engine/report"
	"rubric/spec/diag"
	"rubric/spec/diff"
)

func (a *app) gridCommand() *cobra.Command {
	var data, given []string
	var format, output, node, period string
	cmd := &cobra.Command{
		Use:   "grid METHODOLOGY...",
		Short: "Put several editions' methods on several vintages of data side by side",
		Long: "Put several editions' methods on several vintages of data side by side: rank and score of each unit by each method on each\n" +
			"data set, among the units that all have. Without --data, the data that each METHODOLOGY names are a vintage.",
		Example: "  rubric grid old new\n" +
			"  rubric grid 2017 2018 2019 --data 2017=fiw17.csv --data 2018=fiw18.csv --node civil_liberties --format csv",
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 {
				return usage("`%s` needs a METHODOLOGY; it is called as `%s`", cmd.CommandPath(), cmd.UseLine())
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			methods, err := a.methods(args)
			if err != nil {
				return err
			}
			vintages, err := vintagesOf(methods, data, given)
			if err != nil {
				return err
			}
			columns, err := a.columns(methods, vintages, node, period)
			if err != nil {
				return err
			}
			g := grid.Of(columns, period)
			if slices.ContainsFunc(columns, func(c grid.Column) bool { return c.Result != nil }) && g.Common() == 0 {
				return usage("no unit has a score in every column: %s", unitsOf(g))
			}
			err = a.output(output, func(w io.Writer) error {
				switch format {
				case "csv":
					return grid.CSV(w, g)
				case "json":
					return grid.JSON(w, g, methods[0].m.Index)
				}
				return grid.Text(w, g, report.Style{Width: a.width(w), Color: a.color(w)})
			})
			if err != nil {
				return err
			}
			return a.unable(columns)
		},
	}
	cmd.Flags().StringArrayVar(&data, "data", nil, "LABEL=FILE: raw data of a vintage; repeatable, and files of one label are joined")
	cmd.Flags().StringArrayVar(&given, "given", nil, "LABEL=FILE: given figures of nodes of a vintage; repeatable")
	cmd.Flags().StringVar(&node, "node", "index", "the node whose ranks and scores are shown, by path or id")
	periodFlag(cmd, &period, "the period that is shown, of data that have several; else the last one of each")
	formatFlag(cmd, &format, "text", "text", "csv", "json")
	cmd.Flags().StringVarP(&output, "output", "o", "", "write to this file, whole or not at all; - is standard output")
	return cmd
}

// gridMethod is a methodology as a grid calls it.
type gridMethod struct {
	*loaded
	label  string
	series int
}

// methods loads the methodologies of a grid, which are of one index, and says which of them
// are of one series.
func (a *app) methods(args []string) (out []gridMethod, err error) {
	for i, arg := range args {
		l, err := a.load(arg)
		if err != nil {
			return nil, err
		}
		x := gridMethod{loaded: l, label: l.m.Edition}
		if i > 0 && out[0].m.Index != l.m.Index {
			return nil, usage("%s is of the index `%s`, and %s of `%s`: methods of one index are put side by side", out[0].name(out[0].file), out[0].m.Index, l.name(l.file), l.m.Index)
		}
		x.series = i + 1
		for k, before := range out {
			if before.label == x.label {
				out[k].label, x.label = args[k], arg
			}
			if x.series == i+1 { // of none of those before
				d, err := diff.Of(before.m, l.m)
				if err != nil {
					return nil, err
				}
				if !compare.Of(d, nil, nil).Verdict.Breaks() {
					x.series = before.series
				}
			}
		}
		out = append(out, x)
	}
	return out, nil
}

// vintage is data with a label.
type vintage struct {
	label string
	of    *loaded // whose data these are; nil: those of the flags
	files dataFlags
}

// vintagesOf are the labelled data, or else those that the methods name.
func vintagesOf(methods []gridMethod, data, given []string) (out []vintage, err error) {
	for _, list := range []struct {
		flag  string
		texts []string
	}{{"--data", data}, {"--given", given}} {
		for _, text := range list.texts {
			label, file, ok := strings.Cut(text, "=")
			if !ok || label == "" || file == "" {
				return nil, usage("%s: `%s` does not say which vintage it is: write LABEL=FILE", list.flag, text)
			}
			if file == "-" {
				return nil, usage("%s: standard input can be read once, and a grid reads it for each method: name a file", list.flag)
			}
			k := slices.IndexFunc(out, func(v vintage) bool { return v.label == label })
			if k < 0 {
				k = len(out)
				out = append(out, vintage{label: label, files: dataFlags{data: []string{}, given: []string{}}})
			}
			if list.flag == "--data" {
				out[k].files.data = append(out[k].files.data, file)
			} else {
				out[k].files.given = append(out[k].files.given, file)
			}
		}
	}
	if len(out) > 0 {
		return out, nil
	}
	for _, x := range methods {
		if len(x.m.Files.Data)+len(x.m.Files.Given) > 0 {
			out = append(out, vintage{label: x.label, of: x.loaded})
		}
	}
	if len(out) == 0 {
		return nil, usage("no methodology names data: name them as --data LABEL=FILE")
	}
	return out, nil
}

// columns evaluates every method on every vintage.
func (a *app) columns(methods []gridMethod, vintages []vintage, node, period string) (out []grid.Column, err error) {
	for _, x := range methods {
		n, err := findNode(x.m, node)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", x.name(x.file), err)
		}
		for _, v := range vintages {
			of := v.of
			if of == nil {
				of = x.loaded
			}
			in, err := a.inputsOf(of, x.loaded, v.files)
			if err != nil {
				return nil, err
			}
			o, err := outcome(x.m, in)
			if err != nil {
				return nil, err
			}
			if o.Result != nil {
				if err := hasPeriod(x.m, o.Result.Data, period); err != nil {
					return nil, err
				}
			}
			out = append(out, grid.Column{Method: x.label, Vintage: v.label, Node: n, Result: o.Result, Errors: o.Errors, Series: x.series})
		}
	}
	return out, nil
}

// unable says which methods could not be evaluated on which data, and why.
func (a *app) unable(columns []grid.Column) error {
	var failed error
	for _, c := range columns {
		if c.Result != nil {
			continue
		}
		if _, err := fmt.Fprintf(a.Stderr, "%s cannot be evaluated on the data %s:\n", diag.Plain(c.Method), diag.Plain(c.Vintage)); err != nil {
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
		units := c.Result.Plan.Methodology.Units
		parts = append(parts, fmt.Sprintf("%s on %s has %s", c.Method, c.Vintage, report.Plural(n, units.Noun, units.Plural)))
	}
	return strings.Join(parts, ", ")
}
