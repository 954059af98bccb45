package engine_test

import (
	"fmt"
	"io"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"rubric/engine"
	"rubric/engine/attribute"
	"rubric/engine/dataset"
	"rubric/spec/check"
	"rubric/spec/diff"
)

// Whatever two documents and their data are: the effects of every unit in every node
// are numbers that sum to its change, nothing is left that no factor accounts for, and
// neither cores nor the order of changes can be seen.
func TestAttributionAtRandom(t *testing.T) {
	seeds := 60
	if testing.Short() {
		seeds = 15
	}
	attributed, joint, sums, inexact := 0, 0, 0, 0
	for seed := range seeds {
		w := writer{rand.New(rand.NewPCG(uint64(seed), 31)), seed%3 == 1}
		old := w.checked()
		now := old
		for range 1 + seed%2 { // not all of it is new
			now = w.crossed(now, w.checked())
		}
		rows := w.data()
		before := readRows(t, old, rows)
		others := slices.Clone(rows)
		if seed%2 == 0 { // other data, other units
			others = append(append([]string{rows[0]}, w.data()[1:]...), strings.Replace(rows[1], "u0,", "u99,", 1))
		}
		after := readRows(t, now, others)
		one, _ := engine.Compile(old).Eval(before, engine.Options{})
		two, _ := engine.Compile(now).Eval(after, engine.Options{})
		if one == nil || two == nil {
			continue
		}
		d, err := diff.Of(old, now)
		require.NoError(t, err)
		context := fmt.Sprintf("seed %d\n%s\n%s\n%s", seed, old.Document.Data, now.Document.Data, strings.Join(rows, "\n"))
		in := attribute.Data{Old: before, New: after}
		a, err := attribute.Of(d, one, two, in, attribute.Options{Exact: 8, Permutations: 8, Workers: 2})
		require.NoError(t, err, context)
		attributed++
		for _, f := range a.Factors {
			require.NotEqual(t, attribute.Rest, f.Kind, context)
			if f.Kind == attribute.Joint {
				joint++
				require.NotEmpty(t, f.Reason)
			}
		}
		for _, n := range a.Nodes {
			for _, u := range n.Units {
				for _, e := range []attribute.Effects{u.Score, u.Rank} {
					if e.By == nil {
						require.NotEmpty(t, e.Reason)
						continue
					}
					sum, largest := 0.0, math.Abs(e.New-e.Old)
					for _, x := range e.By {
						require.False(t, math.IsNaN(x) || math.IsInf(x, 0), context)
						sum += x
						largest = max(largest, math.Abs(x))
					}
					sums++
					if sum != e.New-e.Old {
						inexact++ // an effect larger than the change has coarser bits than it
						require.Greater(t, largest, math.Abs(e.New-e.Old), context)
						require.InDelta(t, e.New-e.Old, sum, 1e-15*largest, context)
					}
				}
			}
		}
		slices.Reverse(d.Changes)
		again, err := attribute.Of(d, one, two, in, attribute.Options{Exact: 8, Permutations: 8, Workers: 1})
		require.NoError(t, err, context)
		requireSameEffects(t, a, again, context)
		slices.Reverse(d.Changes)
		apart, err := attribute.Of(d, one, two, in, attribute.Options{Exact: 8, Permutations: 8, Apart: true})
		require.NoError(t, err, context)
		require.Equal(t, apart, a, context)
	}
	t.Logf("%d attributed, %d joint factors, %d sums, %d of them to the last bit but one", attributed, joint, sums, inexact)
	require.Greater(t, attributed, seeds/3)
	require.Less(t, inexact, sums/100)
}

// requireSameEffects holds two attributions together whose factors come in another
// order.
func requireSameEffects(t *testing.T, a, b *attribute.Attribution, context string) {
	t.Helper()
	id := func(f attribute.Factor) string {
		var parts []string
		for _, c := range f.Changes {
			if c.Class != diff.Data {
				parts = append(parts, c.ID)
			}
		}
		slices.Sort(parts)
		return fmt.Sprint(parts, f.Kind)
	}
	at := map[string]int{}
	for i, f := range b.Factors {
		at[id(f)] = i
	}
	require.Len(t, b.Factors, len(a.Factors), context)
	for k, n := range a.Nodes {
		for j, u := range n.Units {
			for i, f := range a.Factors {
				there, ok := at[id(f)]
				require.True(t, ok, context)
				if u.Score.By != nil {
					scale := math.Abs(u.Score.Old) + math.Abs(u.Score.New)
					for _, x := range u.Score.By {
						scale += math.Abs(x)
					}
					require.InDelta(t, u.Score.By[i], b.Nodes[k].Units[j].Score.By[there], 1e-15*scale, context)
					require.InDelta(t, u.Rank.By[i], b.Nodes[k].Units[j].Rank.By[there], 1e-12, context)
				}
			}
		}
	}
}

// crossed is a document with some lines of another one: what these documents say stands on
// the same lines.
func (w writer) crossed(a, b *check.Methodology) *check.Methodology {
	for range 200 {
		one, two := strings.Split(string(a.Document.Data), "\n"), strings.Split(string(b.Document.Data), "\n")
		// Sections of a document are of different lengths: only what is of nodes is crossed, by key.
		for i, line := range one {
			key, _, ok := strings.Cut(line, ":")
			if !ok || !strings.HasPrefix(key, "    ") || w.IntN(6) > 0 {
				continue
			}
			k := w.IntN(len(two))
			for range len(two) {
				k = (k + 1) % len(two)
				if strings.HasPrefix(two[k], key+":") {
					one[i] = two[k]
					break
				}
			}
		}
		if m := checkedText(strings.Join(one, "\n")); m != nil {
			return m
		}
	}
	return a
}

func readRows(t *testing.T, m *check.Methodology, rows []string) *dataset.Dataset {
	t.Helper()
	d, _, err := dataset.Load(m, dataset.Inputs{Data: []dataset.Input{{Name: "data.csv", Open: func() (io.ReadCloser, error) {
		return io.NopCloser(strings.NewReader(strings.Join(rows, "\n") + "\n")), nil
	}}}})
	require.NoError(t, err)
	require.NotNil(t, d)
	return d
}

// BenchmarkAttribution is twelve changes of 66 indicators for 60 units: 4096 editions, that
// share what the changes do not touch, or each by itself.
func BenchmarkAttribution(b *testing.B) {
	old := workloadMethodology(b)
	text := string(old.Document.Data)
	changed := 0
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		if changed < 12 && strings.Contains(line, "formula: v") {
			lines[i] = strings.Replace(line, "formula: v", "formula: 0 - v", 1)
			changed++
		}
	}
	require.Equal(b, 12, changed)
	now := checkedText(strings.Join(lines, "\n"))
	require.NotNil(b, now)
	in := workloadData(b, old, 60)
	one, _ := engine.Compile(old).Eval(in, engine.Options{})
	two, _ := engine.Compile(now).Eval(in, engine.Options{})
	d, err := diff.Of(old, now)
	require.NoError(b, err)
	for name, o := range map[string]attribute.Options{"shared": {}, "apart": {Apart: true}} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				a, err := attribute.Of(d, one, two, attribute.Data{Old: in, New: in}, o)
				require.NoError(b, err)
				require.Len(b, a.Factors, 12)
			}
		})
	}
}
