package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"
	"github.com/stretchr/testify/require"
)

// The plan of a document means the same: of every archive that is evaluated, over
// every figure of every level, and to the bit.
func TestPlansAreProved(t *testing.T) {
	archives, err := filepath.Glob("../../testdata/eval/*.txtar")
	require.NoError(t, err)
	proved := 0
	for _, archive := range archives {
		t.Run(strings.TrimSuffix(filepath.Base(archive), ".txtar"), func(t *testing.T) {
			a, err := txtar.ParseFile(archive)
			require.NoError(t, err)
			dir, named := t.TempDir(), false
			for _, f := range a.Files {
				named = named || f.Name == "methodology.yaml" && strings.Contains(string(f.Data), "files:")
				path := filepath.Join(dir, f.Name)
				require.NoError(t, os.MkdirAll(filepath.Dir(path), 0o755))
				require.NoError(t, os.WriteFile(path, f.Data, 0o644))
			}
			if !named {
				t.Skip("the document names no data")
			}
			_, plan, _ := run(dir, nil, "plan", ".")
			require.NoError(t, os.WriteFile(filepath.Join(dir, "plan.yaml"), []byte(plan), 0o644))
			exit, stdout, stderr := run(dir, nil, "prove", "methodology.yaml", "plan.yaml")
			require.Empty(t, stderr)
			require.Zero(t, exit, stdout)
			require.Contains(t, stdout, "; the two documents mean the same\nsha256:")
			proved++
		})
	}
	require.Greater(t, proved, 10)
}
