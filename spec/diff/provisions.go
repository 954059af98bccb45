package diff

import (
	"strings"

	"rubric/spec/check"
	"rubric/spec/method"
)

// Take says which provisions a change is, as check.Hybrids takes them: with all of a
// diff's changes, what it makes means what the new document does.
func (d *Diff) Take(p check.Provisions, c Change) {
	switch {
	case c.Key != "" && len(c.Acts) > 0:
		for _, path := range c.Acts {
			p.Take("node "+path, c.Key)
		}
		for _, path := range c.gone {
			p.Take("gone "+path, c.Key)
		}
	case c.Key != "" || len(c.Acts) == 0:
		p.Take(c.Subject, c.Key)
	case c.Kind == Moved || c.Kind == Renamed:
		p.Take("node "+c.Subject, "")
	case c.Kind == Added:
		for _, path := range c.Acts {
			if d.before[path] == "" && d.sayer(path, Added) == c.ID { // what was elsewhere before has a change of its own
				p.Take("node "+path, "")
			}
		}
	default:
		for _, path := range c.Acts {
			switch now := d.Nodes[path]; {
			case now != "" && c.Kind == Merged: // it moved with what it was held by
				p.Take("node "+now, "")
			case now == "" && d.sayer(path, c.Kind) == c.ID:
				p.Take("gone "+path, "")
			}
		}
	}
}

// Hybrids are what lies between the two versions. A default that changed acts on nodes that
// came or went as on those that both have.
func (d *Diff) Hybrids(catalogue method.Catalogue) *check.Hybrids {
	h := check.NewHybrids(d.Old, d.New, d.Nodes, catalogue)
	for _, c := range d.Changes {
		if c.Key == "" || !c.Provision() {
			continue
		}
		var as *check.Node
		for _, path := range c.Acts {
			if d.before[path] != "" {
				as = at(d.New, path)
				break
			}
		}
		if as == nil {
			continue
		}
		for _, path := range c.Acts {
			if d.before[path] == "" {
				h.Govern("node "+path, c.Key, as)
			}
		}
		for _, path := range c.gone {
			h.Govern("gone "+path, c.Key, as)
		}
	}
	return h
}

// sayer is the change that says that a node came or went: its own, or that of the
// nearest node above it.
func (d *Diff) sayer(path string, kind Kind) string {
	best, id := "", ""
	for _, c := range d.Changes {
		if c.Key != "" || len(c.Acts) == 0 || (c.Kind == Added) != (kind == Added) || c.Kind == Moved || c.Kind == Renamed {
			continue
		}
		if (c.Subject == path || strings.HasPrefix(path, c.Subject+"/")) && len(c.Subject) > len(best) {
			best, id = c.Subject, c.ID
		}
	}
	return id
}

// Figures says whether a change may make other scores or ranks by the method alone, the
// data being the same. One of data acts through the data, one of bands moves neither.
func (c Change) Figures() bool { return c.Provision() && c.Severity > 0 }

// Provision says whether a change is one of the method, whatever it does: the new document
// means what it means with all of them. A derived figure more changes no other one.
func (c Change) Provision() bool {
	return (c.Class == Parameter || c.Class == Method || c.Class == Structure) && c.Kind != Renamed && !strings.HasPrefix(c.Key, "bands")
}
