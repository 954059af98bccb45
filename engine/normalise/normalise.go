// Package normalise turns the values of an indicator into scores on a common
// scale. One method is one file; Methods is the list of them. A method sees one
// whole column at a time, because most scores depend on all units.
package normalise

import (
	"rubric/engine/cell"
	"rubric/engine/order"
	"rubric/spec/method"
)

// Input is what a method is given.
type Input struct {
	Value  cell.Vector // of numbers
	Texts  []string    // of texts, for the methods that score them
	Units  int         // how many units count: all of them where missing ones are floored, else those with a value
	Best   order.Best  // which values are better
	Ties   string      // high, low, mean, dense
	Levels map[string]float64
	Ranker *order.Ranker
}

// Method is a normalisation. Apply writes the score of every valid cell and
// returns the number of cells that it could not score.
type Method struct {
	method.Signature
	Apply func(in Input, score cell.Vector) (unscored int)
	Floor float64 // the bottom of the scale, where Signature.Floor says that there is one
}

// Methods is every normalisation there is.
var Methods = []Method{AscendingRank, Lookup, None, RankPoints}

// Find looks a method up.
func Find(name string) (Method, bool) {
	for _, m := range Methods {
		if m.Name == name {
			return m, true
		}
	}
	return Method{}, false
}

// tiesParam is the tie rule that the methods by rank share.
var tiesParam = method.Param{Name: "ties", Doc: "what tied units score", Values: []string{"high", "low", "mean", "dense"}}
