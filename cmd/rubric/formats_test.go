package main

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/parquet-go/parquet-go"
	"github.com/rogpeppe/go-internal/testscript"
	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"
)

// workbook makes an XLSX of a text: CSV, in which a line `-- Name` begins a sheet
// and `=1+1|2` is a formula that last came to 2.
func workbook(text string) ([]byte, error) {
	f := excelize.NewFile()
	sheet, row := "Sheet1", 0
	for line := range strings.Lines(text) {
		line = strings.TrimRight(line, "\n")
		if name, ok := strings.CutPrefix(line, "-- "); ok {
			if row == 0 && sheet == "Sheet1" {
				if err := f.SetSheetName(sheet, name); err != nil {
					return nil, err
				}
			} else if _, err := f.NewSheet(name); err != nil {
				return nil, err
			}
			sheet, row = name, 0
			continue
		}
		cells, err := csv.NewReader(strings.NewReader(line)).Read()
		if err != nil {
			cells = nil // a blank line
		}
		row++
		for i, c := range cells {
			at, err := excelize.CoordinatesToCellName(i+1, row)
			if err != nil {
				return nil, err
			}
			formula, value, is := strings.Cut(c, "|")
			if is {
				c = value
			}
			if x, err := strconv.ParseFloat(c, 64); err == nil {
				err = f.SetCellValue(sheet, at, x)
				if err != nil {
					return nil, err
				}
			} else if err := f.SetCellValue(sheet, at, c); err != nil {
				return nil, err
			}
			if is {
				if err := f.SetCellFormula(sheet, at, strings.TrimPrefix(formula, "=")); err != nil {
					return nil, err
				}
			}
		}
	}
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		return nil, err
	}
	return b.Bytes(), f.Close()
}

// columnar makes a Parquet file of CSV; a column whose cells are all numbers or
// empty has doubles, another one texts.
func columnar(text string) ([]byte, error) {
	records, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	if err != nil {
		return nil, err
	}
	group := parquet.Group{}
	for i, h := range records[0] {
		node := parquet.Leaf(parquet.DoubleType)
		for _, r := range records[1:] {
			if _, err := strconv.ParseFloat(r[i], 64); err != nil && r[i] != "" {
				node = parquet.String()
			}
		}
		group[h] = parquet.Optional(node)
	}
	schema := parquet.NewSchema("rows", group)
	var b bytes.Buffer
	w := parquet.NewGenericWriter[any](&b, schema)
	for _, r := range records[1:] {
		row := parquet.Row{}
		for k, path := range schema.Columns() {
			cell := ""
			for i, h := range records[0] {
				if h == path[0] {
					cell = r[i]
				}
			}
			v := parquet.Value{}.Level(0, 0, k)
			if x, err := strconv.ParseFloat(cell, 64); err == nil && group[path[0]].Type().Kind() == parquet.Double {
				v = parquet.ValueOf(x).Level(0, 1, k)
			} else if cell != "" {
				v = parquet.ValueOf(cell).Level(0, 1, k)
			}
			row = append(row, v)
		}
		if _, err := w.WriteRows([]parquet.Row{row}); err != nil {
			return nil, err
		}
	}
	err = w.Close()
	return b.Bytes(), err
}

// records makes JSON records of CSV.
func records(text string) ([]byte, error) {
	rows, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	for _, r := range rows[1:] {
		one := map[string]any{}
		for i, h := range rows[0] {
			if x, err := strconv.ParseFloat(r[i], 64); err == nil {
				one[h] = x
			} else if r[i] != "" {
				one[h] = r[i]
			}
		}
		line, err := json.Marshal(one)
		if err != nil {
			return nil, err
		}
		b.Write(append(line, '\n'))
	}
	return b.Bytes(), nil
}

// makers make files of other formats of texts, by the ending of their names.
var makers = map[string]func(string) ([]byte, error){".xlsx": workbook, ".parquet": columnar, ".json": records}

// convert FROM.csv TO.xlsx makes a file of another format.
func convert(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 || makers[filepath.Ext(args[1])] == nil {
		ts.Fatalf("usage: convert FROM.csv TO.xlsx|parquet|json")
	}
	data, err := makers[filepath.Ext(args[1])](ts.ReadFile(args[0]))
	ts.Check(err)
	ts.Check(os.WriteFile(ts.MkAbs(args[1]), data, 0o644))
}

func TestConvertedFilesAreRead(t *testing.T) {
	for _, make := range makers {
		data, err := make("city,x,note\nAda,1.5,y\nBly,,\n")
		require.NoError(t, err)
		require.NotEmpty(t, data)
	}
}
