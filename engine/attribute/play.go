package attribute

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"rubric/spec/check"
)

// played is a game whose every coalition that is needed has been evaluated.
type played struct {
	*game
	groups      []group
	first, then int // of the groups, which has to come before which; −1: none
	exact       bool
	orders      [][]int // that were sampled
	steps       []int   // the order of the waterfall, nil: none
	ends        [2]*values
	coalitions  []*values // where all are evaluated: by the groups that are new; nil: it cannot be
	count       int       // coalitions that are needed
}

// play joins factors until every coalition can be evaluated, and attributes.
func (g *game) play() (*Attribution, error) {
	var groups []group
	for i, p := range g.all {
		x := group{reason: p.reason}
		x.add(i)
		groups = append(groups, x)
	}
	groups, err := g.asked(groups)
	if err != nil {
		return nil, err
	}
	for {
		p := &played{game: g, groups: groups, exact: g.whole(len(groups))}
		sets, err := p.needed()
		if err != nil {
			return nil, err
		}
		if err := g.fit(len(sets)); err != nil {
			return nil, err
		}
		failed := g.evaluateAll(sets)
		if failed == nil {
			if pair := p.companions(); pair != nil {
				groups = join(groups, *pair, companionship)
				continue
			}
			p.count = len(sets)
			return p.attribution(), nil
		}
		if groups, err = g.together(groups, *failed); err != nil {
			return nil, err
		}
	}
}

// whole says whether all coalitions of some factors are evaluated: where they are few, or
// no more than the orders that are asked for would need.
func (g *game) whole(factors int) bool {
	return factors <= g.o.Exact || g.few && factors < 20 && 1<<factors <= g.o.Permutations*factors/2
}

// fit leaves out the lower nodes where the figures of all would not fit into memory.
func (g *game) fit(editions int) error {
	const figures = 16 // bytes of a score and a rank
	size := func() int { return editions * len(g.rows) * len(g.nodes) * figures }
	if size() > g.o.Memory && !g.coarse {
		g.coarse = true
		g.values = map[set]*values{} // of other nodes
		g.nodes = slices.DeleteFunc(g.nodes, func(n nodeOf) bool {
			return n.now.Parent != nil && n.now.Parent.Parent != nil && n.now != g.o.Lead
		})
	}
	if size()/8 > g.o.Memory {
		return SizeError{fmt.Sprintf("%d editions of %d rows would not fit into memory: take fewer --permutations, or data of fewer units", editions, len(g.rows))}
	}
	return nil
}

// SizeError is an attribution that would not fit into memory.
type SizeError struct{ text string }

func (e SizeError) Error() string { return e.text }

// needed are the coalitions that are evaluated.
func (p *played) needed() ([]set, error) {
	p.first, p.then = p.precedence()
	steps, err := p.waterfall()
	if err != nil {
		return nil, err
	}
	p.steps = steps
	var out []set
	seen := map[set]bool{}
	add := func(s set) {
		if !seen[s] {
			seen[s] = true
			out = append(out, s)
		}
	}
	add(set{})
	add(p.full)
	for i := range p.groups {
		add(p.before(i).with(p.groups[i].set))
	}
	if p.exact {
		for s := range uint(1) << len(p.groups) {
			if possible(s, p.first, p.then) {
				add(union(p.groups, s))
			}
		}
	} else {
		p.orders = p.sampled()
	}
	for _, order := range append(slices.Clone(p.orders), p.steps) {
		var s set
		for _, i := range order {
			s = s.with(p.groups[i].set)
			add(s)
		}
	}
	return out, nil
}

// before is what has to be new before a factor can be.
func (p *played) before(i int) set {
	if p.first >= 0 && i == p.then {
		return p.groups[p.first].set
	}
	return set{}
}

// display are the places of the groups in the order in which factors are shown.
func (p *played) display() []int {
	out := make([]int, len(p.groups))
	for i := range out {
		out[i] = i
	}
	least := func(i int) int {
		best := len(p.all)
		for shown, k := range p.shown {
			if p.groups[i].has(k) {
				best = min(best, shown)
			}
		}
		return best
	}
	slices.SortFunc(out, func(a, b int) int { return least(a) - least(b) })
	return out
}

