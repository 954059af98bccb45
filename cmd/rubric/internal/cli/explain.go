package cli

import (
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"rubric/engine"
	"rubric/engine/dataset"
	"rubric/engine/report"
	"rubric/engine/trace"
	"rubric/spec/check"
	"rubric/spec/diag"
)

func (a *app) explainCommand() *cobra.Command {
	var files dataFlags
	var set []string
	var format, period string
	cmd := &cobra.Command{
		Use:   "explain METHODOLOGY UNIT [NODE]",
		Short: "Show where a unit's figure came from, from its rank to the source cell",
		Long: "Show where a unit's figure came from: the index if no NODE is named, else a dimension, variable or\n" +
			"indicator, by its path, or by its id where that is unique. What was given is shown with its file and line;\n" +
			"what was computed, with its formula, the numbers put in, and the cells that they come from.",
		Example: "  rubric explain cities-of-opportunity/2025 shanghai\n" +
			"  rubric explain cities-of-opportunity/2025 shenzhen economic_strength/government_debt_burden\n" +
			"  rubric explain my/method.yaml \"Port Said\" trade --data figures.csv --format json",
		Args: between(2, "METHODOLOGY", "UNIT", "NODE"),
		RunE: func(cmd *cobra.Command, args []string) error {
			l, err := a.load(args[0], set...)
			if err != nil {
				return err
			}
			node := l.m.Root
			if len(args) > 2 {
				if node, err = findNode(l.m, args[2]); err != nil {
					return err
				}
			}
			d, err := a.dataset(l, files, format == "json")
			if err != nil {
				return err
			}
			unit, err := findUnit(l.m, d, args[1], period)
			if err != nil {
				return err
			}
			stated, err := a.stated(l, d, unit)
			if err != nil {
				return err
			}
			r, err := a.evaluate(l, d, engine.Options{Ledger: true})
			if err != nil {
				return err
			}
			t := trace.Of(r, node, unit, stated...)
			if format == "json" {
				return trace.JSON(a.Stdout, t, l.digests)
			}
			if err := trace.Text(a.Stdout, t, report.Style{Width: a.width(a.Stdout), Color: a.color(a.Stdout)}); err != nil {
				return err
			}
			return a.deeper(args[0], t, node, period, files)
		},
	}
	files.add(cmd)
	setFlag(cmd, &set)
	periodFlag(cmd, &period, "the period, of data that have several; the last one where none is named")
	formatFlag(cmd, &format, "text", "text", "json")
	return cmd
}

// findNode finds a NODE, or says which there are.
func findNode(m *check.Methodology, name string) (*check.Node, error) {
	n, several := m.Node(name)
	if n != nil {
		return n, nil
	}
	if len(several) > 1 {
		var paths []string
		for _, n := range several {
			paths = append(paths, n.Path)
		}
		return nil, usage("several nodes are called `%s`; name one by its path: %s", name, strings.Join(paths, ", "))
	}
	// Where the beginning of a path is right, the rest is looked for below it.
	above, rest := m.Root, name
	for i, c := range name {
		if n, _ := m.Node(name[:i]); c == '/' && n != nil && len(n.Children) > 0 {
			above, rest = n, name[i+1:]
		}
	}
	var below, known []string
	for _, n := range above.Children {
		below = append(below, n.Path)
		known = append(known, n.ID)
	}
	if above == m.Root {
		for _, n := range m.Nodes {
			known = append(known, n.ID, n.Path)
		}
	}
	if near, ok := nearest(rest, known); ok {
		if above != m.Root {
			near = above.Path + "/" + near
		}
		return nil, usage("no node `%s`, did you mean `%s`?", name, near)
	}
	of := ""
	if above != m.Root {
		of = " below `" + above.Path + "`"
	}
	return nil, usage("no node `%s`; the nodes%s are %s", name, of, strings.Join(below, ", "))
}

