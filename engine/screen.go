package engine

import (
	"fmt"

	"rubric/engine/cell"
	"rubric/spec/check"
	"rubric/spec/expr"
)

// screen counts what units have, to say which of them are ranked.
//
//	coverage = indicators with a value / indicators
//	nonzero  = values that are not zero / indicators with a value
//
// A unit is left out when it is strictly below a share that the document asks
// for, or does not satisfy the document's condition. What counts as an indicator
// is every leaf that the root's figures rest on: computed indicators, before
// anything is imputed, and given nodes.
//
// Source: Becker, Caperna, Del Sorbo, Norlén, Papadimitriou and Saisana, COINr,
// Journal of Open Source Software 7 (78), 2022: Screen.
type screen struct {
	rule      *check.Screen
	leaves    int
	available []int // by row
	zero      []int
	nothing   []float64
}

func newScreen(p *Plan, n int) *screen {
	return &screen{rule: p.Methodology.Screen, available: make([]int, n), zero: make([]int, n), nothing: make([]float64, n)}
}

// leaf counts the values of an indicator.
func (s *screen) leaf(v cell.Vector, needed bool) {
	if s.rule == nil || !needed {
		return
	}
	s.leaves++
	for i := range s.available {
		if !v.Valid.Get(i) {
			continue
		}
		s.available[i]++
		if v.Values != nil && v.Values[i] == 0 {
			s.zero[i]++
		}
	}
}

// share is a part of a whole; 0 of nothing.
func share(part, whole int) float64 {
	if whole == 0 {
		return 0
	}
	return float64(part) / float64(whole)
}

// apply leaves out the units that fail.
func (s *screen) apply(e *evaluation, out *exclusion) {
	if s.rule == nil {
		return
	}
	for i := range s.available {
		if why := s.fails(e, i); why != "" {
			out.out.Set(i)
			out.screened[i] = why
		}
	}
}

// fails says why a unit is left out; empty where it is not.
func (s *screen) fails(e *evaluation, i int) string {
	coverage, nonzero := share(s.available[i], s.leaves), share(s.available[i]-s.zero[i], s.available[i])
	switch r := s.rule; {
	case s.available[i] < r.MinCoverage.Count:
		return fmt.Sprintf("%d of %d indicators have a value, and %d are asked for", s.available[i], s.leaves, r.MinCoverage.Count)
	case float64(coverage*100) < r.MinCoverage.Percent-1e-9:
		return fmt.Sprintf("%d of %d indicators have a value, and %v%% are asked for", s.available[i], s.leaves, r.MinCoverage.Percent)
	case float64(nonzero*100) < r.MinNonzero-1e-9:
		return fmt.Sprintf("%d of %d values are zero, and %v%% that are not are asked for", s.zero[i], s.available[i], r.MinNonzero)
	case r.Condition == nil:
		return ""
	}
	v := s.rule.Condition.Eval(screened{e, s.rule.Condition, i, map[string]float64{
		"available": float64(s.available[i]), "coverage": coverage, "nonzero": nonzero,
	}})
	if v.Outcome == expr.Valid && v.Number != 0 {
		return ""
	}
	return fmt.Sprintf("`%s` does not hold", s.rule.Condition.Text)
}

// screened is what the condition of a screen sees of one unit.
type screened struct {
	e      *evaluation
	rule   *expr.Expr
	row    int
	shares map[string]float64
}

func (s screened) Number(column int) (float64, bool) {
	name := s.rule.Columns[column]
	if c := s.e.column(name); c != nil {
		return c.At(s.row)
	}
	x, ok := s.shares[name]
	return x, ok
}

func (s screened) Text(column int) (string, bool) {
	c := s.e.column(s.rule.Columns[column])
	if c == nil || !c.Valid.Get(s.row) {
		return "", false
	}
	return c.Text[s.row], true
}

func (s screened) Aggregate(i int) (float64, bool, string) {
	a := s.rule.Aggregates[i]
	if s.e.column(a.Column) == nil {
		return 0, false, ""
	}
	in := section{at: -1, n: s.e.n}
	for _, p := range s.e.sections(false) {
		for _, r := range p.rows {
			if r == s.row {
				in = p
			}
		}
	}
	x := s.e.scalar(a, in)
	return x.Value, x.Valid, x.Reason
}
