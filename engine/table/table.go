// Package table reads a CSV data file as columns. It is a reader, not a data
// set: it knows nothing of methodologies, joins no files, and keeps what the
// file says (a cell that is empty is missing, every number is the double that
// strconv.ParseFloat makes of it). What is wrong with the file's content comes
// back as findings with places, all at once; an error is for the reader's I/O.
//
//	t, findings, err := table.Read(file, table.Options{Name: "macro.csv", Key: []string{"city"}})
//	if err == nil && findings.Errors() == 0 {
//		x, ok := t.Columns[0].At(0) // the first unit's cell of the first column
//	}
//
// A file is streamed: chunks of whole rows are scanned by several workers into
// blocks, and the blocks are merged in the order of the file, so that neither
// the number of workers nor the size of a chunk can be seen in the result.
// What a file may look like is said at Read.
package table

import (
	"rubric/engine/cell"
	"rubric/spec/source"
)

// Kind says what the cells of a column are read as.
type Kind uint8

// The kinds of columns.
const (
	Number Kind = iota
	Text
)

// Want is what the caller wants a header's column to be read as.
type Want struct {
	Name string // the name the column gets
	Kind Kind
}

// DefaultMaxLine is the longest line, in bytes, where Options does not say.
const DefaultMaxLine = 16 << 20

// Options says what to read and within which limits. The zero value reads the
// first column as the units, and all others as numbers.
type Options struct {
	Name      string                           // the file's name, for places
	Size      int64                            // its size in bytes, which saves growing; 0: not known
	Key       []string                         // acceptable headers of the unit column, the preferred one first; none: the first column
	Pick      func(header string) (Want, bool) // which other columns to read, and as what; nil: all, as numbers; called once a header
	MaxLine   int                              // the longest row in bytes; 0: DefaultMaxLine
	Workers   int                              // 0: GOMAXPROCS
	Repeat    bool                             // a unit may have several rows, as in a table of one figure a row
	Sheet     string                           // of a workbook; empty: the first
	HeaderRow int                              // the line or row of the headers, of the sheet alone where one is named; 0: the first that is not blank
	Encoding  string                           // of a text file: latin1, else UTF-8
	Markers   []string                         // texts that stand for the absence of a figure, such as .. or n/a

	chunk int // bytes a worker takes at a time; 0: chunkSize
}

// Header is a column's name in the file, without surrounding spaces.
type Header struct {
	Name  string
	Place source.Place
	Index int // of the column in the file, from 0
}

// Column is a column that was picked.
type Column struct {
	Header      Header // as the file has it
	Name        string // as the caller wants it
	Kind        Kind
	cell.Vector               // the numbers; a text column has only Valid
	Status      []cell.Status // nil: measured where valid, missing elsewhere
	Text        []string      // of a text column, without surrounding spaces; "" where not valid
	Decimals    int           // the most decimals that a number was written with, at most 20
	Marks       map[int]int   // cells that hold a marker, by row: its place in Options.Markers; nil: none
}

// Table is a file that was read. It is not modified afterwards.
type Table struct {
	Name    string
	Rows    int
	Key     Header    // the unit column
	Columns []*Column // those picked, in the order of the file
	Unused  []Header  // those not picked; one without a name is never picked

	units *units
	lines lines
}

// ID is the unit of row i, from 0, without surrounding spaces.
func (t *Table) ID(i int) string { return t.units.at(i) }

// Row is the first row of a unit, and whether there is one.
func (t *Table) Row(unit string) (int, bool) { return t.units.find(unit) }

// Line is the number of the line of the file that row i starts on.
func (t *Table) Line(i int) int { return t.lines.of(i) }
