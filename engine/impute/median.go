package impute

import (
	"rubric/engine/cell"
	"rubric/engine/numeric"
	"rubric/spec/method"
)

// Median fills with the median of the known values: the middle one, or the mean
// of the two in the middle.
//
// Source: OECD and JRC, Handbook on Constructing Composite Indicators, 2008,
// step 3, imputation of missing data: unconditional median; COINr 1.1.14,
// i_median().
//
// By hand: 2, missing, 4, 9 → 2, 4, 4, 9.
var Median = Method{
	Signature: method.Signature{
		Step: method.Impute, Name: "median",
		Title: "the median of the known values", Formula: "the middle value; the mean of the two middle ones", Source: "OECD/JRC Handbook 2008, step 3: unconditional median imputation",
	},
	Apply: func(in Input, values []float64, filled cell.Bits) {
		if known := numeric.Sorted(in.Value); len(known) > 0 {
			fillAll(in, values, filled, numeric.FiniteQuantile(known, 0.5))
		}
	},
}
