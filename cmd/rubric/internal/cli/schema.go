package cli

import (
	"io/fs"
	"strings"

	"github.com/spf13/cobra"

	"rubric/schemas"
	"rubric/spec/diag"
)

func (a *app) schemaCommand() *cobra.Command {
	return &cobra.Command{
		Use:               "schema [NAME]",
		Short:             "Print a JSON Schema: methodology, unless another is named",
		Long:              "Print a JSON Schema, one of " + strings.Join(schemaNames(), ", ") + ". Without a name it is that of methodology.",
		Args:              between(0, "NAME"),
		ValidArgsFunction: cobra.FixedCompletions(schemaNames(), cobra.ShellCompDirectiveNoFileComp),
		RunE: func(cmd *cobra.Command, args []string) error {
			name := "methodology"
			if len(args) > 0 {
				name = args[0]
			}
			files, err := fs.Glob(schemas.FS, name+".v*.schema.json")
			if err != nil || len(files) == 0 {
				if near, ok := diag.Nearest(name, schemaNames()); ok {
					return usage("no schema `%s`, did you mean `%s`?", name, near)
				}
				return usage("no schema `%s`: one of %s", name, strings.Join(schemaNames(), ", "))
			}
			text, err := schemas.FS.ReadFile(files[len(files)-1])
			if err != nil {
				return err
			}
			_, err = a.Stdout.Write(text)
			return err
		},
	}
}

func schemaNames() []string {
	files, _ := fs.Glob(schemas.FS, "*.schema.json")
	var out []string
	for _, f := range files {
		name, _, _ := strings.Cut(f, ".")
		out = append(out, name)
	}
	return out
}
