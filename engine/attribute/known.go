package attribute

import (
	"strings"
	"sync"

	"rubric/engine"
	"rubric/spec/check"
	"rubric/spec/diff"
)

// known are figures of nodes by what they rest on. Most factors touch few nodes, and one
// that none of the new factors touches, nor anything below it, is what it was.
type known struct {
	touches map[string]set // by what a hybrid calls a node: the players that touch it, or what is below it in either version
	all     set            // those that touch every node: data, units, columns
	full    set

	mu      sync.RWMutex
	found   map[knownKey]*engine.Figures
	columns map[*float64]bool // of what was found, by their first cells
	taken   map[columnKey][]float64
}

// columnKey is a column of figures, and the rows that are taken out of it.
type columnKey struct {
	column *float64
	rows   *int
}

// knownKey is a node, and which of the players that touch it are new.
type knownKey struct {
	name string
	new  set
}

func newKnown(d *diff.Diff, players []player) *known {
	k := &known{touches: map[string]set{}, found: map[knownKey]*engine.Figures{}, columns: map[*float64]bool{}, taken: map[columnKey][]float64{}}
	above := map[string][]string{} // by what hybrids call a node: its parents in either version
	for _, n := range d.Old.Nodes {
		if n.Parent != nil {
			name := nameOf(d, n.Path)
			above[name] = append(above[name], nameOf(d, n.Parent.Path))
		}
	}
	for _, n := range d.New.Nodes {
		if n.Parent != nil {
			above[n.Path] = append(above[n.Path], n.Parent.Path)
		}
	}
	for i, p := range players {
		k.full.add(i)
		if p.kind != Method {
			k.all.add(i)
		}
		var touch func(name string)
		touch = func(name string) {
			s := k.touches[name]
			if s.has(i) {
				return
			}
			s.add(i)
			k.touches[name] = s
			for _, parent := range above[name] {
				touch(parent)
			}
		}
		for _, t := range p.takes {
			if name, ok := strings.CutPrefix(t[0], "node "); ok {
				touch(name)
			} else if strings.HasPrefix(t[0], "gone ") {
				touch(t[0])
			} else {
				k.all.add(i)
			}
		}
	}
	return k
}

func (k *known) key(name string, s set) knownKey {
	mask := k.all.with(k.touches[name])
	return knownKey{name, s.without(s.without(mask))}
}

// of says for one coalition what is known of a node of its hybrid.
func (k *known) of(s set, m *check.Hybrid) func(*check.Node) *engine.Figures {
	return func(n *check.Node) *engine.Figures {
		k.mu.RLock()
		defer k.mu.RUnlock()
		return k.found[k.key(m.Names[n.At], s)]
	}
}

// keep remembers the nodes of a result among all units, but for those that are others in
// every edition.
func (k *known) keep(s set, m *check.Hybrid, r *engine.Result) {
	for row := range r.Data.Rows() {
		if r.Excluded(row) {
			return
		}
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	for i := range r.Nodes {
		f := &r.Nodes[i]
		if f.Node.Level == check.Derived || f.Origin != engine.Computed || k.all.with(k.touches[m.Names[i]]) == k.full {
			continue
		}
		if key := k.key(m.Names[i], s); k.found[key] == nil {
			kept := *f
			kept.Node = nil // its plan goes
			k.found[key] = &kept
			if len(f.Score.Values) > 0 {
				k.columns[&f.Score.Values[0]] = true
			}
			if len(f.Rank) > 0 {
				k.columns[&f.Rank[0]] = true
			}
		}
	}
}

// once takes the rows out of a column, of one that is known only once.
func (k *known) once(column []float64, at []int, take func() []float64) []float64 {
	if len(column) == 0 || len(at) == 0 {
		return take()
	}
	key := columnKey{&column[0], &at[0]}
	k.mu.RLock()
	known, out := k.columns[key.column], k.taken[key]
	k.mu.RUnlock()
	if out != nil {
		return out
	}
	out = take()
	if known {
		k.mu.Lock()
		defer k.mu.Unlock()
		if first := k.taken[key]; first != nil {
			return first
		}
		k.taken[key] = out
	}
	return out
}
