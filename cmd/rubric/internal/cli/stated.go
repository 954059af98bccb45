package cli

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"

	"rubric/spec/diag"
	"rubric/spec/source"
)

// statedFigure is one row of a long published table: a figure that the
// publication states of a unit and a node. The names are as they are written
// there; whether the methodology has them is for the reader of the figure.
type statedFigure struct {
	Table              string // its name under files.published
	Unit, Node, Figure string
	Written            string
	Value              float64 // where Written is a number
	Number             bool
	Decimals           int // that the figure is stated with; −2: hundreds
	Measure, Note      string
	Place              source.Place
}

// longTable is the header of a table of one figure a row.
var longTable = []string{"unit", "node", "figure", "value"}

// stated reads the long tables among the published figures that the document
// names. It prints what is wrong with them, and fails if there is anything.
func (a *app) stated(l *loaded) ([]statedFigure, error) {
	var out []statedFigure
	var list diag.List
	for _, t := range l.m.Files.Published {
		data, err := l.read(t.File)
		if err != nil {
			return nil, usage("%s: cannot read %s: %v", l.m.Files.Places[t.File], l.name(t.File), unwrapped(err))
		}
		figures, findings := readStated(t.Name, l.name(t.File), data)
		out = append(out, figures...)
		list.Add(findings...)
	}
	return out, a.print(list)
}

// readStated reads one table; none of its figures if it is not a long one.
func readStated(table, file string, data []byte) (out []statedFigure, list diag.List) {
	r := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(data, []byte("\ufeff"))))
	r.FieldsPerRecord = -1
	r.TrimLeadingSpace = true
	header, err := r.Read()
	if err != nil {
		return nil, nil // an empty table states nothing
	}
	at := map[string]int{}
	for i, h := range header {
		at[strings.TrimSpace(h)] = i
	}
	for _, h := range longTable {
		if _, ok := at[h]; !ok {
			return nil, nil
		}
	}
	for {
		row, err := r.Read()
		if errors.Is(err, io.EOF) {
			return out, list
		}
		var wrong *csv.ParseError
		if errors.As(err, &wrong) {
			list.Add(diag.New(diag.DataSyntax, source.Place{File: file, Line: wrong.Line}, "the row cannot be split into fields: %v", wrong.Err))
			return out, list
		}
		line, _ := r.FieldPos(0)
		place := source.Place{File: file, Line: line}
		if len(row) != len(header) {
			list.Add(diag.New(diag.DataRow, place, "the row has %d fields, the header %d", len(row), len(header)))
			continue
		}
		get := func(name string) string {
			if i, ok := at[name]; ok {
				return strings.TrimSpace(row[i])
			}
			return ""
		}
		f := statedFigure{Table: table, Unit: get("unit"), Node: get("node"), Figure: get("figure"), Written: get("value"), Measure: get("measure"), Note: get("note"), Place: place}
		d := f.numbers(get("decimals"))
		list.Add(d...)
		if len(d) == 0 {
			out = append(out, f)
		}
	}
}

// statedFigures are the figures that a long table may state.
var statedFigures = []string{"value", "score", "rank", "band"}

// numbers reads the number that is stated, and the decimals that it has.
func (f *statedFigure) numbers(decimals string) (list diag.List) {
	if !slices.Contains(statedFigures, f.Figure) {
		list.Add(diag.New(diag.PublishedHeader, f.Place, "`%s` is no figure", f.Figure).WithHelp("one of %s", strings.Join(statedFigures, ", ")))
		return list
	}
	if f.Figure == "band" {
		return nil
	}
	x, err := strconv.ParseFloat(f.Written, 64)
	if err != nil || math.IsInf(x, 0) || math.IsNaN(x) {
		list.Add(diag.New(diag.DataNumber, f.Place, "`%s` is no number", f.Written).WithHelp("write it with a decimal point and without separators"))
		return list
	}
	f.Value, f.Number = x, true
	if decimals == "" {
		_, behind, _ := strings.Cut(f.Written, ".")
		f.Decimals = len(behind)
		return nil
	}
	if f.Decimals, err = strconv.Atoi(decimals); err != nil {
		list.Add(diag.New(diag.DataNumber, f.Place, "`%s` is no number of decimals", decimals).WithHelp("a whole number: 1, or -2 for hundreds"))
	}
	return list
}
