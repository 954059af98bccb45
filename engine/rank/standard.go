package rank

import "rubric/engine/order"

// Standard is the rule 1, 2, 2, 4: ties share the better rank, the next is left out.
// By hand: 60 50 50 40 → 1 2 2 4.
var Standard = rule("standard", "1, 2, 2, 4: ties share the better rank, the next is left out", "1 + #better", "standard competition ranking", order.Standard)
