package table

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"math"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/parquet-go/parquet-go"
	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"
)

// asXLSX makes a workbook of one sheet.
func asXLSX(t testing.TB, rows [][]any, change func(f *excelize.File)) []byte {
	t.Helper()
	f := excelize.NewFile()
	for i, cells := range rows {
		for k, v := range cells {
			if v == nil {
				continue
			}
			name, err := excelize.CoordinatesToCellName(k+1, i+1)
			require.NoError(t, err)
			require.NoError(t, f.SetCellValue("Sheet1", name, v))
		}
	}
	if change != nil {
		change(f)
	}
	var b bytes.Buffer
	require.NoError(t, f.Write(&b))
	require.NoError(t, f.Close())
	return b.Bytes()
}

// withPart replaces a part of a workbook.
func withPart(t *testing.T, book []byte, name, text string) []byte {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(book), int64(len(book)))
	require.NoError(t, err)
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, f := range z.File {
		out, err := w.Create(f.Name)
		require.NoError(t, err)
		if f.Name == name {
			_, err = out.Write([]byte(text))
			require.NoError(t, err)
			continue
		}
		in, err := f.Open()
		require.NoError(t, err)
		_, err = io.Copy(out, in)
		require.NoError(t, err)
	}
	require.NoError(t, w.Close())
	return b.Bytes()
}

func asParquet[T any](t testing.TB, rows []T) []byte {
	t.Helper()
	var b bytes.Buffer
	require.NoError(t, parquet.Write(&b, rows))
	return b.Bytes()
}

// opened reads a file, and gives its cells and findings as text.
func opened(t *testing.T, name string, data []byte, o Options) string {
	t.Helper()
	o.Name = name
	if o.Key == nil {
		o.Key = []string{"city"}
	}
	got, findings, err := Open(bytes.NewReader(data), o)
	require.NoError(t, err)
	var b strings.Builder
	for _, d := range findings {
		fmt.Fprintf(&b, "%s: %s: %s (%s)\n", d.Place, d.Severity, d.Message, d.Help)
	}
	if got == nil {
		return b.String()
	}
	for row := range got.Rows {
		fmt.Fprintf(&b, "%s:%d", got.ID(row), got.Line(row))
		for _, c := range got.Columns {
			switch {
			case !c.Valid.Get(row):
				if m, ok := c.Marks[row]; ok {
					fmt.Fprintf(&b, " %s=<%d>", c.Name, m)
				} else {
					fmt.Fprintf(&b, " %s=", c.Name)
				}
			case c.Kind == Text:
				fmt.Fprintf(&b, " %s=%q", c.Name, c.Text[row])
			default:
				fmt.Fprintf(&b, " %s=%v", c.Name, c.Values[row])
			}
		}
		b.WriteByte('\n')
	}
	return b.String()
}

// pickText reads the column `note` as texts, `skip` not at all.
func pickText(header string) (Want, bool) {
	if header == "note" {
		return Want{header, Text}, true
	}
	return Want{Name: header}, header != "skip"
}

func TestOpenJSON(t *testing.T) {
	o := Options{Pick: pickText, Markers: []string{".."}}
	for _, c := range []struct{ name, text, want string }{
		{"a list", "[\n{\"city\": \"Ada\", \"gdp\": 1.5, \"note\": \"x\"},\n{\"city\": \"Bly\", \"gdp\": null, \"skip\": 1}\n]", "Ada:2 gdp=1.5 note=\"x\"\nBly:3 gdp= note=\n"},
		{"one after the other", "{\"city\": \"Ada\", \"gdp\": \"1e3\"}\n{\"city\": 7, \"gdp\": \"..\"}\n", "Ada:1 gdp=1000\n7:2 gdp=<0>\n"},
		{"a text where a number is meant", "[{\"city\": \"Ada\", \"gdp\": \"1,5 m\"}]", "f.json:1: error: `1,5 m` is not a number, in column `gdp` of `Ada` (write a number such as 1234.5, or leave the cell empty where there is no figure)\n"},
		{"a truth value", "[{\"city\": \"Ada\", \"gdp\": true}]", "f.json:1: error: `true` is a truth value, where a figure is meant, in column `gdp` of `Ada` (write 1 or 0)\n"},
		{"a list in a record", "[{\"city\": \"Ada\",\n\"gdp\": [1]}]", "f.json:2: error: the value of `gdp` is a list or an object, where a figure is meant (a list of flat objects, one a unit: [{\"city\": \"Ada\", \"gdp\": 1}])\n"},
		{"a key twice", "[{\"city\": \"Ada\", \"gdp\": 1, \"gdp\": 2}]", "f.json:1: error: the key `gdp` stands twice in one record (a list of flat objects, one a unit: [{\"city\": \"Ada\", \"gdp\": 1}])\n"},
		{"cut off", "[{\"city\": \"Ada\"", "f.json:1: error: a record is not closed (a list of flat objects, one a unit: [{\"city\": \"Ada\", \"gdp\": 1}])\n"},
		{"no unit", "[{\"town\": \"Ada\"}]", "f.json:1: error: no column of units: no header is `city` (the headers of the file are `town`)\n"},
		{"nothing", "[]", "f.json: error: the file has no records (a list of objects, one a unit: [{\"city\": \"Ada\", \"gdp\": 1}])\n"},
		{"a unit twice", "{\"city\":\"Ada\",\"gdp\":1}\n{\"city\":\"Ada\",\"gdp\":2}", "f.json:2: error: the unit `Ada` stands twice (a unit has one row a file: remove one of the two, or name one otherwise; for figures of several times declare `periods:`)\n"},
	} {
		require.Equal(t, c.want, opened(t, "f.json", []byte(c.text), o), c.name)
	}
}

