// Package tree is YAML with places: every key and every value knows where it
// stands, and a character inside a scalar can be found again in the file,
// whatever the scalar's style. It is the only package that knows the YAML
// library.
//
// A document is data, not a program: anchors, aliases and tags are findings,
// and so are duplicate keys, a second document in the file, and the unquoted
// words (NO, yes, off) that other YAML readers take for truth values.
package tree

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"regexp"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

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
	Eaten   bool        // an anchor, alias or tag took a part of it: a finding of its own

	style yaml.Style
}

// Style is how a scalar is written.
type Style uint8

// The styles of scalars.
const (
	Plain   Style = iota
	Single        // 'in single quotes'
	Double        // "in double quotes"
	Literal       // | and the lines below
	Folded        // > and the lines below
)

// Style is how a scalar was written.
func (n *Node) Style() Style {
	switch {
	case n.style&yaml.LiteralStyle != 0:
		return Literal
	case n.style&yaml.FoldedStyle != 0:
		return Folded
	case n.style&yaml.SingleQuotedStyle != 0:
		return Single
	case n.style&yaml.DoubleQuotedStyle != 0:
		return Double
	}
	return Plain
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

// Written is a scalar as it stands in the file, where it has no quotes: a unit called
// 007 is not the number 7. Else it is its text.
func (n *Node) Written() string {
	if n == nil {
		return ""
	}
	if n.Kind == Number || n.Kind == Truth {
		return n.Span.Text()
	}
	return n.Value
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

// The bounds of a document.
const (
	MaxSize  = 4 << 20 // bytes
	maxNodes = 200_000
)

// Parse reads one YAML document. The tree is nil if it cannot be read at all.
func Parse(f *source.File) (*Node, diag.List) {
	return ParseAs(f, "a methodology begins with `rubric: 1`")
}

// ParseAs is Parse of another document than a methodology; empty is what to do where
// nothing is in it.
func ParseAs(f *source.File, empty string) (*Node, diag.List) {
	var list diag.List
	if d, ok := notText(f); ok {
		list.Add(d)
		return nil, list
	}
	if place, ok := tooDeep(f); ok {
		list.Add(diag.New(diag.YAMLSyntax, place, "more than %d brackets are open here", maxOpen).WithHelp("is this a methodology?"))
		return nil, list
	}
	loader, err := yaml.NewLoader(strings.NewReader(string(f.Data)))
	if err != nil {
		list.Add(diag.New(diag.YAMLSyntax, source.Place{File: f.Name}, "%v", err).WithHelp("%s", empty))
		return nil, list
	}
	c := &converter{file: f, marks: newMarks(f.Data)}
	var root yaml.Node
	if err := loader.Load(&root); err != nil && !errors.Is(err, io.EOF) {
		list.Add(c.syntax(err))
		return nil, list
	}
	if len(root.Content) == 0 {
		list.Add(diag.New(diag.YAMLSyntax, source.Place{File: f.Name}, "the file is empty").WithHelp("%s", empty))
		return nil, list
	}
	var second yaml.Node
	if err := loader.Load(&second); err == nil && len(second.Content) > 0 {
		c.list.Add(diag.New(diag.YAMLSyntax, c.span(second.Content[0]).Place(), "a second document in one file").WithHelp("one file holds one document: remove the `---` line, or put what follows it into a file of its own"))
	}
	n := c.convert(root.Content[0])
	return n, c.list
}

// bomRune is a byte order mark, with which a file may begin.
const bomRune = '\ufeff'

// unwritable says whether a character cannot stand in YAML as itself.
func unwritable(r rune) bool {
	return unicode.IsControl(r) && r != '\t' && r != '\n' && r != '\r' && r != '\u0085' || r == bomRune || r == '\ufffe' || r == '\uffff'
}

// notText finds what no YAML file can be: one that is too large, and bytes that
// are no text.
func notText(f *source.File) (diag.Diagnostic, bool) {
	if len(f.Data) > MaxSize {
		return diag.New(diag.YAMLSyntax, source.Place{File: f.Name}, "the document is larger than %d MiB", MaxSize>>20).WithHelp("is this a methodology?"), true
	}
	for at := 0; at < len(f.Data); {
		r, size := utf8.DecodeRune(f.Data[at:])
		place := source.Span{File: f, Start: at, End: at + size}
		switch {
		case r == utf8.RuneError && size == 1:
			return diag.New(diag.YAMLSyntax, place.Place(), "the file is not UTF-8: byte 0x%02X", f.Data[at]).WithHelp("save it as UTF-8"), true
		case unwritable(r) && (r != bomRune || at > 0):
			return diag.New(diag.YAMLSyntax, place.Place(), "the character U+%04X, which a text cannot have", r).WithHelp("remove it; between double quotes it can be written as \"\\u%04X\"", r), true
		}
		at += size
	}
	return diag.Diagnostic{}, false
}

// blankFrom says whether nothing is written from an offset on.
func blankFrom(f *source.File, at int) bool { return len(bytes.TrimSpace(f.Data[at:])) == 0 }

// syntax turns the YAML library's error into a finding.
func (c *converter) syntax(err error) diag.Diagnostic {
	f := c.file
	place := source.Place{File: f.Name, Line: 1, Column: 1}
	message := err.Error()
	var load *yaml.LoadError
	if errors.As(err, &load) {
		at := c.marks.offset(max(load.Mark.Line, 1), max(load.Mark.Column, 1))
		if blankFrom(f, at) && load.ContextMark.Line > 0 { // at the end nothing is to be seen: where it began is
			at = c.marks.offset(load.ContextMark.Line, max(load.ContextMark.Column, 1))
		}
		if text := bytes.TrimSpace(f.Data); blankFrom(f, at) && len(text) > 0 { // or what is last
			_, last := utf8.DecodeLastRune(text)
			at = bytes.Index(f.Data, text) + len(text) - last
		}
		place = source.Span{File: f, Start: at, End: min(at+1, len(f.Data))}.Place()
		message = load.Message
		if load.ContextMsg != "" {
			message = load.ContextMsg + ": " + message
		}
	}
	if strings.Contains(message, "max depth") {
		message = fmt.Sprintf("the document is nested deeper than %d", maxDepth)
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
	case strings.Contains(message, "incompatible YAML document"):
		d = d.WithHelp("remove the line that begins with %%YAML")
	case strings.Contains(message, "nested deeper"):
		d = d.WithHelp("is this a methodology?")
	default:
		d = d.WithHelp("look for a quote, a bracket or an indentation that is wrong here or on the line before")
	}
	return d
}

// maxDepth bounds the nesting of nodes: a dimension takes two levels.
const maxDepth = 400

// maxOpen bounds the brackets that are open at once, those in texts included.
const maxOpen = 1000

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
		if depth > maxOpen {
			return source.Span{File: f, Start: i, End: i + 1}.Place(), true
		}
	}
	return source.Place{}, false
}

