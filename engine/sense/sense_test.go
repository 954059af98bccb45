package sense_test

import (
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"rubric/engine"
	"rubric/engine/dataset"
	"rubric/engine/sense"
	"rubric/spec"
	"rubric/spec/check"
	"rubric/spec/source"
)

// workload is an index of 66 indicators and some units with figures at random.
func workload(t testing.TB, units int) *engine.Result {
	t.Helper()
	const name = "../../testdata/workload/methodology.yaml"
	text, err := os.ReadFile(name)
	require.NoError(t, err)
	doc, list := spec.Load(source.NewFile(name, text))
	require.Empty(t, list)
	m, list := check.Check(doc, engine.Catalogue())
	require.Empty(t, list)
	r := rand.New(rand.NewPCG(7, 8))
	var b strings.Builder
	b.WriteString("unit")
	for _, c := range m.Columns {
		b.WriteString("," + c.Header)
	}
	for u := range units {
		fmt.Fprintf(&b, "\nu%d", u)
		for range m.Columns {
			fmt.Fprintf(&b, ",%.3f", r.NormFloat64()+10)
		}
	}
	d, list, err := dataset.Load(m, dataset.Inputs{Data: []dataset.Input{{Name: "data.csv", Open: func() (io.ReadCloser, error) {
		return io.NopCloser(strings.NewReader(b.String())), nil
	}}}})
	require.NoError(t, err)
	require.Zero(t, list.Errors(), list)
	result, list := engine.Compile(m).Eval(d, engine.Options{})
	require.NotNil(t, result, list)
	return result
}

// What is said does not depend on chance: it is the same twice.
func TestTheSameTwice(t *testing.T) {
	r := workload(t, 60)
	list := sense.Of(r)
	require.NotEmpty(t, list)
	require.Equal(t, list, sense.Of(r))
}

// A look at an index of 66 indicators and 60 units is a small part of its validation.
func BenchmarkOf(b *testing.B) {
	r := workload(b, 60)
	b.ReportAllocs()
	for b.Loop() {
		sense.Of(r)
	}
}
