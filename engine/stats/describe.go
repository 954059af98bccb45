package stats

import (
	"math"

	"rubric/engine/cell"
	"rubric/engine/numeric"
	"rubric/spec/check"
)

// Node is how the figures of a node are distributed. What a statistic needs and
// the figures do not have makes it absent: the mean one figure, the standard
// deviation two, skewness three and spread, kurtosis four and spread.
type Node struct {
	Path      string   `json:"node"`
	Level     string   `json:"level"`
	Title     string   `json:"title"`
	Figure    string   `json:"figure"` // value, of an indicator; score, of others
	N         int      `json:"n"`
	Missing   int      `json:"missing"`
	Imputed   int      `json:"imputed"` // of n, those that a rule or the data have filled in
	Distinct  int      `json:"distinct"`
	Zeros     int      `json:"zeros"`
	Commonest int      `json:"commonest"` // how many units share the most frequent figure
	Min       *float64 `json:"min"`
	Max       *float64 `json:"max"`
	Mean      *float64 `json:"mean"`
	Median    *float64 `json:"median"`
	SD        *float64 `json:"sd"`       // of a sample
	Skew      *float64 `json:"skew"`     // G1
	Kurtosis  *float64 `json:"kurtosis"` // G2, in excess of a normal distribution
}

// describe is the distribution of a node's figures.
//
// Source: Joanes and Gill, Comparing measures of sample skewness and kurtosis, The
// Statistician 47, 1998: G1 and G2; OECD and JRC, Handbook on Constructing
// Composite Indicators, 2008, step 4.
//
// By hand, 1 2 2 7: mean 3, median 2, sd √(22/3) = 2.708, three distinct figures, 2 twice.
func describe(n *check.Node, what string, v cell.Vector) Node {
	sorted := numeric.Sorted(v)
	out := Node{Path: n.Path, Level: n.Level.String(), Title: n.Title, Figure: what, N: len(sorted), Missing: v.Len() - len(sorted)}
	if len(sorted) == 0 {
		return out
	}
	run := 0
	for i, x := range sorted {
		if run++; i == 0 || x != sorted[i-1] {
			out.Distinct++
			run = 1
		}
		out.Commonest = max(out.Commonest, run)
		if x == 0 {
			out.Zeros++
		}
	}
	out.Min, out.Max = number(sorted[0], true), number(sorted[len(sorted)-1], true)
	out.Mean, out.Median = number(numeric.Mean(sorted), true), number(numeric.Quantile(sorted, 0.5), true)
	if len(sorted) > 1 {
		out.SD = number(numeric.SD(sorted), true)
	}
	out.Skew = number(numeric.Skew(sorted))
	out.Kurtosis = number(numeric.Kurtosis(sorted))
	return out
}

// number is absent where there is none, or none that a double holds.
func number(x float64, ok bool) *float64 {
	if !ok || math.IsNaN(x) || math.IsInf(x, 0) {
		return nil
	}
	return &x
}
