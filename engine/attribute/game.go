package attribute

import (
	"cmp"
	"fmt"
	"math"
	"runtime"
	"slices"
	"sync"

	"rubric/engine"
	"rubric/engine/order"
	"rubric/spec/check"
	"rubric/spec/diff"
)

// game evaluates coalitions.
type game struct {
	diff     *diff.Diff
	old, now *engine.Result
	hybrids  *check.Hybrids
	o        Options
	workers  int

	revised, newData bool
	entered, left    []string
	rows             []pairOfRows
	over             [3][2]state
	sections         [][]int // rows, those of each period apart
	ranker           order.Ranker

	all   []player // in the order of their ids
	shown []int    // their places, in the order in which they are shown
	full  set
	nodes []nodeOf

	coarse bool // not all of them are there
	few    bool // orders are not sampled where all coalitions are no more

	mu     sync.Mutex
	values map[set]*values
	known  *known
	plans  map[*check.Hybrid]*engine.Plan // of those that others are based on
}

// nodeOf is a node that both versions have.
type nodeOf struct {
	before, now *check.Node
	ranked      bool
	computed    bool // on both sides
}

// values are the scores and ranks that a coalition has, by node and row; NaN: none.
type values struct {
	reason      string // why there are none
	hybrid      *check.Hybrid
	score, rank [][]float64 // a rank that is nil is a place, and made of the scores
	lowest      []bool      // by node: the lowest score is the best
}

func newGame(d *diff.Diff, old, now *engine.Result, data Data, o Options) (*game, error) {
	g := &game{diff: d, old: old, now: now, o: o, values: map[set]*values{}, plans: map[*check.Hybrid]*engine.Plan{}, workers: cmp.Or(o.Workers, runtime.GOMAXPROCS(0))}
	g.hybrids = d.Hybrids(engine.Catalogue())
	g.states(data)
	g.sections = g.periods()
	players := g.players()
	for i := range players {
		g.shown = append(g.shown, i)
	}
	slices.SortFunc(g.shown, func(a, b int) int { return cmp.Compare(players[a].id, players[b].id) })
	at := make([]int, len(players))
	for k, i := range g.shown {
		g.all = append(g.all, players[i])
		at[i] = k
	}
	g.shown = at
	g.known = newKnown(d, g.all)
	if len(g.all) > most {
		return nil, fmt.Errorf("attribute %d factors: at most %d can be", len(g.all), most)
	}
	for i := range g.all {
		g.full.add(i)
	}
	for _, n := range d.New.Nodes {
		was := d.Before(n.Path)
		if was == nil {
			continue
		}
		b, a := old.Figures(was), now.Figures(n)
		g.nodes = append(g.nodes, nodeOf{was, n, was.Rank != nil && n.Rank != nil, b.Origin != engine.NotComputed && a.Origin != engine.NotComputed})
	}
	return g, nil
}

// value evaluates a coalition, once.
func (g *game) value(s set) *values {
	g.mu.Lock()
	v := g.values[s]
	g.mu.Unlock()
	if v == nil {
		v = g.evaluate(s)
		g.keep(s, v)
	}
	return v
}

// keep remembers what a coalition has. Figures that are those of a smaller coalition are
// kept once: most factors move few nodes.
func (g *game) keep(s set, v *values) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if v.reason == "" && g.values[s] != v {
		for i := range g.all {
			if !s.has(i) {
				continue
			}
			var one set
			one.add(i)
			before := g.values[s.without(one)]
			if before == nil || before.reason != "" {
				continue
			}
			for k := range g.nodes {
				v.score[k] = once(before.score[k], v.score[k])
				if v.rank[k] != nil {
					v.rank[k] = once(before.rank[k], v.rank[k])
				} else if len(g.rows) > 0 && &before.score[k][0] == &v.score[k][0] {
					v.rank[k] = before.rank[k]
				}
			}
		}
		g.rank(v)
	}
	g.values[s] = v
}

// rank gives places to the scores of nodes that are not ranked on both sides: in every
// edition by what is best in the new one.
func (g *game) rank(v *values) {
	for k, n := range g.nodes {
		if v.rank[k] == nil {
			v.rank[k] = g.places(v.score[k], n.now, &g.ranker)
		}
	}
	v.hybrid = nil
}

func lowest(n *check.Node) bool { return n.Best() == "lowest" }

// once is the first of two vectors where they are equal.
func once(before, v []float64) []float64 {
	if len(v) == 0 || &before[0] == &v[0] {
		return v
	}
	for i := range v {
		if math.Float64bits(before[i]) != math.Float64bits(v[i]) {
			return v
		}
	}
	return before
}

// evaluateAll evaluates coalitions by several workers, and says of the first that fails.
func (g *game) evaluateAll(sets []set) (failed *set) {
	const chunk = 64
	for from := 0; from < len(sets); from += chunk {
		part := sets[from:min(from+chunk, len(sets))]
		found := make([]*values, len(part))
		var group sync.WaitGroup
		var next sync.Mutex
		k := 0
		for range min(g.workers, len(part)) {
			group.Go(func() {
				for {
					next.Lock()
					i := k
					k++
					next.Unlock()
					if i >= len(part) {
						return
					}
					g.mu.Lock()
					found[i] = g.values[part[i]]
					g.mu.Unlock()
					if found[i] == nil {
						found[i] = g.evaluate(part[i])
					}
				}
			})
		}
		group.Wait()
		for i, v := range found {
			g.keep(part[i], v)
		}
		if g.o.Progress != nil {
			g.o.Progress(from+len(part), len(sets))
		}
		for i, v := range found {
			if v.reason != "" {
				return &part[i]
			}
		}
	}
	return nil
}
