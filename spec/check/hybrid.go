package check

import (
	"slices"
	"strings"
	"sync"

	"rubric/spec/method"
)

// Hybrids makes methodologies between two versions of one: all of the old version but
// for some provisions, which are the new one's. It works on checked methodologies, so
// that thousands can be made a second; what it makes need not be a document that
// anybody wrote, and is evaluated as any other.
//
//	h := check.NewHybrids(old, now, aligned, catalogue)
//	m, err := h.Of(check.Provisions{"node economy": {"weight": true}})
//
// Without any provision it means what the old version means, with all of them what
// the new one does. Where the provisions that are taken do not go together with those
// that are left, such as a rule `floor` with a normalisation that has none, there is no
// hybrid, and the error says why.
type Hybrids struct {
	old, now   *Methodology
	signatures map[method.Step]map[string]method.Signature
	pairs      []*pair
	of         map[*Node]*pair // of either version
	bySubject  map[string]*pair
	root       *pair

	mu        sync.Mutex
	skeletons map[string]*skeleton
}

// Provisions are what is taken from the new version: by subject, the keys. A subject is
// `node PATH` with the path now, `gone PATH` with the path before of a node that the new
// version lacks, `column NAME`, `weights NAME`, or `document`. The keys are those of the
// resolved document, as `normalise.low`; the key "" is the subject itself: that a
// node is there, is gone, or stands where it stands now. The key `order` of the document
// is the order of siblings.
type Provisions map[string]map[string]bool

// Take adds a provision.
func (p Provisions) Take(subject, key string) {
	if p[subject] == nil {
		p[subject] = map[string]bool{}
	}
	p[subject][key] = true
}

// pair is a node of either version or of both.
type pair struct {
	old, now             *Node
	id                   string // in every hybrid
	name                 string // Path now, or `gone` and the path before
	subject              string // among provisions
	place                int    // in Hybrids.pairs
	orderOld, orderNow   int    // among all, in the order of either document
	parentOld, parentNow *pair

	governed *Node // of a node of one version: what it would be in the other, for what a default says that both versions have
}

// Hybrid is one of them.
type Hybrid struct {
	*Methodology
	Names []string // of each node, what it is: its path now or, of a node that is gone, `gone` and its path before
	Both  []*Node  // by the place of a node in the new version: what it is here, if both versions have it
	Base  *Hybrid  // one that has the same nodes but for some that say something else; nil: none. Nodes that are the same are shared
}

// NewHybrids prepares hybrids; nodes says which paths of the old version are which of the
// new one.
func NewHybrids(old, now *Methodology, nodes map[string]string, catalogue method.Catalogue) *Hybrids {
	h := &Hybrids{old: old, now: now, signatures: map[method.Step]map[string]method.Signature{}, of: map[*Node]*pair{}, bySubject: map[string]*pair{}, skeletons: map[string]*skeleton{}}
	for _, s := range catalogue {
		if h.signatures[s.Step] == nil {
			h.signatures[s.Step] = map[string]method.Signature{}
		}
		h.signatures[s.Step][s.Name] = s
	}
	byPath := map[string]*Node{}
	for _, n := range now.Nodes {
		byPath[n.Path] = n
	}
	for _, o := range old.Nodes {
		p := &pair{old: o, now: byPath[nodes[o.Path]]}
		h.of[o] = p
		h.pairs = append(h.pairs, p)
		if p.now != nil {
			h.of[p.now] = p
		}
	}
	for _, n := range now.Nodes {
		if h.of[n] == nil {
			p := &pair{now: n}
			h.of[n] = p
			h.pairs = append(h.pairs, p)
		}
	}
	for i, p := range h.pairs {
		p.place = i
		switch {
		case p.now != nil:
			p.id, p.name, p.subject = p.now.ID, p.now.Path, "node "+p.now.Path
		default:
			p.id, p.name, p.subject = p.old.ID, "gone "+p.old.Path, "gone "+p.old.Path
		}
		h.bySubject[p.subject] = p
		if p.old != nil && p.old.Parent != nil {
			p.parentOld = h.of[p.old.Parent]
		}
		if p.now != nil && p.now.Parent != nil {
			p.parentNow = h.of[p.now.Parent]
		}
	}
	h.root = h.of[old.Root]
	for i, p := range h.ordered(old, now) {
		p.orderOld = i
	}
	for i, p := range h.ordered(now, old) {
		p.orderNow = i
	}
	return h
}

