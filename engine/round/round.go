// Package round rounds the scores of a node, where the methodology says so. One
// rule is one file; Rules is the list of them. The document also says whether
// ranks are taken before it or after it.
package round

import "rubric/spec/method"

// Rule is a rule of rounding.
type Rule struct {
	method.Signature
	Apply func(x float64, decimals int) float64
}

// Rules is every rule there is.
var Rules = []Rule{HalfEven, HalfUp}

// Find looks a rule up.
func Find(name string) (Rule, bool) {
	for _, r := range Rules {
		if r.Name == name {
			return r, true
		}
	}
	return Rule{}, false
}

// params are what every rule takes.
var params = []method.Param{
	{Name: "decimals", Kind: method.Whole, Doc: "how many digits stay behind the point; negative ones count before it", Least: method.Bound(-15), Most: method.Bound(15)},
	{Name: "rank_on", Kind: method.Word, Doc: "which scores are ranked", Values: []string{"rounded", "unrounded"}},
}
