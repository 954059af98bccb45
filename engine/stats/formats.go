package stats

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"strconv"
	"strings"

	"rubric/engine/report"
)

// JSON writes the statistics as schemas/stats.v1.schema.json has them.
func JSON(w io.Writer, s *Statistics) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(s)
}

// CSV writes a row a node.
func CSV(w io.Writer, s *Statistics) error {
	out := csv.NewWriter(w)
	_ = out.Write([]string{"node", "level", "figure", "n", "missing", "imputed", "distinct", "zeros", "min", "max", "mean", "median", "sd", "skew", "kurtosis"}) // Flush keeps the error
	for _, n := range s.Nodes {
		row := []string{n.Path, n.Level, n.Figure, strconv.Itoa(n.N), strconv.Itoa(n.Missing), strconv.Itoa(n.Imputed), strconv.Itoa(n.Distinct), strconv.Itoa(n.Zeros)}
		for _, x := range []*float64{n.Min, n.Max, n.Mean, n.Median, n.SD, n.Skew, n.Kurtosis} {
			row = append(row, shown(x))
		}
		_ = out.Write(row)
	}
	out.Flush()
	return out.Error()
}

// CorrelationsCSV writes a row a pair of nodes.
func CorrelationsCSV(w io.Writer, s *Statistics) error {
	out := csv.NewWriter(w)
	_ = out.Write([]string{"parent", "a", "b", "n", "pearson", "spearman", "kendall"}) // Flush keeps the error
	for _, b := range s.Blocks {
		for _, p := range b.Pairs {
			_ = out.Write([]string{b.Parent, p.A, p.B, strconv.Itoa(p.N), shown(p.Pearson), shown(p.Spearman), shown(p.Kendall)})
		}
	}
	out.Flush()
	return out.Error()
}

func shown(x *float64) string {
	if x == nil {
		return ""
	}
	return report.Number(*x)
}

// Markdown writes the tables for a document.
func Markdown(w io.Writer, s *Statistics, by string) error {
	var b strings.Builder
	fmt.Fprintf(&b, "# %s\n\n| node | figure | n | missing | imputed | min | median | max | mean | sd | skew | kurtosis | distinct |\n|---|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|\n", s.head())
	for _, n := range s.Nodes {
		fmt.Fprintf(&b, "| %s | %s | %d | %d | %d | %s | %s | %s | %s | %s | %s | %s | %d |\n", n.Path, n.Figure, n.N, n.Missing, n.Imputed, brief(n.Min), brief(n.Median), brief(n.Max), brief(n.Mean), brief(n.SD), brief(n.Skew), brief(n.Kurtosis), n.Distinct)
	}
	for _, block := range s.Blocks {
		fmt.Fprintf(&b, "\n## %s\n\n| | %s |\n|---|%s\n", block.Title, strings.Join(block.Titles, " | "), strings.Repeat("---:|", len(block.Titles)))
		for i, title := range block.Titles {
			fmt.Fprintf(&b, "| %s |", title)
			for k := range block.Titles {
				cell := ""
				if k < i {
					cell = brief(block.between(block.Children[i], block.Children[k]).by(by))
				}
				fmt.Fprintf(&b, " %s |", cell)
			}
			b.WriteByte('\n')
		}
		fmt.Fprintf(&b, "\n%s\n", block.sentence())
	}
	_, err := io.WriteString(w, b.String())
	return err
}
