package numeric

import "math"

// Skew is the adjusted Fisher-Pearson skewness of sorted values, the G1 of
// Joanes and Gill: √(n(n−1))/(n−2) · m₃/m₂^1.5, where m₂ and m₃ are the central
// moments Σ(x−mean)ᵏ/n. It has no unit. There is none of fewer than three values,
// nor of values that are all the same.
//
// Source: D. N. Joanes and C. A. Gill, Comparing measures of sample skewness and
// kurtosis, The Statistician 47, 1998, pp. 183–189; COINr 1.1.14, skew().
//
// By hand: of 0 0 3, mean 1, Σd² = 6, Σd³ = 6; m₂ = 2, m₃ = 2;
// √6/1 · 2/2^1.5 = √3.
func Skew(sorted []float64) (float64, bool) {
	n := float64(len(sorted))
	if n < 3 || sorted[0] == sorted[len(sorted)-1] {
		return 0, false
	}
	s2, s3, _ := moments(sorted)
	// √(n(n−1))/(n−2) · (S₃/n)/(S₂/n)^1.5 = n·√(n−1)/(n−2) · S₃/(S₂·√S₂)
	g := double{hi: n - 1}.root().times(double{hi: n}).over(double{hi: n - 2})
	return g.times(s3).over(s2.times(s2.root())).hi, true
}

// Kurtosis is the adjusted excess kurtosis of sorted values, the G2 of Joanes and
// Gill: (n−1)/((n−2)(n−3)) · ((n+1)·g₂ + 6), where g₂ = n·Σ(x−mean)⁴/(Σ(x−mean)²)² − 3.
// It has no unit. There is none of fewer than four values, nor of values that are
// all the same.
//
// Source: as Skew; COINr 1.1.14, kurt().
//
// By hand: of 0 0 0 4, mean 1, Σd² = 12, Σd⁴ = 84; g₂ = 4·84/144 − 3 = −2/3;
// 3/(2·1) · (5·(−2/3) + 6) = 4.
func Kurtosis(sorted []float64) (float64, bool) {
	n := float64(len(sorted))
	if n < 4 || sorted[0] == sorted[len(sorted)-1] {
		return 0, false
	}
	s2, _, s4 := moments(sorted)
	g := s4.times(double{hi: n}).over(s2.times(s2)).plus(double{hi: -3})
	g = g.times(double{hi: n + 1}).plus(double{hi: 6}).times(double{hi: n - 1})
	return g.over(double{hi: n - 2}).over(double{hi: n - 3}).hi, true
}

// moments is Σ(x−mean)ᵏ for k = 2, 3, 4, after a scaling by a power of two that
// keeps the fourth power of any double in range; skewness and kurtosis do not
// notice it. Carrying twice the digits makes up for the cancellation in all of
// them, so that the limit that a skewness of exactly 2 does not pass is met.
func moments(sorted []float64) (s2, s3, s4 double) {
	_, e := math.Frexp(max(math.Abs(sorted[0]), math.Abs(sorted[len(sorted)-1])))
	half := e / 2 // 2^−e may be out of range where its halves are not
	one, two := math.Ldexp(1, -half), math.Ldexp(1, half-e)

	var mean double
	for _, x := range sorted {
		mean = mean.plus(double{hi: x * one * two})
	}
	mean = mean.over(double{hi: float64(len(sorted))})
	mean.hi, mean.lo = -mean.hi, -mean.lo
	for _, x := range sorted {
		d := mean.plus(double{hi: x * one * two})
		d2 := d.times(d)
		s2 = s2.plus(d2)
		s3 = s3.plus(d2.times(d))
		s4 = s4.plus(d2.times(d2))
	}
	return s2, s3, s4
}

// double is a number of twice the digits of a float64, as an unevaluated sum of
// two. T. J. Dekker, Numerische Mathematik 18, 1971. The conversions forbid a
// processor to fuse what they stand around.
type double struct{ hi, lo float64 }

func (a double) plus(b double) double {
	s := a.hi + b.hi
	v := s - a.hi
	e := (a.hi - (s - v)) + (b.hi - v) + a.lo + b.lo
	hi := s + e
	return double{hi, e - (hi - s)}
}

func (a double) times(b double) double {
	p := float64(a.hi * b.hi)
	e := math.FMA(a.hi, b.hi, -p) + (float64(a.hi*b.lo) + float64(a.lo*b.hi))
	hi := p + e
	return double{hi, e - (hi - p)}
}

func (a double) over(b double) double {
	q := a.hi / b.hi
	r := a.plus(b.times(double{hi: -q}))
	e := (r.hi + r.lo) / b.hi
	hi := q + e
	return double{hi, e - (hi - q)}
}

// root is the square root of a positive number, by one step of Newton's method.
func (a double) root() double {
	q := math.Sqrt(a.hi)
	r := a.plus(double{hi: q}.times(double{hi: -q}))
	e := (r.hi + r.lo) / (2 * q)
	hi := q + e
	return double{hi, e - (hi - q)}
}
