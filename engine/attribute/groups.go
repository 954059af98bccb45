package attribute

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// set is a set of players.
type set [4]uint64

// most is how many there may be.
const most = 64 * len(set{})

func (s set) has(i int) bool { return s[i/64]>>(i%64)&1 != 0 }

func (s *set) add(i int) { s[i/64] |= 1 << (i % 64) }

func (s set) with(other set) set {
	for w := range s {
		s[w] |= other[w]
	}
	return s
}

func (s set) without(other set) set {
	for w := range s {
		s[w] &^= other[w]
	}
	return s
}

func (s set) meets(other set) bool {
	for w := range s {
		if s[w]&other[w] != 0 {
			return true
		}
	}
	return false
}

// group is players that are one factor; groups are in the order of their first.
type group struct {
	set
	reason string
}

// join makes one group of all that meet some players.
func join(groups []group, of set, reason string) []group {
	joined := group{reason: reason}
	var out []group
	for _, x := range groups {
		if !x.meets(of) {
			out = append(out, x)
			continue
		}
		joined.set = joined.with(x.set)
		if x.reason != "" && x.reason != reason {
			joined.reason = x.reason + "; " + joined.reason
		}
	}
	out = append(out, joined)
	slices.SortFunc(out, func(a, b group) int { return cmp.Compare(a.first(), b.first()) })
	return out
}

func (s set) first() int {
	for i := range most {
		if s.has(i) {
			return i
		}
	}
	return most
}

// together fuses the factors that a failing coalition shows to need each other: of those
// that are new the fewest with which it fails still, and of those that are old the fewest
// without which it does.
func (g *game) together(groups []group, fails set) ([]group, error) {
	union := func(skip int, of set) (out set) {
		for i, x := range groups {
			if i != skip && x.meets(of) {
				out = out.with(x.set)
			}
		}
		return out
	}
	s := fails
	for i := range groups {
		if smaller := union(i, s); groups[i].meets(s) && g.value(smaller).reason != "" {
			s = smaller
		}
	}
	involved, reason := s, g.value(s).reason
	t := s
	for _, x := range groups {
		if larger := t.with(x.set); !x.meets(t) && g.value(larger).reason != "" {
			t = larger
		}
	}
	for _, x := range groups {
		if !x.meets(t) {
			involved = involved.with(x.set)
		}
	}
	if s == (set{}) || t == g.full {
		return nil, fmt.Errorf("evaluate one of the two editions again: %s", reason)
	}
	out := join(groups, involved, reason)
	if len(out) == len(groups) {
		return nil, fmt.Errorf("evaluate what is between the two editions: %s", reason)
	}
	return out, nil
}

// asked joins the factors that somebody wants as one.
func (g *game) asked(groups []group) ([]group, error) {
	var known []string
	for _, k := range g.shown {
		known = append(known, g.all[k].name)
	}
	for _, names := range g.o.Together {
		var joined set
		for _, name := range names {
			k := slices.IndexFunc(g.all, func(p player) bool { return p.name == name })
			if k < 0 {
				return nil, NameError{fmt.Sprintf("no factor is called `%s`: one of %s", name, strings.Join(known, ", "))}
			}
			joined.add(k)
		}
		if joined != (set{}) {
			groups = join(groups, joined, "it was asked for as one")
		}
	}
	return groups, nil
}

// NameError is a name that no factor has.
type NameError struct{ text string }

func (e NameError) Error() string { return e.text }

// companionship is why companions are one factor.
const companionship = "its parts move no figure without each other"

// companions are two factors of the method that act on one node and do nothing without
// each other: neither moves a figure where nothing else is new, nor where all else is, and both
// do. A tie rule of given figures, and that they are ranked at all, are one decision, and
// two halves of an effect would only hide it. Nil: there are none.
func (p *played) companions() *set {
	none := p.value(set{})
	var idle []int
	for i, x := range p.groups {
		if p.method(x) && p.equal(p.value(x.set), none) {
			idle = append(idle, i)
		}
	}
	for k, i := range idle {
		for _, j := range idle[k+1:] {
			one, two := p.groups[i].set, p.groups[j].set
			both := one.with(two)
			if !p.meet(one, two) {
				continue
			}
			without := p.value(p.full.without(both))
			if !p.equal(p.value(both), none) && p.equal(p.value(p.full.without(one)), without) && p.equal(p.value(p.full.without(two)), without) {
				return &both
			}
		}
	}
	return nil
}

// method says whether a factor is of the document alone.
func (p *played) method(of group) bool {
	for i, x := range p.all {
		if of.has(i) && x.kind != Method {
			return false
		}
	}
	return true
}

// meet says whether two factors act on one node.
func (g *game) meet(one, two set) bool {
	acts := func(of set) (out []string) {
		for i, x := range g.all {
			if of.has(i) {
				for _, c := range x.changes {
					out = append(out, c.Acts...)
				}
			}
		}
		return out
	}
	nodes := acts(two)
	return slices.ContainsFunc(acts(one), func(path string) bool { return slices.Contains(nodes, path) })
}

// equal says whether two editions have the same figures. One that cannot be evaluated
// has none.
func (g *game) equal(a, b *values) bool {
	if a.reason != "" || b.reason != "" {
		return false
	}
	for k := range g.nodes {
		if !slices.EqualFunc(a.score[k], b.score[k], same) || !slices.EqualFunc(a.rank[k], b.rank[k], same) {
			return false
		}
	}
	return true
}
