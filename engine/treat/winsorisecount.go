package treat

import "rubric/spec/method"

// WinsoriseCount puts the next value in the place of the smallest and the largest
// cells: of n values in order, the low smallest become x[low+1], the high largest
// x[n−high]. Of tied cells some may be counted and some not; they have the same
// value before and after.
//
// A column of which fewer than two cells would be left alone stays as it is.
//
// Source: OECD and JRC, Handbook on Constructing Composite Indicators, 2008,
// step 5, normalisation; W. J. Dixon, Simplified estimation from censored normal
// samples, Annals of Mathematical Statistics 31, 1960, who named it for C. P. Winsor.
//
// By hand, low 1 and high 2: 1 5 6 7 90 100 → 5 5 6 7 7 7.
var WinsoriseCount = Method{
	Signature: method.Signature{
		Step: method.Treat, Name: "winsorise_count",
		Title: "so many of the smallest and largest cells get the next value", Formula: "x ← x[low+1] for the low smallest, x[n−high] for the high largest", Source: "Dixon, Annals of Mathematical Statistics 31, 1960; OECD/JRC Handbook 2008, step 5",
		Params: []method.Param{
			{Name: "low", Kind: method.Whole, Default: "0", Least: method.Bound(0), Doc: "how many of the smallest cells are replaced"},
			{Name: "high", Kind: method.Whole, Default: "0", Least: method.Bound(0), Doc: "how many of the largest cells are replaced"},
		},
		Check: func(args method.Args) (param, wrong, help string) {
			if args.Number("low") == 0 && args.Number("high") == 0 {
				return "low", "no cell is replaced", "give `low`, `high` or both a number above 0"
			}
			return "", "", ""
		},
	},
	Apply: func(in Input) Outcome {
		sorted, idle := spread(in.Value)
		if idle != "" {
			return Outcome{Idle: idle}
		}
		low, high := in.Args.Number("low"), in.Args.Number("high")
		if low+high > float64(len(sorted)-2) {
			return Outcome{Idle: "so few cells have a value that fewer than two would be left alone"}
		}
		hold(in.Value, sorted[int(low)], sorted[len(sorted)-1-int(high)])
		return Outcome{}
	},
}