func TestOpenXLSX(t *testing.T) {
	day := time.Date(2024, 3, 1, 0, 0, 0, 0, time.UTC)
	head := []any{"city", "gdp", "note"}
	for _, c := range []struct {
		name   string
		rows   [][]any
		change func(f *excelize.File)
		o      Options
		want   string
	}{
		{"plain", [][]any{head, {"Ada", 1.25, "x"}, {}, {"Bly", "..", nil}, {7, "3.5", 8}}, nil, Options{}, "Ada:2 gdp=1.25 note=\"x\"\nBly:4 gdp=<0> note=\n7:5 gdp=3.5 note=\"8\"\n"},
		{"headers further down", [][]any{{"A title"}, {"of 2024"}, head, {"Ada", 1, nil}}, nil, Options{HeaderRow: 3}, "Ada:4 gdp=1 note=\n"},
		{"another sheet", [][]any{head}, func(f *excelize.File) {
			f.NewSheet("Data")
			f.SetSheetRow("Data", "A1", &head)
			f.SetSheetRow("Data", "A2", &[]any{"Ada", 2, "y"})
		}, Options{Sheet: "Data"}, "Ada:2 gdp=2 note=\"y\"\n"},
		{"several sheets", [][]any{head, {"Ada", 1, "x"}}, func(f *excelize.File) { f.NewSheet("Data") }, Options{},
			"f.xlsx: info: the workbook has 2 sheets, of which the first is read: `Sheet1` (`data: [{file: …, sheet: Data}]` names another one: Sheet1, Data)\nAda:2 gdp=1 note=\"x\"\n"},
		{"no such sheet", [][]any{head}, nil, Options{Sheet: "Shet1"}, "f.xlsx: error: the workbook has no sheet `Shet1` (did you mean `Sheet1`? Its sheets are Sheet1)\n"},
		{"an empty sheet", nil, nil, Options{}, "f.xlsx: error: the sheet `Sheet1` is empty (name another sheet: Sheet1)\n"},
		{"merged headers", [][]any{head, {"Ada", 1, "x"}}, func(f *excelize.File) { f.MergeCell("Sheet1", "B1", "C1") }, Options{},
			"f.xlsx:1:2: error: the header cells Sheet1!B1:C1 are merged (give each column a header of its own, or name the row of the headers: `header_row: 2`)\n"},
		{"a date", [][]any{head, {"Ada", day, "x"}}, nil, Options{}, "f.xlsx:2:2: error: `Mar-24` is a date, where a figure is meant (Sheet1!B2), in column `gdp` of `Ada` (format the cell as a number, or correct it)\n"},
		{"a truth value", [][]any{head, {"Ada", true, "x"}}, nil, Options{}, "f.xlsx:2:2: error: `1` is a truth value, where a figure is meant (Sheet1!B2), in column `gdp` of `Ada` (write 1 or 0)\n"},
		{"a formula that was never computed", [][]any{head, {"Ada", nil, "x"}}, func(f *excelize.File) { f.SetCellFormula("Sheet1", "B2", "1+1") }, Options{},
			"f.xlsx:2:2: error: `=1+1` is a formula that was never computed (Sheet1!B2), in column `gdp` of `Ada` (open the workbook in a spreadsheet and save it, or save the values)\n"},
		{"a formula", [][]any{head, {"Ada", 2, "x"}}, func(f *excelize.File) { f.SetCellFormula("Sheet1", "B2", "1+1"); f.SetCellValue("Sheet1", "D2", 0) }, Options{},
			"f.xlsx:2:2: info: Sheet1!B2 is a formula, and is read as what it last came to; so are others (save the values, so that nothing else is computed)\nAda:2 gdp=2 note=\"x\"\n"},
	} {
		c.o.Pick, c.o.Markers = pickText, []string{".."}
		require.Equal(t, c.want, opened(t, "f.xlsx", asXLSX(t, c.rows, c.change), c.o), c.name)
	}
	const sheet = `<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>` +
		`<row r="1"><c r="A1" t="inlineStr"><is><t>city</t></is></c><c r="B1" t="inlineStr"><is><t>gdp</t></is></c></row>` +
		`<row r="2"><c r="A2" t="inlineStr"><is><t>Ada</t></is></c><c r="B2" t="e"><f>1/0</f><v>#DIV/0!</v></c></row></sheetData></worksheet>`
	require.Equal(t, "f.xlsx:2:2: error: `#DIV/0!` is an error of the spreadsheet (Sheet1!B2), in column `gdp` of `Ada` (correct its formula, or leave the cell empty)\n"+
		"f.xlsx:2:2: info: Sheet1!B2 is a formula, and is read as what it last came to; so are others (save the values, so that nothing else is computed)\n",
		opened(t, "f.xlsx", withPart(t, asXLSX(t, [][]any{{"city", "gdp"}}, nil), "xl/worksheets/sheet1.xml", sheet), Options{}))
	require.Contains(t, opened(t, "f.xlsx", []byte("PK\x03\x04 and nothing else"), Options{}), "f.xlsx: error: the workbook cannot be read")
}

