package impute

import (
	"math"
	"slices"

	"rubric/engine/cell"
	"rubric/engine/numeric"
	"rubric/spec/method"
)

// Regression fills with the value that a line predicts from another column:
// ŷ = ȳ + b·(x − x̄), b = Σ(x−x̄)(y−ȳ) / Σ(x−x̄)², by least squares over the units
// that have both. A unit that lacks the other column stays missing. Fewer than
// three pairs, or a column that is the same for all of them, fill nothing.
//
// Source: OECD and JRC, Handbook on Constructing Composite Indicators, 2008,
// step 3, imputation of missing data: regression imputation.
//
// By hand: x 1 2 3 4, y 2 4 6 missing: b = 4/2 = 2, ŷ(4) = 4 + 2·(4 − 2) = 8.
// With y 1 2 6 missing: x̄ = 2, ȳ = 3, b = 5/2, ŷ(4) = 3 + 5 = 8.
var Regression = Method{
	Signature: method.Signature{
		Step: method.Impute, Name: "regression",
		Title: "the value that a line predicts from another column", Formula: "ȳ + b·(x − x̄), b = Σ(x−x̄)(y−ȳ) / Σ(x−x̄)²", Source: "OECD/JRC Handbook 2008, step 3: regression imputation",
		Params: []method.Param{{Name: "predictor", Kind: method.Column, Doc: "the column that predicts; units that lack it stay missing"}},
	},
	Apply: func(in Input, values []float64, filled cell.Bits) {
		if in.Predictor.Len() != in.Value.Len() {
			return
		}
		predict, ok := leastSquares(in.Predictor, in.Value)
		if !ok {
			return
		}
		for i := range values {
			x, ok := in.Predictor.At(i)
			if !ok || in.Value.Valid.Get(i) {
				continue
			}
			if y := predict(x); !math.IsInf(y, 0) && !math.IsNaN(y) {
				values[i] = y
				filled.Set(i)
			}
		}
	},
}

// leastSquares is the line through the cells that both columns have. The pairs
// are put in order first, so that the order of rows cannot be seen, and both
// columns are brought below 1 by a power of two, so that no square is too large.
func leastSquares(xs, ys cell.Vector) (predict func(float64) float64, ok bool) {
	type pair struct{ x, y float64 }
	var pairs []pair
	largest := pair{}
	for i := range xs.Values {
		x, hasX := xs.At(i)
		y, hasY := ys.At(i)
		if hasX && hasY {
			pairs = append(pairs, pair{x, y})
			largest = pair{max(largest.x, math.Abs(x)), max(largest.y, math.Abs(y))}
		}
	}
	if len(pairs) < 3 {
		return nil, false
	}
	slices.SortFunc(pairs, func(a, b pair) int {
		switch {
		case a.x < b.x || a.x == b.x && a.y < b.y:
			return -1
		case a.x == b.x && a.y == b.y:
			return 0
		}
		return 1
	})
	if pairs[0].x == pairs[len(pairs)-1].x {
		return nil, false
	}
	_, ex := math.Frexp(largest.x)
	_, ey := math.Frexp(largest.y)
	x, y := make([]float64, len(pairs)), make([]float64, len(pairs))
	for i, p := range pairs {
		x[i], y[i] = math.Ldexp(p.x, -ex), math.Ldexp(p.y, -ey)
	}
	meanX, meanY := numeric.Mean(x), numeric.Mean(y)
	products, squares := make([]float64, len(pairs)), make([]float64, len(pairs))
	for i := range pairs {
		products[i] = float64((x[i] - meanX) * (y[i] - meanY))
		squares[i] = float64((x[i] - meanX) * (x[i] - meanX))
	}
	below := numeric.Sum(squares)
	if below == 0 {
		return nil, false
	}
	slope := numeric.Sum(products) / below
	return func(at float64) float64 {
		return math.Ldexp(meanY+float64(slope*(math.Ldexp(at, -ex)-meanX)), ey)
	}, true
}
