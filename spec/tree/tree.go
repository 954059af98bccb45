// Package tree is YAML with places: every key and every value knows where it
// stands, and a character inside a scalar can be found again in the file,
// whatever the scalar's style. It is the only package that knows the YAML
// library.
//
// A document is data, not a program: anchors, aliases and tags are findings,
// and so are duplicate keys, a second document in the file, and the unquoted
// words (NO, yes, on) that other YAML readers take for truth values.
package tree

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"

	yaml "go.yaml.in/yaml/v4"

	"rubric/spec/diag"
	"rubric/spec/source"
)

// Kind is what a node is.
type Kind uint8

// The kinds of nodes.
const (
	Null Kind = iota
	Text
	Number
	Truth
	List
	Map
)

func (k Kind) String() string {
	return [...]string{"nothing", "a text", "a number", "true or false", "a list", "a map"}[k]
}

// Node is a value in the document.
type Node struct {
	Kind    Kind
	Value   string      // scalars: the text after unquoting and folding
	Span    source.Span // a scalar's own extent; a map's or list's first line
	Entries []Entry     // Map, in document order
	Items   []*Node     // List

	style yaml.Style
}

// Entry is one key of a map.
type Entry struct {
	Key   *Node
	Value *Node
}

// Get is the value of a key, or nil. It works on nil.
func (n *Node) Get(key string) *Node {
	if e := n.Entry(key); e != nil {
		return e.Value
	}
	return nil
}

// Entry is a key with its value, or nil.
func (n *Node) Entry(key string) *Entry {
	if n == nil {
		return nil
	}
	for i := range n.Entries {
		if n.Entries[i].Key.Value == key {
			return &n.Entries[i]
		}
	}
	return nil
}

// Place is where the node stands; the zero place for nil.
func (n *Node) Place() source.Place {
	if n == nil {
		return source.Place{}
	}
	return n.Span.Place()
}

// Text is a scalar's text; empty for nil.
func (n *Node) Text() string {
	if n == nil {
		return ""
	}
	return n.Value
}

// Any is the node as encoding/json would have it, with json.Number numbers.
func (n *Node) Any() any {
	switch n.Kind {
	case Text:
		return n.Value
	case Number:
		return json.Number(n.Value)
	case Truth:
		return n.Value == "true"
	case List:
		out := make([]any, len(n.Items))
		for i, x := range n.Items {
			out[i] = x.Any()
		}
		return out
	case Map:
		out := make(map[string]any, len(n.Entries))
		for _, e := range n.Entries {
			out[e.Key.Value] = e.Value.Any()
		}
		return out
	}
	return nil
}

// maxNodes bounds the size of a document.
const maxNodes = 200_000

// Parse reads one YAML document. The tree is nil if it cannot be read at all.
func Parse(f *source.File) (*Node, diag.List) {
	var list diag.List
	if place, ok := tooDeep(f); ok {
		list.Add(diag.New(diag.YAMLSyntax, place, "the document is nested deeper than %d", maxDepth).WithHelp("is this a methodology?"))
		return nil, list
	}
	loader, err := yaml.NewLoader(strings.NewReader(string(f.Data)))
	if err != nil {
		list.Add(diag.New(diag.YAMLSyntax, source.Place{File: f.Name}, "%v", err))
		return nil, list
	}
	var root yaml.Node
	if err := loader.Load(&root); err != nil && !errors.Is(err, io.EOF) {
		list.Add(syntax(f, err))
		return nil, list
	}
	if len(root.Content) == 0 {
		list.Add(diag.New(diag.YAMLSyntax, source.Place{File: f.Name}, "the file is empty").WithHelp("a methodology begins with `rubric: 1`"))
		return nil, list
	}
	var second yaml.Node
	if err := loader.Load(&second); err == nil && len(second.Content) > 0 {
		c := &converter{file: f}
		list.Add(diag.New(diag.YAMLSyntax, c.span(second.Content[0]).Place(), "a second document in one file").WithHelp("one file holds one document: remove the `---` line, or put what follows it into a file of its own"))
	}
	c := &converter{file: f, list: list}
	n := c.convert(root.Content[0])
	return n, c.list
}

