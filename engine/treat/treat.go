// Package treat changes the values of an indicator or a column so that outliers
// and skew do not rule the scores. One method is one file; Methods is the list
// of them. A treatment sees the values as they are, without direction.
package treat

import (
	"rubric/engine/cell"
	"rubric/spec/method"
)

// Input is what a method is given: the cells of one cross-section or, where the
// document says so, of all periods.
type Input struct {
	Value cell.Vector // to be changed in place, numbers and validity
	Args  method.Args
}

// Outcome is what a method has to say besides the new values.
type Outcome struct {
	Invalid cell.Bits // cells that have no value after it, and are no longer valid; nil: none
	Reason  string    // why they have none
	Idle    string    // why it could do nothing with the whole column, which is as it was; "" where it could
}

// Method is a treatment. Apply changes the values of valid cells.
type Method struct {
	method.Signature
	Apply func(in Input) Outcome
}

// Methods is every treatment there is.
var Methods = []Method{
	Asinh, BoxCox, Clip, Log, LogFromMin, LogGII, LogShift, LogShiftBySkew, Sqrt,
	WinsoriseCount, WinsoriseQuantile, WinsoriseSkew,
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
