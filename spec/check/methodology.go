// Package check turns what was written into what is meant. It takes a Document
// and the catalogue of methods, reports everything that is wrong with it at
// once, and yields a Methodology: every default resolved, every formula typed,
// every name found. Only this package makes a Methodology, and only a
// Methodology is evaluated.
package check

import (
	"slices"

	"rubric/spec/expr"
	"rubric/spec/extend"
	"rubric/spec/method"
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
	Derived // an expression over nodes, published beside the score
)

func (l Level) String() string { return Levels[l] }

// Levels lists the names of the levels as results write them.
var Levels = []string{"indicator", "variable", "dimension", "index", "derived"}

// Methodology is a checked document. It is not modified after it is made.
type Methodology struct {
	Index, Edition, Title, Description string
	Status, Comparability              string
	Units                              Units
	Files                              Files
	Sources                            []Source
	Columns                            []Column
	Groups                             []Group
	Periods                            *Periods // nil: figures of one time
	Markers                            []Marker
	Screen                             *Screen // nil: no unit is screened
	WeightSets                         []WeightSet
	Unproven                           []Reason
	Root                               *Node
	Nodes                              []*Node // in document order: a node, then what it holds; derived ones at the end
	Headline                           []*Node // what a ranking shows, the first one ranked by; nil: the root and its children
	Document                           *source.File
	Extends                            []extend.Edition // the nearest first
	Moved                              []extend.Move
	Changes                            []extend.Change // from the nearest
	Languages                          []string        // of the titles that have several, as they are met
	Untranslated                       []source.Place  // titles that lack the language that was asked for
	root                               *tree.Node      // what was written
}

// Units says what is ranked.
type Units struct {
	Noun, Plural string
	Expect       int // 0: not checked
	Key          []string
	Name         []string // headers of what a person calls a unit, besides `name` and the noun
	Only         []Named  // ids: what else data have is not read; nil: all
	LeaveOut     []Named  // ids that are not read
}

// Named is a name where it is written.
type Named struct {
	Name  string
	Place source.Place
}

// Out says whether what data have under an id is no unit of the methodology.
func (u Units) Out(id string) bool {
	is := func(n Named) bool { return n.Name == id }
	return u.Only != nil && !slices.ContainsFunc(u.Only, is) || slices.ContainsFunc(u.LeaveOut, is)
}

// Files are the names of what lies beside the document.
type Files struct {
	Units       string
	Data, Given []string
	Published   []Published
	Deviations  string
	Status      []string                // data files of OBS_STATUS letters
	Corrections string                  // a list of single cells that are changed
	Shapes      map[string]Shape        // of data files, where the document says more than their names
	Read        Shape                   // of all others, and of those that replace them
	Sources     map[string][]string     // where a data file says so: the ids of the sources of its figures
	Places      map[string]source.Place // where each name is written
}

// Shape says how a data file is laid out.
type Shape struct {
	Period    string // of all its rows; empty: its own column says it
	Tidy      *Tidy  // nil: a column a quantity
	Sheet     string // of a workbook; empty: the first
	HeaderRow int    // the line of the headers; 0: the first that is not blank
	Encoding  string // of a text file; empty: UTF-8
}

// Tidy says that a data file has one figure a row, and which headers name the
// column, the figure, and its OBS_STATUS letter.
type Tidy struct{ Column, Value, Status string }

// Published is a table of published figures.
type Published struct {
	Name, File string
	Columns    []PublishedColumn
}

// PublishedColumn says what a header means.
type PublishedColumn struct {
	Header, Node, Figure string
	Tolerance            float64 // up to which a recomputed figure is equal; 0: at the decimals that are printed
	Period               string  // of its figures, where neither the header nor a column of the table says it
}

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
	Note                       string
	Headers                    []string      // that it may have, Header first; a {period} stands for the period
	Constant                   bool          // the same at every period
	Status                     string        // header of the column with its OBS_STATUS letters
	Range                      *[2]float64   // of plausible values; nil: any
	Treat                      []method.Call // before any formula
	Impute                     *method.Call  // likewise; nil: a missing cell stays missing
}

// Group is a text that describes units, and by which they form groups.
type Group struct {
	ID, Title string
	Header    string   // in the data file
	Headers   []string // that it may have, Header first
	Place     source.Place
}

