package engine_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"rubric/engine"
	"rubric/spec/check"
	"rubric/spec/diff"
)

// What random documents do not say: weights under names, judged levels, conditions,
// tie-breakers, a variable that gets a second indicator, nodes that move. Each pair is
// the first text with something replaced.
func TestHybridsAtTheEndsOfPairs(t *testing.T) {
	const text = `rubric: 1
index: test
edition: "1"
title: Test
units: {noun: town, plural: towns}
columns: {a: {title: A}, b: {title: B, treat: log}, kind: {title: Kind, type: text}}
screen: {min_coverage: 1, condition: "available >= 2"}
weights:
  experts: {title: Experts, of: {d: 1, e: 2, f: 1}}
  public: {of: {d: 3, e: 1, f: 1}}
defaults:
  indicator: {normalise: min_max, direction: higher, missing: keep, rank: standard}
  variable: {aggregate: arithmetic_mean, single: keep, normalise: rank_points, ties: high, missing: omit, min_coverage: 1}
  dimension: {aggregate: arithmetic_mean, missing: omit}
  index: {aggregate: arithmetic_mean, weighting: experts, missing: omit, rank: {rule: ordinal, by: [d, id]}}
dimensions:
  d: {title: D, variables: {v: {title: V, formula: a}, w: {title: W, indicators: {p: {title: P, formula: b}, q: {title: Q, formula: a * b}}}}}
  e: {title: E, aggregate: {method: formula, formula: r + s / 2}, indicators: {r: {title: R, formula: a}, s: {title: S, formula: b}}}
  f: {title: F, indicators: {k: {title: K, formula: kind, normalise: {method: lookup, levels: {capital: 9, port: 5, other: 1}}}}}
derive:
  gap: {formula: score("d") - score("e/r"), rank: standard}
`
	rows := []string{"town,a,b,kind", "A,1,7,capital", "B,2,4,port", "C,5,,other", "D,9,1,port", "E,,3,other", "F,,,other"}
	for name, with := range map[string][]string{
		"a set says something else":  {"e: 2, f", "e: 5, f"},
		"another set":                {"weighting: experts", "weighting: public"},
		"weights of their own":       {"weighting: experts", "weighting: given", "e: {title: E,", "e: {title: E, weight: 4,"},
		"a level":                    {"port: 5", "port: 6"},
		"other levels":               {"capital: 9, port: 5", "port: 4, capital: 8"},
		"a condition":                {"available >= 2", "coverage > 0.7"},
		"no screen":                  {"screen: {min_coverage: 1, condition: \"available >= 2\"}\n", ""},
		"tie-breakers":               {"by: [d, id]", "by: [e/r, id]"},
		"a column's treatment":       {"treat: log}", "treat: sqrt}"},
		"a second indicator":         {"v: {title: V, formula: a}", "v: {title: V, indicators: {v: {title: V, formula: a}, x: {title: X, formula: a * a}}}"},
		"one indicator less":         {", q: {title: Q, formula: a * b}", ""},
		"another name in a formula":  {"r + s / 2", "r + z / 2", "s: {title: S", "z: {title: S", `score("e/r")`, `score("e/z")`},
		"nodes that change places":   {"{r: {title: R, formula: a}, s: {title: S, formula: b}}", "{s: {title: S, formula: b}, r: {title: R, formula: a}}"},
		"a variable that moves":      {", w: {title: W, indicators: {p: {title: P, formula: b}, q: {title: Q, formula: a * b}}}", "", "  f: {title: F", "  g: {title: G, weight: 1, variables: {w: {title: W, indicators: {p: {title: P, formula: b}, q: {title: Q, formula: a * b}}}}}\n  f: {title: F", "f: 1}", "f: 1, g: 2}"},
		"other rules of missing":     {"missing: keep, rank", "missing: exclude_unit, rank"},
		"a median takes no weights":  {"index: {aggregate: arithmetic_mean, weighting: experts", "index: {aggregate: median"},
		"a dimension less":           {"  f: {title: F, indicators: {k: {title: K, formula: kind, normalise: {method: lookup, levels: {capital: 9, port: 5, other: 1}}}}}\n", "", ", kind: {title: Kind, type: text}", "", ", f: 1", ""},
		"a derived figure":           {"score(\"d\") - ", "rank(\"d\") - ", "  dimension: {aggregate: arithmetic_mean,", "  dimension: {aggregate: arithmetic_mean, rank: dense,"},
		"normalised and summed anew": {"normalise: min_max", "normalise: {method: goalposts, low: 0, high: 10, cap: both}", "dimension: {aggregate: arithmetic_mean", "dimension: {aggregate: geometric_mean"},
	} {
		for _, turned := range []bool{false, true} {
			t.Run(name+map[bool]string{true: ", back"}[turned], func(t *testing.T) {
				other := strings.NewReplacer(with...).Replace(text)
				require.NotEqual(t, text, other)
				old, now := checkedText(text), checkedText(other)
				require.NotNil(t, old)
				require.NotNil(t, now)
				if turned {
					old, now = now, old
				}
				d, err := diff.Of(old, now)
				require.NoError(t, err)
				all := check.Provisions{}
				for _, c := range d.Changes {
					if c.Provision() {
						d.Take(all, c)
					}
				}
				require.True(t, len(all) > 0 || name == "nodes that change places")
				all.Take("document", "order")
				h := d.Hybrids(engine.Catalogue())
				for side, p := range []check.Provisions{{}, all} {
					m, err := h.Of(p)
					require.NoError(t, err)
					want := evaluatedPlan(t, []*check.Methodology{old, now}[side], rows)
					got := evaluatedPlan(t, m.Methodology, rows)
					require.NotNil(t, want)
					require.NotNil(t, got)
					for _, n := range now.Nodes {
						if was := d.Before(n.Path); was != nil {
							require.True(t, sameFigures(want.Figures([]*check.Node{was, n}[side]), got.Figures(m.Both[n.At])), "%s side %d", n.Path, side)
						}
					}
				}
			})
		}
	}
}
