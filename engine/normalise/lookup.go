package normalise

import (
	"rubric/engine/cell"
	"rubric/spec/method"
)

// Lookup maps judged levels, which are texts, to scores: score = levels[text].
// A text that is none of the declared levels has no score and is a finding.
//
// Source: OECD and JRC, Handbook on Constructing Composite Indicators, 2008,
// normalisation, categorical scales.
//
// By hand, levels {capital: 60, other: 20}: capital → 60, other → 20.
var Lookup = Method{
	Signature: method.Signature{
		Step: method.Normalise, Name: "lookup",
		Title:   "each text has its declared score",
		Formula: "levels[text]",
		Source:  "OECD/JRC Handbook 2008, normalisation: categorical scales",
		Params:  []method.Param{{Name: "levels", Kind: method.Levels, Doc: "a map from each text to its score"}},
		Text:    true,
	},
	Apply: func(in Input, score cell.Vector) (out Outcome) {
		levels := map[string]float64{}
		for _, l := range in.Args.Levels("levels") {
			levels[l.Text] = l.Score
		}
		for i, text := range in.Texts {
			if !in.Value.Valid.Get(i) {
				continue
			}
			if s, ok := levels[text]; ok {
				score.Put(i, s)
			} else {
				out.Unscored++
			}
		}
		return out
	},
}
