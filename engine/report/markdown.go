package report

import (
	"fmt"
	"io"
	"strings"

	"rubric/engine"
	"rubric/spec/check"
)

// Markdown writes the ranking as a table for a document.
func Markdown(w io.Writer, r *engine.Result, v View) error {
	m := r.Plan.Methodology
	levels := v.Levels
	period, rows := v.shown(r)
	var b strings.Builder
	fmt.Fprintf(&b, "# %s %s\n\n", m.Title, m.Edition)
	if period != "" {
		fmt.Fprintf(&b, "%s %s.\n\n", Capital(m.Periods.Noun), period)
	}
	if len(levels) == 0 || !contains(levels, check.Indicator) && !contains(levels, check.Variable) {
		markdownOverview(&b, r, rows, len(levels) == 0 || contains(levels, check.Dimension))
	} else {
		b.WriteString("| unit | node | value | score | rank | band | status | note |\n|---|---|---:|---:|---:|---|---|---|\n")
		for _, u := range rows {
			for _, f := range Nodes(r, levels) {
				row := RowOf(r, f, u)
				value, score, rank := row.Text, "", ""
				if row.HasValue {
					value = Number(row.Value)
				}
				if row.HasScore {
					score = Number(row.Score)
				}
				if row.HasRank {
					rank = Number(row.Rank)
				}
				cells(&b, r.Data.Name(u), row.Node, value, score, rank, row.Band, row.Status, row.Note)
			}
		}
	}
	fmt.Fprintf(&b, "\n%s\n", Summary(r))
	_, err := io.WriteString(w, b.String())
	return err
}

func markdownOverview(b *strings.Builder, r *engine.Result, rows []int, children bool) {
	root, columns := headline(r, children)
	columns = append([]*engine.Figures{root}, columns...)
	score := "Score"
	if root.Node.Level != check.Index {
		score = root.Node.Title
	}
	head := []string{"Rank", r.Plan.Methodology.Units.Noun, score, "Band"}
	line := "|---:|---|---:|---|"
	for _, f := range columns[1:] {
		head = append(head, f.Node.Title)
		line += "---:|"
	}
	cells(b, head...)
	b.WriteString(line + "\n")
	decimals := decimalsOf(r, columns)
	for _, u := range byRank(rows, root) {
		band := ""
		if x := r.Band(root, u); x != nil {
			band = x.Title
		}
		row := []string{rankText(root, u), r.Data.Name(u), scoreText(root, u, decimals[0]), band}
		for i, f := range columns[1:] {
			row = append(row, besideText(r, f, u, decimals[i+1]))
		}
		cells(b, row...)
	}
}

// cells writes one line of a Markdown table.
func cells(b *strings.Builder, texts ...string) {
	for _, t := range texts {
		b.WriteString("| ")
		b.WriteString(strings.NewReplacer("|", `\|`, "\n", " ").Replace(t))
		b.WriteByte(' ')
	}
	b.WriteString("|\n")
}
