// Package typeset writes a formula as a book would: with fractions, roots and
// cases instead of slashes, functions and question marks, and with the titles of
// columns instead of their names.
//
//	(deposits + loans) / gdp
//
//	text    (Year-end deposits + Year-end loans) / Gross domestic product
//	LaTeX   \frac{\text{Year-end deposits} + \text{Year-end loans}}{\text{Gross domestic product}}
//	MathML  <math …><mfrac>…</mfrac></math>
//
// Of makes a small tree of what is to be seen from the typed tree of package expr;
// Text, LaTeX and MathML write it. It knows no methodology: what a name stands for,
// and the few words that formulas need, are the caller's.
package typeset

import "rubric/spec/expr"

// Formula is a formula that can be written.
type Formula struct {
	Source string // as it stands in the document
	root   *box
	words  Words
}

// Name is what a formula's name stands for.
type Name struct {
	Title  string
	Figure string // of a node: value or rank; empty where it is plain
}

// Names says what the formula speaks of.
type Names struct {
	Column func(name string) Name
	Units  string // what aggregates run over: cities
	Words  Words
}

// Words are the words of a language that stand in formulas.
type Words struct {
	If, Otherwise   string // of cases
	Known, Missing  string // behind what is or is not missing
	And, Or, Not    string
	True, False     string
	Value, Rank     string            // figures of a node
	OverAll         string            // of an aggregate in text: "%s over all %s", the column and the units
	Aggregates      map[string]string // by the name of the function
	Round           string
	Opening, Ending string // quotes
}

// English are the words in English.
var English = Words{
	If: "if", Otherwise: "otherwise", Known: "is known", Missing: "is missing", And: "and", Or: "or", Not: "not", True: "true", False: "false",
	Value: "value", Rank: "rank", OverAll: "%s over all %s", Round: "round", Opening: "“", Ending: "”",
	Aggregates: map[string]string{
		"count": "count", "highest": "highest", "lowest": "lowest", "mean": "mean", "median": "median", "quantile": "quantile", "sd": "sd", "total": "total",
	},
}

// kind is what a box looks like.
type kind uint8

const (
	number   kind = iota // text
	name                 // text, a title
	quoted               // text, in quotes
	word                 // text, upright
	binary               // args[0] text args[1]
	negative             // −args[0]
	fraction             // args[0] over args[1]
	root                 // of args[0]; text is its degree, empty for 2
	power                // args[0] to the args[1]
	call                 // text(args…), with sub below it
	fence                // args[0] between the two signs of text
	over                 // an aggregate: text(args[0]), over all units
	cases                // args: value, condition, value, condition …; the last value has none
	set                  // {args…}
	after                // args[0] text: x is missing
	before               // text args[0]: not x
)

// box is a piece of what is to be seen.
type box struct {
	kind kind
	text string
	args []*box
	sub  *box // call: its base or degree; over: the units
	at   int  // how strongly it binds
}

// How strongly things bind, from the loosest.
const (
	loose = iota
	either
	both
	compared
	added
	multiplied
	raised
	whole
)

// Of makes a formula ready to be written.
func Of(e *expr.Expr, names Names) *Formula {
	s := &setter{e: e, names: names}
	return &Formula{Source: e.Text, root: s.box(e.Root), words: names.Words}
}

// Plain is the title of a formula that is nothing but one name.
func (f *Formula) Plain() (title string, ok bool) {
	if f.root.kind != name {
		return "", false
	}
	return f.root.text, true
}
