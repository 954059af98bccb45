package diag

import (
	"fmt"
	"html"
	"io"
	"slices"
	"strings"
)

// Markdown writes findings as a comment of a pull request: a line that counts them,
// and a table, the worst first.
func Markdown(w io.Writer, list List, headline string) error {
	var b strings.Builder
	fmt.Fprintf(&b, "**%s**\n", inCell(headline))
	if len(list) > 0 {
		b.WriteString("\n| | where | what | a way out |\n|---|---|---|---|\n")
	}
	list = slices.Clone(list)
	slices.SortStableFunc(list, func(a, b Diagnostic) int { return int(b.Severity) - int(a.Severity) })
	for _, d := range list {
		mark := map[Severity]string{Error: "❌ error", Warning: "⚠️ warning", Info: "ℹ️ info"}[d.Severity]
		where := "–"
		if d.Place.File != "" {
			where = "`" + strings.ReplaceAll(inCell(d.Place.String()), "`", "'") + "`"
		}
		what := inCell(d.Message) + "<br>`" + d.Code + "`"
		for _, r := range d.Related {
			what += "<br>" + inCell(r.Place.String()+": "+r.Message)
		}
		fmt.Fprintf(&b, "| %s | %s | %s | %s |\n", mark, where, what, inCell(d.Help))
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// inCell is a text that stays within a cell of a table and is no HTML; what stands in
// backticks stays code.
func inCell(s string) string {
	s = strings.ReplaceAll(Plain(s), "|", `\|`)
	parts := strings.Split(s, "`")
	for i := range parts {
		if i%2 == 0 || i == len(parts)-1 { // not code
			parts[i] = html.EscapeString(parts[i])
		}
	}
	return strings.Join(parts, "`")
}
