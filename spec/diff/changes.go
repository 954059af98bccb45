package diff

import (
	"slices"
	"strings"

	"rubric/spec/check"
	"rubric/spec/source"
	"rubric/spec/tree"
)

// differ compares what two resolved documents say.
type differ struct {
	a        *alignment
	old, now *facts
	columns  map[string]string // names of columns before → now, of those that only have another one
	found    []Change
}

// listed are the sections of a document whose entries are subjects of their own, and
// what one of them is called.
var listed = map[string]string{"columns": "column", "sources": "source", "groups": "group", "missing_markers": "marker", "weights": "weights", "unproven": "reason"}

// apart are the keys of a document that are compared elsewhere, or are no change: an
// edition has another name than the one before it.
var apart = []string{"dimensions", "derive", "defaults", "bands", "edition", "rubric", "index"}

// document compares what is said beside the nodes.
func (w *differ) document() {
	for _, key := range union(w.old.root, w.now.root) {
		before, after := w.old.root.Entry(key), w.now.root.Entry(key)
		switch noun, ok := listed[key]; {
		case slices.Contains(apart, key):
		case ok:
			var old, now *tree.Node
			if before != nil {
				old = before.Value
			}
			if after != nil {
				now = after.Value
			}
			for _, id := range union(old, now) {
				if noun == "column" && w.renamed(id, old, now) {
					continue
				}
				w.values(noun+" "+id, "", old.Entry(id), now.Entry(id))
			}
		default:
			w.values("document", key, before, after)
		}
	}
}

// nodes compares the nodes that both documents have.
func (w *differ) nodes() {
	for _, n := range w.a.new.Nodes {
		was := w.a.before[n.Path]
		if was == "" {
			continue
		}
		old, now := w.old.nodes[was], w.now.nodes[n.Path]
		if n.Level == check.Index { // its bands stand on the document
			w.values(n.Path, "bands", w.old.root.Entry("bands"), w.now.root.Entry("bands"))
		}
		for _, key := range union(old, now) {
			if slices.Contains(sections, key) {
				continue
			}
			before, after := old.Entry(key), now.Entry(key)
			if key == "weight" || key == "weighting" {
				before, after = stated(at(w.a.old, was), n, key, before, after)
			}
			w.values(n.Path, key, before, after)
		}
	}
}

// stated leaves out a weight, or a weighting, that nobody wrote: it is no statement that
// there is one only because the aggregation takes it up now. Another weight than the 1
// that stood there unsaid is another one.
func stated(was, n *check.Node, key string, before, after *tree.Entry) (*tree.Entry, *tree.Entry) {
	if before != nil && after != nil && (key == "weight" || shown(before.Value) == shown(after.Value)) {
		return before, after
	}
	if !was.Says(key) {
		before = nil
	}
	if !n.Says(key) {
		after = nil
	}
	return before, after
}

// values compares two values under a key. Maps are compared by their entries, but for a
// method: of another method, all is another thing.
func (w *differ) values(subject, key string, before, after *tree.Entry) {
	switch {
	case before == nil && after == nil:
	case before == nil || after == nil:
		w.add(subject, key, before, after)
	case shown(before.Value) == shown(after.Value), w.sameFormula(subject, key):
	case strings.HasPrefix(key, "files.") && w.old.located(before.Value, true) == w.now.located(after.Value, true):
	case before.Value.Kind == tree.Map && after.Value.Kind == tree.Map && sameMethod(before.Value, after.Value):
		for _, k := range union(before.Value, after.Value) {
			below := k
			if key != "" {
				below = key + "." + k
			}
			w.values(subject, below, before.Value.Entry(k), after.Value.Entry(k))
		}
	default:
		w.add(subject, key, before, after)
	}
}

// sameMethod says whether two maps are of one method, or of none.
func sameMethod(a, b *tree.Node) bool {
	for _, key := range []string{"method", "rule"} {
		if a.Get(key).Text() != b.Get(key).Text() {
			return false
		}
	}
	return true
}

func (w *differ) add(subject, key string, before, after *tree.Entry) {
	c := Change{Kind: Changed, Subject: subject, Key: key}
	if before == nil {
		c.Kind = Added
	} else {
		c.Before, c.OldPlace = shown(before.Value), w.old.origin(before.Key, at(w.a.old, w.a.before[subject]), key)
	}
	if after == nil {
		c.Kind = Removed
	} else {
		c.After, c.NewPlace = shown(after.Value), w.now.origin(after.Key, at(w.a.new, subject), key)
	}
	if n := at(w.a.new, subject); n != nil {
		c.Acts = []string{subject}
		if was := at(w.a.old, w.a.before[subject]); was != nil && isFormula(key) {
			c.before, c.after = w.canonical(was, key, true), w.canonical(n, key, false)
		}
	}
	w.found = append(w.found, c)
}

