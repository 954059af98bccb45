package engine_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"regexp"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

	"rubric/engine"
	"rubric/spec/method"
)

const schemaFile = "../schemas/methodology.v1.schema.json"

// named is the steps whose methods a document names, each with its title there
// and with the key that names the method in a map.
var named = []struct {
	step       method.Step
	key, title string
}{
	{method.Normalise, "method", "Normalisation"},
	{method.Impute, "method", "Imputation"},
	{method.Treat, "method", "Treatment"},
	{method.Aggregate, "method", "Aggregation"},
	{method.Round, "rule", "Rounding"},
	{method.Rank, "rule", "Rank"},
}

// The schema's parts about methods say what the catalogue says, so that any
// editor that knows JSON Schema completes and explains methods and their
// parameters. For each step these are the names, with what each computes; the
// maps, with the parameters of each; and what a completion inserts. UPDATE=1
// writes them.
func TestSchemaNamesTheCatalogue(t *testing.T) {
	text, err := os.ReadFile(schemaFile)
	require.NoError(t, err)
	want := text
	for _, s := range named {
		methods := signatures(s.step)
		if s.step != method.Round { // which is always a map
			want = replace(t, want, string(s.step)+"Name", names(s.title, s.key, methods))
		}
		want = replace(t, want, string(s.step)+"Method", maps(s.title, s.key, methods))
	}
	if os.Getenv("UPDATE") != "" {
		require.NoError(t, os.WriteFile(schemaFile, want, 0o644))
	}
	require.Equal(t, string(want), string(text), "UPDATE=1 go test ./engine writes the schema's part about methods")
}

// replace writes a definition, which is a line, in place of the one that there is.
func replace(t *testing.T, text []byte, name string, value any) []byte {
	t.Helper()
	found := regexp.MustCompile(`(?m)^    "`+name+`": (.*),$`).FindAllSubmatchIndex(text, -1)
	require.Len(t, found, 1, name)
	var out bytes.Buffer
	e := json.NewEncoder(&out)
	e.SetEscapeHTML(false)
	require.NoError(t, e.Encode(value))
	return bytes.Join([][]byte{text[:found[0][2]], bytes.TrimSpace(out.Bytes()), text[found[0][3]:]}, nil)
}

// signatures is the methods of a step. A transformation is a method of its own,
// and the words of a parameter here.
func signatures(step method.Step) (out []method.Signature) {
	c := engine.Catalogue()
	for _, s := range c {
		if s.Step != step {
			continue
		}
		params := append([]method.Param{}, s.Params...)
		for i := range params {
			if params[i].Name == "transform" {
				params[i].Values = c.Names(method.Transform)
			}
		}
		s.Params = params
		out = append(out, s)
	}
	return out
}

// names is the schema of a bare name.
func names(title, key string, methods []method.Signature) any {
	words, docs := []string{}, []string{}
	for _, s := range methods {
		words, docs = append(words, s.Name), append(docs, explained(s))
	}
	return map[string]any{"title": title, "type": "string", "enum": words, "enumDescriptions": docs, "defaultSnippets": snippets(key, methods)}
}

// maps is the schema of a method's map.
func maps(title, key string, methods []method.Signature) any {
	var cases []any
	words, docs := []string{}, []string{}
	for _, s := range methods {
		words, docs = append(words, s.Name), append(docs, explained(s))
		properties := map[string]any{key: map[string]any{"const": s.Name, "title": s.Name, "description": explained(s)}}
		required := []string{}
		for _, p := range s.Params {
			properties[p.Name] = parameter(s, p)
			if needed(p) {
				required = append(required, p.Name)
			}
		}
		then := map[string]any{"title": "Parameters of " + s.Name, "properties": properties, "additionalProperties": false}
		if len(required) > 0 {
			then["required"] = required
		}
		cases = append(cases, map[string]any{
			"if":   map[string]any{"required": []string{key}, "properties": map[string]any{key: map[string]any{"const": s.Name}}},
			"then": then,
		})
	}
	return map[string]any{
		"title":       title,
		"description": "A " + key + " of the catalogue, with its parameters.",
		"type":        "object",
		"required":    []string{key},
		"properties":  map[string]any{key: map[string]any{"title": title, "description": "What it is; the parameters stand beside it.", "enum": words, "enumDescriptions": docs}},
		"allOf":       cases,
	}
}

// needed says whether a document has to name a parameter. The tie rule may
// stand beside the method, as `ties`.
func needed(p method.Param) bool { return !p.Optional && p.Default == "" && p.Name != "ties" }

// explained is a method in a few sentences: in words, as a formula, from where.
func explained(s method.Signature) string {
	return fmt.Sprintf("%s. Formula: %s. Source: %s.", capital(s.Title), strings.TrimSuffix(s.Formula, "."), strings.TrimSuffix(s.Source, "."))
}

func capital(text string) string {
	r, n := utf8.DecodeRuneInString(text)
	return string(unicode.ToUpper(r)) + text[n:]
}

