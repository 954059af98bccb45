// Package check turns what was written into what is meant. It takes a Document
// and the catalogue of methods, reports everything that is wrong with it at
// once, and yields a Methodology: every default resolved, every formula typed,
// every name found. Only this package makes a Methodology, and only a
// Methodology is evaluated.
package check

import (
	"rubric/spec/expr"
	"rubric/spec/source"
	"rubric/spec/tree"
)

// Level is the level of a node.
type Level uint8

// The levels, from the leaf to the root.
const (
	Indicator Level = iota
	Variable
	Dimension
	Index
)

func (l Level) String() string { return [...]string{"indicator", "variable", "dimension", "index"}[l] }

// Levels lists the names of the levels as results write them.
var Levels = []string{"indicator", "variable", "dimension", "index"}

// Methodology is a checked document. It is not modified after it is made.
type Methodology struct {
	Index, Edition, Title, Description string
	Status, Comparability              string
	Units                              Units
	Files                              Files
	Sources                            []Source
	Columns                            []Column
	Unproven                           []Reason
	Root                               *Node
	Nodes                              []*Node // in document order: a node, then what it holds
	Document                           *source.File
}

// Units says what is ranked.
type Units struct {
	Noun, Plural string
	Expect       int // 0: not checked
	Key          []string
}

// Files are the names of what lies beside the document.
type Files struct {
	Units       string
	Data, Given []string
	Published   []Published
	Deviations  string
	Sources     map[string][]string     // where a data file says so: the ids of the sources of its figures
	Places      map[string]source.Place // where each name is written
}

// Published is a table of published figures.
type Published struct {
	Name, File string
	Columns    []PublishedColumn
}

// PublishedColumn says what a header means.
type PublishedColumn struct{ Header, Node, Figure string }

// Source is where figures come from.
type Source struct{ ID, Title, Publisher, URL, Note string }

// Reason says why a choice is unproven.
type Reason struct{ ID, Text string }

// Column is a column that a data set may bring.
type Column struct {
	Name, Title, Measure, Year string
	Header                     string // in the data file
	Text                       bool
	Sources                    []string // ids
	Place                      source.Place
}

// Node is a checked node: an indicator, a variable, a dimension or the index.
type Node struct {
	ID, Path, Title, Description string
	Level                        Level
	At                           int // place in Methodology.Nodes
	Parent                       *Node
	Children                     []*Node
	Place                        source.Place

	// Indicators.
	Formula   *expr.Expr
	Direction Direction
	Display   string // number or percent
	Measure   string
	written   *tree.Node // the formula's scalar

	// Parents.
	Aggregate   string
	MinCoverage Coverage
	Single      bool // a variable that keeps the score of its one indicator

	// All.
	Normalise Normalise
	Missing   string
	Rank      *Rank // nil: no rank
	Weight    float64
	Bands     []Band
	GivenAs   string // score or value
	Unproven  []string
	InPlace   bool // an indicator written in place of its variable
}

// FormulaAt is the place of the bytes [start, end) of the node's formula.
func (n *Node) FormulaAt(start, end int) source.Place {
	if n.written == nil {
		return n.Place
	}
	return n.written.At(start, end)
}

// Direction says which values are better.
type Direction struct {
	Kind   string // higher, lower, closest_to; empty where the method takes none
	Target float64
}

// Normalise is a normalisation with its parameters.
type Normalise struct {
	Method string
	Ties   string      // empty where the method takes none
	Levels []TextLevel // lookup
}

// TextLevel is one judged level of lookup.
type TextLevel struct {
	Text  string
	Score float64
}

// Coverage is the least that must be there: a count of the children, or a share
// of their number in percent.
type Coverage struct {
	Count   int
	Percent float64
}

// Rank is a rank rule.
type Rank struct{ Rule, Best string }

// Band is a labelled range of scores. A nil bound is open.
type Band struct {
	ID, Title                 string
	Low, High                 *float64
	LowIncluded, HighIncluded bool
}

// Holds says whether a score is in the band.
func (b Band) Holds(x float64) bool {
	if b.Low != nil && (x < *b.Low || x == *b.Low && !b.LowIncluded) {
		return false
	}
	return b.High == nil || x < *b.High || x == *b.High && b.HighIncluded
}

// Node finds a node by its path, or by its id where that is unique. Where a
// variable and its own indicator share an id, the variable is meant.
func (m *Methodology) Node(name string) (node *Node, others []*Node) {
	for _, n := range m.Nodes {
		if n.Path == name {
			return n, nil
		}
	}
	for _, n := range m.Nodes {
		if n.ID != name || n.Level == Indicator && n.Parent.ID == name && n.Parent.Level == Variable {
			continue
		}
		others = append(others, n)
	}
	if len(others) == 1 {
		return others[0], nil
	}
	return nil, others
}

// Column finds a column by name.
func (m *Methodology) Column(name string) *Column {
	for i := range m.Columns {
		if m.Columns[i].Name == name {
			return &m.Columns[i]
		}
	}
	return nil
}
