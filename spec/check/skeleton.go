package check

import (
	"slices"
	"strings"
)

// skeleton is the hybrid of what decides which nodes there are and where they stand, and
// of what is said of no single node: columns, sets of weights, the document. Hybrids
// that differ in nothing else share all nodes of it that say the same.
type skeleton struct {
	*building
	err    error
	places []int // of the nodes of the hybrid: their places among pairs
}

// skeleton finds or makes that of some provisions.
func (h *Hybrids) skeleton(p Provisions) *skeleton {
	bare := Provisions{}
	var name []string
	for subject, keys := range p {
		whole := !strings.HasPrefix(subject, "node ")
		for key := range keys {
			if whole || key == "" {
				bare.Take(subject, key)
				name = append(name, subject+"\x00"+key)
			}
		}
	}
	slices.Sort(name)
	joined := strings.Join(name, "\x01")
	h.mu.Lock()
	defer h.mu.Unlock()
	s := h.skeletons[joined]
	if s == nil {
		s = &skeleton{}
		if s.building, s.err = h.whole(bare); s.err == nil {
			at := make(map[*Node]int, len(s.nodes))
			for i, n := range s.nodes {
				if n != nil {
					at[n] = i
				}
			}
			for _, n := range s.out.Nodes {
				s.places = append(s.places, at[n])
			}
		}
		h.skeletons[joined] = s
	}
	return s
}

// with makes the hybrid with what provisions say of single nodes: these are made anew,
// and with them what looks at them, the nodes above and the derived ones.
func (s *skeleton) with(p Provisions) (*Hybrid, error) {
	fresh := make([]bool, len(s.nodes))
	changed := false
	var mark func(place int)
	mark = func(place int) {
		n := s.nodes[place]
		if n == nil || fresh[place] {
			return
		}
		fresh[place], changed = true, true
		if n.Parent != nil {
			mark(s.places[n.Parent.At])
		}
	}
	for subject, keys := range p {
		one := s.bySubject[subject]
		if one == nil || !strings.HasPrefix(subject, "node ") || len(keys) == 1 && keys[""] {
			continue
		}
		mark(one.place)
		n := s.nodes[one.place]
		if n == nil {
			continue
		}
		if keys["weighting"] { // what the children weigh
			for _, child := range n.Children {
				mark(s.places[child.At])
			}
		}
		if under(keys, "rank") { // what is best of all that is below
			for i, below := range s.nodes {
				for at := below; at != nil; at = at.Parent {
					if at == n {
						mark(i)
					}
				}
			}
		}
	}
	if !changed {
		return s.out, nil
	}
	for i, n := range s.nodes {
		if n != nil && n.Level == Derived {
			mark(i)
		}
	}
	m := *s.out.Methodology
	m.Nodes = slices.Clone(m.Nodes)
	b := &building{s.Hybrids, p, slices.Clone(s.nodes), &Hybrid{Methodology: &m, Names: s.out.Names, Both: slices.Clone(s.out.Both), Base: s.out}}
	for i := range b.nodes {
		if !fresh[i] {
			continue
		}
		n, err := b.mixed(b.pairs[i])
		if err != nil {
			return nil, err
		}
		was := s.nodes[i]
		n.ID, n.Path, n.At = was.ID, was.Path, was.At
		b.nodes[i], m.Nodes[n.At] = n, n
		if now := b.pairs[i].now; now != nil && b.out.Both[now.At] == was {
			b.out.Both[now.At] = n
		}
	}
	for i, n := range b.nodes {
		if !fresh[i] {
			continue
		}
		was := s.nodes[i]
		if was.Parent != nil {
			n.Parent = b.nodes[s.places[was.Parent.At]]
		}
		for _, child := range was.Children {
			n.Children = append(n.Children, b.nodes[s.places[child.At]])
		}
	}
	m.Root = b.nodes[b.root.place]
	if err := b.settle(func(i int) bool { return fresh[i] }); err != nil {
		return nil, err
	}
	return b.out, nil
}
