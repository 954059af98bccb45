package engine_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"rubric/engine"
	"rubric/spec/method"
)

const schemaFile = "../schemas/methodology.v1.schema.json"

// key is the key that names the method in the map of a step.
func key(s method.Step) string {
	if s == method.Round || s == method.Rank {
		return "rule"
	}
	return "method"
}

// The schema's parts about methods say what the catalogue says, so that editors
// complete methods and their parameters. UPDATE=1 writes them.
func TestSchemaNamesTheCatalogue(t *testing.T) {
	text, err := os.ReadFile(schemaFile)
	require.NoError(t, err)
	want := text
	for _, step := range []method.Step{method.Normalise, method.Impute, method.Treat, method.Aggregate, method.Round, method.Rank} {
		whole := regexp.MustCompile(`(?m)^    "` + string(step) + `Method": \{.*\},$`)
		require.Len(t, whole.FindAll(want, -1), 1, step)
		want = whole.ReplaceAllLiteral(want, fmt.Appendf(nil, `    "%sMethod": %s,`, step, definition(t, step)))
		names, err := json.Marshal(append([]string{}, engine.Catalogue().Names(step)...))
		require.NoError(t, err)
		names = bytes.ReplaceAll(names, []byte(`","`), []byte(`", "`))
		bare := regexp.MustCompile(`("\$ref": "#/\$defs/` + string(step) + `Method"\},\s+"else": \{"enum": )\[[^\]]*\]`)
		want = bare.ReplaceAll(want, append([]byte("${1}"), names...))
	}
	if os.Getenv("UPDATE") != "" {
		require.NoError(t, os.WriteFile(schemaFile, want, 0o644))
	}
	require.Equal(t, string(want), string(text), "UPDATE=1 go test ./engine writes the schema's part about methods")
}

// definition is the schema of a method's map.
func definition(t *testing.T, step method.Step) []byte {
	c := engine.Catalogue()
	var cases []any
	for _, s := range c {
		if s.Step != step {
			continue
		}
		properties := map[string]any{key(step): map[string]any{"const": s.Name, "description": s.Title + ": " + s.Formula}}
		required := []string{}
		for _, p := range s.Params {
			if p.Name == "transform" {
				p.Values = c.Names(method.Transform)
			}
			properties[p.Name] = parameter(p)
			if !p.Optional && p.Default == "" && p.Name != "ties" {
				required = append(required, p.Name)
			}
		}
		then := map[string]any{"properties": properties, "additionalProperties": false}
		if len(required) > 0 {
			then["required"] = required
		}
		cases = append(cases, map[string]any{
			"if":   map[string]any{"required": []string{key(step)}, "properties": map[string]any{key(step): map[string]any{"const": s.Name}}},
			"then": then,
		})
	}
	whole := map[string]any{"title": "Methods of the step " + string(step), "description": "The methods of the catalogue with their parameters; made from it.", "required": []string{key(step)}, "properties": map[string]any{key(step): map[string]any{"enum": append([]string{}, c.Names(step)...)}}}
	if len(cases) > 0 {
		whole["allOf"] = cases
	}
	out, err := json.Marshal(whole)
	require.NoError(t, err)
	return out
}

func parameter(p method.Param) map[string]any {
	out := map[string]any{"description": p.Doc}
	if p.Default != "" {
		out["description"] = p.Doc + "; " + p.Default + " where it is not said"
	}
	number := map[string]any{"type": "number"}
	switch p.Kind {
	case method.Word:
		out["enum"] = p.Values
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
		side := map[string]any{"above": number, "from": number, "below": number, "up_to": number, "score": number}
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

func TestOneMethodIsOneFile(t *testing.T) {
	for _, step := range method.Steps {
		names := engine.Catalogue().Names(step)
		require.NotEmpty(t, names, step)
		require.True(t, slices.IsSorted(names), "the list of %s is in order", step)
		for _, name := range names {
			files, err := filepath.Glob(filepath.Join(string(step), "*.go"))
			require.NoError(t, err)
			found := 0
			for _, f := range files {
				text, err := os.ReadFile(f)
				require.NoError(t, err)
				if !strings.HasSuffix(f, "_test.go") && (strings.Contains(string(text), `Name: "`+name+`"`) || strings.Contains(string(text), `rule("`+name+`"`)) {
					found++
					require.Contains(t, string(text), "By hand", "%s has a hand-worked example", f)
				}
			}
			require.Equal(t, 1, found, "%s %s", step, name)
		}
	}
}
