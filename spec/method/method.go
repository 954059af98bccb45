// Package method describes methods without doing them: a Signature says what a
// method is called, what it computes, where it comes from and which parameters
// it takes. The engine's packages attach the doing; the checker needs only the
// description, so that what a document says never depends on how it is done.
package method

import "slices"

// Step is where in the evaluation a method acts.
type Step string

// The steps that have methods, in the order in which they act.
const (
	Screen    Step = "screen"
	Impute    Step = "impute"
	Treat     Step = "treat"
	Transform Step = "transform"
	Normalise Step = "normalise"
	Weight    Step = "weight"
	Aggregate Step = "aggregate"
	Round     Step = "round"
	Rank      Step = "rank"
	Band      Step = "band"
)

// Steps lists them in that order.
var Steps = []Step{Screen, Impute, Treat, Transform, Normalise, Weight, Aggregate, Round, Rank, Band}

// Signature describes a method.
type Signature struct {
	Step    Step    `json:"step"`
	Name    string  `json:"name"`
	Title   string  `json:"title"`   // what it does, in a line
	Formula string  `json:"formula"` // in plain text
	Source  string  `json:"source"`  // paper, handbook page, report
	Params  []Param `json:"params,omitempty"`

	Direction bool `json:"direction,omitempty"` // normalisation: takes a direction
	Text      bool `json:"text,omitempty"`      // normalisation: of texts, not of numbers
	Floor     bool `json:"floor,omitempty"`     // normalisation: its scale has a bottom
	Ranks     bool `json:"ranks,omitempty"`     // normalisation: scores the place of a value, not its size
	Adds      bool `json:"adds,omitempty"`      // aggregation: weighted children sum to the result
	Weights   bool `json:"weights,omitempty"`   // aggregation: takes weights
	Across    bool `json:"across,omitempty"`    // aggregation: looks at all units of the period, not at one
	Time      bool `json:"time,omitempty"`      // imputation: looks along the periods of a unit, not across units

	// Check says what is wrong with the parameters together; "" for nothing. The
	// parameter is the one to point at.
	Check func(Args) (param, wrong, help string) `json:"-"`
}

// Kind is what a parameter is.
type Kind string

// The kinds of parameters.
const (
	Word    Kind = "word"    // one of Param.Values
	Number  Kind = "number"  // any number
	Whole   Kind = "whole"   // a whole number
	Pair    Kind = "pair"    // two numbers, the first below the second
	Levels  Kind = "levels"  // a map from texts to numbers
	Ladder  Kind = "ladder"  // a list of {from: bound, score: number}, or with above, below, up_to
	Formula Kind = "formula" // an expression; which names it has is the step's
	Column  Kind = "column"  // a column of numbers
	Group   Kind = "group"   // a group of the units
	Unit    Kind = "unit"    // the id of a unit
	Nodes   Kind = "nodes"   // a list of nodes
)

// Param is a parameter of a method.
type Param struct {
	Name     string   `json:"name"`
	Doc      string   `json:"doc"`
	Kind     Kind     `json:"kind"`
	Values   []string `json:"values,omitempty"`   // Word: the words that it may be
	Default  string   `json:"default,omitempty"`  // what it is where the document does not say, as YAML; the plan writes it out
	Optional bool     `json:"optional,omitempty"` // it may be absent: then what it does is not done
	Least    *float64 `json:"least,omitempty"`    // Number, Whole: bounds
	Most     *float64 `json:"most,omitempty"`
}

// Param finds a parameter by name.
func (s Signature) Param(name string) (Param, bool) {
	i := slices.IndexFunc(s.Params, func(p Param) bool { return p.Name == name })
	if i < 0 {
		return Param{}, false
	}
	return s.Params[i], true
}

// Takes says whether the method has a parameter.
func (s Signature) Takes(param string) bool {
	_, ok := s.Param(param)
	return ok
}

// Args are the parameters of a method in one place of a document, in the order
// of its signature; none is left to a default.
type Args []Arg

// Arg is one of them. Which field holds it is the parameter's kind.
type Arg struct {
	Name   string
	Word   string // Word, Formula, Column, Group, Unit
	Number float64
	Pair   [2]float64
	Levels []Level
	Ladder []Rung
	Nodes  []string
}

// Level is a text with its score.
type Level struct {
	Text  string
	Score float64
}

// Rung is a range of values with its score. A nil bound is open.
type Rung struct {
	Low, High                 *float64
	LowIncluded, HighIncluded bool
	Score                     float64
}

// Holds says whether a value is in the range.
func (r Rung) Holds(x float64) bool {
	if r.Low != nil && (x < *r.Low || x == *r.Low && !r.LowIncluded) {
		return false
	}
	return r.High == nil || x < *r.High || x == *r.High && r.HighIncluded
}

func (a Args) find(name string) (Arg, bool) {
	for _, x := range a {
		if x.Name == name {
			return x, true
		}
	}
	return Arg{}, false
}

// Has says whether an optional parameter is there.
func (a Args) Has(name string) bool { _, ok := a.find(name); return ok }

// Word is a parameter that is a word, a name or a formula; empty if absent.
func (a Args) Word(name string) string { x, _ := a.find(name); return x.Word }

// Number is a parameter that is a number; 0 if absent.
func (a Args) Number(name string) float64 { x, _ := a.find(name); return x.Number }

// Pair is a parameter that is two numbers.
func (a Args) Pair(name string) (low, high float64) {
	x, _ := a.find(name)
	return x.Pair[0], x.Pair[1]
}

// Levels are the levels of lookup.
func (a Args) Levels(name string) []Level { x, _ := a.find(name); return x.Levels }

// Ladder is a list of ranges.
func (a Args) Ladder(name string) []Rung { x, _ := a.find(name); return x.Ladder }

// Nodes is a list of paths.
func (a Args) Nodes(name string) []string { x, _ := a.find(name); return x.Nodes }

// Bound makes a bound of a parameter.
func Bound(x float64) *float64 { return &x }

// Call is a method with its parameters.
type Call struct {
	Method string
	Args   Args
}

// Catalogue is an explicit list of methods.
type Catalogue []Signature

// Find looks a method up.
func (c Catalogue) Find(step Step, name string) (Signature, bool) {
	for _, s := range c {
		if s.Step == step && s.Name == name {
			return s, true
		}
	}
	return Signature{}, false
}

// Names lists the methods of a step.
func (c Catalogue) Names(step Step) []string {
	var out []string
	for _, s := range c {
		if s.Step == step {
			out = append(out, s.Name)
		}
	}
	return out
}
