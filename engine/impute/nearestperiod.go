package impute

import (
	"math"

	"rubric/engine/cell"
	"rubric/spec/method"
)

// NearestPeriod fills with the unit's known figure that is nearest in time. Where
// one before and one after are equally near, prefer says which.
//
// max_gap is the greatest distance, in years, from which a figure is taken. Times
// are compared to the minute, because months are no round part of a year.
//
// Source: OECD and JRC, Handbook on Constructing Composite Indicators, 2008,
// step 3, imputation of missing data: single imputation; the Human Development
// Report and others take the figure of the nearest year.
//
// By hand, 2019 to 2023: 3, missing, 5, missing, missing: prefer before gives 3 for
// 2020, prefer after 5; 2022 and 2023 have 5, with max_gap 1 only 2022.
var NearestPeriod = Method{
	Signature: method.Signature{
		Step: method.Impute, Name: "nearest_period",
		Title: "the unit's known figure that is nearest in time", Formula: "x(t₀), t₀ the known time with the least |t − t₀|", Source: "OECD/JRC Handbook 2008, step 3: single imputation",
		Params: []method.Param{
			{Name: "prefer", Kind: method.Word, Values: []string{"before", "after"}, Doc: "which figure is taken where one before and one after are equally near"},
			maxGapParam("the greatest distance in years from which a figure is taken"),
		},
		Time: true,
	},
	Apply: func(in Input, values []float64, filled cell.Bits) {
		prefersAfter := in.Args.Word("prefer") == "after"
		in.neighbours(func(i, before, after int) {
			from, distance := before, 0.0
			switch {
			case before >= 0 && after >= 0:
				back, ahead := in.Times[i]-in.Times[before], in.Times[after]-in.Times[i]
				if same := math.Abs(back-ahead) <= instant; same && prefersAfter || !same && ahead < back {
					from = after
				}
			case before < 0:
				from = after
			}
			if from < 0 {
				return
			}
			if distance = math.Abs(in.Times[i] - in.Times[from]); within(distance, in.Args) {
				values[i] = in.Value.Values[from]
				filled.Set(i)
			}
		})
	},
}
