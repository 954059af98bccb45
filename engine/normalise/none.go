package normalise

import (
	"rubric/engine/cell"
	"rubric/spec/method"
)

// None leaves the value as it is: score = value. By hand: 9 7 3 stays 9 7 3.
var None = Method{
	Signature: method.Signature{
		Step: method.Normalise, Name: "none",
		Title:   "the score is the value",
		Formula: "value",
		Source:  "OECD/JRC Handbook 2008, normalisation",
	},
	Apply: func(in Input, score cell.Vector) Outcome {
		copy(score.Values, in.Value.Values)
		copy(score.Valid, in.Value.Valid)
		return Outcome{}
	},
}
