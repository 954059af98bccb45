package round

import (
	"rubric/spec/decimal"
	"rubric/spec/method"
)

// HalfEven rounds a five to the even digit, on the decimal digits that a person
// sees. By hand, two decimals: 2.675 → 2.68, 2.665 → 2.66, −2.665 → −2.66.
var HalfEven = Rule{
	Signature: method.Signature{
		Step: method.Round, Name: "half_even",
		Title: "a five is rounded to the even digit", Formula: "the nearest multiple of 10^−d; of two equally near, the even one",
		Source: "ISO 80000-1:2022, annex B, rule A", Params: params,
	},
	Apply: decimal.HalfEven,
}
