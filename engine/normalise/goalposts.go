package normalise

import (
	"math"
	"strconv"

	"rubric/engine/cell"
	"rubric/engine/order"
	"rubric/spec/method"
)

// Goalposts is min-max between two fixed values instead of those of the units:
//
//	score = a + (b − a)·(x − low)/(high − low)    higher is better, to [a, b]
//	score = a + (b − a)·(high − x)/(high − low)   lower is better
//
// Values beyond a goalpost are held at the end of the scale that `cap` names:
// `low` holds scores at a, `high` at b, `both` at either, `none` at neither.
// Scores have no unit of measurement; goalposts are in that of the value, and are transformed with it. Where an
// indicator's direction is closest to a number, values and goalposts are
// distances from it.
//
// With cap none this is COINr's n_scaled.
//
// Source: UNDP, Human Development Report, technical notes: goalposts; COINr's
// n_goalposts, of which `cap: both` is trunc2posts.
//
// By hand, low 20, high 85, values 85 72 33 7: 1, 52/65 = 0.8, 13/65 = 0.2, −13/65 = −0.2, held at 0.
var Goalposts = Method{
	Signature: method.Signature{
		Step: method.Normalise, Name: "goalposts",
		Title:   "where the value lies between two fixed values",
		Formula: "a + (b − a)·(x − low)/(high − low), to [a, b]; lower is better: a + (b − a)·(high − x)/(high − low)",
		Source:  "UNDP, Human Development Report, technical notes; COINr, n_goalposts and n_scaled",
		Params: []method.Param{
			{Name: "low", Kind: method.Number, Doc: "the lower goalpost, in the measure of the value"},
			{Name: "high", Kind: method.Number, Doc: "the upper goalpost"},
			toParam,
			{Name: "cap", Kind: method.Word, Doc: "the ends of the scale at which scores beyond are held", Values: []string{"none", "low", "high", "both"}, Default: "both"},
			transformParam,
		},
		Direction: true, Floor: true,
		Check: func(args method.Args) (param, wrong, help string) {
			low, high := args.Number("low"), args.Number("high")
			switch {
			case low == high:
				return "high", "both goalposts are " + strconv.FormatFloat(low, 'g', -1, 64), "give `high` a number above `low`"
			case low > high:
				return "high", "the upper goalpost is below the lower one", "exchange `low` and `high`; for values of which the lower are better, write `direction: lower`"
			}
			return "", "", ""
		},
	},
	Apply: func(in Input, score cell.Vector) Outcome {
		from, ok := in.bound("low")
		if !ok {
			return none(in, "the transformation has no value at the lower goalpost")
		}
		to, ok := in.bound("high")
		if !ok {
			return none(in, "the transformation has no value at the upper goalpost")
		}
		if from >= to {
			return none(in, "the lower goalpost is not below the upper one after the transformation")
		}
		if in.Best == order.Lowest {
			from, to = to, from
		}
		low, high := in.Args.Pair("to")
		return held(in, score, low, high, in.Args.Word("cap"), func(x float64) float64 { return onto(share(x, from, to), low, high) })
	},
	Floor: bottom,
}

// held scores every value by itself and holds the scores at the ends of the
// scale that cap names.
func held(in Input, score cell.Vector, low, high float64, ends string, f func(x float64) float64) (out Outcome) {
	if ends == "none" || ends == "high" {
		low = math.Inf(-1)
	}
	if ends == "none" || ends == "low" {
		high = math.Inf(1)
	}
	for i, x := range in.Value.Values {
		if !in.Value.Valid.Get(i) {
			continue
		}
		y := f(x)
		at := y
		if y < low {
			at = low
		} else if y > high {
			at = high
		}
		out.put(in, score, i, at)
		if at != y && in.Ledger && !math.IsNaN(y) {
			out.Capped = append(out.Capped, Capped{Cell: i, From: max(-math.MaxFloat64, min(math.MaxFloat64, y)), To: at})
		}
	}
	return out
}