// nearest is the name that a misspelt one most likely meant, without regard to case.
func nearest(name string, known []string) (string, bool) {
	lower := make([]string, len(known))
	for i, k := range known {
		lower[i] = strings.ToLower(k)
	}
	word := strings.ToLower(name)
	i := slices.Index(lower, word)
	if i < 0 {
		near, ok := diag.Nearest(word, lower)
		if !ok {
			return "", false
		}
		i = slices.Index(lower, near)
	}
	return known[i], true
}

// shownNames is how many names a message lists.
const shownNames = 10

// findUnit finds the row of a UNIT, by id or name, at a period, or says which
// there are. Without a period it is the unit's last one.
func findUnit(m *check.Methodology, d *dataset.Dataset, name, period string) (int, error) {
	if err := hasPeriod(m, d.Periods(), period); err != nil {
		return 0, err
	}
	if u, ok := d.Unit(name); ok {
		if period == "" {
			for u+1 < d.Rows() && d.ID(u+1) == d.ID(u) { // the periods of a unit follow one another
				u++
			}
			return u, nil
		}
		at, ok := d.Row(name, period)
		if !ok {
			return 0, usage("the data say nothing of %s in %s", name, period)
		}
		return at, nil
	}
	if d.Rows() == 0 {
		return 0, usage("no %s `%s`: the data have no %s", m.Units.Noun, name, m.Units.Plural)
	}
	var known, shown []string
	for u := range d.Rows() {
		if u > 0 && d.ID(u) == d.ID(u-1) {
			continue
		}
		known = append(known, d.ID(u), d.Name(u))
		if len(shown) < shownNames {
			shown = append(shown, d.ID(u))
		}
	}
	if near, ok := nearest(name, known); ok {
		return 0, usage("no %s `%s`, did you mean `%s`?", m.Units.Noun, name, near)
	}
	more := ""
	if n := d.Units() - len(shown); n > 0 {
		more = fmt.Sprintf(" and %d more", n)
	}
	return 0, usage("no %s `%s`; there are %s%s", m.Units.Noun, name, strings.Join(shown, ", "), more)
}

// stated is what the publication states of a unit in tables of one figure a
// row. Units that the data lack are for verify to report.
func (a *app) stated(l *loaded, d *dataset.Dataset, unit int) (out []trace.Stated, err error) {
	tables, list, err := a.published(l, d, nil)
	if err != nil {
		return nil, err
	}
	list = slices.DeleteFunc(list, func(d diag.Diagnostic) bool { return d.Unit != "" })
	for _, t := range tables {
		for _, f := range t.Figures {
			if !f.Stated || f.Index != unit {
				continue
			}
			s := trace.Stated{Node: f.Node, Figure: f.Figure, Value: f.Number, Written: f.Text, Measure: f.Measure, Note: f.Note, File: f.Place.File, Line: f.Place.Line}
			if f.Decimals != nil {
				s.Decimals = *f.Decimals
			}
			out = append(out, s)
		}
	}
	return out, a.print(list)
}

// deeper says how to go on, where a node has more below it than was shown.
func (a *app) deeper(methodology string, t *trace.Trace, n *check.Node, period string, files dataFlags) error {
	shown := n.Level == check.Variable && (t.Node.Beside != nil || t.Node.Children != nil)
	if shown || len(n.Children) == 0 {
		return nil
	}
	words := []string{"rubric", "explain", methodology, t.Unit.ID, n.Children[0].Path}
	if period != "" {
		words = append(words, "--period", period)
	}
	for _, f := range files.data {
		words = append(words, "--data", f)
	}
	for _, f := range files.given {
		words = append(words, "--given", f)
	}
	for i, w := range words {
		if strings.ContainsAny(w, " \t'\"\\$&|;<>()*?#~`") || w == "" {
			words[i] = "'" + strings.ReplaceAll(w, "'", `'\''`) + "'"
		}
	}
	_, err := fmt.Fprintf(a.Stdout, "\nfurther down: %s\n", strings.Join(words, " "))
	return err
}