// factor is a group as it is shown.
func (p *played) factor(i int) Factor {
	f := Factor{Reason: p.groups[i].reason}
	var names []string
	for _, k := range p.shown {
		if !p.groups[i].has(k) {
			continue
		}
		x := p.all[k]
		names = append(names, x.name)
		f.Kind = x.kind
		f.Parts = append(f.Parts, x.kind)
		f.Changes = append(f.Changes, x.changes...)
		if x.kind == Units {
			f.Entered, f.Left = p.entered, p.left
		}
	}
	f.Name = strings.Join(names, "+")
	if len(names) == 1 {
		f.Parts = nil
	} else {
		f.Kind = Joint
	}
	return f
}

// attribution reads the effects off.
func (p *played) attribution() *Attribution {
	out := &Attribution{Coarse: p.coarse, Exact: p.exact, Evaluations: p.count, Seed: p.o.Seed, Orders: len(p.orders)}
	display := p.display()
	for _, i := range display {
		out.Factors = append(out.Factors, p.factor(i))
	}
	for _, i := range p.steps {
		out.Order = append(out.Order, slices.Index(display, i))
	}
	rest := p.observed() && len(p.groups) > 0
	if rest {
		out.Factors = append(out.Factors, Factor{Name: string(Rest), Kind: Rest})
	}
	if p.exact {
		p.coalitions = make([]*values, 1<<len(p.groups))
		for s := range p.coalitions {
			if possible(uint(s), p.first, p.then) {
				p.coalitions[s] = p.value(union(p.groups, uint(s)))
			}
		}
	}
	out.Nodes = make([]*Node, len(p.nodes))
	var group sync.WaitGroup
	var next atomic.Int32
	for range min(p.workers, len(p.nodes)) {
		group.Go(func() {
			for {
				k := int(next.Add(1)) - 1
				if k >= len(p.nodes) {
					return
				}
				out.Nodes[k] = p.node(k, display, rest)
			}
		})
	}
	group.Wait()
	return out
}

// observed reads the two results, and says whether they differ from what the
// coalitions of nobody and of all have.
func (p *played) observed() (differ bool) {
	var old, now []int
	for _, r := range p.rows {
		old, now = append(old, r.old), append(now, r.now)
	}
	p.ends[0] = p.result(p.old, old, func(n nodeOf) *check.Node { return n.before })
	p.ends[1] = p.result(p.now, now, func(n nodeOf) *check.Node { return n.now })
	for side, s := range []set{{}, p.full} {
		v := p.value(s)
		for k := range p.nodes {
			for j := range p.rows {
				differ = differ || !same(v.score[k][j], p.ends[side].score[k][j]) || !same(v.rank[k][j], p.ends[side].rank[k][j])
			}
		}
	}
	return differ
}

func same(x, y float64) bool { return x == y || math.IsNaN(x) && math.IsNaN(y) }

// unit is a row that both sides have.
func (p *played) unit(j int) Unit {
	row := p.rows[j].now
	return Unit{ID: p.now.Data.ID(row), Name: p.now.Data.Name(row), Period: p.now.Data.Period(row)}
}

// lacking says in which of the coalitions a row has no figure.
func (p *played) lacking(k, j int, display []int) string {
	for s := range uint(1) << min(len(p.groups), 12) {
		v := p.values[union(p.groups, s)]
		if v == nil || v.reason != "" || !math.IsNaN(v.score[k][j]) {
			continue
		}
		var names []string
		for _, i := range display {
			if s>>i&1 != 0 {
				names = append(names, p.factor(i).Name)
			}
		}
		if names == nil {
			return "it has no score"
		}
		return fmt.Sprintf("it has no score where only %s %s new", strings.Join(names, ", "), map[bool]string{true: "is", false: "are"}[len(names) == 1])
	}
	return "it has no score on the way"
}
