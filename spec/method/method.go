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
	Normalise Step = "normalise"
	Aggregate Step = "aggregate"
	Rank      Step = "rank"
)

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
	Adds      bool `json:"adds,omitempty"`      // aggregation: weighted children sum to the result
	Weights   bool `json:"weights,omitempty"`   // aggregation: takes weights
}

// Param is a parameter of a method.
type Param struct {
	Name   string   `json:"name"`
	Doc    string   `json:"doc"`
	Values []string `json:"values,omitempty"` // the words that it may be, if it is a word
}

// Takes says whether the method has a parameter.
func (s Signature) Takes(param string) bool {
	return slices.ContainsFunc(s.Params, func(p Param) bool { return p.Name == param })
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
