package engine_test

import (
	"fmt"
	"io"
	"io/fs"
	"math"
	"math/rand/v2"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"rubric/engine"
	"rubric/engine/dataset"
	"rubric/methodologies"
	"rubric/spec"
	"rubric/spec/check"
	"rubric/spec/diff"
	"rubric/spec/source"
)

// A hybrid without any provision of the new version is the old one, with all of them
// the new one, bit for bit, whatever the two documents say.
func TestHybridsAtTheirEnds(t *testing.T) {
	seeds := 120
	if testing.Short() {
		seeds = 40
	}
	compared, between := 0, 0
	for seed := range seeds {
		w := writer{rand.New(rand.NewPCG(uint64(seed), 23)), seed%2 == 1}
		old, now := w.checked(), w.checked()
		if seed%4 == 0 { // what is there under another name, and what is not there
			now = checkedText(strings.NewReplacer("  x1:\n    aggregate", "  y1:\n    title: x1\n    aggregate", `score("x1")`, `score("y1")`, "x1)", "y1)", "* x1", "* y1", "/ x1", "/ y1", "x0, x1", "x0, y1").Replace(string(now.Document.Data)))
			if now == nil {
				continue
			}
		}
		rows := w.data()
		d, err := diff.Of(old, now)
		require.NoError(t, err)
		h := d.Hybrids(engine.Catalogue())
		all := check.Provisions{}
		all.Take("document", "order")
		for _, c := range d.Changes {
			if c.Provision() {
				d.Take(all, c)
			}
		}
		context := fmt.Sprintf("seed %d\n%s\n%s", seed, old.Document.Data, now.Document.Data)
		for _, end := range []struct {
			p    check.Provisions
			want *check.Methodology
			of   func(*check.Node) *check.Node
		}{
			{check.Provisions{}, old, func(n *check.Node) *check.Node { return d.Before(n.Path) }},
			{all, now, func(n *check.Node) *check.Node { return n }},
		} {
			m, err := h.Of(end.p)
			require.NoError(t, err, context)
			want, got := evaluatedPlan(t, end.want, rows), evaluatedPlan(t, m.Methodology, rows)
			require.Equal(t, want == nil, got == nil, context)
			if want == nil {
				continue
			}
			compared++
			for _, n := range now.Nodes {
				was := end.of(n)
				if d.Before(n.Path) == nil {
					continue
				}
				require.True(t, sameFigures(want.Figures(was), got.Figures(m.Both[n.At])), "%s %s", n.Path, context)
			}
		}
		for range 8 { // what is between makes sense, or says why not
			some := check.Provisions{}
			for _, c := range d.Changes {
				if c.Provision() && w.IntN(2) == 0 {
					d.Take(some, c)
				}
			}
			m, err := h.Of(some)
			if err != nil {
				require.NotEmpty(t, err.Error())
				continue
			}
			between++
			evaluatedPlan(t, m.Methodology, rows)
		}
	}
	require.Greater(t, compared, seeds/2)
	require.Greater(t, between, seeds)
}

// checked is a document that says something sound.
func (w writer) checked() *check.Methodology {
	for {
		if m := checkedText(w.document()); m != nil {
			return m
		}
	}
}

func checkedText(text string) *check.Methodology {
	doc, list := spec.Load(source.NewFile("random.yaml", []byte(text)))
	if doc == nil || list.Errors() > 0 {
		return nil
	}
	m, _ := check.Check(doc, engine.Catalogue())
	return m
}

func evaluatedPlan(t *testing.T, m *check.Methodology, rows []string) *engine.Result {
	t.Helper()
	d, _, err := dataset.Load(m, dataset.Inputs{Data: []dataset.Input{{Name: "data.csv", Open: func() (io.ReadCloser, error) {
		return io.NopCloser(strings.NewReader(strings.Join(rows, "\n") + "\n")), nil
	}}}})
	require.NoError(t, err)
	require.NotNil(t, d)
	r, _ := engine.Compile(m).Eval(d, engine.Options{Workers: 1})
	return r
}

func sameFigures(a, b *engine.Figures) bool {
	if a.Origin != b.Origin || (a.Score.Valid == nil) != (b.Score.Valid == nil) || (a.Rank == nil) != (b.Rank == nil) {
		return false
	}
	for i := range a.Score.Len() {
		x, ok := a.Score.At(i)
		y, also := b.Score.At(i)
		if ok != also || math.Float64bits(x) != math.Float64bits(y) || ok && a.Rank != nil && a.Rank[i] != b.Rank[i] {
			return false
		}
	}
	return true
}

// Between the editions of an index that extend one another, what a hybrid says at its
// ends is what the edition says.
func TestHybridsOfEditions(t *testing.T) {
	body := func(m *check.Methodology) string {
		_, out, _ := strings.Cut(string(m.Resolved()), "\ndefaults:\n")
		out, _, _ = strings.Cut(out, "\nheadline:") // which moves no figure
		return strings.TrimSpace(out)
	}
	old := edition(t, "2013")
	for year := 2014; year <= 2024; year++ {
		now := edition(t, strconv.Itoa(year))
		d, err := diff.Of(old, now)
		require.NoError(t, err)
		h := d.Hybrids(engine.Catalogue())
		all := check.Provisions{}
		for _, c := range d.Changes {
			d.Take(all, c)
		}
		none, err := h.Of(check.Provisions{})
		require.NoError(t, err)
		require.Equal(t, body(old), body(none.Methodology))
		whole, err := h.Of(all)
		require.NoError(t, err)
		require.Equal(t, body(now), body(whole.Methodology))
		old = now
	}
}

// edition is a bundled edition of Freedom in the World.
func edition(t *testing.T, year string) *check.Methodology {
	t.Helper()
	read := func(edition string) *source.File {
		name := "freedom-in-the-world/" + edition + "/methodology.yaml"
		text, err := fs.ReadFile(methodologies.FS, name)
		require.NoError(t, err)
		return source.NewFile("methodologies/"+name, text)
	}
	doc, list := spec.LoadWith(read(year), spec.Options{Resolve: func(string, *source.File) (*source.File, error) { return read("base"), nil }})
	require.Zero(t, list.Errors(), "%v", list)
	m, list := check.Check(doc, engine.Catalogue())
	require.NotNil(t, m, "%v", list)
	return m
}

// What is known of indicators from another evaluation makes the same result as
// evaluating them again, findings included.
func TestKnownIndicatorsMakeTheSameResult(t *testing.T) {
	compared := 0
	for seed := range 120 {
		w := writer{rand.New(rand.NewPCG(uint64(seed), 41)), seed%2 == 1}
		m := w.checked()
		d := readRows(t, m, w.data())
		r, _ := engine.Compile(m).Eval(d, engine.Options{})
		if r == nil {
			continue
		}
		asked := 0
		again, list := engine.Compile(m).Eval(d, engine.Options{Levels: []check.Level{check.Index, check.Dimension}, Known: func(n *check.Node) *engine.Figures {
			asked++
			if w.IntN(3) == 0 {
				return nil
			}
			return r.Figures(n)
		}})
		require.NotNil(t, again, "%v", list)
		if asked > 0 {
			compared++
		}
		for _, n := range m.Nodes {
			if n.Level == check.Index || n.Level == check.Dimension {
				require.True(t, sameFigures(r.Figures(n), again.Figures(n)), "seed %d %s\n%s", seed, n.Path, m.Document.Data)
			}
		}
	}
	require.Greater(t, compared, 40)
}
