package impute

import (
	"rubric/engine/cell"
	"rubric/spec/method"
)

// LastKnown fills with the unit's last known figure before the period. Periods
// before the first known figure stay missing.
//
// max_gap is the greatest age, in years, at which a figure is still carried.
//
// Source: last observation carried forward; OECD and JRC, Handbook on Constructing
// Composite Indicators, 2008, step 3, imputation of missing data: single imputation.
//
// By hand, 2019 to 2023: missing, 4, missing, missing, 7 → missing, 4, 4, 4, 7;
// with max_gap 1: missing, 4, 4, missing, 7.
var LastKnown = Method{
	Signature: method.Signature{
		Step: method.Impute, Name: "last_known",
		Title: "the unit's last known figure before the period", Formula: "x(t₀), t₀ the last known time before t", Source: "last observation carried forward; OECD/JRC Handbook 2008, step 3: single imputation",
		Params: []method.Param{maxGapParam("the greatest age in years at which a figure is still carried forward")},
		Time:   true,
	},
	Apply: func(in Input, values []float64, filled cell.Bits) {
		in.neighbours(func(i, before, _ int) {
			if before >= 0 && within(in.Times[i]-in.Times[before], in.Args) {
				values[i] = in.Value.Values[before]
				filled.Set(i)
			}
		})
	},
}
