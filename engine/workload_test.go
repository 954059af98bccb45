package engine_test

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"

	"rubric/engine"
	"rubric/engine/dataset"
	"rubric/spec"
	"rubric/spec/check"
	"rubric/spec/source"
)

// The common workload: N units, 50 columns of hashed numbers with ties and gaps,
// 66 indicators, 10 groups, ranks. Several tools do it, and all must come to the
// same check value. See BENCHMARKS.md.

// hash is SplitMix64 at a unit and column.
func hash(unit, column uint64) uint64 {
	z := 20240607 + (unit*64+column+1)*0x9E3779B97F4A7C15
	z = (z ^ z>>30) * 0xBF58476D1CE4E5B9
	z = (z ^ z>>27) * 0x94D049BB133111EB
	return z ^ z>>31
}

// workloadCSV is the data of n units.
func workloadCSV(n int) []byte {
	var b bytes.Buffer
	b.WriteString("id")
	for v := range 50 {
		fmt.Fprintf(&b, ",v%d", v)
	}
	b.WriteByte('\n')
	var line []byte
	for u := range uint64(n) {
		line = fmt.Appendf(line[:0], "u%07d", u)
		for v := range uint64(50) {
			h := hash(u, v)
			line = append(line, ',')
			milli := h >> 33
			switch {
			case v >= 44:
				milli = milli%1000000 + 1000
			case h&0xFFFF%50 == 0:
				continue
			case v%3 == 0:
				milli = milli % 21 * 1000
			default:
				milli %= 10000000
			}
			line = strconv.AppendFloat(line, float64(milli)/1000, 'f', -1, 64)
		}
		b.Write(append(line, '\n'))
	}
	return b.Bytes()
}

func workloadMethodology(t testing.TB) *check.Methodology {
	t.Helper()
	const name = "../testdata/workload/methodology.yaml"
	text, err := os.ReadFile(name)
	require.NoError(t, err)
	doc, list := spec.Load(source.NewFile(name, text))
	require.Empty(t, list)
	m, list := check.Check(doc, engine.Catalogue())
	require.Empty(t, list)
	return m
}

func workloadData(t testing.TB, m *check.Methodology, n int) *dataset.Dataset {
	t.Helper()
	text := workloadCSV(n)
	d, list, err := dataset.Load(m, dataset.Inputs{Data: []dataset.Input{{
		Name: "workload.csv", Size: int64(len(text)), Open: func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(text)), nil },
	}}})
	require.NoError(t, err)
	require.Empty(t, list)
	return d
}

func TestWorkloadGivesTheCheckValueOfOtherTools(t *testing.T) {
	m := workloadMethodology(t)
	plan := engine.Compile(m)
	for n, want := range map[int][2]int{60: {56229, 115193}, 10000: {895994345, 3134265119}} {
		r, list := plan.Eval(workloadData(t, m, n), engine.Options{Levels: []check.Level{check.Index}})
		require.Empty(t, list)
		index := r.Figures(m.Root)
		sum, total := 0, 0
		for u := range n {
			sum = (sum + (u+1)*int(index.Rank[u])) % 1000000007
			total += int(index.Score.Values[u])
		}
		require.Equal(t, want, [2]int{sum, total}, n)
	}
}

func BenchmarkCompile(b *testing.B) {
	m := workloadMethodology(b)
	for b.Loop() {
		engine.Compile(m)
	}
}

func BenchmarkCheck(b *testing.B) {
	for b.Loop() {
		workloadMethodology(b)
	}
}

func BenchmarkEval(b *testing.B) {
	m := workloadMethodology(b)
	plan := engine.Compile(m)
	for _, n := range []int{60, 10000, 200000} {
		b.Run(strconv.Itoa(n), func(b *testing.B) {
			d := workloadData(b, m, n)
			b.ReportAllocs()
			for b.Loop() {
				plan.Eval(d, engine.Options{Levels: []check.Level{check.Index}})
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(n)/66, "ns/cell")
		})
	}
}