// Govern says that a default which both versions have is what a key of a node of one
// version rests on: in a hybrid with the default of the other version, the node says what that
// default says. As is a node of both versions on which the default acts, too.
func (h *Hybrids) Govern(subject, key string, as *Node) {
	p, donor := h.bySubject[subject], h.of[as]
	if p == nil || donor == nil || donor.old == nil || donor.now == nil || p.old != nil && p.now != nil {
		return
	}
	own, other := p.now, donor.old
	if own == nil {
		own, other = p.old, donor.now
	}
	if p.governed == nil {
		copied := *own
		p.governed = &copied
	}
	was := *p.governed
	(&building{Hybrids: h}).mix(p.governed, &was, other, map[string]bool{key: true})
}

// ordered are all nodes in the order of one version; what only the other has stands
// behind the sibling that it follows there.
func (h *Hybrids) ordered(first, other *Methodology) []*pair {
	var out []*pair
	for _, n := range first.Nodes {
		out = append(out, h.of[n])
	}
	in := map[*pair]bool{}
	for _, p := range out {
		in[p] = true
	}
	last := map[*Node]*pair{} // by parent: the sibling before
	for _, n := range other.Nodes {
		p := h.of[n]
		if !in[p] {
			after := last[n.Parent]
			if after == nil && n.Parent != nil {
				after = h.of[n.Parent]
			}
			at := 0
			if after != nil {
				at = slices.Index(out, after) + 1
			}
			out = slices.Insert(out, at, p)
			in[p] = true
		}
		last[n.Parent] = p
	}
	return out
}

// Of makes the hybrid of some provisions of the new version. Where these say only
// something else of nodes that stand where they are, most of it is another hybrid's.
func (h *Hybrids) Of(p Provisions) (*Hybrid, error) {
	if s := h.skeleton(p); s.err == nil {
		return s.with(p)
	}
	return h.Alone(p)
}

// Alone makes the hybrid of some provisions, and shares nothing with others.
func (h *Hybrids) Alone(p Provisions) (*Hybrid, error) {
	b, err := h.whole(p)
	if err != nil {
		return nil, err
	}
	return b.out, nil
}

// whole makes a hybrid from all of its nodes.
func (h *Hybrids) whole(p Provisions) (*building, error) {
	m := *h.old
	m.Nodes, m.Headline, m.Moved, m.Changes = make([]*Node, 0, len(h.pairs)), nil, nil, nil
	b := &building{h, p, make([]*Node, len(h.pairs)), &Hybrid{Methodology: &m, Both: make([]*Node, len(h.now.Nodes))}}
	if err := b.tree(); err != nil {
		return nil, err
	}
	if err := b.settle(func(i int) bool { return true }); err != nil {
		return nil, err
	}
	b.columns()
	b.screen()
	return b, nil
}

// settle settles what of nodes depends on those around them: weights first, since their
// parents look at them.
func (b *building) settle(which func(place int) bool) error {
	for _, settle := range []func(*pair, *Node) error{b.weight, b.rest} {
		for i, n := range b.nodes {
			if n == nil || !which(i) {
				continue
			}
			if err := settle(b.pairs[i], n); err != nil {
				return err
			}
		}
	}
	return nil
}

// columns are those of both versions, with the treatment and imputation of either.
func (b *building) columns() {
	old := b.old.Columns
	b.out.Columns = slices.Clone(old)
	for _, c := range b.now.Columns {
		at := slices.IndexFunc(old, func(o Column) bool { return o.Name == c.Name })
		if at < 0 {
			b.out.Columns = append(b.out.Columns, c)
			continue
		}
		keys := b.p["column "+c.Name]
		if keys["treat"] {
			b.out.Columns[at].Treat = c.Treat
		}
		b.out.Columns[at].Impute, _ = b.optional(method.Impute, "impute", old[at].Impute, c.Impute, keys)
	}
	for _, g := range b.now.Groups {
		if !slices.ContainsFunc(b.old.Groups, func(o Group) bool { return o.ID == g.ID }) {
			b.out.Groups = append(slices.Clip(b.out.Groups), g)
		}
	}
}

// screen is that of either version, rule by rule.
func (b *building) screen() {
	keys := b.p["document"]
	switch {
	case keys["screen"]:
		b.out.Screen = b.now.Screen
	case b.old.Screen != nil && b.now.Screen != nil:
		s := *b.old.Screen
		if under(keys, "screen.min_coverage") {
			s.MinCoverage = b.now.Screen.MinCoverage
		}
		if keys["screen.min_nonzero"] {
			s.MinNonzero = b.now.Screen.MinNonzero
		}
		if keys["screen.condition"] {
			s.Condition, s.written = b.now.Screen.Condition, b.now.Screen.written
		}
		b.out.Screen = &s
	}
}

// under says whether a key or one below it is taken.
func under(keys map[string]bool, key string) bool {
	for k := range keys {
		if rest, ok := strings.CutPrefix(k, key); ok && (rest == "" || rest[0] == '.') {
			return true
		}
	}
	return false
}
