package main

import (
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"rubric/methodologies"
)

// The chapter of every methodology that is built in is committed, in docs/methodologies,
// and is what its document says: UPDATE=1 writes it. It does not stand beside the
// document, whose folder is published and not edited, while a chapter may be said better
// by a later release.
func TestChaptersAreCurrent(t *testing.T) {
	const root = "../.."
	documents, err := fs.Glob(methodologies.FS, "*/*/methodology.yaml")
	require.NoError(t, err)
	current := map[string]bool{}
	for _, d := range documents {
		name := path.Dir(d)
		file := "docs/methodologies/" + name + ".md"
		current[file] = true
		t.Run(name, func(t *testing.T) {
			args := []string{"docs", name, "-o", file}
			if os.Getenv("UPDATE") == "" {
				args = append(args, "--check")
			} else {
				require.NoError(t, os.MkdirAll(filepath.Join(root, filepath.Dir(file)), 0o755))
			}
			exit, stdout, stderr := run(root, strings.NewReader(""), args...)
			assert.Zero(t, exit, stdout+stderr)
			assert.Empty(t, stderr)
		})
	}
	found, err := filepath.Glob(filepath.Join(root, "docs/methodologies/*/*"))
	require.NoError(t, err)
	for _, f := range found {
		rel, err := filepath.Rel(root, f)
		require.NoError(t, err)
		assert.True(t, current[filepath.ToSlash(rel)], "no methodology has the chapter %s", rel)
	}
}