// syntax turns the YAML library's error into a finding.
func syntax(f *source.File, err error) diag.Diagnostic {
	place := source.Place{File: f.Name, Line: 1, Column: 1}
	message := err.Error()
	var load *yaml.LoadError
	if errors.As(err, &load) {
		at := f.Offset(max(load.Mark.Line, 1), max(load.Mark.Column, 1))
		place = source.Span{File: f, Start: at, End: min(at+1, len(f.Data))}.Place()
		message = load.Message
		if load.ContextMsg != "" {
			message = load.ContextMsg + ": " + message
		}
	}
	d := diag.New(diag.YAMLSyntax, place, "%s", message)
	switch {
	case strings.Contains(message, "unknown anchor"):
		d = d.WithHelp("a text that begins with * is quoted: '*x'")
	case strings.Contains(message, "mapping values are not allowed"):
		d = d.WithHelp("a text with `: ` in it is quoted, or the line is indented wrongly")
	case strings.Contains(message, "cannot start any token"):
		d = d.WithHelp("indent with spaces, not tabs; quote a text that begins with @, ` or %%")
	case strings.Contains(message, "expected node content"), strings.Contains(message, "did not find expected"), strings.Contains(message, "end of stream"):
		d = d.WithHelp("a bracket, a quote or an indentation before this place is not closed")
	}
	return d
}

const maxDepth = 100

// tooDeep finds brackets nested beyond all sense before the parser meets them.
func tooDeep(f *source.File) (source.Place, bool) {
	depth := 0
	for i, b := range f.Data {
		switch b {
		case '[', '{':
			depth++
		case ']', '}', '\n':
			if b != '\n' && depth > 0 {
				depth--
			}
		}
		if depth > 10*maxDepth {
			return source.Span{File: f, Start: i, End: i + 1}.Place(), true
		}
	}
	return source.Place{}, false
}

// converter turns the library's nodes into ours.
type converter struct {
	file  *source.File
	list  diag.List
	nodes int
	depth int
}

func (c *converter) convert(n *yaml.Node) *Node {
	c.nodes++
	c.depth++
	defer func() { c.depth-- }()
	out := &Node{Span: c.span(n), Value: n.Value, style: n.Style}
	if c.nodes > maxNodes || c.depth > maxDepth {
		if c.nodes == maxNodes+1 || c.depth == maxDepth+1 {
			c.list.Add(diag.New(diag.YAMLSyntax, out.Place(), "the document is larger than %d nodes or deeper than %d", maxNodes, maxDepth).WithHelp("is this a methodology?"))
		}
		return out
	}
	c.plainOnly(n, out)
	switch n.Kind {
	case yaml.MappingNode:
		out.Kind = Map
		c.entries(n, out)
	case yaml.SequenceNode:
		out.Kind = List
		for _, x := range n.Content {
			out.Items = append(out.Items, c.convert(x))
		}
	case yaml.ScalarNode:
		out.Kind = c.scalar(n, out)
	}
	return out
}

func (c *converter) entries(n *yaml.Node, out *Node) {
	first := map[string]*Node{}
	for i := 0; i+1 < len(n.Content); i += 2 {
		key, value := c.convert(n.Content[i]), c.convert(n.Content[i+1])
		if n.Content[i].Kind != yaml.ScalarNode {
			c.list.Add(diag.New(diag.YAMLSyntax, key.Place(), "a key that is not a plain word").WithHelp("keys are ids such as `total_gdp`"))
			continue
		}
		if key.Kind == Null {
			key.Value = ""
		}
		if before, twice := first[key.Value]; twice {
			c.list.Add(diag.New(diag.YAMLDuplicate, key.Place(), "the key `%s` stands twice in this map", key.Value).
				WithHelp("remove one of the two, or rename it").WithRelated(before.Place(), "the first one"))
			continue
		}
		first[key.Value] = key
		out.Entries = append(out.Entries, Entry{key, value})
	}
}

