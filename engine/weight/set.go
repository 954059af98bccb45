package weight

import "rubric/spec/method"

// Set takes the weights of a named set under `weights:`; the document writes the
// set's own name. A parent of whose children the set says nothing keeps their own
// weights.
//
// By hand: `weights: {experts: {health: 3, wealth: 1}}`, `weighting: experts`: 3/4 and 1/4.
var Set = Method{method.Signature{
	Step: method.Weight, Name: "set",
	Title: "the weights of a named set under `weights:`; its name is what is written", Formula: "wᵢ / Σ w over the children of a parent", Source: "Becker and others, COINr, Journal of Open Source Software 7 (78), 2022: weight sets",
}}
