// Package impute fills the missing cells of an indicator or a column by a
// declared rule. One method is one file; Methods is the list of them. What a
// method cannot fill stays missing: the document says what happens then.
package impute

import (
	"rubric/engine/cell"
	"rubric/spec/method"
)

// Input is what a method is given: the cells of one cross-section or, for the
// methods along time, of all periods. Times are in years, with fractions for
// quarters and months.
type Input struct {
	Value     cell.Vector // what is known; numbers behind absent cells must not be read
	Group     []int       // the group of each cell, −1 for none; nil: the method asks for none
	Predictor cell.Vector // the column that a regression runs on
	Series    [][]int     // methods along time: of each unit, its cells in the order of time
	Times     []float64   // methods along time: when each cell is
	Args      method.Args
}

// Method is an imputation. Apply writes a number for each absent cell that it
// can fill, and sets its bit in filled; it changes nothing that is known. values
// may be the input's own numbers; filled must not be its validity.
type Method struct {
	method.Signature
	Apply func(in Input, values []float64, filled cell.Bits)
}

// Methods is every imputation there is.
var Methods = []Method{GroupMean, GroupMedian, LastKnown, LinearInTime, Mean, Median, NearestPeriod, Regression, Value}

// Find looks a method up.
func Find(name string) (Method, bool) {
	for _, m := range Methods {
		if m.Name == name {
			return m, true
		}
	}
	return Method{}, false
}

// fillAll fills every absent cell with one number.
func fillAll(in Input, values []float64, filled cell.Bits, x float64) {
	for i := range values {
		if !in.Value.Valid.Get(i) {
			values[i] = x
			filled.Set(i)
		}
	}
}
