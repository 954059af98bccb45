package normalise

import (
	"rubric/engine/cell"
	"rubric/spec/method"
)

// Formula scores by an expression over the value and the column's statistics:
//
//	score = the value of the expression
//
// It is for published methods that no name here covers. The expression says
// which values are better: there is no direction. A cell on which it has no
// value, by a division by zero or a logarithm, has no score.
//
// Source: the methodology's own.
//
// By hand, formula value * 2 + 1, values 3 0: 7 1.
var Formula = Method{
	Signature: method.Signature{
		Step: method.Normalise, Name: "formula",
		Title:   "the score is an expression over the value",
		Formula: "the expression",
		Source:  "the methodology's own",
		Params:  []method.Param{{Name: "formula", Kind: method.Formula, Doc: "the score, of the value and the statistics of all units"}},
	},
	Apply: func(in Input, score cell.Vector) Outcome {
		invalid := cell.NewBits(in.Value.Len())
		reason := in.Formula(in.Value, score, invalid)
		if invalid.Count() == 0 {
			return Outcome{}
		}
		return Outcome{Invalid: invalid, Reason: reason}
	},
}
