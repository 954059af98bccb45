package impute

import (
	"slices"

	"rubric/engine/cell"
	"rubric/spec/method"
)

// ofParam is the group that the methods by group share.
var ofParam = method.Param{Name: "of", Kind: method.Group, Doc: "the grouping of the units; a unit is filled from the known values of its own group"}

// byGroup fills the absent cells of each group with a number made from the known
// values of that group, sorted. Nothing is filled in a group without a known
// value, nor outside of any group.
func byGroup(in Input, values []float64, filled cell.Bits, number func(sorted []float64) float64) {
	if in.Group == nil {
		return
	}
	groups := 0
	for _, g := range in.Group {
		groups = max(groups, g+1)
	}
	// The known values, one group after another: group g ends at end[g].
	end := make([]int, groups+1)
	for i, g := range in.Group {
		if g >= 0 && in.Value.Valid.Get(i) {
			end[g+1]++
		}
	}
	for g := range groups {
		end[g+1] += end[g]
	}
	known := make([]float64, end[groups])
	for i, g := range in.Group {
		if x, ok := in.Value.At(i); ok && g >= 0 {
			known[end[g]] = x + 0 // a zero has no sign, as in numeric.Sorted
			end[g]++
		}
	}
	fill, some, start := make([]float64, groups), make([]bool, groups), 0
	for g := range groups {
		if of := known[start:end[g]]; len(of) > 0 {
			slices.Sort(of)
			fill[g], some[g] = number(of), true
		}
		start = end[g]
	}
	for i, g := range in.Group {
		if g >= 0 && some[g] && !in.Value.Valid.Get(i) {
			values[i] = fill[g]
			filled.Set(i)
		}
	}
}
