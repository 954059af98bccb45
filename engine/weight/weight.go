// Package weight says where the weights of a node's children come from. One
// source is one file; Methods is the list of them. Weights are relative: only
// their share among the children of one parent counts.
package weight

import "rubric/spec/method"

// Method is a source of weights. The checker takes the numbers from where it
// says; there is nothing to do when data are evaluated.
type Method struct{ method.Signature }

// Methods is every source there is.
var Methods = []Method{Equal, Given, Set}
