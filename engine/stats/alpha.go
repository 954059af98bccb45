package stats

import "rubric/engine/cell"

// alpha is Cronbach's alpha of the children of a node, how far they measure the
// same thing:
//
//	α = k²·c̄ / Σ c
//
// k is the number of children, Σ c the sum of all their variances and covariances,
// c̄ the mean of the covariances, each over the units that have both. It is absent
// where a covariance does not exist or the sum is zero.
//
// Source: Cronbach, Coefficient alpha and the internal structure of tests,
// Psychometrika 16, 1951; COINr's get_cronbach.
//
// By hand, 1 2 3 and 1 2 9: variances 1 and 19, covariance 4: 4·4 / (1 + 19 + 2·4) = 16/28 = 0.571.
func alpha(scores []cell.Vector) *float64 {
	k := float64(len(scores))
	all, off := 0.0, 0.0
	for i := range scores {
		for j := range i + 1 {
			x, y := both(scores[i], scores[j])
			if len(x) < 2 {
				return nil
			}
			c := covariance(x, y)
			if i == j {
				all += c
			} else {
				all, off = all+2*c, off+2*c
			}
		}
	}
	if all == 0 {
		return nil
	}
	return number(float64(k*k)*(off/(k*(k-1)))/all, true)
}
