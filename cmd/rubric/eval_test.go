package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"
	"github.com/stretchr/testify/require"
)

// An archive of testdata/eval holds a methodology, data and the whole of what
// comes of them, worked out by hand: the arithmetic stands in the archive. One of
// testdata/handbook holds a published method in small, with figures of its own
// publisher. They are never rewritten from what the command prints.
func TestEval(t *testing.T) {
	archives, err := filepath.Glob("../../testdata/eval/*.txtar")
	require.NoError(t, err)
	require.NotEmpty(t, archives)
	worked, err := filepath.Glob("../../testdata/handbook/*.txtar")
	require.NoError(t, err)
	require.NotEmpty(t, worked)
	archives = append(archives, worked...)
	for _, archive := range archives {
		t.Run(strings.TrimSuffix(filepath.Base(archive), ".txtar"), func(t *testing.T) {
			a, err := txtar.ParseFile(archive)
			require.NoError(t, err)
			require.NotEmpty(t, a.Comment, "the arithmetic is missing")
			dir, args, want := t.TempDir(), "score . --format csv", ""
			for _, f := range a.Files {
				switch f.Name {
				case "cmd":
					args = string(f.Data)
				case "want.csv":
					want = string(f.Data)
				default:
					path := filepath.Join(dir, f.Name)
					require.NoError(t, os.MkdirAll(filepath.Dir(path), 0o755))
					require.NoError(t, os.WriteFile(path, f.Data, 0o644))
				}
			}
			exit, stdout, stderr := run(dir, nil, strings.Fields(args)...)
			require.Empty(t, stderr)
			require.Zero(t, exit)
			require.Equal(t, want, stdout)

			// The plan means the same.
			_, plan, _ := run(dir, nil, "plan", ".")
			require.NoError(t, os.WriteFile(filepath.Join(dir, "methodology.yaml"), []byte(plan), 0o644))
			_, stdout, stderr = run(dir, nil, strings.Fields(args)...)
			require.Empty(t, stderr)
			require.Equal(t, want, stdout, "of the plan")
		})
	}
}
