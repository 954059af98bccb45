package rank

import "rubric/engine/order"

// Fractional is the rule 1, 2.5, 2.5, 4: ties share the mean of their ranks.
// By hand: 60 50 50 40 → 1 2.5 2.5 4.
var Fractional = rule("fractional", "1, 2.5, 2.5, 4: ties share the mean of their ranks", "#better + (#equal + 1) / 2", "Kendall, Rank Correlation Methods, 1948, chapter 3", order.Fractional)
