package engine

import (
	"rubric/engine/cell"
	"rubric/engine/dataset"
	"rubric/spec/diag"
)

// reduced is a data set without the excluded units.
type reduced struct {
	data *dataset.Dataset
	rows []int // of the whole data set
}

// evalWithout evaluates the ranked units alone and spreads the figures over all
// units again, so that an excluded one has rows, and no figures.
func (p *Plan) evalWithout(d *dataset.Dataset, o Options, out *exclusion) (*Result, diag.List) {
	r := &reduced{}
	for i := range d.Rows() {
		if !out.out.Get(i) {
			r.rows = append(r.rows, i)
		}
	}
	r.data = d.Select(r.rows)
	origins, list := p.origins(r.data, o)
	if list.Errors() > 0 {
		return nil, list.Sorted()
	}
	o.Known = nil // those are of all units
	e := newEvaluation(p, r.data, o, origins)
	e.list = list
	e.run()
	if e.list.Errors() > 0 {
		return nil, e.list.Sorted()
	}
	res := e.result
	res.Ledger = e.sortedLedger()
	for i := range res.Ledger {
		res.Ledger[i].Row = r.rows[res.Ledger[i].Row]
	}
	res.Data, res.exclusion, res.reduced = d, out, r
	for i := range res.Nodes {
		r.spread(&res.Nodes[i], d.Rows())
	}
	return res, e.list.Sorted()
}

// spread puts a node's figures back at the rows of the whole data set.
func (r *reduced) spread(f *Figures, n int) {
	if !f.Kept {
		return
	}
	f.Value, f.Score = r.vector(f.Value, n), r.vector(f.Score, n)
	f.invalid, f.levels = r.bits(f.invalid, n), r.bits(f.levels, n)
	if f.Rank != nil {
		rank := make([]float64, n)
		for k, i := range r.rows {
			rank[i] = f.Rank[k]
		}
		f.Rank = rank
	}
	if f.reasons != nil {
		reasons := make(map[int]string, len(f.reasons))
		for k, reason := range f.reasons {
			reasons[r.rows[k]] = reason
		}
		f.reasons = reasons
	}
	if f.Texts != nil {
		texts := make([]string, n)
		for k, i := range r.rows {
			texts[i] = f.Texts[k]
		}
		f.Texts = texts
	}
	if f.Status != nil {
		status := make([]cell.Status, n)
		for k, i := range r.rows {
			status[i] = f.Status[k]
		}
		f.Status = status
	}
	if f.Beside != nil {
		r.spread(f.Beside, n)
	}
}

func (r *reduced) vector(v cell.Vector, n int) cell.Vector {
	if v.Valid == nil {
		return v
	}
	out := cell.NewVector(n)
	for k, i := range r.rows {
		if v.Valid.Get(k) {
			out.Put(i, v.Values[k])
		}
	}
	return out
}

func (r *reduced) bits(b cell.Bits, n int) cell.Bits {
	if b == nil {
		return nil
	}
	out := cell.NewBits(n)
	for k, i := range r.rows {
		if b.Get(k) {
			out.Set(i)
		}
	}
	return out
}
