package table

import (
	"bufio"
	"bytes"
	"fmt"
	"io"

	"golang.org/x/text/transform"

	"rubric/spec/diag"
	"rubric/spec/source"
)

// maxWhole is the largest file that is read as a whole, because its format has no
// order in which it could be streamed.
const maxWhole = 4 << 30

// Open reads a data file of any format: CSV, JSON records, an XLSX workbook, or
// Parquet. What it is its first bytes say, not its name. CSV and JSON are streamed;
// a workbook, and a Parquet file that cannot be read at any place, are read whole.
// The table and its findings are as Read has them; the place of a cell is its row
// and column.
func Open(r io.Reader, o Options) (*Table, diag.List, error) {
	if at, ok := r.(io.ReaderAt); ok && o.Size > 0 {
		magic := make([]byte, 4)
		if n, _ := at.ReadAt(magic, 0); n == 4 && string(magic) == "PAR1" {
			return readParquet(at, o.Size, o)
		}
	}
	in := bufio.NewReaderSize(r, 1<<16)
	start, _ := in.Peek(512) // an error comes again when it is read; reading on overwrites it
	workbook, parquet := bytes.HasPrefix(start, []byte("PK\x03\x04")), bytes.HasPrefix(start, []byte("PAR1"))
	if workbook || parquet {
		data, err := io.ReadAll(io.LimitReader(in, maxWhole+1))
		switch {
		case err != nil:
			return nil, nil, fmt.Errorf("read %s: %w", o.Name, err)
		case len(data) > maxWhole:
			return nil, diag.List{diag.New(diag.DataLimit, source.Place{File: o.Name}, "the file is larger than %d GiB", maxWhole>>30).WithHelp("save it as CSV, which is streamed")}, nil
		case workbook:
			return readXLSX(data, o)
		}
		return readParquet(bytes.NewReader(data), int64(len(data)), o)
	}
	if o.Sheet == "" {
		return readText(in, start, o)
	}
	o.HeaderRow = 0 // it is that of the sheet
	t, list, err := readText(in, start, o)
	if err == nil {
		list = append(list, diag.New(diag.DataSheet, source.Place{File: o.Name}, "the file is no workbook, and is read without its sheet `%s` and the row of the headers there", cut([]byte(o.Sheet)))).Sorted()
	}
	return t, list, err
}

// readText reads JSON records or CSV.
func readText(in *bufio.Reader, start []byte, o Options) (*Table, diag.List, error) {
	switch {
	case looksLikeJSON(start):
		return readJSON(in, o)
	case o.Encoding == "latin1":
		return Read(transform.NewReader(in, latin1{}), o)
	}
	return Read(in, o)
}

// looksLikeJSON says whether a file begins as JSON records do. A header line of
// CSV could begin with a bracket only inside a quote.
func looksLikeJSON(start []byte) bool {
	text := bytes.TrimLeft(bytes.TrimPrefix(start, []byte("\ufeff")), " \t\r\n")
	return len(text) > 0 && (text[0] == '[' || text[0] == '{')
}
