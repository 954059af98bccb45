package attribute

import (
	"fmt"
	"slices"
	"strings"
)

// sampled are orders at random, each followed by its reverse: two that are as unlike as
// can be tell more than two that are not.
func (p *played) sampled() (out [][]int) {
	random := splitMix(p.o.Seed)
	for range (p.o.Permutations + 1) / 2 {
		order := make([]int, len(p.groups))
		for i := range order {
			k := int(random.next() % uint64(i+1))
			order[i] = order[k]
			order[k] = i
		}
		back := slices.Clone(order)
		slices.Reverse(back)
		out = append(out, p.possible(order), p.possible(back))
	}
	return out
}

// possible puts the new data right behind the revision.
func (p *played) possible(order []int) []int {
	if p.first < 0 {
		return order
	}
	order = slices.DeleteFunc(order, func(i int) bool { return i == p.then })
	return slices.Insert(order, slices.Index(order, p.first)+1, p.then)
}

// splitMix is SplitMix64, a generator that is the same everywhere.
//
// Source: G. L. Steele, D. Lea and C. H. Flood, Fast splittable pseudorandom number
// generators, 2014.
type splitMix uint64

func (s *splitMix) next() uint64 {
	*s += 0x9E3779B97F4A7C15
	z := uint64(*s)
	z = (z ^ z>>30) * 0xBF58476D1CE4E5B9
	z = (z ^ z>>27) * 0x94D049BB133111EB
	return z ^ z>>31
}

// waterfall is the order that was asked for, in groups.
func (p *played) waterfall() ([]int, error) {
	if p.o.Order == nil {
		return nil, nil
	}
	var out []int
	var known []string
	display := p.display()
	for _, i := range display {
		known = append(known, p.factor(i).Name)
	}
	for _, name := range p.o.Order {
		at := -1
		for k, x := range p.all {
			if x.name == name {
				at = slices.IndexFunc(p.groups, func(g group) bool { return g.has(k) })
			}
		}
		if k := slices.Index(known, name); k >= 0 {
			at = display[k]
		}
		if at < 0 {
			if len(known) == 0 {
				return nil, OrderError{fmt.Sprintf("no factor is called `%s`: there are none, since nothing that could move a figure has changed", name)}
			}
			return nil, OrderError{fmt.Sprintf("no factor is called `%s`: one of %s", name, strings.Join(known, ", "))}
		}
		if !slices.Contains(out, at) {
			out = append(out, at)
		}
	}
	for _, i := range display {
		if !slices.Contains(out, i) {
			out = append(out, i)
		}
	}
	if p.first >= 0 && slices.Index(out, p.then) < slices.Index(out, p.first) {
		return nil, OrderError{"the revision of the old data comes before the new data: there is no new data without it"}
	}
	return out, nil
}

// OrderError is an order that cannot be.
type OrderError struct{ text string }

func (e OrderError) Error() string { return e.text }
