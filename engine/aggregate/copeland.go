package aggregate

import (
	"math"

	"rubric/engine/cell"
	"rubric/spec/method"
)

// mostCompared is how many units are compared pair by pair. Twice as many take
// four times as long; so many take some seconds for a dozen children.
const mostCompared = 20_000

// Copeland compares every two units child by child: a unit outranks another where
// the children in which it is better have more than half of the weight, and those
// in which both are equal count half. The value is how many units it outranks less
// how many outrank it:
//
//	oᵢₖ = Σ w[xᵢ > xₖ] + ½ Σ w[xᵢ = xₖ], over Σ w;   value = #(oᵢₖ > ½) − #(oᵢₖ < ½)
//
// Only the order of scores counts, and no child makes up for another. Under `omit`
// two units are compared by the children that both have; where they share none,
// not at all. (COINr counts such a child for one of the two.) More than 20,000
// units are not compared.
//
// Source: Copeland, A reasonable social welfare function, 1951; OECD and JRC,
// Handbook on Constructing Composite Indicators, 2008, step 6, non-compensatory
// multi-criteria approach; COINr's a_copeland and outrankMatrix.
//
// By hand, three children of units A 3 3 1, B 2 2 3, C 1 1 2: A beats B and C in two of three, B beats C in all: A 2, B 0,
// C −2. With weights 1 1 4 the third decides: A loses to both, B beats both: A −2, B 2, C 0.
var Copeland = Method{
	Signature: method.Signature{
		Step: method.Aggregate, Name: "copeland",
		Title: "how many units it outranks less how many outrank it", Formula: "#(oᵢₖ > ½) − #(oᵢₖ < ½), oᵢₖ = (Σ w[xᵢ > xₖ] + ½ Σ w[xᵢ = xₖ]) / Σ w", Source: "Copeland 1951; OECD/JRC Handbook 2008, non-compensatory approach; COINr, a_copeland",
		Weights: true, Across: true,
	},
	Apply: func(in Input, value cell.Vector) (out Outcome) {
		present(in, value.Valid)
		var units []int
		for i := range value.Values {
			value.Values[i] = 0
			if value.Valid.Get(i) {
				units = append(units, i)
			}
		}
		if len(units) > mostCompared {
			for _, i := range units {
				value.Valid.Clear(i)
				out.invalid(i, len(value.Values), "copeland compares every two units, which is not done for more than 20,000")
			}
			return out
		}
		for a, i := range units {
			for _, k := range units[:a] {
				switch c := in.outranks(i, k); {
				case c > 0:
					value.Values[i]++
					value.Values[k]--
				case c < 0:
					value.Values[i]--
					value.Values[k]++
				}
			}
		}
		return out
	},
}

// outranks compares two units by the children that both have: the weight of those
// in which the first is better less that of those in which the second is. The
// weights are added in document order, so that the comparison is the same either
// way round.
func (in Input) outranks(i, k int) float64 {
	better, worse := 0.0, 0.0
	for c, child := range in.Children {
		if !child.Valid.Get(i) || !child.Valid.Get(k) {
			continue
		}
		switch x, y := child.Values[i], child.Values[k]; {
		case x > y:
			better += in.Weights[c]
		case x < y:
			worse += in.Weights[c]
		}
	}
	// Weights such as 0.1 and 0.2 + 0.3 − 0.4 are equal but for their last digits.
	if math.Abs(better-worse) <= 1e-12*(better+worse) {
		return 0
	}
	return better - worse
}
