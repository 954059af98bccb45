// Package override tries a change of a document without editing it.
//
//	economy.weight=2                       # a key of a node, by its path
//	index.aggregate=geometric_mean         # of the root
//	defaults.indicator.normalise=min_max   # a default
//	economy/debt.normalise.high=90         # a parameter of a method
//	periods.only="2020"                    # any other key of the document
//	economy.weight=~                       # removes a key
//	screen=~                               # a whole section of the document
//
// Changes come from the command line or from the `set:` of a suite's case. The value is YAML. What is wrong with it is found where it is written, as in a
// file: the text of the change is the file.
package override

import (
	"slices"
	"strings"

	"rubric/spec/diag"
	"rubric/spec/source"
	"rubric/spec/tree"
)

// Change is one change: a key of a document, and what it becomes.
type Change struct {
	Path  string     // NODE.KEY, as it is written
	Key   *tree.Node // where it is written; its text is the last part of the path
	Value *tree.Node // Null: the key is removed
}

// Parse reads a change from a text of the form NODE.KEY=VALUE.
func Parse(text string) (Change, diag.List) {
	path, value, ok := strings.Cut(text, "=")
	name := "--set " + path
	if !ok || strings.TrimSpace(value) == "" || !complete(path) {
		return Change{}, wrong(source.Place{File: name}, tree.Shown(text)+" does not say what is changed, and to what", wayToChange)
	}
	written, list := tree.Parse(source.NewFile(name, []byte(path[strings.LastIndexByte(path, '.')+1:]+": "+value)))
	if written == nil || len(list) > 0 || written.Kind != tree.Map || len(written.Entries) != 1 {
		if len(list) == 0 {
			list = wrong(source.Place{File: name}, tree.Shown(value)+" is no value", "write it as in the document: a number, a text, {method: goalposts, low: 0, high: 10}")
		}
		return Change{}, list
	}
	return Change{path, written.Entries[0].Key, written.Entries[0].Value}, nil
}

// At reads a change from a key and a value of another document.
func At(e tree.Entry) (Change, diag.List) {
	path := e.Key.Value
	if !complete(path) {
		return Change{}, wrong(e.Key.Place(), tree.Shown(path)+" does not say what is changed", wayToChange)
	}
	key := *e.Key
	key.Value = path[strings.LastIndexByte(path, '.')+1:]
	return Change{path, &key, e.Value}, nil
}

const wayToChange = "NODE.KEY=VALUE, such as economy.weight=2 or index.aggregate=geometric_mean"

// sections are the keys of a document that a change can name by themselves: there is no
// node of that name.
var sections = []string{"screen", "periods", "bands", "weights", "units", "files", "headline"}

// complete says whether a path has a node and a key, or is a section.
func complete(path string) bool {
	return strings.Contains(path, ".") && !strings.HasSuffix(path, ".") || slices.Contains(sections, path)
}

func wrong(at source.Place, message, help string) diag.List {
	return diag.List{diag.New(diag.OverrideWrong, at, "%s", message).WithHelp("%s", help)}
}

// Set makes changes to a document's tree, which is changed in place. Those that are
// given as texts come first.
func Set(root *tree.Node, texts []string, changes []Change) (list diag.List) {
	for _, text := range texts {
		c, wrong := Parse(text)
		if wrong != nil {
			list.Add(wrong...)
			continue
		}
		list.Add(c.make(root)...)
	}
	for _, c := range changes {
		list.Add(c.make(root)...)
	}
	return list
}

