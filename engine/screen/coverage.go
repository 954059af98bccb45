package screen

import (
	"fmt"

	"rubric/spec/method"
)

// MinCoverage asks for values of so many indicators, or of such a share of them.
//
// By hand: 4 of 6 indicators have a value: 4/6 = 67 %; 60% and 4 are met, 70% and 5 are not.
var MinCoverage = Method{method.Signature{
	Step: method.Screen, Name: "min_coverage",
	Title: "the least indicators with a value, as a count or a share", Formula: "available / indicators", Source: "Becker and others, COINr, Journal of Open Source Software 7 (78), 2022: Screen, by missing data",
}}

// Coverage is the share of the indicators that have a value.
func (u Unit) Coverage() float64 { return share(u.Available, u.Indicators) }

// Covered says why a unit has too few values; empty where it has enough.
func (u Unit) Covered(count int, percent float64) string {
	asked := fmt.Sprint(count)
	switch {
	case u.Available < count:
	case below(u.Coverage(), percent):
		asked = fmt.Sprintf("%v%%", percent)
	default:
		return ""
	}
	return fmt.Sprintf("%d of %d indicators have a value, and %s are asked for", u.Available, u.Indicators, asked)
}
