package main

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func write(t *testing.T, files map[string]string) string {
	t.Helper()
	root := t.TempDir()
	for name, text := range files {
		name = filepath.Join(root, filepath.FromSlash(name))
		require.NoError(t, os.MkdirAll(filepath.Dir(name), 0o755))
		require.NoError(t, os.WriteFile(name, []byte(text), 0o644))
	}
	return root
}

func read(t *testing.T, root, name string) string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(root, filepath.FromSlash(name)))
	require.NoError(t, err)
	return string(data)
}

func TestRename(t *testing.T) {
	root := write(t, map[string]string{
		"go.mod":              "module old\n\ngo 1.26.0\n\nrequire older/spec v1.0.0\n",
		"tools/go.mod":        "module old/tools\n",
		"cmd/old/main.go":     "package main\n\nimport (\n\t\"fmt\"\n\t\"older/spec\"\n\n\t\"old/engine\"\n\t\"old/spec\"\n)\n\n// cmd/old/engine stays.\nvar _ = \"cmd/old/spec\"\n",
		"README.md":           "    go install old/cmd/old@latest\n\n`old/specific` and older/cmd and old score stay.\n",
		"testdata/table.csv":  "old/spec\n",
		".git/config":         "old/spec\n",
		"spec/spec.go":        "package spec\n",
		"engine/engine.go":    "package engine\n",
		"methods/a/sorted.go": "package a\n\nimport (\n\t\"new.org/a\"\n\t\"old/spec\"\n\t\"z.org/z\"\n)\n",
	})
	changed, err := rename(root, "example.org/you/new")
	require.NoError(t, err)
	assert.Len(t, changed, 5)
	assert.Equal(t, "module example.org/you/new\n\ngo 1.26.0\n\nrequire older/spec v1.0.0\n", read(t, root, "go.mod"))
	assert.Equal(t, "module example.org/you/new/tools\n", read(t, root, "tools/go.mod"))
	assert.Equal(t, "package main\n\nimport (\n\t\"fmt\"\n\t\"older/spec\"\n\n\t\"example.org/you/new/engine\"\n\t\"example.org/you/new/spec\"\n)\n\n// cmd/old/engine stays.\nvar _ = \"cmd/old/spec\"\n", read(t, root, "cmd/old/main.go"))
	assert.Equal(t, "    go install example.org/you/new/cmd/old@latest\n\n`old/specific` and older/cmd and old score stay.\n", read(t, root, "README.md"))
	assert.Equal(t, "package a\n\nimport (\n\t\"example.org/you/new/spec\"\n\t\"new.org/a\"\n\t\"z.org/z\"\n)\n", read(t, root, "methods/a/sorted.go"))
	assert.Equal(t, "old/spec\n", read(t, root, "testdata/table.csv"))

	_, err = rename(root, "old") // and back
	require.NoError(t, err)
	assert.Equal(t, "module old/tools\n", read(t, root, "tools/go.mod"))
	assert.Contains(t, read(t, root, "cmd/old/main.go"), "\t\"old/engine\"\n")
}

func TestRenameRefusesWhatIsNoPath(t *testing.T) {
	root := write(t, map[string]string{"go.mod": "module old\n"})
	for _, path := range []string{"", "https://example.org/x", "a b", "/x", "x/", "x//y"} {
		_, err := rename(root, path)
		assert.ErrorContains(t, err, "is not a module path", path)
	}
	assert.Equal(t, "module old\n", read(t, root, "go.mod"))
}
