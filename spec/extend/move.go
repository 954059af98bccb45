package extend

import (
	"strings"

	"rubric/spec/diag"
	"rubric/spec/tree"
)

// sections are the keys under which nodes stand.
var sections = []string{"dimensions", "variables", "indicators"}

// move takes the nodes that a document says have moved to their new paths,
// before its other changes act on them there.
func (b *builder) move(inherited, changes *tree.Node) (out []Move) {
	moved := changes.Get("moved")
	if moved == nil {
		return nil
	}
	if moved.Kind != tree.Map {
		b.report(diag.ExtendsMoved, moved, "`moved` is a map from old paths to new ones").Help = "`moved: {economy/debt: finance/debt}`"
		return nil
	}
	for _, e := range moved.Entries {
		if e.Value.Kind != tree.Text {
			b.report(diag.ExtendsMoved, e.Value, "a new path is a text").Help = "`moved: {economy/debt: finance/debt}`"
			continue
		}
		if b.moveOne(inherited, changes, e) {
			out = append(out, Move{e.Key.Value, e.Value.Value, e.Key.Place()})
		}
	}
	return out
}

func (b *builder) moveOne(inherited, changes *tree.Node, e tree.Entry) bool {
	from, to := e.Key.Value, e.Value.Value
	if to == from || strings.HasPrefix(to, from+"/") {
		b.report(diag.ExtendsMoved, e.Value, "`%s` cannot move into itself", from).Help = "name another place"
		return false
	}
	section, index := find(inherited, from)
	if section == nil {
		d := b.report(diag.ExtendsMoved, e.Key, "the edition before has no node `%s`", from)
		*d = d.WithHelp("name it by its path there")
		if near, ok := diag.Nearest(from, paths(inherited, "")); ok {
			*d = d.WithHelp("did you mean `%s`?", near)
		}
		return false
	}
	if there, _ := find(inherited, to); there != nil {
		b.report(diag.ExtendsMoved, e.Value, "the edition before has a node `%s` already", to).Help = "move that one first, or name another place"
		return false
	}
	kind := section.kind
	node := section.node.Entries[index]
	target := b.target(inherited, changes, to, kind, e)
	if target == nil {
		return false
	}
	section.node.Entries = append(section.node.Entries[:index:index], section.node.Entries[index+1:]...)
	key := *e.Value // its new id stands where the move is written
	if slash := strings.LastIndexByte(to, '/'); slash >= 0 {
		key.Value = to[slash+1:]
	}
	target.Entries = append(target.Entries, tree.Entry{Key: &key, Value: node.Value})
	return true
}

// section is a map of nodes of one kind.
type section struct {
	kind string
	node *tree.Node
}

// find is the section that a node stands in, and where in it.
func find(root *tree.Node, path string) (*section, int) {
	ids := strings.Split(path, "/")
	at := root
	for i, id := range ids {
		next, index := within(at, id)
		if next == nil {
			return nil, 0
		}
		if i == len(ids)-1 {
			return next, index
		}
		at = next.node.Entries[index].Value
	}
	return nil, 0
}

// within looks for a node right below another.
func within(n *tree.Node, id string) (*section, int) {
	for _, kind := range sections {
		s := n.Get(kind)
		if s == nil || s.Kind != tree.Map {
			continue
		}
		for i := range s.Entries {
			if s.Entries[i].Key.Value == id {
				return &section{kind, s}, i
			}
		}
	}
	return nil, 0
}

// target is the map that a node moves into. The node above it is an inherited
// one, or one that the changes bring.
func (b *builder) target(inherited, changes *tree.Node, to, kind string, e tree.Entry) *tree.Node {
	slash := strings.LastIndexByte(to, '/')
	above, at := "", inherited
	if slash >= 0 {
		above = to[:slash]
		s, i := find(inherited, above)
		if s == nil {
			if s, i = b.bring(inherited, changes, above); s == nil {
				b.report(diag.ExtendsMoved, e.Value, "neither edition has a node `%s` that could hold `%s`", above, to).Help = "add it under `dimensions:`"
				return nil
			}
		}
		at = s.node.Entries[i].Value
	}
	if above == "" && kind != "dimensions" {
		b.report(diag.ExtendsMoved, e.Value, "only dimensions stand right below the root").Help = "move it into a dimension"
		return nil
	}
	held := at.Get(kind)
	if held == nil {
		held = &tree.Node{Kind: tree.Map, Span: e.Value.Span}
		key := *e.Value
		key.Value = kind
		at.Entries = append(at.Entries, tree.Entry{Key: &key, Value: held})
	}
	return held
}

// bring adds an empty node to the inherited ones where the changes have it.
func (b *builder) bring(inherited, changes *tree.Node, path string) (*section, int) {
	there, i := find(changes, path)
	if there == nil {
		return nil, 0
	}
	at := inherited
	if slash := strings.LastIndexByte(path, '/'); slash >= 0 {
		s, k := find(inherited, path[:slash])
		if s == nil {
			if s, k = b.bring(inherited, changes, path[:slash]); s == nil {
				return nil, 0
			}
		}
		at = s.node.Entries[k].Value
	}
	held := at.Get(there.kind)
	entry := there.node.Entries[i]
	if held == nil {
		key := *entry.Key
		key.Value = there.kind
		held = &tree.Node{Kind: tree.Map, Span: entry.Key.Span}
		at.Entries = append(at.Entries, tree.Entry{Key: &key, Value: held})
	}
	held.Entries = append(held.Entries, tree.Entry{Key: entry.Key, Value: &tree.Node{Kind: tree.Map, Span: entry.Key.Span}})
	return &section{there.kind, held}, len(held.Entries) - 1
}

// paths are all nodes of a document.
func paths(n *tree.Node, above string) (out []string) {
	for _, kind := range sections {
		s := n.Get(kind)
		if s == nil || s.Kind != tree.Map {
			continue
		}
		for _, e := range s.Entries {
			path := above + e.Key.Value
			out = append(out, path)
			if e.Value.Kind == tree.Map {
				out = append(out, paths(e.Value, path+"/")...)
			}
		}
	}
	return out
}
