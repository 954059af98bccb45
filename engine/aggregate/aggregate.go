// Package aggregate combines the scores of a node's children into its value.
// One method is one file; Methods is the list of them.
package aggregate

import (
	"math"

	"rubric/engine/cell"
	"rubric/engine/order"
	"rubric/spec/method"
)

// Input is what a method is given: the children in document order, with their
// weights. A unit that lacks a child's score has a value only under Omit.
type Input struct {
	Children []cell.Vector
	Weights  []float64
	Omit     bool
	Args     method.Args
	Ranker   *order.Ranker
	Formula  func(in Input, value cell.Vector, invalid cell.Bits) (reason string) // the method `formula`
}

// Outcome is what a method has to say besides the values.
type Outcome struct {
	Invalid cell.Bits // units that have their children's scores and no value; nil: none
	Reason  string    // why they have none
}

// Method is an aggregation. Apply writes the value of every unit that has one.
type Method struct {
	method.Signature
	Apply func(in Input, value cell.Vector) Outcome
}

// Methods is every aggregation there is.
var Methods = []Method{
	ArithmeticMean, Borda, Copeland, Formula, GeneralisedMean, GeometricMean, HarmonicMean, Max, MazziottaPareto, Median, Min, None, Sum,
}

// Find looks a method up.
func Find(name string) (Method, bool) {
	for _, m := range Methods {
		if m.Name == name {
			return m, true
		}
	}
	return Method{}, false
}

// present is the units that have a value: those with every child, or under Omit
// those with any.
func present(in Input, valid cell.Bits) {
	for w := range valid {
		all, any := ^uint64(0), uint64(0)
		for _, c := range in.Children {
			all &= c.Valid[w]
			any |= c.Valid[w]
		}
		valid[w] = all
		if in.Omit {
			valid[w] = any
		}
	}
}

// add adds w·x of one child to out, for the units that have it. The child's
// number is masked by its validity bit, so that the loop has no branch.
func add(out []float64, child cell.Vector, weight float64) {
	for i := range out {
		bit := child.Valid[i>>6] >> (uint(i) & 63) & 1
		x := math.Float64frombits(math.Float64bits(child.Values[i]) & -bit)
		out[i] += float64(weight * x)
	}
}
