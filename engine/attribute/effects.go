package attribute

import (
	"math"

	"rubric/engine"
	"rubric/engine/order"
	"rubric/spec/check"
)

// result reads the figures of one side.
func (p *played) result(r *engine.Result, at []int, of func(nodeOf) *check.Node) *values {
	v := &values{}
	var ranker order.Ranker
	for _, n := range p.nodes {
		f := r.Figures(of(n))
		score := scores(f, at)
		v.score = append(v.score, score)
		if n.ranked && f.Rank != nil {
			v.rank = append(v.rank, ranks(f, at))
		} else {
			v.rank = append(v.rank, p.places(score, n.now, &ranker))
		}
	}
	return v
}

// node attributes one node.
func (p *played) node(k int, display []int, rest bool) *Node {
	n := &Node{Before: p.nodes[k].before, Now: p.nodes[k].now, Ranked: p.nodes[k].ranked}
	score := p.figure(k, display, rest, func(v *values) []float64 { return v.score[k] })
	rank := p.figure(k, display, rest, func(v *values) []float64 { return v.rank[k] })
	var own [][]float64
	if n.Now == p.o.Lead && n.Placed() && p.nodes[k].parted() {
		own = p.own(k, display)
	}
	for j := range p.rows {
		if math.IsNaN(p.ends[0].score[k][j]) || math.IsNaN(p.ends[1].score[k][j]) {
			continue
		}
		u := p.unit(j)
		u.Score, u.Rank = score[j], rank[j]
		if !n.Placed() {
			u.Rank = Effects{Reason: "nothing says which of its scores are good"}
		}
		if own != nil && u.Rank.By != nil {
			for _, of := range own {
				x := math.NaN()
				if of != nil {
					x = of[j]
				}
				u.Own = append(u.Own, x)
			}
			if rest {
				u.Own = append(u.Own, math.NaN())
			}
		}
		n.Units = append(n.Units, u)
	}
	factors := len(display)
	if rest {
		factors++
	}
	n.Score = pooled(n.Units, factors, func(u Unit) Effects { return u.Score })
	n.Rank = pooled(n.Units, factors, func(u Unit) Effects { return u.Rank })
	return n
}

// figure attributes scores, or ranks, of all rows.
func (p *played) figure(k int, display []int, rest bool, of func(*values) []float64) []Effects {
	rows := len(p.rows)
	var by [][]float64
	spread := make([]float64, rows)
	unknown := make([]bool, rows)
	note := func(v []float64) {
		for j, x := range v {
			unknown[j] = unknown[j] || math.IsNaN(x)
		}
	}
	if p.exact {
		v := make([][]float64, len(p.coalitions))
		for s, x := range p.coalitions {
			if x == nil {
				continue
			}
			v[s] = of(x)
			if s == 0 || rows == 0 || &v[s][0] != &v[0][0] {
				note(v[s])
			}
		}
		by = exact(v, weights{len(p.groups), p.first, p.then}, rows)
	} else {
		by = p.average(of, note, spread)
	}
	alone := make([][]float64, len(p.groups))
	for i, g := range p.groups {
		before, after := of(p.value(p.before(i))), of(p.value(p.before(i).with(g.set)))
		alone[i] = difference(before, after)
	}
	steps := make([][]float64, len(p.groups))
	var s set
	for _, i := range p.steps {
		steps[i] = difference(of(p.value(s)), of(p.value(s.with(p.groups[i].set))))
		s = s.with(p.groups[i].set)
	}
	first, last := of(p.value(set{})), of(p.value(p.full))
	out := make([]Effects, rows)
	for j := range out {
		e := &out[j]
		e.Old, e.New = of(p.ends[0])[j], of(p.ends[1])[j]
		pick := func(from [][]float64) (x []float64) {
			for _, i := range display {
				x = append(x, from[i][j])
			}
			if rest {
				x = append(x, (e.New-last[j])+(first[j]-e.Old))
			}
			return x
		}
		e.By, e.Alone, e.Error = pick(by), pick(alone), spread[j]
		if p.steps != nil {
			e.Steps = pick(steps)
		}
		switch {
		case unknown[j]:
			e.By, e.Alone, e.Steps, e.Reason = nil, nil, nil, p.lacking(k, j, display)
		case !finite(e.By) || !finite([]float64{e.New - e.Old}):
			e.By, e.Alone, e.Steps, e.Reason = nil, nil, nil, "its changes are too large for a number"
		default:
			settle(e.By, e.New-e.Old)
		}
	}
	return out
}

func difference(before, after []float64) []float64 {
	out := make([]float64, len(before))
	for j := range out {
		out[j] = after[j] - before[j]
	}
	return out
}

func finite(x []float64) bool {
	for _, v := range x {
		if math.IsInf(v, 0) || math.IsNaN(v) {
			return false
		}
	}
	return true
}

// average are the effects over the orders that were sampled, and the standard error of
// each row's least certain one. An order and its reverse are one draw.
func (p *played) average(of func(*values) []float64, note func([]float64), spread []float64) [][]float64 {
	rows, draws := len(spread), float64(len(p.orders)/2)
	sum, squares := make([][]float64, len(p.groups)), make([][]float64, len(p.groups))
	for i := range sum {
		sum[i], squares[i] = make([]float64, rows), make([]float64, rows)
	}
	note(of(p.value(set{})))
	for draw := 0; draw < len(p.orders); draw += 2 {
		one := make([][]float64, len(p.groups))
		for _, ordered := range p.orders[draw : draw+2] {
			var s set
			before := of(p.value(s))
			for _, i := range ordered {
				s = s.with(p.groups[i].set)
				after := of(p.value(s))
				note(after)
				if one[i] == nil {
					one[i] = make([]float64, rows)
				}
				for j := range rows {
					one[i][j] += (after[j] - before[j]) / 2
				}
				before = after
			}
		}
		for i := range one {
			for j, x := range one[i] {
				sum[i][j] += x
				squares[i][j] += float64(x * x)
			}
		}
	}
	for i := range sum {
		for j := range sum[i] {
			sum[i][j] /= draws
			variance := squares[i][j]/draws - float64(sum[i][j]*sum[i][j])
			if draws > 1 && variance > 0 {
				spread[j] = max(spread[j], math.Sqrt(variance/(draws-1)))
			}
		}
	}
	return sum
}

// pooled are the effects on all units together. The interaction is the share of what
// moves units that no factor does alone,
//
//	Σ|Δ − Σ alone| / Σ(Σ|alone| + |Δ − Σ alone|)
//
// over the units: 0 where effects simply add, 1 where no factor does anything alone. It is
// the part that the effects alone, of the first order in the sense of Owen 2014, leave.
func pooled(units []Unit, factors int, of func(Unit) Effects) Pooled {
	out := Pooled{Mean: make([]float64, factors)}
	known := 0.0
	var together, all float64
	for _, u := range units {
		e := of(u)
		if e.By == nil {
			out.Left++
			continue
		}
		known++
		left := e.New - e.Old
		for i := range e.By {
			out.Mean[i] += math.Abs(e.By[i])
			left -= e.Alone[i]
			all += math.Abs(e.Alone[i])
		}
		if math.Abs(left) > 1e-12*(math.Abs(e.New)+math.Abs(e.Old)) { // more than rounding
			together += math.Abs(left)
		}
		out.Error = max(out.Error, e.Error)
	}
	for i := range out.Mean {
		if known > 0 {
			out.Mean[i] /= known
		}
	}
	if all+together > 0 {
		out.Interaction = together / (all + together)
	}
	return out
}
