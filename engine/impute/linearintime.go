package impute

import (
	"math"

	"rubric/engine/cell"
	"rubric/spec/method"
)

// LinearInTime fills along the straight line between the unit's known figures
// before and after: x₀ + (t − t₀)/(t₁ − t₀)·(x₁ − x₀). Time is real: a period that
// has no row still counts.
//
// Beyond the first and the last known figure there is no line, and ends says what
// happens:
//
//	keep    the cell stays missing
//	hold    it gets the nearest known figure
//	extend  it lies on the line through the two nearest known figures
//
// A unit with one known figure is filled under hold alone; one with none never.
//
// max_gap is the longest time in years between two known figures that a line
// bridges, and the farthest that hold and extend reach from the last of them.
//
// Source: OECD and JRC, Handbook on Constructing Composite Indicators, 2008,
// step 3, imputation of missing data: single imputation, interpolation of a time
// series.
//
// By hand, 2019 to 2024: missing, 2, missing, 6, missing, missing. 2021 has
// 2 + 1/2·4 = 4. keep: nothing else. hold: 2019 has 2, 2023 and 2024 have 6.
// extend: 2019 has 2 − 2 = 0, 2023 has 8, 2024 has 10. With max_gap 1, 2021 stays
// missing, for 2020 and 2022 are two years apart.
var LinearInTime = Method{
	Signature: method.Signature{
		Step: method.Impute, Name: "linear_in_time",
		Title: "the line between the unit's known figures before and after", Formula: "x₀ + (t − t₀)/(t₁ − t₀)·(x₁ − x₀)", Source: "OECD/JRC Handbook 2008, step 3: single imputation",
		Params: []method.Param{
			{Name: "ends", Kind: method.Word, Values: []string{"keep", "hold", "extend"}, Default: "keep", Doc: "what lies beyond the first and last known figure: missing, the nearest one held, or the line through the two nearest extended"},
			maxGapParam("the longest time in years between two known figures that is bridged, and the farthest reach beyond the ends"),
		},
		Time: true,
	},
	Apply: func(in Input, values []float64, filled cell.Bits) {
		for u, cells := range in.Series {
			known := ends{-1, -1, -1, -1}
			if in.Args.Word("ends") != "keep" {
				known = in.ends(cells)
			}
			one := in
			one.Series = in.Series[u : u+1]
			one.neighbours(func(i, before, after int) {
				a, b, hold := before, after, -1
				switch {
				case before >= 0 && after >= 0:
					if !within(in.Times[after]-in.Times[before], in.Args) {
						return
					}
				case before < 0 && after < 0 || in.Args.Word("ends") == "keep":
					return
				case before < 0:
					a, b, hold = known.first, known.second, known.first
				default:
					a, b, hold = known.last, known.lastButOne, known.last
				}
				if hold >= 0 && !within(math.Abs(in.Times[i]-in.Times[hold]), in.Args) {
					return
				}
				if hold >= 0 && in.Args.Word("ends") == "hold" {
					values[i] = in.Value.Values[hold]
					filled.Set(i)
					return
				}
				if b < 0 || a == b {
					return
				}
				if y, ok := in.line(a, b, in.Times[i]); ok {
					values[i] = y
					filled.Set(i)
				}
			})
		}
	},
}

// ends is the two first and the two last known cells of a unit; −1 for none.
type ends struct{ first, second, lastButOne, last int }

func (in Input) ends(cells []int) ends {
	e := ends{-1, -1, -1, -1}
	for _, i := range cells {
		if !in.Value.Valid.Get(i) {
			continue
		}
		if e.first < 0 {
			e.first = i
		} else if e.second < 0 {
			e.second = i
		}
		e.lastButOne, e.last = e.last, i
	}
	return e
}