func TestOpenParquet(t *testing.T) {
	type row struct {
		City  string   `parquet:"city"`
		Whole int64    `parquet:"whole"`
		GDP   *float64 `parquet:"gdp,optional"`
		Rate  float32  `parquet:"rate"`
		Money int64    `parquet:"money,decimal(2:12)"`
		Note  string   `parquet:"note"`
		Text  string   `parquet:"text"`
	}
	x, nan := 1.5, math.NaN()
	o := Options{Pick: pickText, Markers: []string{".."}}
	require.Equal(t, "f.parquet: warning: 1 cells of `gdp` are no numbers (NaN or infinite), and are taken for missing (write nulls where there is no figure)\n"+
		"Ada:1 whole=7 gdp=1.5 rate=0.1 money=12.34 note=\"x\" text=3\nBly:2 whole=-8 gdp= rate=0.2 money=-0.05 note= text=<0>\nCid:3 whole=0 gdp= rate=0 money=0 note=\"y\" text=\n",
		opened(t, "f.parquet", asParquet(t, []row{{"Ada", 7, &x, 0.1, 1234, "x", "3"}, {"Bly", -8, nil, 0.2, -5, "", ".."}, {"Cid", 0, &nan, 0, 0, "y", ""}}), o))

	type nested struct {
		City  string    `parquet:"city"`
		Many  []float64 `parquet:"many"`
		Inner struct {
			A float64 `parquet:"a"`
		} `parquet:"inner"`
		Truth bool      `parquet:"truth"`
		Day   time.Time `parquet:"day,date"`
	}
	require.Equal(t, strings.TrimPrefix(`
f.parquet: error: the column `+"`day`"+` has dates or times, where numbers are meant (write it as plain numbers)
f.parquet: error: the column `+"`inner`"+` has a group of columns, where numbers are meant (write it as plain numbers)
f.parquet: error: the column `+"`many`"+` has a list in every cell, where numbers are meant (write it as plain numbers)
f.parquet: error: the column `+"`truth`"+` has truth values, where numbers are meant (write it as plain numbers)
`, "\n"), opened(t, "f.parquet", asParquet(t, []nested{{City: "Ada"}}), o))
	require.Contains(t, opened(t, "f.parquet", asParquet(t, []row{{City: "Ada", Text: "x"}, {City: "Ada"}, {City: " "}}), o), "`x` is not a number, in column `text`")
	require.Contains(t, opened(t, "f.parquet", []byte("PAR1 and nothing else PAR1"), o), "f.parquet: error: the Parquet file cannot be read")
}

