package schema

import (
	"encoding/json"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"
	"github.com/santhosh-tekuri/jsonschema/v5"
	"github.com/stretchr/testify/require"

	"rubric/schemas"
	"rubric/spec/source"
	"rubric/spec/tree"
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

// What a document is checked against first says the same of it as the whole.
func TestTheSchemaAboutADocument(t *testing.T) {
	var documents []string
	for _, dir := range []string{"../../methodologies", "../../testdata"} {
		require.NoError(t, filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
			if ext := filepath.Ext(path); err == nil && !d.IsDir() && (ext == ".yaml" || ext == ".txtar") {
				documents = append(documents, path)
			}
			return err
		}))
	}
	require.Greater(t, len(documents), 100)
	found, s := 0, load("methodology.v1.schema.json")
	for _, path := range documents {
		text, err := os.ReadFile(path)
		require.NoError(t, err)
		for i, part := range append(txtar.Parse(text).Files, txtar.File{Name: path, Data: text}) {
			root, _ := tree.Parse(source.NewFile(part.Name, part.Data))
			if root == nil || root.Kind != tree.Map {
				continue
			}
			s.asked.Store(few)
			want := s.Check(root)
			s.asked.Store(0)
			require.Equal(t, want, s.Check(root), "%s %d", path, i)
			found += len(want)
		}
	}
	require.Greater(t, found, 100, "the documents have nothing amiss that a schema could find")
}
