package table

import (
	"archive/zip"
	"bytes"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"

	"rubric/spec/diag"
	"rubric/spec/source"
)

// readXLSX reads a sheet of a workbook: the first, or the one that the options
// name. The place of a cell is its row and column. Formulas are read as what they
// last came to; what is no figure where one is meant (a date, a truth value, an
// error) is a finding.
func readXLSX(data []byte, o Options) (t *Table, list diag.List, err error) {
	damaged := func(why any) diag.List {
		return diag.List{diag.New(diag.DataSyntax, source.Place{File: o.Name}, "the workbook cannot be read: %v", why).WithHelp("open it in a spreadsheet and save it again as XLSX, or as CSV")}
	}
	defer func() { // the library panics on some damaged files
		if p := recover(); p != nil {
			t, list, err = nil, damaged(p), nil
		}
	}()
	if why := inflated(data); why != "" {
		return nil, damaged(why), nil
	}
	f, openErr := excelize.OpenReader(bytes.NewReader(data), excelize.Options{RawCellValue: true, UnzipSizeLimit: maxWhole, UnzipXMLSizeLimit: 1 << 30})
	if openErr != nil {
		return nil, damaged(openErr), nil
	}
	defer f.Close()
	x := &workbook{f: f, o: o}
	if !x.choose() {
		return nil, x.list, nil
	}
	return x.read()
}

// inflated says what is wrong with the sizes that a ZIP archive claims: the library
// makes room for them. No deflated text is a thousandth of what it becomes.
func inflated(data []byte) string {
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return err.Error()
	}
	for _, f := range z.File {
		if f.UncompressedSize64 > 1100*f.CompressedSize64+1<<16 || f.CompressedSize64 > uint64(len(data)) {
			return "a part of it claims a size that it cannot have"
		}
	}
	return ""
}

// workbook is the state of one reading.
type workbook struct {
	f     *excelize.File
	o     Options
	sheet string
	list  diag.List
	b     *builder
}

// cellPlace is a cell as a person and a spreadsheet call it.
func (x *workbook) cellPlace(row, column int) source.Place {
	return source.Place{File: x.o.Name, Line: row, Column: column + 1}
}

func (x *workbook) name(row, column int) string {
	name, err := excelize.CoordinatesToCellName(column+1, row)
	if err != nil {
		return fmt.Sprintf("row %d", row)
	}
	return x.sheet + "!" + name
}

// choose finds the sheet.
func (x *workbook) choose() bool {
	sheets := x.f.GetSheetList()
	whole := source.Place{File: x.o.Name}
	switch {
	case len(sheets) == 0:
		x.list.Add(diag.New(diag.DataEmpty, whole, "the workbook has no sheet").WithHelp("save the table in a sheet"))
		return false
	case x.o.Sheet == "":
		x.sheet = sheets[0]
		if len(sheets) > 1 {
			x.list.Add(diag.New(diag.DataSheet, whole, "the workbook has %d sheets, of which the first is read: `%s`", len(sheets), cut([]byte(x.sheet))).
				WithHelp("`data: [{file: …, sheet: %s}]` names another one: %s", sheets[1], strings.Join(sheets, ", ")))
		}
		return true
	case slices.Contains(sheets, x.o.Sheet):
		x.sheet = x.o.Sheet
		return true
	}
	d := diag.New(diag.DataSyntax, whole, "the workbook has no sheet `%s`", cut([]byte(x.o.Sheet))).WithHelp("its sheets are %s", strings.Join(sheets, ", "))
	if near, ok := diag.Nearest(x.o.Sheet, sheets); ok {
		d = d.WithHelp("did you mean `%s`? Its sheets are %s", near, strings.Join(sheets, ", "))
	}
	x.list.Add(d)
	return false
}

func (x *workbook) read() (*Table, diag.List, error) {
	rows, err := x.f.Rows(x.sheet)
	if err != nil {
		return nil, diag.List{diag.New(diag.DataSyntax, source.Place{File: x.o.Name}, "the sheet `%s` cannot be read: %v", cut([]byte(x.sheet)), err).WithHelp("save the workbook again, or the sheet as CSV")}, nil
	}
	defer rows.Close()
	formulas := 0
	for row := 1; rows.Next(); row++ {
		cells, err := rows.Columns()
		if err != nil {
			return nil, diag.List{diag.New(diag.DataSyntax, x.cellPlace(row, 0), "row %d of the sheet `%s` cannot be read: %v", row, cut([]byte(x.sheet)), err).WithHelp("save the workbook again, or the sheet as CSV")}, nil
		}
		switch {
		case row < x.o.HeaderRow:
			continue
		case blank(cells):
			continue
		case x.b == nil:
			if !x.head(cells, row) {
				return nil, x.list.Sorted(), nil
			}
			continue
		}
		unit := ""
		if x.b.key < len(cells) {
			unit = cells[x.b.key]
		}
		x.b.row(unit, x.cellPlace(row, x.b.key))
		for i, text := range cells {
			if i < len(x.b.columns) && x.b.columns[i] != nil {
				x.cell(x.b.columns[i], text, row, i, &formulas)
			}
		}
	}
	if x.b == nil {
		x.list.Add(diag.New(diag.DataEmpty, source.Place{File: x.o.Name}, "the sheet `%s` is empty", cut([]byte(x.sheet))).WithHelp("name another sheet: %s", strings.Join(x.f.GetSheetList(), ", ")))
		return nil, x.list, nil
	}
	t, found, err := x.b.table()
	return t, append(x.list, found...).Sorted(), err
}

