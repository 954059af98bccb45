package normalise

import (
	"rubric/engine/cell"
	"rubric/spec/method"
)

// Bands gives every value the score of the step that it lies in:
//
//	score = the score of the step whose range holds x
//
// Steps are in the measure of the value, and which values are better is what
// their scores say: there is no direction. A value in no step has no score.
//
// Source: OECD and JRC, Handbook on Constructing Composite Indicators, 2008,
// step 5, normalisation, p. 30, categorical scales.
//
// By hand, steps {below 10: 1}, {from 10, below 20: 3}, {from 20: 5}, values 9 10 19 20: 1 3 3 5.
var Bands = Method{
	Signature: method.Signature{
		Step: method.Normalise, Name: "bands",
		Title:   "each range of values has its declared score",
		Formula: "the score of the step that holds x",
		Source:  "OECD/JRC Handbook 2008, step 5: normalisation, p. 30: categorical scales",
		Params:  []method.Param{{Name: "steps", Kind: method.Ladder, Doc: "the ranges of values, each with its score"}},
	},
	Apply: func(in Input, score cell.Vector) (out Outcome) {
		steps := in.Args.Ladder("steps")
		for i, x := range in.Value.Values {
			if !in.Value.Valid.Get(i) {
				continue
			}
			if s := step(steps, x); s != nil {
				out.put(in, score, i, s.Score)
			} else {
				out.refuse(in, i, "the value is in no step")
			}
		}
		return out
	},
}

func step(steps []method.Rung, x float64) *method.Rung {
	for i := range steps {
		if steps[i].Holds(x) {
			return &steps[i]
		}
	}
	return nil
}