// plainOnly reports what makes YAML more than data.
func (c *converter) plainOnly(n *yaml.Node, out *Node) {
	start := c.file.Offset(n.Line, n.Column)
	place := source.Span{File: c.file, Start: start, End: max(start+1, out.Span.Start-1)}.Place()
	switch {
	case n.Kind == yaml.AliasNode:
		c.list.Add(diag.New(diag.YAMLAlias, out.Place(), "the alias `*%s`", n.Value).WithHelp("write the value out, or use `defaults:`; a text that begins with * is quoted"))
	case n.Anchor != "" && n.Anchor != "&":
		c.list.Add(diag.New(diag.YAMLAlias, place, "the anchor `&%s`", n.Anchor).WithHelp("YAML takes a leading & for an anchor: quote the text, or remove the anchor"))
	case n.Style&yaml.TaggedStyle != 0:
		c.list.Add(diag.New(diag.YAMLAlias, place, "the tag `%s`", n.Tag).WithHelp("YAML takes a leading ! for a tag: quote the text: '!x'"))
	}
}

// ambiguous are the words that YAML 1.1 readers take for truth values.
var ambiguous = map[string]bool{"yes": true, "no": true, "on": true, "off": true, "y": true, "n": true}

func (c *converter) scalar(n *yaml.Node, out *Node) Kind {
	quoted := n.Style&(yaml.SingleQuotedStyle|yaml.DoubleQuotedStyle|yaml.LiteralStyle|yaml.FoldedStyle) != 0
	if quoted {
		return Text
	}
	if ambiguous[strings.ToLower(n.Value)] {
		c.list.Add(diag.New(diag.YAMLAmbiguous, out.Place(), "the unquoted word `%s` is a truth value to some YAML readers", n.Value).WithHelp("quote it: %q", n.Value))
		return Text
	}
	switch n.ShortTag() {
	case "!!null":
		return Null
	case "!!bool":
		out.Value = strings.ToLower(n.Value)
		return Truth
	case "!!int", "!!float":
		if json.Valid([]byte(n.Value)) {
			return Number
		}
		if plain, ok := plainNumber(n); ok {
			out.Value = plain
			return Number
		}
	}
	return Text
}

// plainNumber is a YAML number (0x1F, 1_000, +5, .5) as JSON would write it.
func plainNumber(n *yaml.Node) (string, bool) {
	var x float64
	if err := n.Decode(&x); err != nil {
		return "", false
	}
	data, err := json.Marshal(x)
	return string(data), err == nil
}

// span is the extent of a node in the file. The library gives the start; the
// end of a scalar is found by reading it again.
func (c *converter) span(n *yaml.Node) source.Span {
	start := c.file.Offset(n.Line, n.Column)
	start = skipProperties(c.file.Data, start, n)
	s := source.Span{File: c.file, Start: start, End: start}
	switch {
	case n.Kind == yaml.ScalarNode:
		s.End = scalarEnd(c.file.Data, start, n)
	case n.Kind == yaml.AliasNode:
		s.End = min(start+1+len(n.Value), len(c.file.Data))
	default:
		for s.End < len(c.file.Data) && c.file.Data[s.End] != '\n' && c.file.Data[s.End] != '#' {
			s.End++
		}
		for s.End > start+1 && (c.file.Data[s.End-1] == ' ' || c.file.Data[s.End-1] == '\r') {
			s.End--
		}
	}
	return s
}

// String describes the node for a person: a value or what kind of thing it is.
func (n *Node) String() string {
	switch n.Kind {
	case Text, Number, Truth:
		return fmt.Sprintf("`%s`", n.Value)
	}
	return n.Kind.String()
}
