// Package schema holds a document against its JSON Schema and says what does
// not fit in a person's words, at the place in the YAML file. It is the only
// package that knows the JSON Schema library.
package schema

import (
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/santhosh-tekuri/jsonschema/v5"

	"rubric/schemas"
	"rubric/spec/diag"
	"rubric/spec/source"
	"rubric/spec/tree"
)

// Schema is one published schema, compiled.
type Schema struct {
	compiled *jsonschema.Schema
	raw      any
}

// Methodology is the schema of documents of format 1.
var Methodology = sync.OnceValue(func() *Schema { return load("methodology.v1.schema.json") })

// Deviations is the schema of lists of known deviations.
var Deviations = sync.OnceValue(func() *Schema { return load("deviations.v1.schema.json") })

// load compiles an embedded schema; one that does not compile is a bug of ours.
func load(name string) *Schema {
	text, err := schemas.FS.ReadFile(name)
	if err != nil {
		panic(err)
	}
	s := &Schema{}
	if err := json.Unmarshal(text, &s.raw); err != nil {
		panic(fmt.Errorf("%s: %w", name, err))
	}
	s.compiled, err = jsonschema.CompileString("schema.json", string(text))
	if err != nil {
		panic(fmt.Errorf("%s: %w", name, err))
	}
	return s
}

// Check reports everything about the shape of a document that does not fit.
func (s *Schema) Check(root *tree.Node) diag.List {
	var list diag.List
	err := s.compiled.Validate(root.Any())
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

var quoted = regexp.MustCompile(`'([^']*)'`)

// say turns one violation into findings.
func (s *Schema) say(root *tree.Node, e *jsonschema.ValidationError) []diag.Diagnostic {
	node, key := find(root, e.InstanceLocation)
	keyword := e.KeywordLocation[strings.LastIndex(e.KeywordLocation, "/")+1:]
	here := s.at(e.AbsoluteKeywordLocation)
	parent, _ := s.parent(e.AbsoluteKeywordLocation).(map[string]any)
	place := node.Place()
	switch keyword {
	case "additionalProperties":
		known := properties(parent)
		var out []diag.Diagnostic
		for _, m := range quoted.FindAllStringSubmatch(e.Message, -1) {
			d := diag.New(diag.SchemaKey, keyPlace(node, m[1]), "unknown key `%s`", m[1])
			if near, ok := diag.Nearest(m[1], known); ok {
				d = d.WithHelp("did you mean `%s`?", near)
			} else {
				d = d.WithHelp("the keys here are %s", strings.Join(known, ", "))
			}
			out = append(out, d)
		}
		return out
	case "required":
		var out []diag.Diagnostic
		for _, m := range quoted.FindAllStringSubmatch(e.Message, -1) {
			at := place
			if key != nil {
				at = key.Place()
			}
			out = append(out, diag.New(diag.SchemaMissing, at, "the key `%s` is required here", m[1]).WithHelp("add `%s:`%s", m[1], described(parent, m[1])))
		}
		return out
	case "type":
		return []diag.Diagnostic{diag.New(diag.SchemaType, place, "%s where %s is meant", node, kinds(here))}
	case "enum", "const":
		allowed := values(here)
		d := diag.New(diag.SchemaValue, place, "%s is not allowed here", node).WithHelp("one of %s", strings.Join(allowed, ", "))
		if strings.Contains(e.AbsoluteKeywordLocation, "/normalise/") || strings.Contains(e.AbsoluteKeywordLocation, "/aggregate/") {
			d = diag.New(diag.MethodUnknown, place, "unknown method %s", node).WithHelp("the methods here are %s; `rubric methods` explains them", strings.Join(allowed, ", "))
		}
		if near, ok := diag.Nearest(node.Value, allowed); ok {
			d = d.WithHelp("did you mean `%s`? One of %s", near, strings.Join(allowed, ", "))
		}
		return []diag.Diagnostic{d}
	case "pattern":
		return []diag.Diagnostic{s.pattern(root, e, node, key, parent)}
	case "minProperties", "minItems", "minLength":
		return []diag.Diagnostic{diag.New(diag.SchemaValue, place, "this is empty").WithHelp("write something here, or remove the key")}
	case "minimum":
		return []diag.Diagnostic{diag.New(diag.SchemaValue, place, "%s is below %v", node, here)}
	case "propertyNames":
		return nil // its cause speaks
	}
	return []diag.Diagnostic{diag.New(diag.SchemaValue, place, "%s: %s", node, e.Message)}
}

// pattern says which form a text has; under propertyNames it is the key's.
func (s *Schema) pattern(root *tree.Node, e *jsonschema.ValidationError, node, key *tree.Node, parent map[string]any) diag.Diagnostic {
	if strings.Contains(e.KeywordLocation, "/propertyNames/") {
		// The library gives the map's place with the key's name in the message.
		for _, entry := range node.Entries {
			if !regexp.MustCompile(parent["pattern"].(string)).MatchString(entry.Key.Value) {
				return diag.New(diag.SchemaValue, entry.Key.Place(), "`%s` is not an id", entry.Key.Value).WithHelp("%s", form(parent))
			}
		}
	}
	return diag.New(diag.SchemaValue, node.Place(), "%s has not the form that is meant here", node).WithHelp("%s", form(parent))
}

func form(parent map[string]any) string {
	if d, ok := parent["description"].(string); ok {
		return d
	}
	return fmt.Sprintf("it must match %v", parent["pattern"])
}

func described(parent map[string]any, key string) string {
	p, _ := parent["properties"].(map[string]any)
	k, _ := p[key].(map[string]any)
	if d, ok := k["description"].(string); ok {
		return ": " + d
	}
	return ""
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
	names := map[string]string{"string": "a text", "object": "a map", "array": "a list", "number": "a number", "integer": "a whole number", "boolean": "true or false"}
	var out []string
	for _, v := range values(here) {
		out = append(out, names[v])
	}
	return strings.Join(out, " or ")
}

// find follows a JSON pointer into the document. It also yields the key that
// the value stands under.
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
			n = n.Items[i]
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
		parts[i] = strings.NewReplacer("~1", "/", "~0", "~", "%25", "%").Replace(p)
	}
	return parts
}

func keyPlace(n *tree.Node, key string) source.Place {
	if e := n.Entry(key); e != nil {
		return e.Key.Place()
	}
	return n.Place()
}

// at is the piece of the schema's own text that an absolute location names.
func (s *Schema) at(location string) any {
	_, pointer, _ := strings.Cut(location, "#")
	here := s.raw
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
