// Package extend builds an edition as another one plus listed changes.
//
//	extends: ../2023            # a folder or file beside this one, or index/edition
//	edition: "2024"
//	moved: {economy/debt: finance/debt}
//	columns:
//	  gdp: {from: gross_product}     # a map merges
//	  population: ~                  # ~ removes
//	dimensions:
//	  economy: {variables: {growth: {formula: gdp_growth}}}
//
// The result is an ordinary document whose words stand where they were written,
// so that a finding points into the file that the text came from.
package extend

import (
	"slices"
	"strings"

	"rubric/spec/diag"
	"rubric/spec/source"
	"rubric/spec/tree"
)

// Resolve finds the document that a reference means, as it stands in a file.
type Resolve func(ref string, from *source.File) (*source.File, error)

// Edition is an edition that a document extends, the nearest first.
type Edition struct {
	Ref   string       // as it is written
	Place source.Place // where
	File  *source.File
}

// Move is a node that changed its path.
type Move struct {
	From, To string
	Place    source.Place
}

// Built is a document with everything that it extends.
type Built struct {
	Root    *tree.Node
	Chain   []Edition
	Moves   []Move   // of the document itself
	Changes []Change // likewise, what its keys say otherwise than the edition before
}

// Change is a key that the document has otherwise than the edition before, which
// may be read after its moves.
type Change struct {
	Keys          []string   // that lead to it, from the root
	Before, After *tree.Node // nil: it is new, or gone
	Place         source.Place
}

// own are the keys that a document never inherits: they speak of one edition.
var own = []string{"edition", "status", "comparability", "extends", "moved"}

// whole are the keys whose maps replace the inherited one: half of one method's
// parameters and half of another's make no method.
var whole = []string{
	"normalise", "aggregate", "treat", "impute", "missing", "round", "rank", "direction", "given", "min_coverage", "levels", "tidy",
}

// Build reads what a document extends, and makes one document of it. The result
// is nil if that cannot be done. A document that extends nothing is left as it is.
func Build(root *tree.Node, f *source.File, resolve Resolve) (*Built, diag.List) {
	b := &builder{resolve: resolve}
	out := b.build(root, f, []string{f.Name})
	return out, b.list
}

type builder struct {
	resolve Resolve
	list    diag.List
	changes []Change // of the edition that was merged last
}

func (b *builder) report(code diag.Code, n *tree.Node, format string, args ...any) *diag.Diagnostic {
	b.list.Add(diag.New(code, n.Place(), format, args...))
	return &b.list[len(b.list)-1]
}

func (b *builder) build(root *tree.Node, f *source.File, open []string) *Built {
	ref := root.Get("extends")
	if ref == nil {
		if moved := root.Entry("moved"); moved != nil {
			b.report(diag.ExtendsMoved, moved.Key, "`moved` says what became of the nodes of another edition, and the document extends none").Help = "remove it, or say `extends:`"
		}
		return &Built{Root: root}
	}
	if ref.Kind != tree.Text || strings.TrimSpace(ref.Value) == "" {
		b.report(diag.ExtendsUnknown, ref, "`extends` names another edition").Help = "`extends: ../2023`, or index/edition"
		return nil
	}
	if b.resolve == nil {
		b.report(diag.ExtendsUnknown, ref, "the edition %s cannot be looked up here", tree.Shown(ref.Value)).Help = "read the document from its folder"
		return nil
	}
	file, err := b.resolve(ref.Value, f)
	if err != nil {
		b.report(diag.ExtendsUnknown, ref, "there is no edition %s: %v", tree.Shown(ref.Value), err).Help = "name a folder beside this one, such as ../2023, or index/edition"
		return nil
	}
	if at := slices.Index(open, file.Name); at >= 0 {
		b.report(diag.ExtendsCycle, ref, "the editions extend each other in a circle: %s", strings.Join(append(slices.Clone(open[at:]), file.Name), " → ")).Help = "one of them must stand by itself"
		return nil
	}
	parent, list := tree.Parse(file)
	b.list.Add(list...)
	if parent == nil {
		return nil
	}
	if parent.Kind != tree.Map {
		b.report(diag.ExtendsUnknown, ref, "%s is no methodology", file.Name).Help = "name an edition's folder or document"
		return nil
	}
	before := b.build(parent, file, append(open, file.Name))
	if before == nil {
		return nil
	}
	out := &Built{Chain: append([]Edition{{ref.Value, ref.Place(), file}}, before.Chain...)}
	inherited := without(before.Root, own)
	out.Moves = b.move(inherited, root)
	b.changes = nil
	out.Root = b.merge(inherited, root, nil)
	out.Changes = b.changes
	// The version is read before anything else, from the document itself.
	return out
}

