// Package schema holds a document against its JSON Schema and says what does
// not fit in a person's words, at the place in the YAML file. It is the only
// package that knows the JSON Schema library.
package schema

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/santhosh-tekuri/jsonschema/v5"

	"rubric/schemas"
	"rubric/spec/diag"
	"rubric/spec/tree"
)

// Schema is one published schema.
type Schema struct {
	raw     func() any // as published; asked for only where something is to be said
	checked any        // what of it is checked
	whole   func() *jsonschema.Schema
	asked   atomic.Int32
}

// Methodology is the schema of documents of format 1.
var Methodology = sync.OnceValue(func() *Schema { return load("methodology.v1.schema.json") })

// Deviations is the schema of lists of known deviations.
var Deviations = sync.OnceValue(func() *Schema { return load("deviations.v1.schema.json") })

// Corrections is the schema of lists of corrections.
var Corrections = sync.OnceValue(func() *Schema { return load("corrections.v1.schema.json") })

// Approvals is the schema of lists of changes that are approved.
var Approvals = sync.OnceValue(func() *Schema { return load("approvals.v1.schema.json") })

// Suite is the schema of test suites.
var Suite = sync.OnceValue(func() *Schema { return load("suite.v1.schema.json") })

// Lock is the schema of locks.
var Lock = sync.OnceValue(func() *Schema { return load("lock.v1.schema.json") })

// Settings is the schema of a project's settings.
var Settings = sync.OnceValue(func() *Schema { return load("settings.v1.schema.json") })

// load reads an embedded schema; one that cannot be read is a bug of ours.
func load(name string) *Schema {
	text, err := schemas.FS.ReadFile(name)
	if err != nil {
		panic(err)
	}
	parse := func(text []byte) (out any) {
		if err := json.Unmarshal(text, &out); err != nil {
			panic(fmt.Errorf("%s: %w", name, err))
		}
		return out
	}
	s := &Schema{raw: sync.OnceValue(func() any { return parse(text) })}
	s.checked = checkedPart(parse(withoutMethods(text)))
	s.whole = sync.OnceValue(func() *jsonschema.Schema { return compile(s.checked) })
	return s
}

// withoutMethods is the text of a schema with the definitions of ofMethods empty.
// They are most of it, and to read them would take as long as all else that is
// done with one document. Each is a line; one that is not is read, and left out
// later.
func withoutMethods(text []byte) []byte {
	out := make([]byte, 0, len(text))
	for line := range bytes.Lines(text) {
		name, _, found := bytes.Cut(bytes.TrimPrefix(line, []byte(`    "`)), []byte(`": {`))
		if found && ofMethods.Match(name) && bytes.HasSuffix(line, []byte("},\n")) {
			line = fmt.Appendf(nil, "    %q: {},\n", name)
		}
		out = append(out, line...)
	}
	return out
}

func compile(part any) *jsonschema.Schema {
	text, err := json.Marshal(part)
	if err != nil {
		panic(err)
	}
	// The name is a whole address: a relative one would be resolved against the working
	// directory, whatever characters that has in it.
	return jsonschema.MustCompileString("mem:///schema.json", string(text))
}

// few is how many documents are checked against what concerns them alone, before
// the whole schema is compiled: by then that would have been as quick.
const few = 4

// about is the compiled schema for a document. To compile the whole would take
// longer than all else that is done with one document.
func (s *Schema) about(document any) *jsonschema.Schema {
	if s.asked.Add(1) > few {
		return s.whole()
	}
	keys := map[string]bool{}
	collect(document, keys)
	return compile(concerning(s.checked, keys))
}

// collect notes the keys of all maps.
func collect(document any, keys map[string]bool) {
	switch x := document.(type) {
	case []any:
		for _, y := range x {
			collect(y, keys)
		}
	case map[string]any:
		for key, y := range x {
			keys[key] = true
			collect(y, keys)
		}
	}
}

