package impute

import (
	"rubric/engine/cell"
	"rubric/engine/numeric"
	"rubric/spec/method"
)

// Mean fills with the arithmetic mean of the known values: Σ x / n.
//
// Source: OECD and JRC, Handbook on Constructing Composite Indicators, 2008,
// step 3, imputation of missing data: unconditional mean imputation; COINr
// 1.1.14, i_mean().
//
// By hand: 2, missing, 4, 9 → 2, 5, 4, 9.
var Mean = Method{
	Signature: method.Signature{
		Step: method.Impute, Name: "mean",
		Title: "the mean of the known values", Formula: "Σ x / n", Source: "OECD/JRC Handbook 2008, step 3: unconditional mean imputation",
	},
	Apply: func(in Input, values []float64, filled cell.Bits) {
		if known := numeric.Sorted(in.Value); len(known) > 0 {
			fillAll(in, values, filled, numeric.FiniteMean(known))
		}
	},
}
