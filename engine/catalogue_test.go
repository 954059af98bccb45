package engine_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"rubric/engine"
	"rubric/spec/method"
)

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
