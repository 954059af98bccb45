// Package suite tests a methodology: a suite is a document of cases, each with
// small data and what the methodology must make of them.
//
//	rubric: suite/1
//	index: liveability
//	cases:
//	  debt_is_a_burden:
//	    title: Debt is divided by output, and less of it is better
//	    data: |
//	      unit,gdp,debt
//	      a,100,20
//	      b,100,40
//	      c,100,
//	    expect:
//	      a: {burden_of_debt: {value: 0.2, score: 3}}
//	      c: {burden_of_debt: {score: 1, status: missing}}
//	    order: [a above b in burden_of_debt]
//
// Load reads a suite against its methodology. A Runner evaluates the cases, each by
// itself, and says for every expectation that does not hold what was found and
// where it is written. A case evaluates as much as its data allow: a node needs no
// other columns than its own.
//
// Coverage says what of the methodology the expectations reach: a part counts as
// reached where a unit came to it whose figure, or one made of it, is expected.
package suite

import (
	"rubric/spec/override"
	"rubric/spec/source"
	"rubric/spec/tree"
)

// Name is the file of a suite in its folder.
const Name = "suite.yaml"

// Suite is a checked suite. It is not modified after it is made.
type Suite struct {
	File           *source.File
	Index, Edition string // of the methodology that it is held against
	Title          string
	Methodology    string // the document that is tested, as the suite names it; empty: the one beside it
	Cases          []*Case
}

// Case is one case.
type Case struct {
	ID, Title   string
	Place       source.Place // of its id
	Data, Given *Data        // nil: none; both nil: those that the methodology names
	Computed    bool         // the methodology's data without what it has as given
	Set         []override.Change
	Period      string
	Expect      []*Expectation
	Orders      []*Order
	Findings    []*Finding
}

// own says that a case is about the methodology's own data.
func (c *Case) own() bool { return c.Data == nil && c.Given == nil }

// Figure is which of a node's figures is meant.
type Figure string

// The figures of a node.
const (
	Value  Figure = "value"
	Score  Figure = "score"
	Rank   Figure = "rank"
	Band   Figure = "band"
	Status Figure = "status"
)

// figures are all of them, in the order in which results have them.
var figures = []Figure{Value, Score, Rank, Band, Status}

// Expectation is one figure of one node of one unit.
type Expectation struct {
	Unit, Node string // as they are written
	Path       string // of the node
	Period     string // empty: the data have none
	Figure     Figure
	Want       Want

	unit    source.Place
	written *tree.Node // what is expected
}

// Place is where what is expected is written.
func (e *Expectation) Place() source.Place { return e.written.Place() }

// Finding is a finding that a case must come to. Empty parts may be anything.
type Finding struct {
	Code, Path, Unit, Text string
	Place                  source.Place
}
