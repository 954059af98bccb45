package cli

import (
	"encoding/json"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"rubric/engine"
	"rubric/spec/diag"
	"rubric/spec/expr"
	"rubric/spec/method"
)

func (a *app) methodsCommand() *cobra.Command {
	var format string
	cmd := &cobra.Command{
		Use:   "methods [NAME]",
		Short: "List the methods and the functions of formulas, with formula and source",
		Args:  between(0, "NAME"),
		RunE: func(cmd *cobra.Command, args []string) error {
			var list method.Catalogue
			for _, s := range engine.Catalogue() {
				if len(args) == 0 || s.Name == args[0] {
					list = append(list, s)
				}
			}
			if len(list) == 0 {
				var names []string
				for _, s := range engine.Catalogue() {
					names = append(names, s.Name)
				}
				if near, ok := diag.Nearest(args[0], names); ok {
					return usage("no method `%s`, did you mean `%s`?", args[0], near)
				}
				return usage("no method `%s`; `rubric methods` lists them", args[0])
			}
			if format == "json" {
				e := json.NewEncoder(a.Stdout)
				e.SetEscapeHTML(false)
				e.SetIndent("", "  ")
				return e.Encode(map[string]any{"formatVersion": 1, "methods": list})
			}
			step := method.Step("")
			for _, s := range list {
				if s.Step != step {
					step = s.Step
					fmt.Fprintf(a.Stdout, "%s\n", step)
				}
				a.method(s)
			}
			if len(args) == 0 {
				a.functions()
			}
			return nil
		},
	}
	formatFlag(cmd, &format, "text", "text", "json")
	return cmd
}

func (a *app) method(s method.Signature) {
	fmt.Fprintf(a.Stdout, "  %-16s %s\n", s.Name, s.Title)
	fmt.Fprintf(a.Stdout, "  %-16s   %s\n", "", s.Formula)
	for _, p := range s.Params {
		fmt.Fprintf(a.Stdout, "  %-16s   %s: %s", "", p.Name, p.Doc)
		if len(p.Values) > 0 {
			fmt.Fprintf(a.Stdout, " (%s)", strings.Join(p.Values, ", "))
		}
		fmt.Fprintln(a.Stdout)
	}
	fmt.Fprintf(a.Stdout, "  %-16s   source: %s\n", "", s.Source)
}

func (a *app) functions() {
	fmt.Fprintf(a.Stdout, "functions of formulas\n")
	for _, f := range expr.Functions {
		fmt.Fprintf(a.Stdout, "  %-16s %s\n", f.Name, f.Doc)
	}
	fmt.Fprintf(a.Stdout, "  %-16s %s\n", "coalesce", "the first of its arguments that is not missing")
	fmt.Fprintf(a.Stdout, "  %-16s %s\n", "is_missing", "whether the cell is missing")
	fmt.Fprintf(a.Stdout, "  %-16s %s\n", "lookup", "the number that a text has in a map")
	fmt.Fprintf(a.Stdout, "aggregates of a column, over the ranked units that have a value\n")
	for _, f := range expr.AggregateFunctions {
		fmt.Fprintf(a.Stdout, "  %-16s %s\n", f.Name, f.Doc)
	}
}
