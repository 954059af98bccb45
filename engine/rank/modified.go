package rank

import "rubric/engine/order"

// Modified is the rule 1, 3, 3, 4: ties share the worse rank.
// By hand: 60 50 50 40 → 1 3 3 4.
var Modified = rule("modified", "1, 3, 3, 4: ties share the worse rank", "#better or equal", "modified competition ranking", order.Modified)
