package table

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"
)

// A file of the shape that the engine is measured on: units, and fifty columns
// of numbers with three decimals, some of them missing.
func benchmarkFile(rows int, quote string) []byte {
	random := rand.New(rand.NewPCG(1, 2))
	var b bytes.Buffer
	b.WriteString("id")
	for i := range 50 {
		fmt.Fprintf(&b, ",v%d", i)
	}
	for i := range rows {
		fmt.Fprintf(&b, "\n%su%07d%s", quote, i, quote)
		for range 50 {
			if random.IntN(20) == 0 {
				b.WriteByte(',')
			} else {
				fmt.Fprintf(&b, ",%.3f", random.Float64()*1e4)
			}
		}
	}
	return b.Bytes()
}

func BenchmarkRead(b *testing.B) {
	for _, c := range []struct {
		name  string
		rows  int
		quote string
	}{{"60", 60, ""}, {"20000", 20000, ""}, {"20000_quoted_units", 20000, `"`}} {
		b.Run(c.name, func(b *testing.B) {
			file := benchmarkFile(c.rows, c.quote)
			b.SetBytes(int64(len(file)))
			b.ReportAllocs()
			for b.Loop() {
				t, findings, err := Read(bytes.NewReader(file), Options{Name: "b.csv", Size: int64(len(file))})
				require.NoError(b, err)
				require.Empty(b, findings)
				require.Equal(b, c.rows, t.Rows)
			}
		})
	}
}
