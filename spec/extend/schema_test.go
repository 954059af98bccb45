package extend

import (
	"bytes"
	"encoding/json"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"rubric/schemas"
)

// Editors see a document that extends another one by itself. What it may hold
// follows from the schema of whole documents: nothing is required, for the other
// edition may have it, and ~ removes. Only what replaces an inherited map, the
// call of a method or a list, is whole. UPDATE=1 writes the schema of changes.
func TestTheSchemaOfChangesFollowsFromThatOfDocuments(t *testing.T) {
	const file = "../../schemas/changes.v1.schema.json"
	text, err := schemas.FS.ReadFile("methodology.v1.schema.json")
	require.NoError(t, err)
	var document map[string]any
	require.NoError(t, json.Unmarshal(text, &document))
	var want bytes.Buffer
	e := json.NewEncoder(&want)
	e.SetEscapeHTML(false)
	e.SetIndent("", " ")
	require.NoError(t, e.Encode(changes(t, document)))
	if os.Getenv("UPDATE") != "" {
		require.NoError(t, os.WriteFile(file, want.Bytes(), 0o644))
	}
	have, err := os.ReadFile(file)
	require.NoError(t, err)
	require.Equal(t, want.String(), string(have), "UPDATE=1 go test ./spec/extend writes the schema of changes")
}

// changes is the schema of documents that extend another one.
func changes(t *testing.T, document map[string]any) map[string]any {
	c := changer{defs: document["$defs"].(map[string]any), changed: map[string]any{}, kept: map[string]bool{}}
	delete(document, "$defs")
	out := c.change(document).(map[string]any)
	out["$id"] = strings.Replace(document["$id"].(string), "methodology", "changes", 1)
	out["title"] = "Rubric changes"
	out["description"] = "An edition that is built on another one, `extends: ../2023`: a map merges with what that one has, a value or a list replaces it, ~ removes it."
	out["required"] = []string{"rubric", "extends", "edition"}
	properties := out["properties"].(map[string]any)
	for _, key := range append([]string{"rubric"}, own...) { // which are never inherited
		properties[key] = document["properties"].(map[string]any)[key]
		c.keep(properties[key])
	}
	defs := map[string]any{}
	for name := range c.kept {
		require.NotContains(t, c.changed, name, "a definition of what merges and of what replaces")
		defs[name] = c.defs[name]
	}
	maps.Copy(defs, c.changed)
	out["$defs"] = defs
	return out
}

// changer goes through a schema along what merges.
type changer struct {
	defs    map[string]any
	changed map[string]any  // definitions that merge, as they are then
	kept    map[string]bool // those that stay as they are
}

// change is a piece of the schema where nothing is required and everything can
// be removed.
func (c *changer) change(x any) any {
	here, ok := x.(map[string]any)
	if !ok {
		return x
	}
	out := maps.Clone(here)
	delete(out, "required")
	if name, ok := definition(here); ok {
		if c.same(name, nil) {
			c.keep(here)
		} else if _, done := c.changed[name]; !done {
			c.changed[name] = nil // a dimension holds dimensions
			c.changed[name] = c.change(c.defs[name])
		}
	}
	if properties, ok := here["properties"].(map[string]any); ok {
		changed := map[string]any{}
		for key, p := range properties {
			if slices.Contains(whole, key) {
				c.keep(p)
				changed[key] = removable(p)
			} else {
				changed[key] = removable(c.change(p))
			}
		}
		out["properties"] = changed
	}
	if more, ok := here["additionalProperties"].(map[string]any); ok {
		out["additionalProperties"] = removable(c.change(more))
	}
	for _, key := range []string{"items", "propertyNames"} {
		c.keep(here[key])
	}
	return out
}

// same says whether a definition has nothing that merges: texts, numbers, lists.
func (c *changer) same(name string, seen []string) bool {
	if slices.Contains(seen, name) {
		return true
	}
	here := c.defs[name].(map[string]any)
	_, more := here["additionalProperties"].(map[string]any)
	if other, ok := definition(here); ok && !c.same(other, append(seen, name)) {
		return false
	}
	return here["properties"] == nil && !more
}

// keep notes the definitions that a piece of the schema needs as they are.
func (c *changer) keep(x any) {
	switch x := x.(type) {
	case []any:
		for _, y := range x {
			c.keep(y)
		}
	case map[string]any:
		if name, ok := definition(x); ok && !c.kept[name] {
			c.kept[name] = true
			c.keep(c.defs[name])
		}
		for _, y := range x {
			c.keep(y)
		}
	}
}

func definition(x map[string]any) (string, bool) {
	ref, _ := x["$ref"].(string)
	return strings.CutPrefix(ref, "#/$defs/")
}

// removable is what a key may have, or ~. What explains the key stays outside.
func removable(x any) any {
	here, ok := x.(map[string]any)
	if !ok {
		return x
	}
	inner, out := maps.Clone(here), map[string]any{}
	for _, word := range []string{"title", "description"} {
		if said, ok := inner[word]; ok {
			out[word] = said
			delete(inner, word)
		}
	}
	out["anyOf"] = []any{inner, map[string]any{"type": "null"}}
	return out
}
