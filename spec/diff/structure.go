package diff

import (
	"slices"
	"strings"

	"rubric/spec/check"
)

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
		c := Change{Kind: Removed, Subject: n.Path, Before: named(n), OldPlace: n.Place, Acts: a.gone(n)}
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

// gone are a node and those below it that are gone with it. One that is merged into
// another one is said by itself, and so is what of it is gone.
func (a *alignment) gone(n *check.Node) (out []string) {
	if a.now[n.Path] != "" {
		return nil
	}
	out = []string{n.Path}
	for _, child := range n.Children {
		if len(a.heirs(child)) == 0 {
			out = append(out, a.gone(child)...)
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
