package treat

import (
	"rubric/engine/numeric"
	"rubric/spec/method"
)

// WinsoriseQuantile holds the values between two quantiles of the column itself:
// max(Q(low), min(Q(high), x)). Quantiles are of type 7: linear between the values
// in order.
//
// Source: OECD and JRC, Handbook on Constructing Composite Indicators, 2008,
// step 5, normalisation: the 2.5 and 97.5 percentile as thresholds; R. Hyndman and
// Y. Fan, Sample quantiles in statistical packages, The American Statistician 50,
// 1996.
//
// By hand, low 0.25 and high 0.75: of 0 10 20 30 100 the quantiles are 10 and 30:
// 10 10 20 30 30.
var WinsoriseQuantile = Method{
	Signature: method.Signature{
		Step: method.Treat, Name: "winsorise_quantile",
		Title: "values held between two quantiles of the column", Formula: "max(Q(low), min(Q(high), x)), Q of type 7", Source: "OECD/JRC Handbook 2008, step 5: percentiles as thresholds",
		Params: []method.Param{
			{Name: "low", Kind: method.Number, Default: "0", Least: method.Bound(0), Most: method.Bound(1), Doc: "the probability of the lower quantile; 0 leaves the lower end alone"},
			{Name: "high", Kind: method.Number, Default: "1", Least: method.Bound(0), Most: method.Bound(1), Doc: "the probability of the upper quantile; 1 leaves the upper end alone"},
		},
		Check: func(args method.Args) (param, wrong, help string) {
			low, high := args.Number("low"), args.Number("high")
			switch {
			case low >= high:
				return "high", "`high` is not above `low`", "probabilities such as 0.025 and 0.975"
			case low == 0 && high == 1:
				return "low", "both ends are left alone", "probabilities such as 0.025 and 0.975"
			}
			return "", "", ""
		},
	},
	Apply: func(in Input) Outcome {
		sorted, idle := spread(in.Value)
		if idle != "" {
			return Outcome{Idle: idle}
		}
		hold(in.Value, numeric.FiniteQuantile(sorted, in.Args.Number("low")), numeric.FiniteQuantile(sorted, in.Args.Number("high")))
		return Outcome{}
	},
}
