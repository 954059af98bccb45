package schema

import (
	"encoding/json"
	"io/fs"
	"slices"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v5"
	"github.com/stretchr/testify/require"

	"rubric/schemas"
)

func TestEveryPublishedSchemaCompiles(t *testing.T) {
	files, err := fs.Glob(schemas.FS, "*.json")
	require.NoError(t, err)
	require.NotEmpty(t, files)
	for _, f := range files {
		text, err := schemas.FS.ReadFile(f)
		require.NoError(t, err)
		_, err = jsonschema.CompileString(f, string(text))
		require.NoError(t, err, f)
	}
}

// Editors complete from the schema, so everything that a person writes there
// carries a title or a description.
func TestEveryDefinitionIsDescribed(t *testing.T) {
	text, err := schemas.FS.ReadFile("methodology.v1.schema.json")
	require.NoError(t, err)
	var s struct {
		Defs map[string]map[string]any `json:"$defs"`
	}
	require.NoError(t, json.Unmarshal(text, &s))
	for name, d := range s.Defs {
		if slices.Contains([]string{"text", "names", "parent"}, name) {
			continue // parts of others
		}
		require.True(t, d["title"] != nil || d["description"] != nil, name)
	}
}
