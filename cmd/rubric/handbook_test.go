package main

import (
	"encoding/csv"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"
	"github.com/stretchr/testify/require"

	"rubric/spec/decimal"
)

// An archive of testdata/handbook/printed is a published index, small enough to be read
// on one screen: the arithmetic by hand, the document, the data of a few units,
// and what its publisher printed of them. A want.csv stands beside the document
// that it is of, has any columns of the tidy result, and speaks of the figures
// that it lists, at the decimals that it writes.
func TestHandbookAtPrintedDecimals(t *testing.T) {
	archives, err := filepath.Glob("../../testdata/handbook/printed/*.txtar")
	require.NoError(t, err)
	require.NotEmpty(t, archives)
	for _, archive := range archives {
		t.Run(strings.TrimSuffix(filepath.Base(archive), ".txtar"), func(t *testing.T) {
			a, err := txtar.ParseFile(archive)
			require.NoError(t, err)
			require.NotEmpty(t, a.Comment, "the arithmetic is missing")
			dir, wants := t.TempDir(), map[string]string{}
			for _, f := range a.Files {
				if path.Base(f.Name) == "want.csv" {
					wants[path.Dir(f.Name)] = string(f.Data)
					continue
				}
				at := filepath.Join(dir, filepath.FromSlash(f.Name))
				require.NoError(t, os.MkdirAll(filepath.Dir(at), 0o755))
				require.NoError(t, os.WriteFile(at, f.Data, 0o644))
			}
			require.NotEmpty(t, wants)
			for document, want := range wants {
				exit, stdout, stderr := run(dir, nil, "score", "./"+document, "--format", "csv")
				require.Empty(t, stderr)
				require.Zero(t, exit)
				holds(t, rowsOf(t, stdout), rowsOf(t, want))
			}
		})
	}
}

// holds compares the figures that are wanted with those of the same unit, period
// and node.
func holds(t *testing.T, got, want []map[string]string) {
	t.Helper()
	require.NotEmpty(t, want)
	for _, w := range want {
		i := slices.IndexFunc(got, func(g map[string]string) bool {
			return g["unit"] == w["unit"] && g["node"] == w["node"] && (w["period"] == "" || g["period"] == w["period"])
		})
		require.GreaterOrEqual(t, i, 0, "there is no %v", w)
		for figure, x := range w {
			if figure != "unit" && figure != "node" && figure != "period" {
				require.Equal(t, x, printed(got[i][figure], x), "%s of %s for %s", figure, w["node"], w["unit"])
			}
		}
	}
}

// printed is a figure at the decimals that another one is written with.
func printed(figure, like string) string {
	x, err := strconv.ParseFloat(figure, 64)
	_, decimals, _ := strings.Cut(like, ".")
	if err != nil || decimals == "" { // a text, or a whole number: exactly so
		return figure
	}
	return strconv.FormatFloat(decimal.HalfUp(x, len(decimals)), 'f', len(decimals), 64)
}

// rowsOf is a CSV file as a map a row, by header.
func rowsOf(t *testing.T, text string) []map[string]string {
	t.Helper()
	lines, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	require.NoError(t, err)
	var out []map[string]string
	for _, line := range lines[1:] {
		row := map[string]string{}
		for i, header := range lines[0] {
			row[header] = line[i]
		}
		out = append(out, row)
	}
	return out
}
