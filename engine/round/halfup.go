package round

import (
	"rubric/spec/decimal"
	"rubric/spec/method"
)

// HalfUp rounds a five up, away from zero, on the decimal digits that a person
// sees. By hand, two decimals: 2.675 → 2.68, 2.665 → 2.67, −2.675 → −2.68.
var HalfUp = Rule{
	Signature: method.Signature{
		Step: method.Round, Name: "half_up",
		Title: "a five is rounded up, away from zero", Formula: "sign(x)·floor(|x|·10^d + 1/2) / 10^d, on decimal digits",
		Source: "ISO 80000-1:2022, annex B, rule B", Params: params,
	},
	Apply: decimal.HalfUp,
}
