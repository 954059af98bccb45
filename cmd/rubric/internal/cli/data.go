package cli

import (
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"rubric/engine"
	"rubric/engine/dataset"
	"rubric/engine/profile"
	"rubric/engine/report"
	"rubric/spec/check"
	"rubric/spec/diag"
)

func (a *app) dataCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "data",
		Short: "Look at data before anything is scored",
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) > 0 {
				return unknownCommand(cmd, args[0])
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error { return cmd.Help() },
	}
	cmd.AddCommand(a.dataCheckCommand())
	return cmd
}

func (a *app) dataCheckCommand() *cobra.Command {
	var files dataFlags
	var format, failOn, output string
	cmd := &cobra.Command{
		Use:   "check METHODOLOGY",
		Short: "Say which columns and figures the data have, and what looks wrong in them",
		Long: "Say which columns the data have and under which headers, how many figures each column, unit and period\n" +
			"has and why others are missing, and which figures look as if they were something else.",
		Args: exactly("METHODOLOGY"),
		RunE: func(cmd *cobra.Command, args []string) error {
			l, err := a.load(args[0])
			if err != nil {
				return err
			}
			p, list, err := a.profile(l, files)
			if err != nil {
				return err
			}
			err = a.output(output, func(w io.Writer) error {
				switch {
				case format == "json":
					return profile.JSON(w, p, list)
				case format == "csv":
					return profile.CSV(w, p)
				case p.Rows == 0:
					return nil // the findings say why
				}
				return profile.Text(w, p, report.Style{Width: a.width(w), Color: a.color(w)})
			})
			if err != nil {
				return err
			}
			if format != "json" {
				if err := a.print(slices.DeleteFunc(slices.Clone(list), listedAlready)); err != nil {
					return err
				}
			}
			if len(atLeast(list, severity(failOn))) > 0 {
				return errFindings
			}
			return nil
		},
	}
	files.add(cmd)
	formatFlag(cmd, &format, "text", "text", "json", "csv")
	cmd.Flags().StringVarP(&output, "output", "o", "", "write to this file, whole or not at all; - is standard output")
	failOnFlag(cmd, &failOn)
	cmd.ValidArgsFunction = a.completeMethodology
	return cmd
}

// listedAlready says that the page itself has a finding: headers that nothing uses.
func listedAlready(d diag.Diagnostic) bool { return d.Code == diag.DataUnused.Name }

// profile reads data and looks at them. What a node needs and does not find is
// known only when the plan meets the data, so it does.
func (a *app) profile(l *loaded, f dataFlags) (*profile.Profile, diag.List, error) {
	in, err := a.dataInputs(l, f, false)
	if err != nil {
		return nil, nil, err
	}
	d, list, err := dataset.Load(l.m, in)
	if err != nil {
		return nil, nil, usageError{err}
	}
	if d == nil {
		p, _ := profile.Of(profile.Data{Title: l.m.Title + " " + l.m.Edition, Noun: l.m.Units.Noun, Plural: l.m.Units.Plural})
		return p, list, nil
	}
	p, more := profile.Of(toProfile(l.m, d))
	list.Add(more...)
	_, needs := engine.Compile(l.m).Eval(d, engine.Options{Levels: []check.Level{check.Index}})
	for _, d := range needs {
		if strings.HasPrefix(d.Code, "data/") {
			list.Add(d)
		}
	}
	return p, list.Sorted(), nil
}

// toProfile is a data set as a profile looks at it.
func toProfile(m *check.Methodology, d *dataset.Dataset) profile.Data {
	out := profile.Data{
		Title: m.Title + " " + m.Edition, Noun: m.Units.Noun, Plural: m.Units.Plural,
		Rows: d.Rows(), Unit: d.ID, Period: d.Period, Unused: d.Unused,
	}
	if m.Periods != nil && len(d.Periods()) > 0 {
		out.Time = m.Periods.Noun
	}
	for i := range m.Columns {
		c := &m.Columns[i]
		s := profile.Source{Name: c.Name, Title: c.Title, Measure: c.Measure, Text: c.Text, Headers: c.Headers, Range: c.Range, Declared: c.Place}
		if held := d.Columns[c.Name]; held != nil {
			s.Vector, s.Texts, s.Status = held.Vector, held.Text, held.Status
			s.From, s.Notes, s.Cell = origin(held)
		}
		out.Columns = append(out.Columns, s)
	}
	return out
}