func TestOpenLatin1(t *testing.T) {
	require.Equal(t, "Côte:2 gdp=1\nTürkiye:3 gdp=2\n", opened(t, "f.csv", []byte("city,gdp\nC\xf4te,1\nTürkiye,2\n"), Options{Encoding: "latin1"}))
	require.Equal(t, "Ada:4 gdp=1\n", opened(t, "f.csv", []byte("A title\n\ncity,gdp\nAda,1\n"), Options{HeaderRow: 3}))
}

// A sheet that is named of a file without sheets is not looked at, which is said; nor is the row of its headers.
func TestOpenSheetOfNoWorkbook(t *testing.T) {
	require.Equal(t, "f.csv: info: the file is no workbook, and is read without its sheet `Data` and the row of the headers there ()\nAda:2 gdp=1\n",
		opened(t, "f.csv", []byte("city,gdp\nAda,1\n"), Options{Sheet: "Data", HeaderRow: 3}))
}

// A workbook is one however large it is.
func TestOpenLargeXLSX(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	rows := [][]any{{"city", "x"}}
	for i := range 20000 {
		rows = append(rows, []any{fmt.Sprintf("unit %d", i), r.Float64()})
	}
	data := asXLSX(t, rows, nil)
	require.Greater(t, len(data), 1<<18)
	got, findings, err := Open(bytes.NewReader(data), Options{Name: "f.xlsx", Key: []string{"city"}})
	require.NoError(t, err)
	require.Empty(t, findings)
	require.Equal(t, len(rows)-1, got.Rows)
}

// One table in four formats is one table.
func TestOpenFormatsAgree(t *testing.T) {
	type row struct {
		City string   `parquet:"city"`
		X    *float64 `parquet:"x,optional"`
		Y    *float64 `parquet:"y,optional"`
		Note *string  `parquet:"note,optional"`
	}
	r := rand.New(rand.NewPCG(1, 2))
	for range 20 {
		var rows []row
		sheet := [][]any{{"city", "x", "y", "note"}}
		csv, json := "city,x,y,note\n", ""
		for i := range 1 + r.IntN(200) {
			one := row{City: fmt.Sprintf("unit %d", i)}
			cells := []any{one.City, nil, nil, nil}
			line, object := one.City, fmt.Sprintf("{\"city\": %q", one.City)
			for k, to := range []**float64{&one.X, &one.Y} {
				line += ","
				if r.IntN(4) > 0 {
					x := math.Round(r.NormFloat64()*1e6) / 1e3
					*to, cells[k+1] = &x, x
					line += shortest(x)
					object += fmt.Sprintf(", %q: %s", []string{"x", "y"}[k], shortest(x))
				}
			}
			line += ","
			if r.IntN(2) == 0 {
				note := fmt.Sprintf("n%d", r.IntN(3))
				one.Note, cells[3] = &note, note
				line += note
				object += fmt.Sprintf(", \"note\": %q", note)
			}
			rows, sheet = append(rows, one), append(sheet, cells)
			csv, json = csv+line+"\n", json+object+"}\n"
		}
		o := Options{Key: []string{"city"}, Pick: pickText}
		var tables []*Table
		for _, data := range [][]byte{[]byte(csv), []byte(json), asXLSX(t, sheet, nil), asParquet(t, rows)} {
			got, findings, err := Open(bytes.NewReader(data), o)
			require.NoError(t, err)
			require.Empty(t, findings)
			tables = append(tables, got)
		}
		for _, other := range tables[1:] {
			require.Equal(t, tables[0].Rows, other.Rows)
			for i := range other.Rows {
				require.Equal(t, tables[0].ID(i), other.ID(i))
			}
			for _, c := range other.Columns {
				for _, own := range tables[0].Columns {
					if own.Name != c.Name {
						continue
					}
					require.Equal(t, own.Valid, c.Valid)
					require.Equal(t, own.Decimals, c.Decimals, c.Name)
					for i := range other.Rows {
						if c.Valid.Get(i) && c.Kind == Number {
							require.Equal(t, own.Values[i], c.Values[i])
						} else if c.Valid.Get(i) {
							require.Equal(t, own.Text[i], c.Text[i])
						}
					}
				}
			}
		}
	}
}

