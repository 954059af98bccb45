package attribute

import (
	"math"
	"slices"
)

// A unit's place moves by its own score and by those of the others. Where a factor is of
// data, the scores before and after it are on one scale, and its effect on a place has two
// parts: with b the scores before, a those after, and p(x, y) the place of a unit that has
// the score of x among others that have those of y,
//
//	own = ½ ( p(a, b) − p(b, b)  +  p(a, a) − p(b, a) )
//
// averaged over the orders as the effect itself is; the rest of the effect is the others'.
// It is the Shapley value of a game of two within one of many, as a revision and what
// follows it are. Where the method changed no such question can be asked: the new score
// of a unit is nowhere among the old ones of others.
//
// Places are those among the units that both sides have; what units did that only one has is
// the others' part.

// own is the part of the effects of the data factors on the places of one node that is
// each unit's own: by factor as shown, by row; nil for other factors.
func (p *played) own(k int, display []int) [][]float64 {
	out := make([][]float64, len(display))
	for at, i := range display {
		if !p.ofData(i) {
			continue
		}
		sum := make([]float64, len(p.rows))
		add := func(before, after set, share float64) {
			b, a := p.value(before), p.value(after)
			for j, x := range p.ownPlaces(k, b, a) {
				sum[j] += float64(share * x)
			}
		}
		switch {
		case p.exact:
			w := weights{len(p.groups), p.first, p.then}
			for s := range uint(1) << len(p.groups) {
				if s>>i&1 != 0 || !possible(s, p.first, p.then) || !possible(s|1<<i, p.first, p.then) {
					continue
				}
				if share := w.share(s, i); share > 0 {
					add(union(p.groups, s), union(p.groups, s|1<<i), share)
				}
			}
		default:
			for _, order := range p.orders {
				var s set
				for _, next := range order {
					after := s.with(p.groups[next].set)
					if next == i {
						add(s, after, 1/float64(len(p.orders)))
					}
					s = after
				}
			}
		}
		out[at] = sum
	}
	return out
}

// ofData says whether a factor is other figures, and nothing else.
func (p *played) ofData(i int) bool {
	for k, x := range p.all {
		if p.groups[i].has(k) && x.kind != NewData && x.kind != Revision {
			return false
		}
	}
	return true
}

// ownPlaces is by how many places each unit's own score moved it, later ones being more: by
// the rule of ranks of the node.
func (p *played) ownPlaces(k int, from, to *values) []float64 {
	n, before, after := p.nodes[k], from.score[k], to.score[k]
	sign := -1.0 // a higher score is an earlier place
	if n.ranked && from.lowest[k] || !n.ranked && lowest(n.now) {
		sign = 1
	}
	rule := "standard"
	if n.ranked {
		rule = n.now.Rank.Rule
	}
	out := make([]float64, len(before))
	for _, rows := range p.sections {
		var b, a []float64
		for _, j := range rows {
			if math.IsNaN(before[j]) || math.IsNaN(after[j]) {
				continue
			}
			b, a = append(b, sign*before[j]), append(a, sign*after[j])
		}
		was, is := listOf(b), listOf(a)
		for _, j := range rows {
			x, y := sign*before[j], sign*after[j]
			if math.IsNaN(x) || math.IsNaN(y) || x == y {
				continue
			}
			out[j] = (was.place(y, x, rule) - was.place(x, x, rule) + is.place(y, y, rule) - is.place(x, y, rule)) / 2
		}
	}
	return out
}

// parted says whether the places of a node can be parted: its rule is the same one in both
// versions, and looks at nothing but the scores.
func (n nodeOf) parted() bool {
	return !n.ranked || n.before.Rank.Rule == n.now.Rank.Rule && n.now.Rank.Rule != "ordinal"
}

// listed are scores in their order, the best first, and how many others there are
// before each.
type listed struct {
	scores   []float64
	distinct []int
}

func listOf(scores []float64) listed {
	slices.Sort(scores)
	l := listed{scores, make([]int, len(scores)+1)}
	for i := range scores {
		l.distinct[i+1] = l.distinct[i]
		if i == 0 || scores[i] != scores[i-1] {
			l.distinct[i+1]++
		}
	}
	return l
}

// place is that of a score among the others of the list, which has the unit itself with
// some score, less one.
func (l listed) place(x, itself float64, rule string) float64 {
	from, _ := slices.BinarySearch(l.scores, x)
	to := from
	for to < len(l.scores) && l.scores[to] == x {
		to++
	}
	better, equal, distinct := from, to-from, l.distinct[from]
	switch {
	case itself < x:
		better--
		if at, _ := slices.BinarySearch(l.scores, itself); at+1 == len(l.scores) || l.scores[at+1] != itself {
			distinct--
		}
	case itself == x:
		equal--
	}
	switch rule {
	case "modified":
		return float64(better + equal)
	case "fractional":
		return float64(better) + float64(equal)/2
	case "dense":
		return float64(distinct)
	}
	return float64(better)
}