// Periods says that the data are a panel: a unit has figures of several times,
// and each period is a cross-section of its own.
type Periods struct {
	Noun  string
	Key   []string     // headers of the column of periods
	Only  string       // the one period that is scored; empty: all
	Place source.Place // of the section
}

// Marker is a text that stands for the absence of a figure.
type Marker struct {
	Text, Status, Reason string
}

// Screen says which units are left out of the ranking for want of data.
type Screen struct {
	MinCoverage Coverage     // of indicators with a value
	MinNonzero  float64      // share of the values that are not zero, in percent; 0: not asked
	Condition   *expr.Expr   // must hold; nil: none
	Place       source.Place // of the section
	written     *tree.Node
}

// WeightSet is a named set of weights.
type WeightSet struct {
	ID      string
	Title   string
	Weights []SetWeight
}

// SetWeight is the weight of one node.
type SetWeight struct {
	Node   string
	Weight float64
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

	Treat  []method.Call
	Impute *method.Call // fills missing cells before the rule Missing acts; nil: no imputation
	inputs []string     // columns that methods need, besides the formula's

	// Parents.
	Aggregate        method.Call
	AggregateFormula *expr.Expr // of the aggregation `formula`, over the children's ids
	Weighting        string     // where the children's weights come from: given, equal, or a set
	MinCoverage      Coverage
	Single           bool // a variable that keeps the score of its one indicator
	Keeps            bool // a variable that would, had it only one

	// Derived. Refs are the nodes behind the names in the formula that are no columns.
	Refs map[string]Ref

	// All.
	Normalise        method.Call
	NormaliseFormula *expr.Expr            // of the normalisation `formula`, over `value`
	Round            *method.Call          // nil: not rounded
	own              *tree.Node            // what was written
	from             map[string]*tree.Node // what is written of each choice that acts on it: on itself, or in a default
	Missing          string
	Rank             *Rank // nil: no rank
	Weight           float64
	Bands            []Band
	GivenAs          string // score or value
	Unproven         []string
	InPlace          bool // an indicator written in place of its variable
}

// Best says which of the node's scores comes first, `highest` or `lowest`: what its own rank
// says, or else that of the next node above that has one; `highest` where none has. Empty
// for a derived figure without a rank: nothing says which of its figures are good.
func (n *Node) Best() string {
	if n.Level == Derived && n.Rank == nil {
		return ""
	}
	for ; n != nil; n = n.Parent {
		if n.Rank != nil && n.Rank.Best != "" {
			return n.Rank.Best
		}
	}
	return "highest"
}

// Inputs are the columns that the node needs: its formula's, and those that its
// methods run on.
func (n *Node) Inputs() []string {
	if n.Formula == nil {
		return nil
	}
	out := n.Formula.Inputs()
	if n.Level == Derived {
		out = slices.DeleteFunc(out, func(name string) bool { _, ok := n.Refs[name]; return ok })
	}
	for _, name := range n.inputs {
		if !slices.Contains(out, name) {
			out = append(out, name)
		}
	}
	return out
}

// FormulaAt is the place of the bytes [start, end) of the node's formula.
func (n *Node) FormulaAt(start, end int) source.Place {
	if n.written == nil {
		return n.Place
	}
	return n.written.At(start, end)
}

// Settled is where the choice of a key stands that acts on the node: on itself, or in a
// default. It is zero where nothing says it.
func (n *Node) Settled(key string) source.Place { return n.from[key].Place() }

// Says says whether the document says a key of the node: on itself, or in a default. A
// weight that nobody wrote is 1, and is no statement.
func (n *Node) Says(key string) bool {
	_, settled := n.from[key]
	return settled || n.own.Entry(key) != nil
}

// Writes says whether the node itself says a key, and no default.
func (n *Node) Writes(key string) bool { return n.own.Entry(key) != nil }

// Direction says which values are better.
type Direction struct {
	Kind   string // higher, lower, closest_to; empty where the method takes none
	Target float64
}

// Ref is a figure of a node that a derived node's formula reads.
type Ref struct {
	Node   *Node
	Figure string // score, value, rank
}

// Coverage is the least that must be there: a count of the children, a share of
// their number in percent, or a condition over what is there.
type Coverage struct {
	Count     int
	Percent   float64
	Condition *expr.Expr
}

// Rank is a rank rule.
type Rank struct {
	Rule, Best string
	By         []string // ordinal: the nodes whose scores break ties, in order; `id` is the unit's own
}

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
