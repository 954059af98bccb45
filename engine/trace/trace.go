// Package trace says where a figure came from: one node of one unit, from its
// rank down to the source cells. A trace is a plain value that is made on demand,
// by evaluating one unit again; it holds numbers and places, and knows nothing of
// terminals. Text and JSON show it.
//
//	t := trace.Of(result, node, unit)
//	err := trace.Text(os.Stdout, t, report.Style{Width: 80})
//
// A trace claims only what is so. Terms are added only where the aggregation
// adds; the arithmetic of a score is given only where it comes to that score;
// what was computed beside a given node is kept apart from it.
package trace

import (
	"strings"

	"rubric/engine"
	"rubric/spec/check"
)

// Trace is why a unit has the figures of a node.
type Trace struct {
	Index   string `json:"index"`
	Edition string `json:"edition"`
	Title   string `json:"title"`
	Folder  string `json:"folder,omitempty"` // of the document; most file names begin with it
	Noun    string `json:"noun"`             // what is ranked
	Plural  string `json:"plural"`           // of that
	Units   int    `json:"units"`            // how many there are
	Ranked  int    `json:"ranked"`           // how many of them are ranked
	Unit    Unit   `json:"unit"`
	Node    *Node  `json:"node"`
}

// Unit is the unit that a trace is of.
type Unit struct {
	ID       string `json:"id"`
	Name     string `json:"name"`
	Period   string `json:"period,omitempty"`   // of the figures; empty: the data have none
	Excluded []Lack `json:"excluded,omitempty"` // why it is left out of the ranking; none: it is ranked
}

// label is what a person calls the unit, with the period of its figures.
func (u Unit) label() string {
	if u.Period == "" {
		return u.Name
	}
	return u.Name + " in " + u.Period
}

// Lack is what a unit lacks of a node.
type Lack struct {
	Node   string `json:"node"`
	Reason string `json:"reason"`
}

// Node is the trace of one node: its figures, and how it came to them. A given
// node has Given; what raw data say of it stands under Beside. A computed
// indicator has a Formula, a computed parent an Aggregation.
type Node struct {
	Path   string   `json:"path"`
	Title  string   `json:"title"`
	Level  string   `json:"level"`
	Trail  []string `json:"trail,omitempty"` // titles of the nodes above it, without the root
	Origin string   `json:"origin"`          // given, computed, not_computed
	Under  string   `json:"under,omitempty"` // the given node above it: nothing here is added in
	Status string   `json:"status"`

	Value *float64 `json:"value"`          // before normalisation
	Text  string   `json:"text,omitempty"` // the value, where it is a text
	Score *float64 `json:"score"`
	Rank  *Rank    `json:"rank"` // nil: the method gives the node no rank, or there is no score
	Place *Place   `json:"place"`
	Bands bool     `json:"bands"` // the node has bands
	Band  *Band    `json:"band"`

	Given         *Given         `json:"given,omitempty"`
	Formula       *Formula       `json:"formula,omitempty"`
	Steps         []Step         `json:"steps,omitempty"` // what was done to its value, and to its score
	Aggregation   *Aggregation   `json:"aggregation,omitempty"`
	Normalisation *Normalisation `json:"normalisation,omitempty"`
	Single        bool           `json:"single,omitempty"` // it keeps the score of its one indicator
	Absence       *Absence       `json:"absence,omitempty"`
	Stated        []Stated       `json:"stated,omitempty"`
	Unproven      []Reason       `json:"unproven,omitempty"`
	Children      []*Node        `json:"children,omitempty"` // a variable's indicators
	Beside        *Node          `json:"beside,omitempty"`   // a given node, computed from raw data; never added in
}

// Step is a change of a figure: imputed, treated, held at an end of a scale,
// rounded.
type Step struct {
	Step   string   `json:"step"`
	Method string   `json:"method"`
	Column string   `json:"column,omitempty"` // of which, where it came before the formula
	From   *float64 `json:"from"`             // nil: there was no figure
	To     *float64 `json:"to"`               // nil: there is none
}

// Rank is a rank by the node's own rule.
type Rank struct {
	Rank float64 `json:"rank"`
	Rule string  `json:"rule"`
	Best string  `json:"best"`
}

// Place is where a score stands among those of the other units, whether or not
// the method ranks them.
type Place struct {
	Better int `json:"better"` // units whose score is strictly better
	Tied   int `json:"tied"`   // other units with the same score
	Of     int `json:"of"`     // units that have one
}

// Band is the band that a score is in.
type Band struct {
	ID    string `json:"id"`
	Title string `json:"title"`
	Range string `json:"range"` // in words
}

// Given is a figure that was supplied.
type Given struct {
	As      string   `json:"as"` // score or value
	Figure  *float64 `json:"figure"`
	Written string   `json:"written"`
	File    string   `json:"file"`
	Line    int      `json:"line"` // 0: the file has no row of the unit
	Header  string   `json:"header"`
	Reading *Reading `json:"reading,omitempty"`
}

// Stated is a figure that a publication states of the unit, exactly as it does.
type Stated struct {
	Node     string  `json:"node"`
	Figure   string  `json:"figure"` // value, score, rank, band
	Value    float64 `json:"value"`
	Written  string  `json:"written"` // as it is stated; a band is a text
	Decimals int     `json:"decimals"`
	Measure  string  `json:"measure,omitempty"`
	Note     string  `json:"note,omitempty"`
	File     string  `json:"file"`
	Line     int     `json:"line"`
}

// Reason is why a choice of the document is unproven.
type Reason struct {
	ID   string `json:"id"`
	Text string `json:"text"`
}

// Of traces a node of a unit. The result must hold the figures of all levels.
// What is stated of the unit is shown at the nodes that it is stated of.
func Of(r *engine.Result, n *check.Node, unit int, stated ...Stated) *Trace {
	m := r.Plan.Methodology
	b := &builder{r: r, m: m, unit: unit, peers: r.Data.Peers(unit), stated: stated}
	for _, u := range b.peers {
		if !r.Excluded(u) {
			b.ranked++
		}
	}
	t := &Trace{
		Index: m.Index, Edition: m.Edition, Title: m.Title, Folder: folder(m.Document.Name), Noun: m.Units.Noun, Plural: m.Units.Plural,
		Units: len(b.peers), Ranked: b.ranked, Unit: Unit{ID: r.Data.ID(unit), Name: r.Data.Name(unit), Period: r.Data.Period(unit)},
	}
	if r.Excluded(unit) {
		t.Unit.Excluded = b.exclusion()
	}
	t.Node = b.node(r.Figures(n))
	return t
}

// folder is the folder that a file's name begins with.
func folder(name string) string {
	return strings.TrimSuffix(name[:strings.LastIndex(name, "/")+1], "/")
}
