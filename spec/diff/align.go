package diff

import (
	"fmt"
	"slices"
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

// structure are the nodes that came, went or moved. Of a tree of nodes that came or
// went together, the topmost is said.
func (a *alignment) structure(before, after *facts) (out []Change) {
	for _, n := range a.new.Nodes {
		was := a.before[n.Path]
		switch {
		case n.Parent != nil && was == "":
			if a.before[n.Parent.Path] == "" && n.Parent.Parent != nil {
				continue // its parent is said
			}
			out = append(out, Change{Kind: Added, Subject: n.Path, After: named(n), NewPlace: n.Place, Acts: without(subtree(n), a.before)})
		case n.Level == check.Derived && was == "":
			out = append(out, Change{Kind: Added, Subject: n.Path, After: named(n), NewPlace: n.Place, Acts: []string{n.Path}})
		case was != "" && was != n.Path:
			if c, ok := a.moved(was, n); ok {
				out = append(out, c)
			}
		}
	}
	for _, n := range a.old.Nodes {
		if a.now[n.Path] != "" || n.Level == check.Index {
			continue
		}
		if n.Parent != nil && n.Parent.Parent != nil && a.now[n.Parent.Path] == "" && len(a.heirs(n.Parent)) == 0 && len(a.heirs(n)) == 0 {
			continue // its parent is said
		}
		c := Change{Kind: Removed, Subject: n.Path, Before: named(n), OldPlace: n.Place, Acts: without(subtree(n), a.now)}
		if heirs := a.heirs(n); len(heirs) > 0 {
			c.Kind, c.After, c.Acts = Merged, strings.Join(heirs, ", "), append(c.Acts[:1:1], a.along(n, heirs)...)
			a.merged(n, &c)
		}
		out = append(out, c)
	}
	return out
}

// merged says of a node that is gone where it says so that its children are in another
// one now: in `moved:`, or nowhere, and then it is as much of a guess as they are.
func (a *alignment) merged(n *check.Node, c *Change) {
	for _, child := range n.Children {
		there := at(a.new, a.now[child.Path])
		switch {
		case there == nil:
		case a.stated(there):
			c.NewPlace = a.said[there.Path]
		case c.Guess == "" && a.guess[there.Path] != "":
			c.Guess = "of " + there.Path + ", " + a.guess[there.Path]
		}
		if there != nil && c.NewPlace.File == "" {
			c.NewPlace = there.Parent.Place
		}
	}
}

// along are the nodes below one that is gone which its heirs hold now.
func (a *alignment) along(n *check.Node, heirs []string) (out []string) {
	for _, p := range subtree(n)[1:] {
		if slices.ContainsFunc(heirs, func(h string) bool { return strings.HasPrefix(a.now[p], h+"/") }) {
			out = append(out, p)
		}
	}
	return out
}

// without are the paths that the other document has no node for.
func without(paths []string, paired map[string]string) (out []string) {
	for _, p := range paths {
		if paired[p] == "" {
			out = append(out, p)
		}
	}
	return out
}

// moved is a node with another path, unless that is only its parent's.
func (a *alignment) moved(was string, n *check.Node) (Change, bool) {
	old := at(a.old, was)
	sameParent := old.Parent != nil && n.Parent != nil && a.now[old.Parent.Path] == n.Parent.Path
	gone := old.Parent != nil && a.now[old.Parent.Path] == "" && len(a.heirs(old.Parent)) == 1
	if (sameParent || gone) && old.ID == n.ID {
		return Change{}, false // its parent is said
	}
	c := Change{Kind: Moved, Subject: n.Path, Before: was, After: n.Path, OldPlace: old.Place, NewPlace: n.Place, Acts: []string{n.Path}, Guess: a.guess[n.Path]}
	for _, p := range subtree(n)[1:] {
		if strings.HasPrefix(a.before[p], was+"/") { // what came into it later is said by itself
			c.Acts = append(c.Acts, p)
		}
	}
	if sameParent || old.Parent == nil && n.Parent == nil {
		c.Kind = Renamed
	}
	if place, ok := a.said[n.Path]; ok {
		c.NewPlace = place
	}
	return c, true
}

// heirs are the nodes that hold what a node held that is gone.
func (a *alignment) heirs(n *check.Node) (out []string) {
	seen := map[string]bool{}
	for _, child := range n.Children {
		there := at(a.new, a.now[child.Path])
		if there == nil || there.Parent == nil || seen[there.Parent.Path] {
			continue
		}
		seen[there.Parent.Path] = true
		out = append(out, there.Parent.Path)
	}
	return out
}

func named(n *check.Node) string {
	if n.Title != "" {
		return n.Title
	}
	return n.ID
}

// subtree are the paths of a node and all below it.
func subtree(n *check.Node) []string {
	out := []string{n.Path}
	for _, child := range n.Children {
		out = append(out, subtree(child)...)
	}
	return out
}
