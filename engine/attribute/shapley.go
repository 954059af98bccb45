package attribute

import (
	"cmp"
	"math"
	"math/bits"
	"slices"
)

// precedence says which group has to come before which: that of the revision before that
// of the new data, where both are there and apart. −1: none has to.
func (p *played) precedence() (first, then int) {
	first, then = -1, -1
	for i, x := range p.groups {
		for k, player := range p.all {
			if x.has(k) && player.kind == Revision {
				first = i
			}
			if x.has(k) && player.kind == NewData {
				then = i
			}
		}
	}
	if first < 0 || then < 0 || first == then {
		return -1, -1
	}
	return first, then
}

// possible says whether a coalition keeps to that.
func possible(s uint, first, then int) bool {
	return first < 0 || s>>then&1 == 0 || s>>first&1 == 1
}

// union is the set of players of some groups.
func union(groups []group, s uint) (out set) {
	for i, x := range groups {
		if s>>i&1 != 0 {
			out = out.with(x.set)
		}
	}
	return out
}

// weights are the shares of all orders in which a group comes right after those of a
// coalition: of n groups |S|! (n−|S|−1)! / n!. Two that follow each other in every order count
// as one, and nothing comes between them.
type weights struct {
	n, first, then int
}

func (w weights) share(s uint, i int) float64 {
	n, before := w.n, bits.OnesCount(s)
	if w.first >= 0 {
		n--
		has, done := s>>w.first&1 == 1, s>>w.then&1 == 1
		switch {
		case i == w.then && has: // right after the first
			before--
		case has != done:
			return 0
		case has:
			before--
		}
	}
	return factorial(before) * factorial(n-before-1) / factorial(n)
}

func factorial(n int) float64 {
	out := 1.0
	for k := 2; k <= n; k++ {
		out *= float64(k)
	}
	return out
}

// exact are the effects on every row of one figure of one node; v is its vector by
// coalition, nil where that is not possible. Rows that have no figure in one of them are NaN.
func exact(v [][]float64, w weights, rows int) [][]float64 {
	out := make([][]float64, w.n)
	for i := range out {
		out[i] = make([]float64, rows)
		for s, before := range v {
			if before == nil || s>>i&1 != 0 || v[s|1<<i] == nil {
				continue
			}
			after := v[s|1<<i]
			if rows > 0 && &before[0] == &after[0] {
				continue // the same figures
			}
			share := w.share(uint(s), i)
			if share == 0 {
				continue
			}
			for j := range rows {
				out[i][j] += float64(share * (after[j] - before[j]))
			}
		}
	}
	return out
}

// settle makes effects sum to a change, in their order and to the last bit: what rounding
// left over is added to the largest. Where an effect is so much larger than the change that
// its last bit is coarser than the change's, the sum may miss that.
func settle(by []float64, change float64) {
	largest := make([]int, len(by))
	for i := range by {
		largest[i] = i
	}
	slices.SortStableFunc(largest, func(a, b int) int { return cmp.Compare(math.Abs(by[b]), math.Abs(by[a])) })
	for _, i := range largest {
		before := by[i]
		if before == 0 {
			break // what moves nothing stays nothing
		}
		for range 4 {
			left := change - total(by)
			if left == 0 {
				return
			}
			by[i] += left
		}
		near := by[i]
		for up, down, k := near, near, 0; k < 4; k++ { // sums round, too: a neighbour may do
			up, down = math.Nextafter(up, math.Inf(1)), math.Nextafter(down, math.Inf(-1))
			for _, x := range []float64{up, down} {
				if by[i] = x; total(by) == change {
					return
				}
			}
		}
		by[i] = before
	}
	if len(by) > 0 {
		by[largest[0]] += change - total(by)
	}
}

func total(by []float64) (sum float64) {
	for _, x := range by {
		sum += x
	}
	return sum
}
