package house

import (
	"fmt"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"rubric/engine"
	"rubric/spec/method"
)

// stepIdeas says what the methods of a step are for, and where a document names
// them.
var stepIdeas = map[method.Step]string{
	method.Screen:    "Screening leaves out the units that have too little data, before anything is imputed: `screen: {min_coverage: 60%}` at the top of the document.",
	method.Impute:    "Imputation fills a missing cell. Of an indicator: `missing: {impute: …, else: keep}`; of a column, before any formula: `impute: …`.",
	method.Treat:     "Treatment tames outliers and skew before the direction is applied. `treat: …` on an indicator or a column: a name, a map, or a list of steps in their order.",
	method.Transform: "A transformation goes before a normalisation: `normalise: {method: min_max, transform: ln}`. Bounds that parameters name are transformed with the value.",
	method.Normalise: "Normalisation brings a value to a common scale. `normalise: …` on any node, or by level under `defaults`.",
	method.Weight:    "Weighting says where the weights of a parent's children come from: `weighting: …` on a parent, under `defaults`, or at the top.",
	method.Aggregate: "Aggregation makes a parent's value of its children's scores. `aggregate: …` on a parent, or under `defaults`.",
	method.Round:     "Rounding of a score, before or after ranks are taken: `round: {rule: half_up, decimals: 3, rank_on: rounded}`.",
	method.Rank:      "Ranks of a node's scores: `rank: standard`, or `rank: {rule: standard, best: lowest}`.",
	method.Band:      "Bands label ranges of scores: `bands: {first: {above: 2400}, second: {from: 2000, up_to: 2400}}` at the top, or on a node.",
}

var byHand = regexp.MustCompile(`(?s)By hand[,:]?\s+(.*)`)

// METHODS.md is made of the catalogue, and of the examples that stand with the
// methods' code. UPDATE=1 writes it.
func TestMethodsPageIsUpToDate(t *testing.T) {
	p := readProject(t)
	c := engine.Catalogue()
	var b strings.Builder
	b.WriteString("# Methods\n\nEvery method there is, step by step in the order in which they act; made from the code. `rubric methods` prints the same.\n" +
		"A method is written by its name, or as a map with its parameters. A released method never changes meaning.\n\n")
	for _, step := range method.Steps {
		fmt.Fprintf(&b, "- [%s](#%s): %s\n", step, step, linked(step, c.Names(step)))
	}
	for _, step := range method.Steps {
		fmt.Fprintf(&b, "\n## %s\n\n%s\n", step, stepIdeas[step])
		for _, s := range c {
			if s.Step == step {
				section(t, p, &b, s)
			}
		}
	}
	p.golden(t, "METHODS.md", b.String())
}

func linked(step method.Step, names []string) string {
	var out []string
	for _, n := range names {
		out = append(out, fmt.Sprintf("[%s](#%s-%s)", n, step, n))
	}
	return strings.Join(out, ", ")
}

// section is what is said of one method.
func section(t *testing.T, p project, b *strings.Builder, s method.Signature) {
	fmt.Fprintf(b, "\n### %s: %s\n\n", s.Step, s.Name)
	fmt.Fprintf(b, "%s.\n\n    %s\n\n", capital(s.Title), s.Formula)
	for _, param := range s.Params {
		fmt.Fprintf(b, "- `%s`, %s\n", param.Name, about(param))
	}
	if len(s.Params) > 0 {
		b.WriteByte('\n')
	}
	fmt.Fprintf(b, "By hand: %s\n\n*%s.*\n", worked(t, p, s), strings.TrimSuffix(s.Source, "."))
}

func about(p method.Param) string {
	out := map[method.Kind]string{
		method.Word: "one of `" + strings.Join(p.Values, "`, `") + "`", method.Number: "a number", method.Whole: "a whole number", method.Pair: "two numbers",
		method.Levels: "a map of texts to numbers", method.Ladder: "a list of ranges with scores", method.Formula: "an expression", method.Column: "a column",
		method.Group: "a group", method.Unit: "a unit", method.Nodes: "a list of nodes",
	}[p.Kind]
	if p.Name == "transform" {
		out = "a transformation"
	}
	switch {
	case p.Least != nil && p.Most != nil:
		out += fmt.Sprintf(" from %v to %v", *p.Least, *p.Most)
	case p.Least != nil:
		out += fmt.Sprintf(" of at least %v", *p.Least)
	}
	switch {
	case p.Default != "":
		out += ", `" + p.Default + "` where it is not said"
	case p.Optional:
		out += ", optional"
	default:
		out += ", required"
	}
	return out + ": " + p.Doc
}

func capital(s string) string {
	r := []rune(s)
	return strings.ToUpper(string(r[:1])) + string(r[1:])
}

// worked is the hand-worked example of a method, from the comment above it.
func worked(t *testing.T, p project, s method.Signature) string {
	files, err := filepath.Glob(filepath.Join(p.Root, "engine", string(s.Step), "*.go"))
	require.NoError(t, err)
	for _, name := range files {
		text, err := os.ReadFile(name)
		require.NoError(t, err)
		if strings.HasSuffix(name, "_test.go") || !strings.Contains(string(text), `Name: "`+s.Name+`"`) && !strings.Contains(string(text), `rule("`+s.Name+`"`) {
			continue
		}
		f, err := parser.ParseFile(token.NewFileSet(), name, text, parser.ParseComments)
		require.NoError(t, err)
		for _, c := range f.Comments {
			if m := byHand.FindStringSubmatch(c.Text()); m != nil {
				out, _, _ := strings.Cut(m[1], "\n\n")
				return strings.Join(strings.Fields(out), " ")
			}
		}
	}
	t.Errorf("%s %s has no example worked by hand", s.Step, s.Name)
	return ""
}
