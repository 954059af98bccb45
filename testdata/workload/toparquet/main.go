// Command toparquet writes a CSV file of units and numbers as Parquet, so that
// the reading of the two can be compared: an empty cell is a null, every column
// after the first a double.
//
//	go run ./testdata/workload/toparquet vars_1000000.csv plain.parquet           # plain pages, not compressed
//	go run ./testdata/workload/toparquet -usual vars_1000000.csv usual.parquet    # dictionaries and Snappy, as pandas and DuckDB write
package main

import (
	"bufio"
	"encoding/csv"
	"flag"
	"fmt"
	"io"
	"os"
	"strconv"

	"github.com/parquet-go/parquet-go"
)

func main() {
	usual := flag.Bool("usual", false, "with dictionaries and Snappy")
	flag.Parse()
	if err := convert(flag.Arg(0), flag.Arg(1), *usual); err != nil {
		fmt.Fprintln(os.Stderr, "toparquet:", err)
		os.Exit(1)
	}
}

func convert(from, to string, usual bool) (err error) {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer in.Close()
	records := csv.NewReader(bufio.NewReaderSize(in, 1<<20))
	records.ReuseRecord = true
	headers, err := records.Read()
	if err != nil {
		return err
	}
	group := parquet.Group{headers[0]: column(parquet.String(), usual)}
	for _, h := range headers[1:] {
		group[h] = parquet.Optional(column(parquet.Leaf(parquet.DoubleType), usual))
	}
	schema := parquet.NewSchema("table", group)
	place := map[string]int{}
	for i, path := range schema.Columns() {
		place[path[0]] = i
	}
	at := make([]int, len(headers))
	for i, h := range headers {
		at[i] = place[h]
	}

	out, err := os.Create(to)
	if err != nil {
		return err
	}
	w := parquet.NewGenericWriter[any](out, schema, parquet.MaxRowsPerRowGroup(1<<20), parquet.DictionaryMaxBytes(1<<20))
	row := make(parquet.Row, len(headers))
	for {
		record, err := records.Read()
		if err == io.EOF {
			break
		}
		if err != nil {
			return err
		}
		for i, text := range record {
			switch {
			case i == 0:
				row[at[i]] = parquet.ByteArrayValue([]byte(text)).Level(0, 0, at[i])
			case text == "":
				row[at[i]] = parquet.NullValue().Level(0, 0, at[i])
			default:
				x, err := strconv.ParseFloat(text, 64)
				if err != nil {
					return err
				}
				row[at[i]] = parquet.DoubleValue(x).Level(0, 1, at[i])
			}
		}
		if _, err := w.WriteRows([]parquet.Row{row}); err != nil {
			return err
		}
	}
	if err := w.Close(); err != nil {
		return err
	}
	return out.Close()
}

func column(n parquet.Node, usual bool) parquet.Node {
	if usual {
		return parquet.Compressed(parquet.Encoded(n, &parquet.RLEDictionary), &parquet.Snappy)
	}
	return parquet.Encoded(n, &parquet.Plain)
}