// concerning is a schema without what it says of keys that are not there, and
// without the definitions that only this refers to. It finds the same of a
// document with such keys, at the same places of the schema.
func concerning(schema any, keys map[string]bool) any {
	root, ok := without(schema, keys).(map[string]any)
	defs, has := root["$defs"].(map[string]any)
	if !ok || !has {
		return schema
	}
	needed := map[string]any{}
	delete(root, "$defs")
	var follow func(any)
	follow = func(x any) {
		switch x := x.(type) {
		case []any:
			for _, y := range x {
				follow(y)
			}
		case map[string]any:
			for key, y := range x {
				ref, text := y.(string)
				name, local := strings.CutPrefix(ref, "#/$defs/")
				if key != "$ref" || !text || !local {
					follow(y)
				} else if _, known := needed[name]; !known {
					needed[name] = defs[name]
					follow(defs[name])
				}
			}
		}
	}
	follow(root)
	root["$defs"] = needed
	return root
}

// without is a copy in which the properties of other names may be anything.
func without(schema any, keys map[string]bool) any {
	switch x := schema.(type) {
	case []any:
		out := make([]any, len(x))
		for i, y := range x {
			out[i] = without(y, keys)
		}
		return out
	case map[string]any:
		out := make(map[string]any, len(x))
		for key, y := range x {
			properties, ok := y.(map[string]any)
			if key != "properties" || !ok {
				out[key] = without(y, keys)
				continue
			}
			kept := make(map[string]any, len(properties))
			for name, p := range properties {
				kept[name] = true
				if keys[name] {
					kept[name] = without(p, keys)
				}
			}
			out[key] = kept
		}
		return out
	}
	return schema
}

// ofMethods is the definitions that are made from the catalogue of methods, which
// editors complete by. The checker has the catalogue itself, and says what is
// wrong in the method's own words.
var ofMethods = regexp.MustCompile(`^[a-z]+(Name|Method)$`)

// checkedPart is a schema without what only editors need: words, examples, what
// completions insert, and what it says of single methods.
func checkedPart(raw any) any {
	whole, ok := raw.(map[string]any)
	if !ok {
		list, ok := raw.([]any)
		if !ok {
			return raw
		}
		out := make([]any, len(list))
		for i, x := range list {
			out[i] = checkedPart(x)
		}
		return out
	}
	out := make(map[string]any, len(whole))
	for key, x := range whole {
		_, text := x.(string)
		_, list := x.([]any)
		switch {
		case text && (key == "title" || key == "description"):
		case list && (key == "examples" || key == "defaultSnippets" || key == "enumDescriptions"):
		case key == "anyOf" && whole["if"] != nil: // says the same again, in the way that completions want
		case ofMethods.MatchString(key):
			out[key] = map[string]any{}
		default:
			out[key] = checkedPart(x)
		}
	}
	return out
}

// Check reports everything about the shape of a document that does not fit.
func (s *Schema) Check(root *tree.Node) diag.List {
	var list diag.List
	document := root.Any()
	err := s.about(document).Validate(document)
	var invalid *jsonschema.ValidationError
	if errors.As(err, &invalid) {
		for _, leaf := range leaves(invalid) {
			list.Add(s.say(root, leaf)...)
		}
	}
	return list.Sorted()
}

// leaves are the errors that have no cause but themselves.
func leaves(e *jsonschema.ValidationError) []*jsonschema.ValidationError {
	if len(e.Causes) == 0 {
		return []*jsonschema.ValidationError{e}
	}
	var out []*jsonschema.ValidationError
	for _, c := range e.Causes {
		out = append(out, leaves(c)...)
	}
	return out
}

