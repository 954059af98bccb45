package attribute

import (
	"strings"
	"sync"

	"rubric/engine"
	"rubric/spec/check"
)

// known are figures of indicators by what they rest on. Most factors touch few of them,
// and an indicator that none of the new factors touches is what it was.
type known struct {
	touches map[string]set // by what a hybrid calls an indicator: the players that touch it
	all     set            // those that touch every indicator: data, units, columns

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

// knownKey is an indicator, and which of the players that touch it are new.
type knownKey struct {
	name string
	new  set
}

func newKnown(players []player) *known {
	k := &known{touches: map[string]set{}, found: map[knownKey]*engine.Figures{}, columns: map[*float64]bool{}, taken: map[columnKey][]float64{}}
	for i, p := range players {
		if p.kind != Method {
			k.all.add(i)
		}
		for _, t := range p.takes {
			if name, ok := strings.CutPrefix(t[0], "node "); ok {
				s := k.touches[name]
				s.add(i)
				k.touches[name] = s
			} else if !strings.HasPrefix(t[0], "gone ") {
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

// of says for one coalition what is known of an indicator of its hybrid.
func (k *known) of(s set, m *check.Hybrid) func(*check.Node) *engine.Figures {
	return func(n *check.Node) *engine.Figures {
		k.mu.RLock()
		defer k.mu.RUnlock()
		return k.found[k.key(m.Names[n.At], s)]
	}
}

// keep remembers the indicators of a result among all units.
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
		if f.Node.Level != check.Indicator || f.Origin != engine.Computed {
			continue
		}
		if key := k.key(m.Names[i], s); k.found[key] == nil {
			k.found[key] = f
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
