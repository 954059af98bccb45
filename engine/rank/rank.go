// Package rank puts the units of a result in order. One rule is one file; Rules
// is the list of them. Ties are exact equality of scores.
package rank

import (
	"rubric/engine/order"
	"rubric/spec/method"
)

// Rule is a rank rule.
type Rule struct {
	method.Signature
	Ties order.Ties
}

// Rules is every rank rule there is.
var Rules = []Rule{Dense, Fractional, Modified, Ordinal, Standard}

// Find looks a rule up.
func Find(name string) (Rule, bool) {
	for _, r := range Rules {
		if r.Name == name {
			return r, true
		}
	}
	return Rule{}, false
}

func rule(name, title, formula, source string, ties order.Ties) Rule {
	return Rule{method.Signature{
		Step: method.Rank, Name: name, Title: title, Formula: formula, Source: source,
		Params: []method.Param{{Name: "best", Kind: method.Word, Default: "highest", Doc: "which score is first", Values: []string{"highest", "lowest"}}},
	}, ties}
}
