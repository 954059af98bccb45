package aggregate

import (
	"rubric/engine/cell"
	"rubric/spec/method"
)

// Formula is an expression over the children's scores, by their ids, for what no
// other method does: `{method: formula, formula: "min(health, wealth) * 0.7 + culture * 0.3"}`.
// Aggregates of a child over the units are there too: mean(health). Under `omit` the
// formula is evaluated for every unit, and says itself what a missing child does:
// coalesce, is_missing. Under the other rules a unit that lacks a child has no value.
//
// By hand: children health 0.5 and wealth 0.8, formula "health * wealth": 0.4.
var Formula = Method{
	Signature: method.Signature{
		Step: method.Aggregate, Name: "formula",
		Title: "an expression over the children's scores, by their ids", Formula: "the expression", Source: "Rubric",
		Params: []method.Param{{Name: "formula", Kind: method.Formula, Doc: "an expression over the children's ids"}},
	},
	Apply: func(in Input, value cell.Vector) (out Outcome) {
		n := value.Len()
		allowed := cell.NewBits(n)
		if in.Omit {
			allowed.SetAll(n)
		} else {
			present(in, allowed)
		}
		invalid := cell.NewBits(n)
		out.Reason = in.Formula(in, value, invalid)
		for w := range allowed {
			value.Valid[w] &= allowed[w]
			invalid[w] &= allowed[w]
		}
		if invalid.Count() > 0 {
			out.Invalid = invalid
		}
		return out
	},
}