// FuzzOpen holds that whatever a file is, it is a table of numbers, or something
// is said of it.
func FuzzOpen(f *testing.F) {
	f.Add([]byte("[{\"city\": \"Ada\", \"gdp\": 1}]"), uint8(0))
	f.Add([]byte("{\"city\": \"Ada\", \"gdp\": \"x\"}\n{\"city\": null}"), uint8(0))
	f.Add([]byte("city,gdp\nC\xf4te,1\n"), uint8(1))
	f.Add(asXLSX(f, [][]any{{"city", "gdp"}, {"Ada", 1.5}, {"Bly", "x"}}, nil), uint8(2))
	x := 1.5
	f.Add(asParquet(f, []struct {
		City string   `parquet:"city"`
		GDP  *float64 `parquet:"gdp,optional"`
	}{{"Ada", &x}, {"Bly", nil}}), uint8(0))
	f.Fuzz(func(t *testing.T, data []byte, how uint8) {
		o := Options{Name: "f", Key: []string{"city"}, HeaderRow: int(how >> 4), Markers: []string{".."}, Repeat: how&8 != 0}
		if how&1 != 0 {
			o.Encoding = "latin1"
		}
		got, findings, err := Open(bytes.NewReader(data), o)
		require.NoError(t, err)
		require.Equal(t, got == nil, findings.Errors() > 0)
		if got == nil {
			return
		}
		for _, c := range got.Columns {
			require.Len(t, c.Values, got.Rows)
			for i, x := range c.Values {
				require.False(t, c.Valid.Get(i) && (math.IsNaN(x) || math.IsInf(x, 0)), "%s %d: %v", c.Name, i, x)
			}
		}
	})
}

// A hundred thousand units and fifty columns, as CSV and as Parquet: the same data
// in one run, so that the ratio holds on any machine.
func BenchmarkOpen(b *testing.B) {
	const units, columns = 100_000, 50
	r := rand.New(rand.NewPCG(9, 9))
	plain, usual := parquet.Group{"city": parquet.String()}, parquet.Group{"city": parquet.String()}
	for k := range columns {
		name, double := fmt.Sprintf("x%02d", k), parquet.Leaf(parquet.DoubleType)
		plain[name] = parquet.Optional(double)
		usual[name] = parquet.Optional(parquet.Compressed(parquet.Encoded(double, &parquet.RLEDictionary), &parquet.Snappy))
	}
	var csv, plainFile, usualFile bytes.Buffer
	writers := []*parquet.GenericWriter[any]{
		parquet.NewGenericWriter[any](&plainFile, parquet.NewSchema("vars", plain)),
		parquet.NewGenericWriter[any](&usualFile, parquet.NewSchema("vars", usual), parquet.DictionaryMaxBytes(1<<20)),
	}
	csv.WriteString("city")
	for k := range columns {
		fmt.Fprintf(&csv, ",x%02d", k)
	}
	csv.WriteByte('\n')
	for i := range units {
		one := parquet.Row{parquet.ValueOf(fmt.Sprintf("unit%d", i)).Level(0, 0, 0)}
		fmt.Fprintf(&csv, "unit%d", i)
		for k := range columns {
			if r.IntN(50) == 0 {
				csv.WriteByte(',')
				one = append(one, parquet.Value{}.Level(0, 0, k+1))
				continue
			}
			x := math.Round(r.Float64()*1e7) / 1e3
			fmt.Fprintf(&csv, ",%v", x)
			one = append(one, parquet.ValueOf(x).Level(0, 1, k+1))
		}
		csv.WriteByte('\n')
		for _, w := range writers {
			_, err := w.WriteRows([]parquet.Row{one})
			require.NoError(b, err)
		}
	}
	for _, w := range writers {
		require.NoError(b, w.Close())
	}
	for _, c := range []struct {
		name string
		data []byte
	}{{"csv", csv.Bytes()}, {"parquet_plain", plainFile.Bytes()}, {"parquet_dictionary_snappy", usualFile.Bytes()}} {
		b.Run(c.name, func(b *testing.B) {
			for b.Loop() {
				got, findings, err := Open(bytes.NewReader(c.data), Options{Name: c.name, Size: int64(len(c.data)), Key: []string{"city"}})
				if err != nil || len(findings) > 0 || got.Rows != units || len(got.Columns) != columns {
					b.Fatal(err, findings)
				}
			}
		})
	}
}