// converter turns the library's nodes into ours.
type converter struct {
	file  *source.File
	marks *marks
	list  diag.List
	nodes int
	depth int

	lineFrom, lineTo int // what lineEnd found last
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
			c.list.Add(diag.New(diag.YAMLDuplicate, key.Place(), "the key %s stands twice in this map", Shown(key.Value)).
				WithHelp("remove one of the two, or rename it").WithRelated(before.Place(), "the first one"))
			continue
		}
		first[key.Value] = key
		out.Entries = append(out.Entries, Entry{key, value})
	}
}

// plainOnly reports what makes YAML more than data.
func (c *converter) plainOnly(n *yaml.Node, out *Node) {
	start := c.marks.offset(n.Line, n.Column)
	// The tag ! alone leaves no trace in the library's node.
	bare := start < len(c.file.Data) && c.file.Data[start] == '!'
	if n.Kind != yaml.AliasNode && n.Anchor == "" && n.Style&yaml.TaggedStyle == 0 && !bare {
		return
	}
	out.Eaten = true
	place := source.Span{File: c.file, Start: start, End: max(start+1, out.Span.Start-1)}.Place()
	switch {
	case n.Kind == yaml.AliasNode:
		c.list.Add(diag.New(diag.YAMLAlias, out.Place(), "the alias %s", Shown("*"+n.Value)).WithHelp("write the value out, or use `defaults:`; a text that begins with * is quoted"))
	case n.Anchor != "" && n.Anchor != "&":
		c.list.Add(diag.New(diag.YAMLAlias, place, "the anchor %s", Shown("&"+n.Anchor)).WithHelp("YAML takes a leading & for an anchor: quote the text, or remove the anchor"))
	case bare || n.Style&yaml.TaggedStyle != 0:
		c.list.Add(diag.New(diag.YAMLAlias, place, "the tag %s", Shown(tagOf(n))).WithHelp("YAML takes a leading ! for a tag: quote the text: '!x'"))
	}
}

