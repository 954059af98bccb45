// Package decimal rounds numbers on the decimal digits that a person sees: the
// shortest text that reads back to the same double.
package decimal

import (
	"math"
	"strconv"
)

// HalfUp rounds half away from zero: HalfUp(2.675, 2) is 2.68, although the
// double behind 2.675 is a little below it.
func HalfUp(x float64, decimals int) float64 { return round(x, decimals, false) }

// HalfEven rounds half to the even digit: HalfEven(2.665, 2) is 2.66,
// HalfEven(2.675, 2) is 2.68.
func HalfEven(x float64, decimals int) float64 { return round(x, decimals, true) }

func round(x float64, decimals int, even bool) float64 {
	if x == 0 || math.IsInf(x, 0) || math.IsNaN(x) {
		return x
	}
	// d.ddddde±xx: the digits, and the power of ten of the first one.
	text := strconv.AppendFloat(nil, math.Abs(x), 'e', -1, 64)
	e := len(text) - 1
	for text[e] != 'e' {
		e--
	}
	exponent, _ := strconv.Atoi(string(text[e+1:]))
	digits := append([]byte{'0'}, text[0])
	if e > 1 {
		digits = append(digits, text[2:e]...)
	}
	// digits[0] is a place for the carry; digits[1] stands at 10^exponent.
	keep := exponent + decimals + 2 // how many of digits stay
	switch {
	case keep >= len(digits):
		return x
	case keep < 1:
		return math.Copysign(0, x)
	}
	up := digits[keep] >= '5'
	if even && digits[keep] == '5' && keep == len(digits)-1 && (digits[keep-1]-'0')%2 == 0 {
		up = false
	}
	digits = digits[:keep]
	for i := keep - 1; up; i-- {
		if digits[i] < '9' {
			digits[i]++
			up = false
		} else {
			digits[i] = '0'
		}
	}
	out := append(digits, 'e')
	out = strconv.AppendInt(out, int64(exponent-(keep-2)), 10)
	y, _ := strconv.ParseFloat(string(out), 64)
	return math.Copysign(y, x)
}
