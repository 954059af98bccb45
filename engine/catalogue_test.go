package engine_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"rubric/engine"
	"rubric/schemas"
	"rubric/spec/method"
)

// The schema is written by hand, so that editors complete methods; it must say
// what the catalogue says.
func TestSchemaNamesTheCatalogue(t *testing.T) {
	text, err := schemas.FS.ReadFile("methodology.v1.schema.json")
	require.NoError(t, err)
	var s struct {
		Defs struct {
			Normalise struct {
				Then struct {
					Properties struct{ Method struct{ Enum []string } }
				}
				Else struct{ Enum []string }
			}
			Aggregate struct{ Enum []string }
			Ties      struct{ Enum []string }
			Rank      struct {
				Then struct{ Enum []string }
				Else struct {
					Properties struct{ Rule struct{ Enum []string } }
				}
			}
		} `json:"$defs"`
	}
	require.NoError(t, json.Unmarshal(text, &s))
	c := engine.Catalogue()
	require.Equal(t, c.Names(method.Normalise), s.Defs.Normalise.Then.Properties.Method.Enum)
	require.Equal(t, c.Names(method.Normalise), s.Defs.Normalise.Else.Enum)
	require.Equal(t, c.Names(method.Aggregate), s.Defs.Aggregate.Enum)
	require.Equal(t, c.Names(method.Rank), s.Defs.Rank.Then.Enum)
	require.Equal(t, c.Names(method.Rank), s.Defs.Rank.Else.Properties.Rule.Enum)
	points, _ := c.Find(method.Normalise, "rank_points")
	require.Equal(t, points.Params[0].Values, s.Defs.Ties.Enum)
}

func TestOneMethodIsOneFile(t *testing.T) {
	for step, dir := range map[method.Step]string{method.Normalise: "normalise", method.Aggregate: "aggregate", method.Rank: "rank"} {
		names := engine.Catalogue().Names(step)
		require.True(t, slices.IsSorted(names), "the list of %s is in order", step)
		for _, name := range names {
			files, err := filepath.Glob(filepath.Join(dir, "*.go"))
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
