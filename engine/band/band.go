// Package band gives a range of scores a label: a tier, a severity, a category of
// development. One way is one file; Methods is the list of them.
package band

import "rubric/spec/method"

// Method is a way to label scores. The checker reads the ranges, and says which of
// them overlap and what none of them covers.
type Method struct{ method.Signature }

// Methods is every way there is.
var Methods = []Method{Ranges}
