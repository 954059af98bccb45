package verify

import (
	"cmp"
	"math"
	"slices"

	"rubric/engine"
	"rubric/engine/cell"
	"rubric/engine/order"
	"rubric/engine/report"
	"rubric/spec/deviation"
	"rubric/spec/diag"
	"rubric/spec/source"
)

// raw compares, for every given node that raw data allow to compute too, the
// ranks of both over the units that both have. Ranks, because public data are
// of other vintages than those behind the publication.
func (v *verification) raw() {
	seen := map[*deviation.Raw]bool{}
	for i := range v.r.Nodes {
		f := &v.r.Nodes[i]
		if f.Beside == nil {
			continue
		}
		known := &deviation.Raw{}
		for k := range v.known.Raw {
			if v.known.Raw[k].Node == f.Node.Node {
				known = &v.known.Raw[k]
				seen[known] = true
			}
		}
		v.rawNode(f, known)
	}
	for k := range v.known.Raw {
		if d := &v.known.Raw[k]; !seen[d] {
			v.list.Add(diag.New(diag.VerifyGone, d.Place, "raw data no longer allow to compute `%s` beside its given scores", d.Node.Path).
				WithNode(d.Node.Path).WithHelp("give the raw data again, or remove it from the list"))
		}
	}
}

func (v *verification) rawNode(f *engine.Figures, known *deviation.Raw) {
	n := v.r.Data.Rows()
	given, computed := cell.NewVector(n), cell.NewVector(n)
	out := RawReport{Node: f.Node.Path, Tolerance: known.Tolerance, Reason: known.Reason}
	without := named(v, known.WithoutData)
	for u := range n {
		g, okGiven := f.Score.At(u)
		c, okComputed := f.Beside.Score.At(u)
		switch {
		case v.r.Excluded(u) || v.r.Floored(f, u): // no given figure to compare with
		case !okComputed || v.r.Floored(f.Beside, u) || v.floored(f, u):
			w := Without{Unit: v.r.Data.ID(u), Name: v.name(u)}
			if k, listed := without[u]; listed {
				w.Reason = k.Reason
				delete(without, u)
			} else {
				v.list.Add(diag.New(diag.VerifyMismatch, v.rawPlace(f, known, u), "raw data have no figure of `%s` for %s", f.Node.Path, v.name(u)).
					WithNode(f.Node.Path).WithUnit(w.Unit).WithHelp("add the figure, or list the unit under `without_data:` in the deviations, with its reason"))
			}
			out.WithoutData = append(out.WithoutData, w)
		case okGiven:
			given.Put(u, g)
			computed.Put(u, c)
		}
	}
	v.gone(f, without, "now has data")
	out.Units = given.Valid.Count()
	ranks := func(x cell.Vector) []float64 {
		r := make([]float64, n)
		best := order.Highest
		if f.Node.Node.Rank != nil && f.Node.Node.Rank.Best == "lowest" {
			best = order.Lowest
		}
		(&order.Ranker{}).Rank(r, x, order.Standard, best)
		return r
	}
	rg, rc := ranks(given), ranks(computed)
	listed := named(v, known.Known)
	for u := range n {
		if !given.Valid.Get(u) {
			continue
		}
		s := Shift{Unit: v.r.Data.ID(u), Name: v.name(u), GivenRank: rg[u], ComputedRank: rc[u]}
		switch {
		case s.size() == 0:
			out.Same++
		case s.size() <= known.Tolerance:
			out.Within = append(out.Within, s)
		default:
			if k, ok := listed[u]; ok {
				s.Known, s.Reason = true, k.Reason
				delete(listed, u)
			} else {
				v.list.Add(diag.New(diag.VerifyMismatch, v.rawPlace(f, known, u), "`%s` for %s: %s by its given score, %s by raw data, more than %s places apart", f.Node.Path, v.name(u),
					ordinal(s.GivenRank), ordinal(s.ComputedRank), report.Number(known.Tolerance)).
					WithNode(f.Node.Path).WithUnit(s.Unit).WithHelp("correct the data, or list the unit under `known:` of `raw:` in the deviations, with its reason"))
			}
			out.Beyond = append(out.Beyond, s)
		}
	}
	v.gone(f, listed, "is within the tolerance")
	largest := func(a, b Shift) int { return cmp.Compare(b.size(), a.size()) }
	slices.SortStableFunc(out.Within, largest)
	slices.SortStableFunc(out.Beyond, largest)
	v.report.Raw = append(v.report.Raw, out)
}

// rawPlace is where a difference of raw data belongs: in the list of deviations
// where it speaks of the node, else at the given figure.
func (v *verification) rawPlace(f *engine.Figures, known *deviation.Raw, u int) source.Place {
	if known.Place != (source.Place{}) {
		return known.Place
	}
	given := v.r.Data.Given[f.Node.Path]
	return given.Place(u)
}

// floored says whether the one indicator that a variable keeps was floored.
func (v *verification) floored(f *engine.Figures, u int) bool {
	if !f.Node.Single {
		return false
	}
	return v.r.Floored(v.r.Figures(f.Node.Children[0]), u)
}

func (s Shift) size() float64 { return math.Abs(s.GivenRank - s.ComputedRank) }

// noUnit reports a deviation of a unit that there is not.
func (v *verification) noUnit(name string, at source.Place) {
	v.list.Add(diag.New(diag.ReferenceUnknown, at, "no %s is called `%s`", v.r.Plan.Methodology.Units.Noun, name).WithHelp("correct the id, or remove the entry"))
}

func named(v *verification, list []deviation.Known) map[int]deviation.Known {
	out := map[int]deviation.Known{}
	for _, k := range list {
		u, ok := v.r.Data.Row(k.Unit, k.Period)
		if !ok {
			v.noUnit(k.Unit, k.Place)
			continue
		}
		out[u] = k
	}
	return out
}

// gone reports listed units that no longer differ.
func (v *verification) gone(f *engine.Figures, left map[int]deviation.Known, why string) {
	for u, k := range left {
		v.list.Add(diag.New(diag.VerifyGone, k.Place, "the listed deviation of `%s` for %s no longer occurs: it %s", f.Node.Path, v.name(u), why).
			WithNode(f.Node.Path).WithUnit(v.r.Data.ID(u)).WithHelp("remove it from the list"))
	}
}

func ordinal(rank float64) string { return report.Number(rank) + suffix(int(rank)) }

func suffix(n int) string {
	switch {
	case n%100 >= 11 && n%100 <= 13:
		return "th"
	case n%10 == 1:
		return "st"
	case n%10 == 2:
		return "nd"
	case n%10 == 3:
		return "rd"
	}
	return "th"
}
