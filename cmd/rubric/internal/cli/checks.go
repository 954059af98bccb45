package cli

import (
	"encoding/json"
	"fmt"
	"io"
	"regexp"
	"strings"

	"github.com/spf13/cobra"

	"rubric/docs/checks"
	"rubric/spec/diag"
)

// checkPage is a code as JSON says it.
type checkPage struct {
	Code     string        `json:"code"`
	Severity diag.Severity `json:"severity"`
	Title    string        `json:"title"`
	Page     string        `json:"page,omitempty"` // of a single code
}

func (a *app) checksCommand() *cobra.Command {
	var format string
	cmd := &cobra.Command{
		Use:   "checks [CODE]",
		Short: "List the checks, or explain one: why, a bad and a good example",
		Long: "List the checks with their severity, or explain one: why it is there, an example that has the finding,\n" +
			"the same mended, and how it is silenced. CODE is what stands in brackets behind a finding; the part before its slash lists a group.",
		Args:              between(0, "CODE"),
		ValidArgsFunction: cobra.FixedCompletions(codeNames(), cobra.ShellCompDirectiveNoFileComp),
		RunE: func(cmd *cobra.Command, args []string) error {
			list, one, err := chosen(args)
			if err != nil {
				return err
			}
			if format == "json" {
				e := json.NewEncoder(a.Stdout)
				e.SetEscapeHTML(false)
				e.SetIndent("", "  ")
				return e.Encode(map[string]any{"formatVersion": 1, "checks": list})
			}
			if one {
				_, err := io.WriteString(a.Stdout, list[0].Page)
				return err
			}
			for _, c := range list {
				fmt.Fprintf(a.Stdout, "%-24s  %-7s  %s\n", c.Code, c.Severity, c.Title)
			}
			return nil
		},
	}
	formatFlag(cmd, &format, "text", "text", "json")
	return cmd
}

// chosen are the checks that an argument names: all, a group, or one.
func chosen(args []string) (list []checkPage, one bool, err error) {
	for _, c := range diag.Codes {
		p := checkPage{Code: c.Name, Severity: c.Severity, Title: c.Title}
		group, _, _ := strings.Cut(c.Name, "/")
		switch {
		case len(args) > 0 && args[0] == c.Name:
			p.Page, _ = checks.Page(c.Name)
			return []checkPage{p}, true, nil
		case len(args) == 0 || args[0] == group:
			list = append(list, p)
		}
	}
	if len(list) > 0 {
		return list, false, nil
	}
	if near, ok := diag.Nearest(args[0], codeNames()); ok {
		return nil, false, usage("there is no check `%s`, did you mean `%s`?", args[0], near)
	}
	return nil, false, usage("there is no check `%s`; `rubric checks` lists them", args[0])
}

// codeNames are the codes and the groups that they are in.
func codeNames() (out []string) {
	for _, c := range diag.Codes {
		out = append(out, c.Name)
	}
	for _, c := range diag.Codes {
		group, _, _ := strings.Cut(c.Name, "/")
		if len(out) == 0 || out[len(out)-1] != group {
			out = append(out, group)
		}
	}
	return out
}

var link = regexp.MustCompile(`\[([^\]]+)\]\([^)]+\)`)

// pageOf is the page of a code for a reader who has no other page, and so without links;
// empty where there is none.
func pageOf(code string) string {
	page, _ := checks.Page(code)
	return link.ReplaceAllString(page, "$1")
}
