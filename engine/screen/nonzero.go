package screen

import (
	"fmt"

	"rubric/spec/method"
)

// MinNonzero asks that such a share of the values are not zero.
//
// By hand: values 0 2 0 5 and one absent: 2 of 4 are not zero, 50 %; 50% is met, 60% is not.
var MinNonzero = Method{method.Signature{
	Step: method.Screen, Name: "min_nonzero",
	Title: "the least share of the values that are not zero", Formula: "(available − zeros) / available", Source: "Becker and others, COINr, Journal of Open Source Software 7 (78), 2022: Screen, by zeros",
}}

// Nonzero is the share of the values that are not zero.
func (u Unit) Nonzero() float64 { return share(u.Available-u.Zero, u.Available) }

// Lively says why a unit has too many zeros; empty where it has not.
func (u Unit) Lively(percent float64) string {
	if !below(u.Nonzero(), percent) {
		return ""
	}
	return fmt.Sprintf("%d of %d values are zero, and %v%% that are not are asked for", u.Zero, u.Available, percent)
}
