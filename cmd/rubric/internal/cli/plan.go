package cli

import (
	"github.com/spf13/cobra"
)

func (a *app) planCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "plan METHODOLOGY",
		Short: "Print the document with every default resolved",
		Args:  exactly("METHODOLOGY"),
		RunE: func(cmd *cobra.Command, args []string) error {
			l, err := a.load(args[0])
			if err != nil {
				return err
			}
			_, err = a.Stdout.Write(l.m.Resolved())
			return err
		},
	}
}
