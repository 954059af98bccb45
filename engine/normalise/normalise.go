// Package normalise turns the values of an indicator into scores on a common
// scale. One method is one file; Methods is the list of them. A method sees one
// whole column at a time, because most scores depend on all units.
//
//	values 40 30 20 10    min_max      1  0.67  0.33  0
//	                      borda        3  2     1     0
//	                      goalposts    0.8  0.6  0.4  0.2    with low 0 and high 50
//
// A value without a score is Invalid with a reason, never NaN, infinite or a
// number that means nothing: a column without spread has no z-scores.
//
// Of the Handbook's list (step 5, normalisation) three methods are not here, for
// they need the periods before this one, and a method sees one cross-section:
// that for cyclical indicators, the balance of opinions, and the percentage of
// annual differences over consecutive years. Such a figure is a column of its
// own, or a formula over two columns, which any method here scores. COINr's
// n_scaled is goalposts with cap none.
package normalise

import (
	"rubric/engine/cell"
	"rubric/engine/order"
	"rubric/spec/method"
)

// Input is what a method is given: one cross-section, the units of one period,
// or the cells of all periods where the bounds are taken over all.
type Input struct {
	Value     cell.Vector           // numbers, after the declared transformation
	Texts     []string              // of texts, for the methods that score them
	Units     int                   // how many units count: all of them where missing ones are floored, else those with a value
	Best      order.Best            // which values are better
	Args      method.Args           // the parameters
	Transform func(float64) float64 // what was done to the values, to do it to a bound that a parameter names; nil: nothing
	Reference int                   // the cell of the unit that distance_to_reference names; −1: this cross-section has none
	Ranker    *order.Ranker
	Formula   func(value, score cell.Vector, invalid cell.Bits) (reason string) // the method `formula`: writes the scores that there are, marks the values that have none, and says why
	Ledger    bool                                                              // list the cells that are held at an end of the scale
}

// Outcome is what a method has to say besides the scores.
type Outcome struct {
	Unscored int       // texts that are none of the declared levels
	Invalid  cell.Bits // cells with a value that the method has no score for; nil: none
	Reason   string    // why it has none
	Capped   []Capped  // cells held at an end of the scale, if the input asks for them
}

// Capped is a score held at an end of the scale. From is what it would be
// without, and the greatest double where that is beyond all numbers.
type Capped struct {
	Cell     int
	From, To float64
}

// Method is a normalisation. Apply writes the score of every valid cell that it
// can score; the score has no valid cell before.
type Method struct {
	method.Signature
	Apply func(in Input, score cell.Vector) Outcome
	Floor func(method.Args) float64 // the bottom of the scale, where Signature.Floor says that there is one
}

// Methods is every normalisation there is.
var Methods = []Method{
	AboveBelowMean, AscendingRank, Bands, Borda, DistanceToBest, DistanceToReference, DistanceToTarget, Formula, FractionOfMax,
	Goalposts, Lookup, MinMax, None, PercentileRank, QuantileClasses, RankPoints, ZScore,
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
