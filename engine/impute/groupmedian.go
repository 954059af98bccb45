package impute

import (
	"rubric/engine/cell"
	"rubric/engine/numeric"
	"rubric/spec/method"
)

// GroupMedian fills with the median of the known values of the unit's group. A
// group without a known value fills nothing; a unit without a group is left alone.
//
// Source: OECD and JRC, Handbook on Constructing Composite Indicators, 2008,
// step 3, imputation of missing data; COINr 1.1.14, i_median_grp().
//
// By hand, groups a a a a b: 2, 4, 9, missing, missing → 2, 4, 9, 4, missing.
var GroupMedian = Method{
	Signature: method.Signature{
		Step: method.Impute, Name: "group_median",
		Title: "the median of the known values of the unit's group", Formula: "the middle value of the group", Source: "OECD/JRC Handbook 2008, step 3: median imputation within classes",
		Params: []method.Param{ofParam},
	},
	Apply: func(in Input, values []float64, filled cell.Bits) {
		byGroup(in, values, filled, func(known []float64) float64 { return numeric.FiniteQuantile(known, 0.5) })
	},
}
