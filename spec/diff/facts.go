package diff

import (
	"fmt"
	"path"
	"strings"

	"rubric/spec/check"
	"rubric/spec/source"
	"rubric/spec/tree"
)

// facts are what a resolved document says.
type facts struct {
	m     *check.Methodology
	root  *tree.Node
	lines []check.Line
	nodes map[string]*tree.Node // by path; `index` is what the root does
}

// sections are the keys under which nodes stand.
var sections = []string{"dimensions", "variables", "indicators", "derive"}

// read resolves a methodology and reads it as a document.
func read(m *check.Methodology) (*facts, error) {
	f := &facts{m: m, lines: m.Origins(), nodes: map[string]*tree.Node{}}
	root, list := tree.Parse(source.NewFile(m.Document.Name+" (resolved)", m.Resolved()))
	if root == nil || list.Errors() > 0 {
		return nil, fmt.Errorf("the plan of %s %s cannot be read: %v", m.Index, m.Edition, list)
	}
	f.root = root
	f.nodes["index"] = root.Get("defaults").Get("index")
	f.collect(root, "")
	return f, nil
}

func (f *facts) collect(n *tree.Node, above string) {
	for _, section := range sections {
		s := n.Get(section)
		if s == nil {
			continue
		}
		for _, e := range s.Entries {
			f.nodes[above+e.Key.Value] = e.Value
			f.collect(e.Value, above+e.Key.Value+"/")
		}
	}
}

// origin is where what stands at a place of the resolved document was written: under a
// key of a node, or of no node. The rule of ties has a place of its own there, and
// stands in the line of its normalisation here.
func (f *facts) origin(n *tree.Node, of *check.Node, key string) source.Place {
	if of != nil && key == "normalise.ties" {
		if at := of.Settled("ties"); at.File != "" {
			return at
		}
	}
	line := n.Place().Line
	if line < 1 || line > len(f.lines) {
		return source.Place{}
	}
	return f.lines[line-1].Below(f.within(n, line)...)
}

// within are the keys that lead from what a line begins with to a key in it.
func (f *facts) within(key *tree.Node, line int) (keys []string) {
	for at := f.root; at != nil; {
		i := len(at.Entries) - 1
		for i >= 0 && at.Entries[i].Key.Span.Start > key.Span.Start {
			i--
		}
		if i < 0 {
			break
		}
		e := at.Entries[i]
		if e.Key.Place().Line == line {
			keys = append(keys, e.Key.Value)
		}
		if at = e.Value; e.Key == key {
			break
		}
	}
	if len(keys) == 0 {
		return nil
	}
	return keys[1:]
}

// located is what the document says of files, each by its path and not by its name from
// the document's folder: an edition that extends another one has that one's files.
func (f *facts) located(n *tree.Node, isFile bool) string {
	var parts []string
	switch {
	case n.Kind == tree.Map:
		for _, e := range n.Entries {
			parts = append(parts, e.Key.Value+": "+f.located(e.Value, e.Key.Value == "file"))
		}
	case n.Kind == tree.List:
		for _, x := range n.Items {
			parts = append(parts, f.located(x, isFile))
		}
	case isFile:
		return path.Join(path.Dir(f.m.Document.Name), n.Value)
	default:
		return n.Value
	}
	return "[" + strings.Join(parts, ", ") + "]"
}

// shown writes a value as a document would.
func shown(n *tree.Node) string {
	switch {
	case n == nil:
		return ""
	case n.Kind == tree.Map:
		var parts []string
		for _, e := range n.Entries {
			parts = append(parts, tree.Scalar(e.Key.Value)+": "+shown(e.Value))
		}
		return "{" + strings.Join(parts, ", ") + "}"
	case n.Kind == tree.List:
		var parts []string
		for _, x := range n.Items {
			parts = append(parts, shown(x))
		}
		return "[" + strings.Join(parts, ", ") + "]"
	case n.Kind == tree.Text:
		return tree.Scalar(n.Value)
	}
	return n.Value
}
