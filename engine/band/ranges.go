package band

import "rubric/spec/method"

// Ranges labels a score by the range that it lies in. Each bound says whether it
// belongs to the range.
//
// By hand: `first: {above: 2400}`, `second: {from: 2000, up_to: 2400}`: 2401 is first, 2400 and 2000 are second, 1999 has no band.
var Ranges = Method{method.Signature{
	Step: method.Band, Name: "ranges",
	Title: "the label of the range that a score lies in", Formula: "above < score, from ≤ score, score < below, score ≤ up_to", Source: "UNDP, Human Development Report 2014, technical note 1: cut-off points of human development groups",
}}
