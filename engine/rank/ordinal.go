package rank

import (
	"rubric/engine/order"
	"rubric/spec/method"
)

// Ordinal is the rule 1, 2, 3, 4: ties are broken by other scores, in the order
// in which they are named; `id` is the unit's own id, as the last resort.
// By hand: scores 60 50 50 40, broken by 1 3 7 2 → 1 3 2 4.
var Ordinal = ordinal()

func ordinal() Rule {
	r := rule("ordinal", "1, 2, 3, 4: ties are broken by other scores", "1 + #better + #equal with a better tie-breaker", "ordinal ranking", order.Standard)
	r.Params = append(r.Params, method.Param{Name: "by", Kind: method.Nodes, Doc: "the nodes whose scores break ties, the first one first; `id` is the unit's own id"})
	return r
}
