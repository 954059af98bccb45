package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"rubric/cmd/rubric/internal/cli"
)

// Every methodology has a suite that reaches all of its indicators, derived nodes,
// branches, levels and bands.
func TestEveryMethodologyHasASuite(t *testing.T) {
	t.Parallel()
	documents, err := filepath.Glob("../../methodologies/*/*/methodology.yaml")
	require.NoError(t, err)
	require.NotEmpty(t, documents)
	for _, document := range documents {
		folder := filepath.Dir(document)
		_, err := os.Stat(filepath.Join(folder, "suite.yaml"))
		require.NoError(t, err, "%s has no suite", folder)
	}
	var out, diagnostics bytes.Buffer
	exit := cli.Run([]string{"test", "methodologies", "--fail-under", "100"}, cli.System{Stdin: strings.NewReader(""), Stdout: &out, Stderr: &diagnostics, Dir: "../.."})
	require.Zero(t, exit, "%s%s", out.String(), diagnostics.String())
	require.Equal(t, len(documents), strings.Count(out.String(), "cases passed"), out.String())
}
