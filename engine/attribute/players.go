package attribute

import (
	"slices"
	"strconv"

	"rubric/spec/check"
	"rubric/spec/diag"
	"rubric/spec/diff"
)

// player is a factor before any are joined.
type player struct {
	name    string
	kind    Kind
	id      string // the order of players is that of their ids, whatever order the changes have
	changes []diff.Change
	takes   [][2]string // provisions
	reason  string      // why several changes are one
}

// players are the provisions that may move a figure, in the order in which a comparison
// lists them, then the data and the units.
func (g *game) players() []player {
	var out []player
	var changes, about []diff.Change
	for _, severity := range []diag.Severity{diag.Error, diag.Warning} {
		for _, c := range g.diff.Changes {
			switch {
			case c.Severity != severity:
			case c.Figures():
				changes = append(changes, c)
			case c.Class == diff.Data:
				about = append(about, c)
			}
		}
	}
	for i, group := range g.inert(changes) {
		p := player{name: strconv.Itoa(i + 1), kind: Method, changes: group}
		if len(group) > 1 {
			p.reason = "neither acts without the other"
		}
		taken := check.Provisions{}
		if slices.ContainsFunc(group, g.ofDerived) { // its formula may name what is new in silence
			g.silent(taken)
		}
		for _, c := range group {
			g.diff.Take(taken, c)
			p.id += c.ID + " " + c.Fingerprint() + " "
		}
		for subject, keys := range taken {
			for key := range keys {
				p.takes = append(p.takes, [2]string{subject, key})
			}
		}
		out = append(out, p)
	}
	if g.revised {
		out = append(out, player{name: string(Revision), kind: Revision, id: "~1"})
	}
	if g.newData {
		out = append(out, player{name: string(NewData), kind: NewData, id: "~2", changes: about})
	}
	if len(g.entered)+len(g.left) > 0 {
		out = append(out, player{name: string(Units), kind: Units, id: "~3"})
	}
	return out
}

// ofDerived says whether a change acts on a derived figure.
func (g *game) ofDerived(c diff.Change) bool {
	return slices.ContainsFunc(c.Acts, func(path string) bool {
		n, _ := g.diff.New.Node(path)
		return n != nil && n.Level == check.Derived
	})
}

// silent takes the provisions that change no figure of what both versions have: derived
// figures more or fewer, ranks more, weights that come to the same. They are no factors.
func (g *game) silent(p check.Provisions) {
	for _, c := range g.diff.Changes {
		if c.Provision() && !c.Figures() {
			g.diff.Take(p, c)
		}
	}
}

// inert puts changes together of which one does nothing without the other: a weight
// that is said now with the weighting that takes it up, weights under a name with the
// weighting that names them, a least coverage with the rule that omits.
func (g *game) inert(changes []diff.Change) [][]diff.Change {
	group := make([]int, len(changes))
	for i := range group {
		group[i] = i
	}
	join := func(a, b int) {
		a, b = group[a], group[b]
		for i := range group {
			if group[i] == max(a, b) {
				group[i] = min(a, b)
			}
		}
	}
	acts := func(c diff.Change, path string) bool { return slices.Contains(c.Acts, path) }
	for i, c := range changes {
		for k, with := range changes {
			switch {
			case c.Kind != diff.Added && c.Kind != diff.Removed:
			case c.Key == "weight" && with.Key == "weighting":
				for _, path := range c.Acts {
					if n, _ := g.diff.New.Node(path); n != nil && n.Parent != nil && acts(with, n.Parent.Path) {
						join(i, k)
					}
				}
			case c.Key == "" && len(c.Acts) == 0 && with.Key == "weighting":
				if c.Subject == "weights "+with.Before || c.Subject == "weights "+with.After {
					join(i, k)
				}
			case c.Key == "min_coverage" && (with.Key == "missing" || with.Key == "missing.else"):
				if slices.ContainsFunc(c.Acts, func(path string) bool { return acts(with, path) }) {
					join(i, k)
				}
			}
		}
	}
	var out [][]diff.Change
	for i := range changes {
		var members []diff.Change
		for k := range changes {
			if group[k] == i {
				members = append(members, changes[k])
			}
		}
		if members != nil {
			out = append(out, members)
		}
	}
	return out
}
