package engine

import (
	"cmp"
	"fmt"

	"rubric/engine/cell"
	"rubric/engine/screen"
	"rubric/spec/check"
	"rubric/spec/expr"
)

// screening counts what units have, to say which of them are ranked: those that
// satisfy every rule of the document. What counts as an indicator is every leaf that
// the root's figures rest on: computed indicators, before anything is imputed, and
// given nodes.
type screening struct {
	rule    *check.Screen
	leaves  int
	units   []screen.Unit // by row
	nothing []float64
}

func newScreening(p *Plan, n int) *screening {
	return &screening{rule: p.Methodology.Screen, units: make([]screen.Unit, n), nothing: make([]float64, n)}
}

// leaf counts the values of an indicator.
func (s *screening) leaf(v cell.Vector, needed bool) {
	if s.rule == nil || !needed {
		return
	}
	s.leaves++
	for i := range s.units {
		if !v.Valid.Get(i) {
			continue
		}
		s.units[i].Available++
		if v.Values != nil && v.Values[i] == 0 {
			s.units[i].Zero++
		}
	}
}

// apply leaves out the units that fail.
func (s *screening) apply(e *evaluation, out *exclusion) {
	if s.rule == nil {
		return
	}
	for i := range s.units {
		s.units[i].Indicators = s.leaves
		if why := s.fails(e, i); why != "" {
			out.out.Set(i)
			out.screened[i] = why
		}
	}
}

// fails says why a unit is left out; empty where it is not.
func (s *screening) fails(e *evaluation, i int) string {
	r, u := s.rule, s.units[i]
	if why := cmp.Or(u.Covered(r.MinCoverage.Count, r.MinCoverage.Percent), u.Lively(r.MinNonzero)); why != "" || r.Condition == nil {
		return why
	}
	v := s.rule.Condition.Eval(screened{e, s.rule.Condition, i, map[string]float64{
		"available": float64(u.Available), "coverage": u.Coverage(), "nonzero": u.Nonzero(),
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
