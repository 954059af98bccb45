// Package transform has the functions that a value may go through before it is
// scored, one number at a time. One method is one file; Methods is the list of
// them. Bounds that a normalisation names are in the value's own measure and go
// through the same function.
package transform

import "rubric/spec/method"

// Method is a transformation. Apply returns the new number, or why there is none.
type Method struct {
	method.Signature
	Apply func(x float64) (y float64, reason string)
}

// Methods is every transformation there is.
var Methods = []Method{Asinh, Ln, Log10, Sqrt}

// Find looks a method up.
func Find(name string) (Method, bool) {
	for _, m := range Methods {
		if m.Name == name {
			return m, true
		}
	}
	return Method{}, false
}
