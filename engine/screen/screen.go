// Package screen says which units have enough data to be ranked. One rule is one
// file; Methods is the list of them. A unit that fails any rule of the document is
// left out before anything is imputed, and N counts the rest.
package screen

import "rubric/spec/method"

// Method is a rule of screening: a key of `screen:`.
type Method struct{ method.Signature }

// Methods is every rule there is, in alphabetical order.
var Methods = []Method{Condition, MinCoverage, MinNonzero}

// Unit is what a unit has of the indicators that the index rests on.
type Unit struct {
	Indicators int // all of them
	Available  int // with a value
	Zero       int // of those, the values that are zero
}

// share is a part of a whole; 0 of nothing.
func share(part, whole int) float64 {
	if whole == 0 {
		return 0
	}
	return float64(part) / float64(whole)
}

// below says whether a share is strictly below a percentage, but for the last
// digits of a double.
func below(share, percent float64) bool { return float64(share*100) < percent-1e-9 }
