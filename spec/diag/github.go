package diag

import (
	"fmt"
	"io"
	"strings"
)

// GitHub writes findings as workflow commands, which GitHub shows as annotations of
// the lines of a pull request.
//
//	::error file=m.yaml,line=3,endLine=3,col=7,endColumn=12,title=schema/value::`eror` is not allowed here%0Adid you mean `error`?
//
// Source: GitHub Docs, Workflow commands for GitHub Actions.
func GitHub(w io.Writer, list List) error {
	var b strings.Builder
	for _, d := range list {
		command := map[Severity]string{Error: "error", Warning: "warning", Info: "notice"}[d.Severity]
		var properties []string
		add := func(name string, value any) {
			properties = append(properties, name+"="+property.Replace(fmt.Sprint(value)))
		}
		if p := d.Place; p.File != "" {
			add("file", p.File)
			if p.Line > 0 {
				add("line", p.Line)
			}
			if p.Line > 0 && p.EndLine > p.Line {
				add("endLine", p.EndLine) // of several lines columns are not shown
			} else if p.Line > 0 && p.Column > 0 {
				add("col", p.Column)
				if p.EndColumn > p.Column {
					add("endColumn", p.EndColumn)
				}
			}
		}
		add("title", d.Code)
		fmt.Fprintf(&b, "::%s %s::%s\n", command, strings.Join(properties, ","), data.Replace(said(d)))
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// data and property escape what would end a command or one of its properties.
var (
	data     = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A")
	property = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C")
)
