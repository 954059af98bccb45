package numeric

import "math"

// FiniteMean is Mean where a sum of the values would be too large for a number,
// too. It is never outside the values: the mean of equal numbers is that number.
func FiniteMean(sorted []float64) float64 {
	mean := Mean(sorted)
	if math.IsInf(mean, 0) || math.IsNaN(mean) {
		const scale = 1 << 62 // more than there are values
		small := make([]float64, len(sorted))
		for i, x := range sorted {
			small[i] = x / scale
		}
		mean = Mean(small) * scale
	}
	return min(max(mean, sorted[0]), sorted[len(sorted)-1])
}

// FiniteQuantile is Quantile where the distance of two values would be too large
// for a number, too.
func FiniteQuantile(sorted []float64, p float64) float64 {
	q := Quantile(sorted, p)
	if math.IsInf(q, 0) || math.IsNaN(q) {
		h := float64(float64(len(sorted)-1) * p)
		low := int(math.Floor(h))
		part := h - float64(low)
		return float64(sorted[low]*(1-part)) + float64(sorted[low+1]*part)
	}
	return q
}