func blank(cells []string) bool {
	return !slices.ContainsFunc(cells, func(s string) bool { return strings.TrimSpace(s) != "" })
}

// head reads the headers, and refuses those that span several cells: what belongs
// to which column is then for a person to say.
func (x *workbook) head(cells []string, row int) bool {
	merged, _ := x.f.GetMergeCells(x.sheet) // none, if they cannot be read
	for _, m := range merged {
		column, at, err := excelize.CellNameToCoordinates(m.GetStartAxis())
		_, end, err2 := excelize.CellNameToCoordinates(m.GetEndAxis())
		if err == nil && err2 == nil && at <= row && row <= end {
			x.list.Add(diag.New(diag.DataHeader, x.cellPlace(at, column-1), "the header cells %s!%s:%s are merged", x.sheet, m.GetStartAxis(), m.GetEndAxis()).
				WithHelp("give each column a header of its own, or name the row of the headers: `header_row: %d`", row+1))
		}
	}
	if x.list.Errors() > 0 {
		return false
	}
	headers := make([]Header, len(cells))
	for i, text := range cells {
		headers[i] = Header{Name: strings.TrimSpace(text), Place: x.cellPlace(row, i), Index: i}
	}
	b, found := newBuilder(x.o, headers, x.cellPlace(row, 0))
	x.list.Add(found...)
	x.b = b
	return b != nil
}

// cell puts a cell into its column.
func (x *workbook) cell(c *Column, text string, row, column int, formulas *int) {
	at, name := x.cellPlace(row, column), ""
	if text != "" || c.Kind == Number {
		name, _ = excelize.CoordinatesToCellName(column+1, row)
	}
	kind, err := x.f.GetCellType(x.sheet, name)
	if err != nil {
		kind = excelize.CellTypeUnset
	}
	if formula, _ := x.f.GetCellFormula(x.sheet, name); formula != "" {
		switch *formulas++; {
		case text == "":
			x.b.wrong(c, at, "is a formula that was never computed ("+x.name(row, column)+")", "open the workbook in a spreadsheet and save it, or save the values", "="+formula)
			return
		case *formulas == 1:
			x.list.Add(diag.New(diag.DataFormula, at, "%s is a formula, and is read as what it last came to; so are others", x.name(row, column)).WithHelp("save the values, so that nothing else is computed"))
		}
	}
	switch {
	case kind == excelize.CellTypeBool && c.Kind == Number:
		x.b.wrong(c, at, "is a truth value, where a figure is meant ("+x.name(row, column)+")", "write 1 or 0", text)
	case kind == excelize.CellTypeError:
		x.b.wrong(c, at, "is an error of the spreadsheet ("+x.name(row, column)+")", "correct its formula, or leave the cell empty", text)
	case text != "" && c.Kind == Number && (kind == excelize.CellTypeDate || x.dated(name)):
		x.b.wrong(c, at, "is a date, where a figure is meant ("+x.name(row, column)+")", "format the cell as a number, or correct it", x.shown(name, text))
	case kind == excelize.CellTypeUnset || kind == excelize.CellTypeNumber:
		if n, err := strconv.ParseFloat(text, 64); err == nil {
			x.b.number(c, n, at)
			return
		}
		x.b.text(c, text, at)
	default:
		x.b.text(c, text, at)
	}
}

// dated says whether a cell is formatted as a date or a time.
func (x *workbook) dated(cell string) bool {
	at, err := x.f.GetCellStyle(x.sheet, cell)
	if err != nil || at == 0 {
		return false
	}
	style, err := x.f.GetStyle(at)
	if err != nil || style == nil {
		return false
	}
	if style.CustomNumFmt != nil {
		return strings.ContainsAny(strings.ToLower(unquoted(*style.CustomNumFmt)), "ydhs")
	}
	n := style.NumFmt
	return n >= 14 && n <= 22 || n >= 27 && n <= 36 || n >= 45 && n <= 47 || n >= 50 && n <= 58
}

// unquoted is a number format without what stands in quotes or brackets.
func unquoted(format string) string {
	var b strings.Builder
	inside := rune(0)
	for _, r := range format {
		switch {
		case inside != 0:
			if r == inside {
				inside = 0
			}
		case r == '"':
			inside = '"'
		case r == '[':
			inside = ']'
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

// shown is a cell as the spreadsheet shows it.
func (x *workbook) shown(cell, raw string) string {
	text, err := x.f.GetCellValue(x.sheet, cell, excelize.Options{RawCellValue: false})
	if err != nil || text == "" {
		return raw
	}
	return text
}
