package impute

import (
	"rubric/engine/cell"
	"rubric/spec/method"
)

// Value fills with one number that the document gives: a figure from elsewhere,
// or zero where no figure means none.
//
// Source: OECD and JRC, Handbook on Constructing Composite Indicators, 2008,
// step 3, imputation of missing data: cold deck imputation, a value from outside.
//
// By hand, value 1: 2, missing, 4 → 2, 1, 4.
var Value = Method{
	Signature: method.Signature{
		Step: method.Impute, Name: "value",
		Title: "a given number", Formula: "value", Source: "OECD/JRC Handbook 2008, step 3: cold deck imputation",
		Params: []method.Param{{Name: "value", Kind: method.Number, Doc: "the number that every missing cell gets"}},
	},
	Apply: func(in Input, values []float64, filled cell.Bits) {
		fillAll(in, values, filled, in.Args.Number("value"))
	},
}