// grouped are the changes, those that one line of a document makes on many nodes as
// one.
func (w *differ) grouped() (out []Change) {
	type provision struct {
		kind               Kind
		key, before, after string
		old, now           source.Place
	}
	first := map[provision]int{}
	for _, c := range w.found {
		p := provision{c.Kind, c.Key, c.Before, c.After, c.OldPlace, c.NewPlace}
		i, known := first[p]
		if !known || len(c.Acts) == 0 || len(out[i].Acts) == 0 {
			first[p] = len(out)
			out = append(out, c)
			continue
		}
		out[i].Acts = append(out[i].Acts, c.Acts...)
		out[i].Subject = min(out[i].Subject, c.Subject) // the same, in whatever order the document has them
	}
	for i := range out {
		w.govern(&out[i])
	}
	return out
}

// govern adds the nodes of one version on which the default acts, too, that a change is
// of: it says the same of a node that is new. A node that is gone would have followed where
// all follow that the line before acted on, and one that came where all come from one line
// that the line now acts on; a line on a node itself is no default.
func (w *differ) govern(c *Change) {
	if len(c.Acts) == 0 || c.Key == "" || c.Key == "weight" || isFormula(c.Key) && c.Key != "min_coverage" || c.Kind != Changed && c.Kind != Added && c.Kind != Removed {
		return
	}
	settled := func(f *facts, n *check.Node, place source.Place) bool {
		e := entryAt(f.nodes[n.Path], c.Key)
		return e != nil && place.File != "" && !writes(n, c.Key) && f.origin(e.Key, n, c.Key) == place
	}
	of := func(m *check.Methodology, f *facts, place source.Place, now func(string) string) (both, alone []string) {
		for _, n := range m.Nodes {
			switch path := now(n.Path); {
			case !settled(f, n, place):
			case path != "":
				both = append(both, path)
			default:
				alone = append(alone, n.Path)
			}
		}
		slices.Sort(both)
		return both, alone
	}
	acts := slices.Sorted(slices.Values(c.Acts))
	before, gone := of(w.a.old, w.old, c.OldPlace, func(p string) string { return w.a.now[p] })
	after, came := of(w.a.new, w.now, c.NewPlace, func(p string) string {
		if w.a.before[p] == "" {
			return ""
		}
		return p
	})
	says := func(m *check.Methodology, path func(string) string) bool {
		return slices.ContainsFunc(acts, func(p string) bool { n := at(m, path(p)); return n != nil && writes(n, c.Key) })
	}
	if c.Kind == Added || !slices.Equal(before, acts) || says(w.a.new, func(p string) string { return p }) {
		gone = nil
	}
	if c.Kind == Removed || !slices.Equal(after, acts) || says(w.a.old, func(p string) string { return w.a.before[p] }) {
		came = nil
	}
	switch {
	case c.Kind == Added && w.everywhere(*c): // those that are gone would say it, too
		gone = w.silent(w.a.old, w.a.now, *c)
	case c.Kind == Removed && w.everywhere(*c): // and those that came would have said it
		came = w.silent(w.a.new, w.a.before, *c)
	}
	c.Acts, c.gone = append(c.Acts, came...), gone
}

// everywhere says whether a change acts on all nodes of a level that both versions have and
// that do not say its key themselves: it is of a default of the whole document.
func (w *differ) everywhere(c Change) bool {
	level := at(w.a.new, c.Acts[0]).Level
	for _, n := range w.a.new.Nodes {
		was := at(w.a.old, w.a.before[n.Path])
		in := slices.Contains(c.Acts, n.Path)
		if was != nil && (in && n.Level != level || !in && n.Level == level && !writes(n, c.Key) && !writes(was, c.Key)) {
			return false
		}
	}
	return true
}

// silent are the nodes of one version alone, of the level that a change acts on, that do not
// say its key themselves.
func (w *differ) silent(m *check.Methodology, paired map[string]string, c Change) (out []string) {
	level := at(w.a.new, c.Acts[0]).Level
	for _, n := range m.Nodes {
		if n.Level == level && paired[n.Path] == "" && !writes(n, c.Key) {
			out = append(out, n.Path)
		}
	}
	return out
}

// writes says whether a node itself says a key, or what it is part of.
func writes(n *check.Node, key string) bool {
	parts := strings.Split(key, ".")
	return n.Writes(parts[0]) || n.Writes(parts[len(parts)-1])
}

// entryAt is the entry under a key of several parts.
func entryAt(n *tree.Node, key string) (e *tree.Entry) {
	for _, part := range strings.Split(key, ".") {
		if n == nil {
			return nil
		}
		if e = n.Entry(part); e == nil {
			return nil
		}
		n = e.Value
	}
	return e
}

// union are the keys of two maps: those of the second in their order, then those that
// only the first has.
func union(old, now *tree.Node) (out []string) {
	for _, n := range []*tree.Node{now, old} {
		if n == nil {
			continue
		}
		for _, e := range n.Entries {
			if !slices.Contains(out, e.Key.Value) {
				out = append(out, e.Key.Value)
			}
		}
	}
	return out
}

// last is the last part of a key.
func last(key string) string { return key[strings.LastIndexByte(key, '.')+1:] }