// without is a copy of a map that lacks some keys, and whose maps can be changed.
func without(n *tree.Node, keys []string) *tree.Node {
	out := copied(n)
	out.Entries = slices.DeleteFunc(out.Entries, func(e tree.Entry) bool { return slices.Contains(keys, e.Key.Value) })
	return out
}

// copied is a node whose maps, but not whose words, are its own.
func copied(n *tree.Node) *tree.Node {
	if n == nil || n.Kind != tree.Map {
		return n
	}
	out := *n
	out.Entries = make([]tree.Entry, len(n.Entries))
	for i, e := range n.Entries {
		out.Entries[i] = tree.Entry{Key: e.Key, Value: copied(e.Value)}
	}
	return &out
}

// merge is the inherited map with the changes of another: in the inherited
// order, what is new at the end.
func (b *builder) merge(inherited, changes *tree.Node, keys []string) *tree.Node {
	path := dotted(keys)
	out := *changes
	out.Entries = nil
	for _, e := range inherited.Entries {
		c := changes.Entry(e.Key.Value)
		switch {
		case c == nil:
			out.Entries = append(out.Entries, e)
		case c.Value.Kind == tree.Null:
			b.change(keys, c.Key, e.Value, nil)
		case e.Value.Kind == tree.Map && c.Value.Kind == tree.Map && !slices.Contains(whole, e.Key.Value):
			out.Entries = append(out.Entries, tree.Entry{Key: c.Key, Value: b.merge(e.Value, c.Value, append(slices.Clip(keys), e.Key.Value))})
		default:
			switch same := equal(e.Value, c.Value); {
			case !same:
				b.change(keys, c.Key, e.Value, c.Value)
			case path != "" || !slices.Contains(always, e.Key.Value):
				d := b.report(diag.ExtendsIdle, c.Key, "`%s%s` says what is inherited already", path, e.Key.Value)
				*d = d.WithHelp("remove it").WithRelated(e.Value.Place(), "the inherited one")
			}
			out.Entries = append(out.Entries, tree.Entry{Key: c.Key, Value: c.Value})
		}
	}
	for _, c := range changes.Entries {
		switch {
		case inherited.Entry(c.Key.Value) != nil:
		case c.Value.Kind == tree.Null:
			d := b.report(diag.ExtendsRemoved, c.Key, "`%s%s` is removed, and the edition before has none", path, c.Key.Value)
			var known []string
			for _, e := range inherited.Entries {
				known = append(known, e.Key.Value)
			}
			*d = d.WithHelp("remove the line")
			if near, ok := diag.Nearest(c.Key.Value, known); ok {
				*d = d.WithHelp("did you mean `%s`?", near)
			}
		default:
			value := b.bare(c.Value, path+c.Key.Value+".")
			out.Entries = append(out.Entries, tree.Entry{Key: c.Key, Value: value})
			b.change(keys, c.Key, nil, value)
		}
	}
	return &out
}

// dotted are keys as a person writes them before another one.
func dotted(keys []string) string {
	if len(keys) == 0 {
		return ""
	}
	return strings.Join(keys, ".") + "."
}

// change notes a key that is another one than before. What speaks of one edition
// always is.
func (b *builder) change(above []string, key, before, after *tree.Node) {
	if len(above) == 0 && slices.Contains(own, key.Value) {
		return
	}
	b.changes = append(b.changes, Change{append(slices.Clone(above), key.Value), before, after, key.Place()})
}

// always are the keys that every document says, whatever it extends.
var always = []string{"rubric", "index", "title"}

// bare is a new value, in which there is nothing to remove.
func (b *builder) bare(n *tree.Node, path string) *tree.Node {
	if n.Kind != tree.Map {
		return n
	}
	out := *n
	out.Entries = nil
	for _, e := range n.Entries {
		if e.Value.Kind == tree.Null {
			b.report(diag.ExtendsRemoved, e.Key, "`%s%s` is removed, and the edition before has none", path, e.Key.Value).Help = "remove the line, or give it a value"
			continue
		}
		out.Entries = append(out.Entries, tree.Entry{Key: e.Key, Value: b.bare(e.Value, path+e.Key.Value+".")})
	}
	return &out
}

// equal says whether two values say the same.
func equal(a, b *tree.Node) bool {
	if a.Kind != b.Kind || a.Value != b.Value || len(a.Entries) != len(b.Entries) || len(a.Items) != len(b.Items) {
		return false
	}
	for i := range a.Entries {
		if a.Entries[i].Key.Value != b.Entries[i].Key.Value || !equal(a.Entries[i].Value, b.Entries[i].Value) {
			return false
		}
	}
	for i := range a.Items {
		if !equal(a.Items[i], b.Items[i]) {
			return false
		}
	}
	return true
}
