package diff

import (
	"rubric/spec/check"
	"rubric/spec/expr"
	"rubric/spec/tree"
)

// isFormula says whether what stands under a key of a node is an expression.
func isFormula(key string) bool {
	return key == "formula" || key == "normalise.formula" || key == "aggregate.formula" || key == "min_coverage"
}

// sameFormula says whether two expressions of a node mean the same: however they are
// laid out, and whatever the columns and nodes that they name are called now.
func (w *differ) sameFormula(subject, key string) bool {
	was, n := at(w.a.old, w.a.before[subject]), at(w.a.new, subject)
	if was == nil || n == nil || !isFormula(key) {
		return false
	}
	before, after := w.canonical(was, key, true), w.canonical(n, key, false)
	return before != "" && before == after
}

// canonical is an expression of a node by what it names, and not by how that is called;
// empty where it has none.
func (w *differ) canonical(n *check.Node, key string, old bool) string {
	var e *expr.Expr
	switch key {
	case "formula":
		e = n.Formula
	case "normalise.formula":
		e = n.NormaliseFormula
	case "aggregate.formula":
		e = n.AggregateFormula
	case "min_coverage":
		e = n.MinCoverage.Condition
	}
	if e == nil {
		return ""
	}
	m := w.a.new
	if old {
		m = w.a.old
	}
	node := func(name string) *check.Node {
		for _, child := range n.Children {
			if child.ID == name && n.Formula == nil {
				return child
			}
		}
		if r, ok := n.Refs[name]; ok {
			return r.Node
		}
		if n.Level == check.Derived {
			found, _ := m.Node(name)
			return found
		}
		return nil
	}
	return e.CanonicalAs(func(name string) string {
		found := node(name)
		switch {
		case found == nil && old && w.columns[name] != "":
			return w.columns[name]
		case found == nil:
			return name
		case !old:
			return "node_" + found.Path
		case w.a.now[found.Path] != "":
			return "node_" + w.a.now[found.Path]
		}
		return "gone_" + found.Path
	})
}

// renamedColumns are the columns that only have another name: they read the same header,
// and all that is said of them is the same.
func renamedColumns(old, now *facts) map[string]string {
	out := map[string]string{}
	before, after := old.root.Get("columns"), now.root.Get("columns")
	said := func(n *tree.Node) map[string][]string {
		by := map[string][]string{}
		if n != nil {
			for _, e := range n.Entries {
				by[shown(e.Value)] = append(by[shown(e.Value)], e.Key.Value)
			}
		}
		return by
	}
	here := said(after)
	for what, names := range said(before) {
		if there := here[what]; len(names) == 1 && len(there) == 1 && before.Get(there[0]) == nil && after.Get(names[0]) == nil {
			out[names[0]] = there[0]
		}
	}
	return out
}

// renamed says of a column that only has another name that it has, once, and whether it
// is one.
func (w *differ) renamed(id string, before, now *tree.Node) bool {
	if w.columns[id] != "" {
		return true
	}
	for was, is := range w.columns {
		if is == id {
			old, new := before.Entry(was), now.Entry(id)
			w.found = append(w.found, Change{Kind: Renamed, Subject: "column " + id, Before: was, After: id, OldPlace: w.old.origin(old.Key, nil, ""), NewPlace: w.now.origin(new.Key, nil, "")})
			return true
		}
	}
	return false
}
