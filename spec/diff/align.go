package diff

import (
	"fmt"
	"strings"

	"rubric/spec/check"
	"rubric/spec/source"
)

// alignment says which nodes of two versions are one.
type alignment struct {
	old, new *check.Methodology
	now      map[string]string       // path before → path now
	before   map[string]string       // the other way round
	guess    map[string]string       // path now → why it is taken to be the node before; none where the document says so
	said     map[string]source.Place // path now → where `moved:` says so
}

// align finds the nodes that both versions have: those of one path, those that
// `moved:` names, and then those that are alike and stand alone in that.
func align(old, now *check.Methodology) *alignment {
	a := &alignment{old, now, map[string]string{}, map[string]string{}, map[string]string{}, map[string]source.Place{}}
	for _, m := range now.Moved {
		for _, n := range old.Nodes {
			if n.Path != m.From && !strings.HasPrefix(n.Path, m.From+"/") {
				continue
			}
			to := m.To + strings.TrimPrefix(n.Path, m.From)
			if there := at(now, to); there != nil && there.Level == n.Level {
				a.pair(n.Path, to, "")
				if n.Path == m.From {
					a.said[to] = m.Place
				}
			}
		}
	}
	for _, n := range old.Nodes {
		if there := at(now, n.Path); there != nil && there.Level == n.Level && a.now[n.Path] == "" && a.before[n.Path] == "" {
			a.pair(n.Path, n.Path, "")
		}
	}
	a.alike(func(n *check.Node) string {
		if n.Formula == nil {
			return ""
		}
		return "formula\x00" + n.Formula.Canonical()
	}, "they have the same formula")
	a.alike(func(n *check.Node) string {
		if n.Title == "" {
			return ""
		}
		return "title\x00" + strings.ToLower(n.Title)
	}, "they have the same title")
	a.parents()
	return a
}

func (a *alignment) pair(before, now, guess string) {
	a.now[before], a.before[now] = now, before
	if guess != "" {
		a.guess[now] = guess
	}
}

// at is the node of a path.
func at(m *check.Methodology, path string) *check.Node {
	for _, n := range m.Nodes {
		if n.Path == path {
			return n
		}
	}
	return nil
}

// alike pairs the nodes left over that are alike in something, and the only ones of
// their level that are.
func (a *alignment) alike(key func(*check.Node) string, why string) {
	left := func(m *check.Methodology, paired map[string]string) map[string][]*check.Node {
		out := map[string][]*check.Node{}
		for _, n := range m.Nodes {
			if k := key(n); k != "" && paired[n.Path] == "" {
				k += "\x00" + n.Level.String()
				out[k] = append(out[k], n)
			}
		}
		return out
	}
	before, now := left(a.old, a.now), left(a.new, a.before)
	for _, n := range a.old.Nodes { // in the order of the document
		k := key(n) + "\x00" + n.Level.String()
		if len(before[k]) == 1 && len(now[k]) == 1 && before[k][0] == n {
			a.pair(n.Path, now[k][0].Path, why)
		}
	}
}

// parents pairs parents left over most of whose children are one, from the bottom up.
// What `moved:` brings in from elsewhere speaks neither for nor against it: the node
// that takes in another one is still itself.
func (a *alignment) parents() {
	for i := len(a.old.Nodes) - 1; i >= 0; i-- {
		n := a.old.Nodes[i]
		if len(n.Children) == 0 || a.now[n.Path] != "" {
			continue
		}
		votes := map[*check.Node]int{}
		var best *check.Node
		for _, child := range n.Children {
			there := at(a.new, a.now[child.Path])
			if there == nil || a.stated(there) || there.Parent == nil || there.Parent.Level != n.Level || a.before[there.Parent.Path] != "" {
				continue
			}
			votes[there.Parent]++
			if best == nil || votes[there.Parent] > votes[best] {
				best = there.Parent
			}
		}
		if best == nil {
			continue
		}
		held := 0
		for _, child := range best.Children {
			if !a.stated(child) {
				held++
			}
		}
		switch {
		case 2*votes[best] <= max(len(n.Children), held):
		case votes[best] == held && held == len(n.Children) && held == len(best.Children):
			a.pair(n.Path, best.Path, "they hold the same")
		case votes[best] == held && held == len(n.Children):
			a.pair(n.Path, best.Path, "they hold the same, but for what has moved in")
		default:
			a.pair(n.Path, best.Path, fmt.Sprintf("%d of %d that it holds are the same", votes[best], held))
		}
	}
}

// stated says whether `moved:` says where a node of the new document was.
func (a *alignment) stated(n *check.Node) bool {
	_, ok := a.said[n.Path]
	return ok
}
