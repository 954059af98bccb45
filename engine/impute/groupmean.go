package impute

import (
	"rubric/engine/cell"
	"rubric/engine/numeric"
	"rubric/spec/method"
)

// GroupMean fills with the mean of the known values of the unit's group. A group
// without a known value fills nothing; a unit without a group is left alone.
//
// Source: OECD and JRC, Handbook on Constructing Composite Indicators, 2008,
// step 3, imputation of missing data: conditional mean; COINr 1.1.14, i_mean_grp().
//
// By hand, groups a a a b b: 2, 4, missing, missing, 7 → 2, 4, 3, 7, 7.
var GroupMean = Method{
	Signature: method.Signature{
		Step: method.Impute, Name: "group_mean",
		Title: "the mean of the known values of the unit's group", Formula: "Σ x / n over the group", Source: "OECD/JRC Handbook 2008, step 3: mean imputation within classes",
		Params: []method.Param{ofParam},
	},
	Apply: func(in Input, values []float64, filled cell.Bits) {
		byGroup(in, values, filled, numeric.FiniteMean)
	},
}
