package table

import (
	"cmp"
	"fmt"
	"io"
	"runtime"
	"sync"

	"rubric/engine/cell"
	"rubric/spec/diag"
	"rubric/spec/source"
)

// Read reads a CSV file. The table is nil where a finding is an error.
//
// The first line that is not blank is the header; each line after it is a row
// with as many fields; blank lines are skipped. Lines end in LF or CRLF, the
// text is UTF-8, with a byte order mark or without. Fields are separated by
// commas, semicolons, tabs or bars, whichever the header line shows, or a line
// `sep=;` above it says. A field that begins with a quote ends with one, and may
// hold delimiters, line ends, and quotes written twice. Spaces around a cell
// are dropped, and an empty cell is missing.
//
// Numbers are decimal, with a point and perhaps an exponent; where fields are
// not separated by commas, a comma may be the decimal mark. Thousands
// separators are never guessed.
func Read(r io.Reader, o Options) (*Table, diag.List, error) {
	f := &feed{r: r, size: cmp.Or(o.chunk, chunkSize), limit: cmp.Or(o.MaxLine, DefaultMaxLine)}
	workers := cmp.Or(o.Workers, runtime.GOMAXPROCS(0))
	if o.Size > 0 && o.Size < int64(f.size) { // one chunk, if that is true
		f.size, workers = max(int(o.Size)+1, 4096), 1
	}
	h, findings := readHead(f, o)
	if f.err != nil {
		return nil, nil, fmt.Errorf("read %s: %w", o.Name, f.err)
	}
	if h == nil {
		var all found
		for _, d := range findings {
			all.add(d)
		}
		return nil, all.all().Sorted(), nil
	}
	m := newMerge(h, o.Size)
	m.repeat = o.Repeat
	m.setMarkers(o.Markers)
	for _, d := range findings {
		m.found.add(d)
	}
	readRows(f, m, workers)
	if f.err != nil {
		return nil, nil, fmt.Errorf("read %s: %w", o.Name, f.err)
	}
	return m.table()
}

// readRows has chunks scanned and added by workers.
func readRows(f *feed, m *merge, workers int) {
	var wait sync.WaitGroup
	for range workers {
		wait.Go(func() {
			s := scanner{layout: &m.layout, known: map[string]string{}}
			var buf []byte
			for {
				c, ok := f.next(buf)
				if !ok {
					return
				}
				s.scan(c)
				if !m.add(c, &s) {
					f.stop()
					return
				}
				buf = c.text
			}
		})
	}
	wait.Wait()
}

// table is the result.
func (m *merge) table() (*Table, diag.List, error) {
	findings := m.found.all()
	for _, d := range []*diag.Diagnostic{m.invalid, m.fatal} {
		if d != nil {
			findings.Add(*d)
		}
	}
	if m.fatal == nil {
		findings.Add(m.styles.check()...)
	}
	rows := m.rows()
	if rows == 0 && len(findings) == 0 {
		at := source.Place{File: m.file, Line: m.key.Place.Line}
		findings.Add(diag.New(diag.DataEmpty, at, "the file has a header and no rows").
			WithHelp("each line after the header is a row"))
	}
	findings = findings.Sorted()
	if findings.Errors() > 0 {
		return nil, findings, nil
	}
	for _, c := range m.columns {
		c.Valid = c.Valid[:cell.Words(rows):cell.Words(rows)]
		if c.Kind == Text {
			c.Text = c.Text[:rows:rows]
		} else {
			c.Values = c.Values[:rows:rows]
		}
		c.numericMarkers(m.markers)
	}
	return &Table{
		Name: m.file, Rows: rows, Key: m.key, Columns: m.columns, Unused: m.unused,
		units: m.units, lines: m.lines,
	}, findings, nil
}
