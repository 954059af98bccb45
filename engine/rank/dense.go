package rank

import "rubric/engine/order"

// Dense is the rule 1, 2, 2, 3: no rank is left out.
// By hand: 60 50 50 40 → 1 2 2 3.
var Dense = rule("dense", "1, 2, 2, 3: no rank is left out", "1 + #distinct better scores", "dense ranking", order.Dense)
