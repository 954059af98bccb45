package cli

import (
	"slices"
	"strings"

	"rubric/engine/compare"
	"rubric/spec/check"
	"rubric/spec/diff"
	"rubric/spec/extend"
)

// gridMethod is a methodology as a grid calls it.
type gridMethod struct {
	*loaded
	label   string
	series  int
	verdict compare.Verdict // against the first one
}

// gridMethods are the methods of a grid, and what differs between any two of them.
type gridMethods struct {
	list  []gridMethod
	diffs map[[2]int]*diff.Diff
}

// methods loads the methodologies of a grid, which are of one index, and says which of them
// are of one series.
func (a *app) methods(args []string) (*gridMethods, error) {
	s := &gridMethods{diffs: map[[2]int]*diff.Diff{}}
	series := 0
	for i, arg := range args {
		l, err := a.load(arg)
		if err != nil {
			return nil, err
		}
		x := gridMethod{loaded: l, label: l.m.Edition}
		if i > 0 {
			if err := a.oneIndex(s.list[0].loaded, l); err != nil {
				return nil, err
			}
		}
		for k, before := range s.list {
			if before.m.Edition == l.m.Edition {
				s.list[k].label, x.label = args[k], arg
			}
		}
		s.list = append(s.list, x)
		for k := 0; k <= i; k++ { // the first one with which it is comparable
			d, err := s.diff(k, i)
			if err != nil {
				return nil, err
			}
			v := compare.Of(d, nil, nil).Verdict
			if k == 0 {
				s.list[i].verdict = v
			}
			if k < i && !v.Breaks() {
				s.list[i].series = s.list[k].series
				break
			}
		}
		if s.list[i].series == 0 {
			series++
			s.list[i].series = series
		}
	}
	return s, nil
}

// diff is what differs between two of the methods.
func (s *gridMethods) diff(from, to int) (*diff.Diff, error) {
	if d := s.diffs[[2]int{from, to}]; d != nil {
		return d, nil
	}
	d, err := diff.Of(s.list[from].m, s.list[to].m)
	s.diffs[[2]int{from, to}] = d
	return d, err
}

// named is a node of each method: the one that has the name in the first method that has one
// of it, and what that is in the others.
func (s *gridMethods) named(name string) ([]*check.Node, error) {
	var missing error
	for k, x := range s.list {
		n, err := findNode(x.m, name)
		if err != nil {
			if missing == nil {
				missing = inFile(x, err)
			}
			if _, several := x.m.Node(name); len(several) > 1 {
				return nil, inFile(x, err)
			}
			continue
		}
		nodes, without, err := s.aligned(k, n)
		if err != nil {
			return nil, err
		}
		if without >= 0 {
			other := s.list[without]
			return nil, usage("%s has no node that is `%s` of %s", other.name(other.file), n.Path, x.name(x.file))
		}
		return nodes, nil
	}
	return nil, missing
}

func inFile(x gridMethod, err error) error { return usage("%s: %v", x.name(x.file), err) }

// headlines are the nodes that a ranking by the first method would begin with, the foremost
// first, in each method; the index is always one.
func (s *gridMethods) headlines() (out [][]*check.Node) {
	m := s.list[0].m
	names := append(slices.Clone(m.Headline), m.Root)
	for _, n := range m.Nodes {
		if n.Rank != nil {
			names = append(names, n)
		}
	}
	for _, n := range names {
		if nodes, without, err := s.aligned(0, n); err == nil && without < 0 {
			out = append(out, nodes)
		}
	}
	return out
}

// aligned is what a node of one method is in each, step by step along the methods, so that
// one that was renamed twice is found; without is a method that has it not, or -1.
func (s *gridMethods) aligned(at int, n *check.Node) (nodes []*check.Node, without int, err error) {
	nodes = make([]*check.Node, len(s.list))
	nodes[at] = n
	reach := func(to int, by []int) error {
		for _, from := range by {
			if nodes[from] == nil || nodes[to] != nil {
				continue
			}
			if nodes[to], err = s.counterpart(from, to, nodes[from]); err != nil {
				return err
			}
		}
		return nil
	}
	for to := at + 1; to < len(s.list); to++ {
		if err := reach(to, downFrom(to-1)); err != nil {
			return nil, to, err
		}
	}
	for to := at - 1; to >= 0; to-- {
		by := downFrom(len(s.list) - 1)
		slices.Reverse(by)
		if err := reach(to, by[to+1:]); err != nil {
			return nil, to, err
		}
	}
	return nodes, slices.Index(nodes, nil), nil
}

// downFrom is n, n-1 … 0.
func downFrom(n int) (out []int) {
	for ; n >= 0; n-- {
		out = append(out, n)
	}
	return out
}

// counterpart is what a node of one method is in another. `moved:` stands in the later
// edition, wherever it stands in the call: what a document says comes before a guess.
func (s *gridMethods) counterpart(from, to int, n *check.Node) (*check.Node, error) {
	if n.Parent == nil && n.Level == check.Index {
		return s.list[to].m.Root, nil
	}
	forth, err := s.diff(from, to)
	if err != nil {
		return nil, err
	}
	back, err := s.diff(to, from)
	if err != nil {
		return nil, err
	}
	ahead, behind := nodeAt(s.list[to].m, forth.Nodes[n.Path]), back.Before(n.Path)
	if behind != nil && (ahead == nil || moved(s.list[from].m, behind.Path, n.Path)) {
		return behind, nil
	}
	return ahead, nil
}

// moved says whether a document says that a node was another one.
func moved(m *check.Methodology, was, is string) bool {
	return slices.ContainsFunc(m.Moved, func(x extend.Move) bool {
		rest, ok := strings.CutPrefix(is, x.To)
		return ok && was == x.From+rest
	})
}

// nodeAt is the node of a path; nil: there is none.
func nodeAt(m *check.Methodology, path string) *check.Node {
	for _, n := range m.Nodes {
		if n.Path == path {
			return n
		}
	}
	return nil
}
