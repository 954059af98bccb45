package schema

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"
	"github.com/santhosh-tekuri/jsonschema/v5"
	"github.com/stretchr/testify/assert"
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

// Editors complete and explain from the schemas of what people write, so every
// key there has a title and a description, its own or that of what it refers to,
// and so has every word that it may be. The parameters of methods say their words
// themselves.
func TestEveryKeyIsExplained(t *testing.T) {
	for _, name := range []string{"methodology", "suite", "deviations", "corrections", "approvals", "lock", "settings"} {
		s := load(name + ".v1.schema.json")
		keys := 0
		var look func(path string, x any)
		look = func(path string, x any) {
			if list, ok := x.([]any); ok {
				for i, y := range list {
					look(fmt.Sprint(path, "/", i), y)
				}
			}
			here, ok := x.(map[string]any)
			if !ok || strings.HasSuffix(path, "/if") {
				return
			}
			if words, ok := here["enum"].([]any); ok && (here["enumDescriptions"] != nil || !strings.Contains(path, "Method/")) {
				assert.Len(t, here["enumDescriptions"], len(words), path)
			}
			properties, _ := here["properties"].(map[string]any)
			for key, p := range properties {
				keys++
				k := p.(map[string]any)
				assert.NotEmpty(t, s.annotation(k, "title"), "%s/%s has no title", path, key)
				said := s.annotation(k, "description")
				assert.NotEmpty(t, said, "%s/%s has no description", path, key)
				assert.NotEqual(t, "A text that is not blank.", said, "%s/%s is not explained", path, key)
			}
			for word, y := range here {
				look(path+"/"+word, y)
			}
		}
		look(name, s.raw())
		require.NotZero(t, keys, name)
	}
}

// Our editions that extend another one are, each by itself, what the schema of
// changes allows, and not what that of whole documents does.
func TestEditionsThatExtendAreChanges(t *testing.T) {
	files, err := filepath.Glob("../../methodologies/*/*/methodology.yaml")
	require.NoError(t, err)
	changes, extended := load("changes.v1.schema.json"), 0
	for _, file := range files {
		text, err := os.ReadFile(file)
		require.NoError(t, err)
		root, findings := tree.Parse(source.NewFile(file, text))
		require.Empty(t, findings)
		if root.Get("extends") == nil {
			continue
		}
		extended++
		require.Empty(t, changes.Check(root), file)
		require.NotEmpty(t, Methodology().Check(root), file)
	}
	require.Greater(t, extended, 10)
}

// What is left out as text is what would be left out of the parsed schema.
func TestMethodsAreLeftOutUnread(t *testing.T) {
	text, err := schemas.FS.ReadFile("methodology.v1.schema.json")
	require.NoError(t, err)
	short := withoutMethods(text)
	require.Less(t, len(short), len(text)/2)
	var whole, rest any
	require.NoError(t, json.Unmarshal(text, &whole))
	require.NoError(t, json.Unmarshal(short, &rest))
	require.Equal(t, checkedPart(whole), checkedPart(rest))
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
