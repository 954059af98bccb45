package table

import (
	"bytes"
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/parquet-go/parquet-go"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// However a Parquet file lays its cells out, and in whatever type, they are what was written.
func TestParquetPages(t *testing.T) {
	type kind struct {
		node  parquet.Node
		value func(r *rand.Rand) (parquet.Value, float64)
	}
	kinds := []kind{
		{parquet.Leaf(parquet.DoubleType), func(r *rand.Rand) (parquet.Value, float64) {
			x := float64(r.IntN(40)) / 8
			if r.IntN(60) == 0 {
				x = math.NaN()
			}
			return parquet.DoubleValue(x), x
		}},
		{parquet.Leaf(parquet.FloatType), func(r *rand.Rand) (parquet.Value, float64) {
			n := r.IntN(1000)
			return parquet.FloatValue(float32(n) / 10), float64(n) / 10
		}},
		{parquet.Int(64), func(r *rand.Rand) (parquet.Value, float64) {
			n := r.Int64N(1<<52) - 1<<51
			return parquet.Int64Value(n), float64(n)
		}},
		{parquet.Int(32), func(r *rand.Rand) (parquet.Value, float64) {
			n := int32(r.Uint32())
			return parquet.Int32Value(n), float64(n)
		}},
		{parquet.Uint(64), func(r *rand.Rand) (parquet.Value, float64) {
			n := r.Uint64() &^ 0x7FF
			return parquet.Int64Value(int64(n)), float64(n)
		}},
		{parquet.Uint(32), func(r *rand.Rand) (parquet.Value, float64) {
			n := r.Uint32()
			return parquet.Int32Value(int32(n)), float64(n)
		}},
		{parquet.Decimal(2, 18, parquet.Int64Type), func(r *rand.Rand) (parquet.Value, float64) {
			n := r.Int64N(100000)
			return parquet.Int64Value(n), float64(n) / 100
		}},
	}
	r := rand.New(rand.NewPCG(7, 7))
	for trial := range 40 {
		rows, absent := 1+r.IntN(3000), []int{0, 2, 50, 2}[trial%4]
		schema := parquet.Group{}
		add := func(name string, n parquet.Node, optional bool) {
			if r.IntN(2) == 0 {
				n = parquet.Encoded(n, &parquet.RLEDictionary)
			}
			if r.IntN(2) == 0 {
				n = parquet.Compressed(n, &parquet.Snappy)
			}
			if optional {
				n = parquet.Optional(n)
			}
			schema[name] = n
		}
		add("city", parquet.String(), trial%3 == 0)
		want := make([][]float64, len(kinds))
		optional := make([]bool, len(kinds))
		for k := range kinds {
			optional[k] = r.IntN(3) > 0
			add(fmt.Sprintf("v%d", k), kinds[k].node, optional[k])
		}
		var b bytes.Buffer
		w := parquet.NewGenericWriter[any](&b, parquet.NewSchema("t", schema), parquet.PageBufferSize(1+r.IntN(4000)), parquet.MaxRowsPerRowGroup(int64(1+r.IntN(2000))), parquet.DictionaryMaxBytes(int64(r.IntN(400))))
		sorted, level := r.IntN(2) == 0, 0
		if trial%3 == 0 {
			level = 1
		}
		var ids []string
		for i := range rows {
			id := fmt.Sprintf("u%05d", i)
			if !sorted {
				id = fmt.Sprintf("u%d", i*7919%10007)
			}
			ids = append(ids, id)
			row := parquet.Row{parquet.ByteArrayValue([]byte(" "+id)).Level(0, level, 0)}
			for k := range kinds {
				switch v, x := kinds[k].value(r); {
				case !optional[k]:
					row, want[k] = append(row, v.Level(0, 0, k+1)), append(want[k], x)
				case r.IntN(100) < absent:
					row, want[k] = append(row, parquet.NullValue().Level(0, 0, k+1)), append(want[k], math.NaN())
				default:
					row, want[k] = append(row, v.Level(0, 1, k+1)), append(want[k], x)
				}
			}
			_, err := w.WriteRows([]parquet.Row{row})
			require.NoError(t, err)
		}
		require.NoError(t, w.Close())

		got, findings, err := Open(bytes.NewReader(b.Bytes()), Options{Name: "p.parquet", Size: int64(b.Len())})
		require.NoError(t, err)
		require.Zero(t, findings.Errors(), findings)
		require.Equal(t, rows, got.Rows)
		for k, c := range got.Columns {
			for i, x := range want[k] {
				require.Equal(t, x == x, c.Valid.Get(i), "trial %d, row %d of %s", trial, i, c.Name)
				if x == x {
					require.Equal(t, x, c.Values[i], "trial %d, row %d of %s", trial, i, c.Name)
				}
			}
		}
		for i, id := range ids {
			require.Equal(t, id, got.ID(i))
			at, ok := got.Row(id)
			assert.True(t, ok)
			require.Equal(t, i, at)
		}
	}
}

func TestParquetUnitsAmiss(t *testing.T) {
	type row struct {
		City *string `parquet:"city,optional,dict"`
		X    float64 `parquet:"x"`
	}
	a, b, blank := "Ada", "Bly", "  "
	require.Equal(t, "f.parquet:2: error: a row without a unit: its cell of `city` is empty (name the unit, or leave the row out)\n"+
		"f.parquet:4: error: the unit `Ada` stands twice (a unit has one row a file: remove one of the two, or name one otherwise; for figures of several times declare `periods:`)\n"+
		"f.parquet:5: error: a row without a unit: its cell of `city` is empty (name the unit, or leave the row out)\n",
		opened(t, "f.parquet", asParquet(t, []row{{&a, 1}, {nil, 2}, {&b, 3}, {&a, 4}, {&blank, 5}}), Options{}))
}