func (c Change) make(root *tree.Node) diag.List {
	steps := strings.Split(c.Path, ".")
	last := steps[len(steps)-1]
	place := c.Key.Place()
	if strings.HasPrefix(place.File, "--set ") { // a text of one line: its place says nothing
		place = source.Place{File: place.File}
	}
	at, rest, near := root, []string(nil), ""
	if len(steps) > 1 {
		at, rest, near = find(root, steps[0], steps[1:len(steps)-1])
	}
	if at == nil {
		help := "name a node by its path, `index`, `defaults`, or another key of the document"
		if near != "" {
			help = "did you mean `" + near + "`?"
		}
		return wrong(place, "the document has no "+tree.Shown(steps[0]), help)
	}
	for _, key := range rest {
		at = within(at, key, c.Key)
	}
	if c.Value.Kind == tree.Null {
		if at.Entry(last) == nil {
			return wrong(place, "there is no "+tree.Shown(last)+" to remove", "look at `rubric plan --origin` for where it is said")
		}
		at.Entries = slices.DeleteFunc(at.Entries, func(e tree.Entry) bool { return e.Key.Value == last })
		return nil
	}
	entry := tree.Entry{Key: c.Key, Value: copied(c.Value)}
	if e := at.Entry(last); e != nil {
		*e = entry
		return nil
	}
	at.Entries = append(at.Entries, entry)
	return nil
}

// copied is a tree of its own: a later change may act within it.
func copied(n *tree.Node) *tree.Node {
	out := *n
	out.Entries = slices.Clone(n.Entries)
	for i := range out.Entries {
		out.Entries[i].Value = copied(out.Entries[i].Value)
	}
	out.Items = slices.Clone(n.Items)
	for i := range out.Items {
		out.Items[i] = copied(out.Items[i])
	}
	return &out
}

// find is the map of what a change begins with, and the keys that lead on from it.
func find(root *tree.Node, name string, rest []string) (at *tree.Node, keys []string, near string) {
	if name == "index" {
		return root, append([]string{"defaults", "index"}, rest...), ""
	}
	var known []string
	var byID []*tree.Node
	for _, n := range nodes(root, "") {
		if n.path == name {
			return n.node, rest, ""
		}
		known = append(known, n.path)
		if n.path[strings.LastIndexByte(n.path, '/')+1:] == name {
			byID = append(byID, n.node)
		}
	}
	if len(byID) == 1 {
		return byID[0], rest, ""
	}
	if e := root.Entry(name); e != nil || name == "defaults" || name == "weights" || name == "screen" || name == "periods" {
		return root, append([]string{name}, rest...), ""
	}
	for _, e := range root.Entries {
		known = append(known, e.Key.Value)
	}
	near, _ = diag.Nearest(name, known)
	return nil, nil, near
}

type node struct {
	path string
	node *tree.Node
}

// nodes are the nodes of a document, in its order. The indicator of a variable
// that is written in place has the variable's own map.
func nodes(n *tree.Node, above string) (out []node) {
	for _, kind := range []string{"dimensions", "variables", "indicators", "derive"} {
		s := n.Get(kind)
		if s == nil || s.Kind != tree.Map {
			continue
		}
		for _, e := range s.Entries {
			if e.Value.Kind != tree.Map {
				continue
			}
			path := above + e.Key.Value
			out = append(out, node{path, e.Value})
			if kind == "variables" && e.Value.Get("formula") != nil {
				id := e.Key.Value
				if own := e.Value.Get("id"); own != nil {
					id = own.Value
				}
				if id != e.Key.Value {
					out = append(out, node{path + "/" + id, e.Value})
				}
			}
			out = append(out, nodes(e.Value, path+"/")...)
		}
	}
	return out
}

// within is the map under a key, made if there is none. A method's bare name
// becomes a map with it, so that a parameter can be said.
func within(n *tree.Node, key string, at *tree.Node) *tree.Node {
	e := n.Entry(key)
	if e == nil {
		made := &tree.Node{Kind: tree.Map, Span: at.Span}
		name := *at
		name.Value = key
		n.Entries = append(n.Entries, tree.Entry{Key: &name, Value: made})
		return made
	}
	if e.Value.Kind == tree.Map {
		return e.Value
	}
	made := &tree.Node{Kind: tree.Map, Span: e.Value.Span}
	if e.Value.Kind == tree.Text {
		name := *at
		name.Value = "method"
		if key == "rank" || key == "round" {
			name.Value = "rule"
		}
		made.Entries = []tree.Entry{{Key: &name, Value: e.Value}}
	}
	e.Value = made
	return made
}