func parameter(s method.Signature, p method.Param) map[string]any {
	out := shape(p)
	if docs := words(p); docs != nil {
		out["enumDescriptions"] = docs
	}
	out["title"] = p.Name + " of " + s.Name
	said := capital(p.Doc) + "; " + kind(p) + "."
	switch {
	case p.Default != "":
		said += " Where it is not said: " + p.Default + "."
		out["default"] = valueOf(p.Default)
	case p.Optional:
		said += " Where it is not said, it is not done."
	}
	out["description"] = said
	return out
}

// words explains the words of a parameter that are methods themselves.
func words(p method.Param) (docs []string) {
	c := engine.Catalogue()
	for _, word := range p.Values {
		for _, step := range []method.Step{method.Transform, method.Treat} {
			if s, ok := c.Find(step, word); ok {
				docs = append(docs, explained(s))
				break
			}
		}
	}
	if len(docs) < len(p.Values) {
		return nil
	}
	return docs
}

// valueOf is a default, which is written as in YAML.
func valueOf(text string) any {
	var v any
	if json.Unmarshal([]byte(text), &v) != nil {
		return text
	}
	return v
}

// shape is what a parameter may be, to a machine.
func shape(p method.Param) map[string]any {
	number := map[string]any{"type": "number"}
	out := map[string]any{}
	switch p.Kind {
	case method.Word:
		out["type"], out["enum"] = "string", p.Values
	case method.Number, method.Whole:
		out["type"] = map[method.Kind]string{method.Number: "number", method.Whole: "integer"}[p.Kind]
		if p.Least != nil {
			out["minimum"] = *p.Least
		}
		if p.Most != nil {
			out["maximum"] = *p.Most
		}
	case method.Pair:
		out["type"], out["minItems"], out["maxItems"], out["items"] = "array", 2, 2, number
	case method.Levels:
		out["type"], out["minProperties"], out["additionalProperties"] = "object", 1, number
	case method.Ladder:
		side := map[string]any{}
		for name, doc := range map[string]string{"above": "greater than", "from": "greater than or equal", "below": "less than", "up_to": "less than or equal", "score": "what a value in this range scores"} {
			side[name] = map[string]any{"title": name, "type": "number", "description": doc}
		}
		out["type"], out["minItems"] = "array", 1
		out["items"] = map[string]any{"type": "object", "required": []string{"score"}, "additionalProperties": false, "properties": side}
	case method.Formula, method.Unit:
		out["type"] = []string{"string", "number"}
	case method.Column, method.Group:
		out["type"] = "string"
	case method.Nodes:
		out["type"], out["items"] = "array", map[string]any{"type": "string"}
	}
	return out
}

// kind is what a parameter may be, to a person.
func kind(p method.Param) string {
	text := map[method.Kind]string{
		method.Number: "a number", method.Whole: "a whole number", method.Pair: "two numbers, as [0, 100]",
		method.Levels: "a map from each text to a number", method.Ladder: "a list of ranges, as {from: 1, below: 2, score: 10}",
		method.Formula: "an expression", method.Column: "the id of a column", method.Group: "the id of a group", method.Unit: "the id of a unit",
		method.Nodes: "a list of paths of nodes",
	}[p.Kind]
	switch {
	case p.Kind == method.Word:
		return "one of " + strings.Join(p.Values, ", ")
	case p.Least != nil && p.Most != nil:
		return fmt.Sprintf("%s from %v to %v", text, *p.Least, *p.Most)
	case p.Least != nil:
		return fmt.Sprintf("%s, %v or more", text, *p.Least)
	}
	return text
}

// snippets is the maps that an editor offers beside the bare names, for methods
// that have to be told something. Each is one line, so that it fits a flow map.
// The keyword is one of editors; whoever does not know it has the names.
func snippets(key string, methods []method.Signature) any {
	out := []any{}
	for _, s := range methods {
		body, told := key+": "+s.Name, []string{}
		holes := 0
		hole := func(text string) string { holes++; return fmt.Sprintf("${%d:%s}", holes, text) }
		for _, p := range s.Params {
			if needed(p) {
				body += ", " + p.Name + ": " + blank(p, hole)
				told = append(told, p.Name)
			}
		}
		if holes > 0 {
			label := s.Name + " {" + strings.Join(told, ", ") + "}"
			out = append(out, map[string]any{"label": label, "description": explained(s), "bodyText": "{" + body + "}"})
		}
	}
	return out
}

// blank is a parameter that is still to be filled in: where a person must decide,
// a word that no check lets pass.
func blank(p method.Param, hole func(string) string) string {
	switch p.Kind {
	case method.Word:
		return hole(p.Values[0])
	case method.Pair:
		return "[" + hole("0") + ", " + hole("1") + "]"
	case method.Levels:
		return "{" + hole("text") + ": " + hole("score") + "}"
	case method.Ladder:
		return "[{below: " + hole("bound") + ", score: " + hole("score") + "}, {from: " + hole("bound") + ", score: " + hole("score") + "}]"
	case method.Nodes:
		return "[" + hole("node") + "]"
	case method.Formula:
		return hole("formula")
	}
	return hole(p.Name)
}