// say turns one violation into findings.
func (s *Schema) say(root *tree.Node, e *jsonschema.ValidationError) []diag.Diagnostic {
	node, key := find(root, e.InstanceLocation)
	if node.Eaten {
		return nil // that is a finding already
	}
	keyword := e.KeywordLocation[strings.LastIndex(e.KeywordLocation, "/")+1:]
	here := s.at(e.AbsoluteKeywordLocation)
	parent, _ := s.parent(e.AbsoluteKeywordLocation).(map[string]any)
	place := node.Place()
	switch keyword {
	case "additionalProperties":
		known := properties(parent)
		var out []diag.Diagnostic
		for _, entry := range node.Entries {
			if slices.Contains(known, entry.Key.Value) {
				continue
			}
			d := diag.New(diag.SchemaKey, entry.Key.Place(), "unknown key %s", tree.Shown(entry.Key.Value)).WithExpected(oneOf(known), entry.Key.Value)
			if near, ok := diag.Nearest(entry.Key.Value, known); ok {
				d = d.WithHelp("did you mean `%s`?", near).WithFix(near, false)
			} else {
				d = d.WithHelp("the keys here are %s", strings.Join(known, ", "))
			}
			out = append(out, d)
		}
		return out
	case "required":
		var out []diag.Diagnostic
		for _, name := range values(here) {
			if node.Get(name) != nil {
				continue
			}
			at := place
			if key != nil {
				at = key.Place()
			}
			out = append(out, diag.New(diag.SchemaMissing, at, "the key `%s` is required here", name).WithHelp("add `%s:`%s", name, s.described(parent, name)).WithExpected(name, ""))
		}
		return out
	case "type":
		d := diag.New(diag.SchemaType, place, "%s where %s is meant", node, kinds(here)).WithHelp("%s", s.way(node, here, parent)).WithExpected(kinds(here), found(node))
		if quotable(node, here, parent) {
			d = d.WithFix(tree.Quoted(node.Span.Text()), true)
		}
		return []diag.Diagnostic{d}
	case "enum", "const":
		allowed := values(here)
		d := diag.New(diag.SchemaValue, place, "%s is not allowed here", node).WithHelp("one of %s", strings.Join(allowed, ", ")).WithExpected(oneOf(allowed), found(node))
		if near, ok := diag.Nearest(node.Value, allowed); ok {
			d = d.WithHelp("did you mean `%s`? One of %s", near, strings.Join(allowed, ", ")).WithFix(near, false)
		}
		return []diag.Diagnostic{d}
	case "pattern":
		// Under propertyNames it is the key, which the location ends in.
		if strings.Contains(e.KeywordLocation, "/propertyNames/") && key != nil {
			return []diag.Diagnostic{diag.New(diag.SchemaValue, key.Place(), "%s is not an id", tree.Shown(key.Value)).WithHelp("%s", form(parent)).WithExpected(form(parent), key.Value)}
		}
		return []diag.Diagnostic{diag.New(diag.SchemaValue, place, "%s has not the form that is meant here", node).WithHelp("%s", form(parent)).WithExpected(form(parent), found(node))}
	case "minProperties", "minItems", "minLength":
		return []diag.Diagnostic{diag.New(diag.SchemaValue, place, "this is empty").WithHelp("write something here, or remove the key")}
	case "minimum":
		return []diag.Diagnostic{diag.New(diag.SchemaValue, place, "%s is below %v", node, here).WithHelp("%v or more", here).WithExpected(fmt.Sprintf("%v or more", here), found(node))}
	case "propertyNames":
		return nil // its cause speaks
	}
	return []diag.Diagnostic{diag.New(diag.SchemaValue, place, "%s: %s", node, e.Message).WithHelp("`rubric schema` prints what can stand here")}
}

// found is what a program is told that there is: a value as it is written, or what
// kind of thing it is; empty for nothing.
func found(node *tree.Node) string {
	switch node.Kind {
	case tree.Null:
		return ""
	case tree.Text, tree.Number, tree.Truth:
		return node.Value
	}
	return node.Kind.String()
}

func oneOf(words []string) string { return "one of " + strings.Join(words, ", ") }

func form(parent map[string]any) string {
	if d, ok := parent["description"].(string); ok {
		return d
	}
	return fmt.Sprintf("it must match %v", parent["pattern"])
}

