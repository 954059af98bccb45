package stats

import (
	"fmt"
	"io"
	"math"
	"slices"
	"strings"

	"github.com/mattn/go-runewidth"

	"rubric/engine/report"
	"rubric/spec/diag"
)

// Correlations are the coefficients that a table may show.
var Correlations = []string{"pearson", "spearman", "kendall"}

// Text writes the statistics for a person: a line a node, then a triangle of
// correlations a parent.
func Text(w io.Writer, s *Statistics, by string, style report.Style) error {
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n", s.head())
	s.nodes(&b, style)
	for _, block := range s.Blocks {
		block.text(&b, by, style)
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func (s *Statistics) head() string {
	out := fmt.Sprintf("%s %s · %s", diag.Plain(s.Title), diag.Plain(s.Edition), report.Plural(s.Units, s.noun, s.plural))
	if s.Period != "" {
		out += fmt.Sprintf(" · %s %s", s.periods, diag.Plain(s.Period))
	}
	return out
}

// marks say what deserves a look, without a judgement.
var marks = []struct {
	letter, meaning string
	holds           func(n Node) bool
}{
	{"c", "constant", func(n Node) bool { return n.N > 0 && n.Distinct == 1 }},
	{"f", "few different figures: fewer than five", func(n Node) bool { return n.Distinct > 1 && n.Distinct < 5 && n.N >= 10 }},
	{"g", "gaps: more than a third missing", func(n Node) bool { return 3*n.Missing > n.N+n.Missing }},
	{"i", "imputed: some of the figures", func(n Node) bool { return n.Imputed > 0 }},
	{"s", "skewed: skewness beyond 2 and kurtosis beyond 3.5", func(n Node) bool {
		return n.Skew != nil && n.Kurtosis != nil && math.Abs(*n.Skew) > 2 && *n.Kurtosis > 3.5
	}},
	{"t", "ties: more than half have the same figure", func(n Node) bool { return n.Distinct > 1 && 2*n.Commonest > n.N }},
	{"z", "zeros: more than half", func(n Node) bool { return 2*n.Zeros > n.N && n.Distinct > 1 }},
}

// roomy is the width from which mean and kurtosis are shown, too.
const roomy = 110

func (s *Statistics) nodes(b *strings.Builder, style report.Style) {
	all := style.Width == 0 || style.Width >= roomy
	figures := 4 + 5 + 4*9 + 6 // of a line
	if all {
		figures += 9 + 6
	}
	wide := 12
	for _, n := range s.Nodes {
		wide = max(wide, runewidth.StringWidth(indented(n)))
	}
	if style.Width > 0 {
		wide = max(min(wide, style.Width-figures-4), 12)
	}
	line := func(name, n, gaps, low, median, high, mean, sd, skew, kurtosis, letters string) {
		out := fmt.Sprintf("%s %4s %4s %8s %8s %8s ", runewidth.FillRight(shortened(name, wide), wide), n, gaps, low, median, high)
		if all {
			out += fmt.Sprintf("%8s ", mean)
		}
		out += fmt.Sprintf("%8s %5s ", sd, skew)
		if all {
			out += fmt.Sprintf("%5s ", kurtosis)
		}
		b.WriteString(strings.TrimRight(out+letters, " ") + "\n")
	}
	b.WriteByte('\n')
	line("", "n", "gaps", "min", "median", "max", "mean", "sd", "skew", "kurt", "")
	used := map[string]bool{}
	for _, n := range s.Nodes {
		letters := ""
		for _, m := range marks {
			if m.holds(n) {
				letters += m.letter
				used[m.letter] = true
			}
		}
		gaps := ""
		if n.Missing > 0 {
			gaps = fmt.Sprint(n.Missing)
		}
		line(indented(n), fmt.Sprint(n.N), gaps, brief(n.Min), brief(n.Median), brief(n.Max), brief(n.Mean), brief(n.SD), tenth(n.Skew), tenth(n.Kurtosis), letters)
	}
	b.WriteString("\nIndicators by their values, other nodes by their scores.\n")
	for _, m := range marks {
		if used[m.letter] {
			fmt.Fprintf(b, "%s  %s\n", m.letter, m.meaning)
		}
	}
}

// indented is a node's id below its parents.
func indented(n Node) string {
	depth := strings.Count(n.Path, "/")
	return strings.Repeat("  ", depth) + n.Path[strings.LastIndexByte(n.Path, '/')+1:]
}

func shortened(s string, width int) string { return runewidth.Truncate(s, width, "…") }

// brief is a number of at most eight characters.
func brief(x *float64) string {
	if x == nil {
		return "–"
	}
	if a := math.Abs(*x); a >= 1e4 && a < 1e7 {
		return fmt.Sprintf("%.0f", *x)
	}
	for digits := 5; digits > 1; digits-- {
		if s := fmt.Sprintf("%.*g", digits, *x); len(s) <= 8 {
			return s
		}
	}
	return fmt.Sprintf("%.1g", *x)
}

func tenth(x *float64) string {
	if x == nil {
		return "–"
	}
	if s := fmt.Sprintf("%.1f", *x); s != "-0.0" {
		return s
	}
	return "0.0"
}

// between is the pair of two nodes.
func (b Block) between(a, c string) Pair {
	i := slices.IndexFunc(b.Pairs, func(p Pair) bool { return p.A == a && p.B == c })
	if i < 0 {
		return Pair{}
	}
	return b.Pairs[i]
}

func (p Pair) by(name string) *float64 {
	switch name {
	case "spearman":
		return p.Spearman
	case "kendall":
		return p.Kendall
	}
	return p.Pearson
}

// text writes a block: the triangle of its correlations, and what they come to.
func (b Block) text(out *strings.Builder, by string, style report.Style) {
	const column = 6
	const whole = "with the whole"
	wide := max(runewidth.StringWidth(b.Title), len(whole))
	for _, t := range b.Titles {
		wide = max(wide, runewidth.StringWidth(t))
	}
	across := len(b.Titles)
	if style.Width > 0 {
		wide = max(min(wide, style.Width-4-column*min(across, 8)), 16)
	}
	fmt.Fprintf(out, "\n%s: %s correlations of scores\n\n", diag.Plain(b.Title), map[string]string{"pearson": "Pearson", "spearman": "Spearman", "kendall": "Kendall"}[by])
	step := across
	if style.Width > 0 {
		step = max((style.Width-wide-4)/column, 1)
	}
	for from := 0; from < across; from += step {
		to := min(from+step, across)
		head := strings.Repeat(" ", wide+4)
		for k := from; k < to; k++ {
			head += fmt.Sprintf("%*d", column, k+1)
		}
		out.WriteString(head + "\n")
		for i := from; i < across; i++ {
			line := fmt.Sprintf("%2d  %s", i+1, runewidth.FillRight(shortened(diag.Plain(b.Titles[i]), wide), wide))
			for k := from; k < to; k++ {
				switch {
				case k < i:
					line += fmt.Sprintf("%*s", column, hundredth(b.between(b.Children[i], b.Children[k]).by(by)))
				case k == i:
					line += fmt.Sprintf("%*s", column, "·")
				}
			}
			out.WriteString(strings.TrimRight(line, " ") + "\n")
		}
		if len(b.Pairs) > across*(across-1)/2 {
			line := "    " + runewidth.FillRight(whole, wide)
			for k := from; k < to; k++ {
				line += fmt.Sprintf("%*s", column, hundredth(b.between(b.Parent, b.Children[k]).by(by)))
			}
			out.WriteString(line + "\n")
		}
		if to < across {
			out.WriteByte('\n')
		}
	}
	fmt.Fprintf(out, "\n%s\n", b.sentence())
}

func hundredth(x *float64) string {
	if x == nil {
		return "–"
	}
	if s := fmt.Sprintf("%.2f", *x); s != "-0.00" {
		return s
	}
	return "0.00"
}

// sentence says how far the children of a node are one thing.
func (b Block) sentence() string {
	a := "No Cronbach's alpha"
	if b.Alpha != nil {
		a = fmt.Sprintf("Cronbach's alpha %.2f", *b.Alpha)
	}
	if len(b.Components) == 0 {
		return a + "; no principal components: a column without spread, or too few complete units."
	}
	n, sum := 0, 0.0
	for _, c := range b.Components {
		if sum < 0.8-1e-9 {
			sum += c.Share
			n++
		}
	}
	return fmt.Sprintf("%s; the first principal component has %.0f %% of the variance, %s 80 %%.", a, b.Components[0].Share*100, map[bool]string{true: fmt.Sprintf("%d of %d together", n, len(b.Components)), false: "which is more than"}[n > 1])
}