// tagOf is a node's tag as it was written.
func tagOf(n *yaml.Node) string {
	if n.Style&yaml.TaggedStyle == 0 {
		return "!"
	}
	return n.Tag
}

// ambiguous are the words that YAML 1.1 readers take for truth values.
var ambiguous = map[string]bool{"yes": true, "no": true, "on": true, "off": true, "y": true, "n": true}

func (c *converter) scalar(n *yaml.Node, out *Node) Kind {
	quoted := n.Style&(yaml.SingleQuotedStyle|yaml.DoubleQuotedStyle|yaml.LiteralStyle|yaml.FoldedStyle) != 0
	if quoted {
		return Text
	}
	if ambiguous[strings.ToLower(n.Value)] {
		c.list.Add(diag.New(diag.YAMLAmbiguous, out.Place(), "the unquoted word `%s` is a truth value to some YAML readers", n.Value).WithHelp("quote it: %q", n.Value).WithFix(Quoted(n.Value), true))
		return Text
	}
	switch n.ShortTag() {
	case "!!null":
		return Null
	case "!!bool":
		out.Value = strings.ToLower(n.Value)
		return Truth
	case "!!int", "!!float", "!!str":
		if !number.MatchString(n.Value) {
			plain, ok := plainNumber(n)
			if !ok {
				return Text
			}
			out.Value = plain
		}
		if !finite(out.Value) {
			c.list.Add(diag.New(diag.SchemaValue, out.Place(), "%s is beyond what a number can hold", Shown(n.Value)).WithHelp("numbers are doubles: from about 1e-308 to 1.8e308").WithExpected("a number of at most 1.8e308", n.Value))
			out.Value = "0"
		}
		return Number
	}
	return Text
}

// number is a number as JSON writes it. The YAML library takes one that is
// beyond a double for a text.
var number = regexp.MustCompile(`^-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?$`)

// finite says whether a number in JSON's form is a double: neither too large nor
// so small that it would be taken for zero.
func finite(number string) bool {
	x, err := strconv.ParseFloat(number, 64)
	mantissa, _, _ := strings.Cut(strings.ToLower(number), "e")
	return err == nil && !math.IsInf(x, 0) && (x != 0 || !strings.ContainsAny(mantissa, "123456789"))
}

// plainNumber is a YAML number (0x1F, 1_000, +5, .5) as JSON would write it.
func plainNumber(n *yaml.Node) (string, bool) {
	if n.ShortTag() == "!!str" {
		return "", false
	}
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
	start := c.marks.offset(n.Line, n.Column)
	start = skipProperties(c.file.Data, start, n)
	s := source.Span{File: c.file, Start: start, End: start}
	switch {
	case n.Kind == yaml.ScalarNode:
		s.End = scalarEnd(c.file.Data, start, n)
	case n.Kind == yaml.AliasNode:
		s.End = min(start+1+len(n.Value), len(c.file.Data))
	default:
		s.End = c.lineEnd(start)
	}
	return s
}

// lineEnd is the offset behind the last character of the line that an offset is
// on, without a comment. It is asked for again and again on one line where a
// document is written in flow style.
func (c *converter) lineEnd(start int) int {
	data := c.file.Data
	if start < c.lineFrom || start >= c.lineTo {
		c.lineFrom, c.lineTo = start, len(data)
		if n := bytes.IndexAny(data[start:], "\n\r#"); n >= 0 {
			c.lineTo = start + n
		}
	}
	return max(min(start+1, len(data)), start+len(bytes.TrimRight(data[start:c.lineTo], " \t")))
}

// String describes the node for a person: a value or what kind of thing it is.
func (n *Node) String() string {
	switch n.Kind {
	case Text, Number, Truth:
		return Shown(n.Value)
	}
	return n.Kind.String()
}

// Shown is a text as a message quotes it: on one line, and not too long.
func Shown(s string) string {
	const most = 60
	s = strings.Join(strings.Fields(s), " ")
	if utf8.RuneCountInString(s) > most {
		s = string([]rune(s)[:most]) + "…"
	}
	return "`" + s + "`"
}