// described is what the schema says of a key.
func (s *Schema) described(parent map[string]any, key string) string {
	p, _ := parent["properties"].(map[string]any)
	k, _ := p[key].(map[string]any)
	if d := s.annotation(k, "description"); d != "" {
		return ": " + d
	}
	return ""
}

// annotation is what a piece of the schema says of itself, or what it refers to
// does: its title, its description.
func (s *Schema) annotation(k map[string]any, word string) string {
	if text, ok := k[word].(string); ok {
		return text
	}
	if ref, ok := k["$ref"].(string); ok {
		target, _ := s.at(ref).(map[string]any)
		return s.annotation(target, word)
	}
	return ""
}

// way is the way out of a wrong type.
func (s *Schema) way(node *tree.Node, here any, parent map[string]any) string {
	switch {
	case node.Kind == tree.Null:
		return "write a value, or remove the key"
	case quotable(node, here, parent):
		return fmt.Sprintf("quote it: %q", node.Value)
	}
	if d := s.annotation(parent, "description"); d != "" && here != "string" {
		return kinds(here) + ": " + d
	}
	return "write " + kinds(here)
}

// quotable says whether a value would do as a text.
func quotable(node *tree.Node, here any, parent map[string]any) bool {
	return slices.Contains(values(here), "string") && (node.Kind == tree.Number || node.Kind == tree.Truth) && fits(node.Value, parent["pattern"])
}

// fits says whether a text has the form that is wanted of it, if any.
func fits(text string, pattern any) bool {
	p, ok := pattern.(string)
	if !ok {
		return true
	}
	r, err := regexp.Compile(p)
	return err != nil || r.MatchString(text)
}

func properties(parent map[string]any) []string {
	p, _ := parent["properties"].(map[string]any)
	out := make([]string, 0, len(p))
	for k := range p {
		out = append(out, k)
	}
	slices.Sort(out)
	return out
}

func values(here any) []string {
	list, ok := here.([]any)
	if !ok {
		list = []any{here}
	}
	out := make([]string, len(list))
	for i, v := range list {
		out[i] = fmt.Sprint(v)
	}
	return out
}

func kinds(here any) string {
	names := map[string]string{"string": "a text", "object": "a map", "array": "a list", "number": "a number", "integer": "a whole number", "boolean": "true or false", "null": "~ for nothing"}
	var out []string
	for _, v := range values(here) {
		out = append(out, names[v])
	}
	return strings.Join(out, " or ")
}

// find follows a JSON pointer into the document. It also yields the key that
// the value stands under; nil where that is a list.
func find(n *tree.Node, pointer string) (value, key *tree.Node) {
	for _, part := range pointerParts(pointer) {
		switch n.Kind {
		case tree.Map:
			e := n.Entry(part)
			if e == nil {
				return n, key
			}
			n, key = e.Value, e.Key
		case tree.List:
			i, err := strconv.Atoi(part)
			if err != nil || i >= len(n.Items) {
				return n, key
			}
			n, key = n.Items[i], nil
		}
	}
	return n, key
}

func pointerParts(pointer string) []string {
	if pointer == "" {
		return nil
	}
	parts := strings.Split(strings.TrimPrefix(pointer, "/"), "/")
	for i, p := range parts {
		if plain, err := url.PathUnescape(p); err == nil {
			p = plain
		}
		parts[i] = strings.NewReplacer("~1", "/", "~0", "~").Replace(p)
	}
	return parts
}

// at is the piece of the schema's own text that an absolute location names.
func (s *Schema) at(location string) any {
	_, pointer, _ := strings.Cut(location, "#")
	here := s.raw()
	for _, part := range pointerParts(pointer) {
		switch v := here.(type) {
		case map[string]any:
			here = v[part]
		case []any:
			i, _ := strconv.Atoi(part)
			here = v[i]
		}
	}
	return here
}

func (s *Schema) parent(location string) any {
	return s.at(location[:strings.LastIndex(location, "/")])
}
