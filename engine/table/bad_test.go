package table

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"rubric/spec/diag"
)

// Findings as they are written here: line:column: message [code] (help).
func described(findings diag.List) (out []string) {
	for _, d := range findings {
		s := strings.TrimPrefix(d.String(), "f.csv:")
		if d.Help != "" {
			s += " (" + d.Help + ")"
		}
		for _, r := range d.Related {
			s += " <" + strings.TrimPrefix(r.Place.String(), "f.csv:") + ": " + r.Message + ">"
		}
		out = append(out, s)
	}
	return out
}

var badFiles = []struct {
	name, file string
	want       []string
}{
	{"empty", "", []string{
		" error: the file is empty [data/empty] (the first line names the columns, each line after it is a row)",
	}},
	{"only_byte_order_mark", "\ufeff", []string{
		" error: the file is empty [data/empty] (the first line names the columns, each line after it is a row)",
	}},
	{"only_blank_lines", "\n\n \n", []string{
		" error: the file is empty [data/empty] (the first line names the columns, each line after it is a row)",
	}},
	{"only_header", "id,a\n", []string{
		"1: error: the file has a header and no rows [data/empty] (each line after the header is a row)",
	}},
	{"only_header_without_line_end", "id,a", []string{
		"1: error: the file has a header and no rows [data/empty] (each line after the header is a row)",
	}},
	{"workbook", "PK\x03\x04abc", []string{
		" error: the file is an XLSX workbook, or another ZIP archive [data/syntax] (save the sheet as CSV in UTF-8)",
	}},
	{"utf16", "\xff\xfei\x00d\x00", []string{
		" error: the file is UTF-16, not UTF-8 [data/syntax] (save it as UTF-8; a spreadsheet calls that `CSV UTF-8`)",
	}},
	{"gzip", "\x1f\x8b\b", []string{
		" error: the file is compressed with gzip [data/syntax] (unpack it first)",
	}},
	{"web_page", "<!DOCTYPE html><html>", []string{
		" error: the file is a web page [data/syntax] (save the data themselves, not the page that shows them)",
	}},
	{"carriage_returns_alone", "id,a\rx,1\ry,2\r", []string{
		"1:5: error: a carriage return without a line feed [data/syntax] (save the file with line ends of Unix (LF) or Windows (CRLF))",
	}},
	{"zero_byte_in_header", "i\x00d,a\n", []string{
		"1:2: error: a zero byte: this is not text, or not UTF-8 [data/syntax] (save the file as CSV in UTF-8)",
	}},
	{"latin_1_header", "id,\xe9t\xe9\nx,1\n", []string{
		"1:4: error: the file is not UTF-8: byte 0xE9 [data/syntax] (save it as UTF-8; a spreadsheet calls that `CSV UTF-8`)",
	}},
	{"latin_1_rows", "id,a\nM\xfcnchen,1\nK\xf6ln,2\n", []string{
		"2:2: error: the file is not UTF-8: byte 0xFC [data/syntax] (save it as UTF-8; a spreadsheet calls that `CSV UTF-8`)",
	}},
	{"zero_byte", "id,a\nx,1\ny,\x002\nz,n/a\n", []string{
		"3:3: error: a zero byte: this is not text, or not UTF-8 [data/syntax] (save the file as CSV in UTF-8)",
	}},
	{"header_ends_in_comma", "id,a,\nx,1,\ny,2,\n", []string{
		"1:6: error: column 3 has no header: the line ends with a comma [data/header] (name the column, or remove the comma at the end of every line)",
	}},
	{"header_begins_with_comma", ",a,b\n1,2,3\n", []string{
		"1:1: error: column 1 has no header [data/header] (name the column; if it numbers the rows, save the file without it)",
		"1:1: error: no column of units: no header is `unit`, `city` or `id` [data/key] (the headers of the file are ``, `a`, `b`)",
	}},
	{"empty_header", "id,a,,b\nx,1,2,3\n", []string{
		"1:6: error: column 3 has no header [data/header] (name the column)",
	}},
	{"duplicate_header", "id,a,b,a\nx,1,2,3\n", []string{
		"1:8: error: the header `a` stands twice [data/header] (name one of the columns otherwise) <1:4: the first is here>",
	}},
	{"no_key", "name,a\nx,1\n", []string{
		"1:1: error: no column of units: no header is `unit`, `city` or `id` [data/key] (the headers of the file are `name`, `a`)",
	}},
	{"misspelt_key", "Citty,a\nx,1\n", []string{
		"1:1: error: no column of units: no header is `unit`, `city` or `id`, did you mean `Citty` to be `city`? [data/key] (the headers of the file are `Citty`, `a`)",
	}},
	{"key_in_capitals", "a,ID\n1,x\n", []string{
		"1:3: error: no column of units: no header is `unit`, `city` or `id`, did you mean `ID` to be `id`? [data/key] (the headers of the file are `a`, `ID`)",
	}},
	{"title_above_header", "GDP by city, 2024\n\ncity,gdp\nx,1\n", []string{
		"1:1: error: no column of units: no header is `unit`, `city` or `id` [data/key] (line 3 has `city`: if that is the header line, remove what is above it)",
	}},
	{"one_header", "whatever\nx\n", []string{
		"1:1: error: no column of units: no header is `unit`, `city` or `id` [data/key] (the line has one header, `whatever`; fields are separated by commas, semicolons, tabs or bars)",
	}},
	{"ragged_rows", "id,a,b\nx,1\ny,1,2,3\nz,1,2,,\nu,1,2,\n\nv\n", []string{
		"2:4: error: expected 3 fields, as the header has, found 2 [data/row] (an empty cell needs its comma too)",
		"3:7: error: expected 3 fields, as the header has, found 4 [data/row] (put a text with a comma in quotes, and write numbers with a decimal point and without thousands separators)",
		"4:7: error: expected 3 fields, as the header has, found 5 [data/row] (remove the comma at the end of the line)",
		"5:7: error: expected 3 fields, as the header has, found 4 [data/row] (remove the comma at the end of the line)",
		"7:2: error: expected 3 fields, as the header has, found 1 [data/row] (an empty cell needs its comma too)",
	}},
	{"other_delimiter_in_row", "id;a;b\nx,1,2\ny;1;2\n", []string{
		"2:6: error: expected 3 fields, as the header has, found 1 [data/row] (this line separates fields by comma, the header by semicolon)",
	}},
	{"decimal_comma_between_commas", "id,a\nx,1,5\n", []string{
		"2:5: error: expected 2 fields, as the header has, found 3 [data/row] (put a text with a comma in quotes, and write numbers with a decimal point and without thousands separators)",
	}},
	{"ragged_and_not_a_number", "id,a,b\nx,n/a\ny,n/a,1\n", []string{
		"2:6: error: expected 3 fields, as the header has, found 2 [data/row] (an empty cell needs its comma too)",
		"3:3: error: `n/a` is not a number, in column `a` of `y` [data/number] (leave the cell empty where there is no figure)",
	}},
	{"not_numbers", "id,a\nx,n/a\ny,NaN\nz,Inf\nu,1e999\nv,0x1p3\nw,1_000\nq,-\nr,.\ns,-inf\nt,1e\n", []string{
		"2:3: error: `n/a` is not a number, in column `a` of `x` [data/number] (leave the cell empty where there is no figure)",
		"3:3: error: `NaN` is not a number, in column `a` of `y` [data/number] (leave the cell empty where there is no figure)",
		"4:3: error: `Inf` is not a number, in column `a` of `z` [data/number] (leave the cell empty where there is no finite figure)",
		"5:3: error: `1e999` is too large for a number, in column `a` of `u` [data/number] (the largest number is about 1.8e308)",
		"6:3: error: `0x1p3` is not a number, in column `a` of `v` [data/number] (write a decimal number)",
		"7:3: error: `1_000` is not a number, in column `a` of `w` [data/number] (write the number without thousands separators: `1000`)",
		"8:3: error: `-` is not a number, in column `a` of `q` [data/number] (leave the cell empty where there is no figure)",
		"9:3: error: `.` is not a number, in column `a` of `r` [data/number] (leave the cell empty where there is no figure)",
		"10:3: error: `-inf` is not a number, in column `a` of `s` [data/number] (leave the cell empty where there is no finite figure)",
		"11:3: error: `1e` is not a number, in column `a` of `t` [data/number] (write a number such as 1234.5, or leave the cell empty where there is no figure)",
	}},
	{"nearly_numbers", "id,a\nx,\"1,5\"\ny,\"1,234\"\nz,\"1,234,567.8\"\nu,1 234\nv,12%\nw,(5)\nq,−5\nr,５\ns,€12\nt,1.234.567\no,\"1.234,5\"\np,2024-01-05\nm,1'234\n", []string{
		"2:3: error: `1,5` is not a number, in column `a` of `x` [data/number] (write the decimal comma as a point: `1.5`; decimal commas are read only in files whose fields are separated by semicolons, tabs or bars)",
		"3:3: error: `1,234` is not a number, in column `a` of `y` [data/number] (write `1234` if the comma separates thousands, `1.234` if it is a decimal comma)",
		"4:3: error: `1,234,567.8` is not a number, in column `a` of `z` [data/number] (write the number without thousands separators: `1234567.8`)",
		"5:3: error: `1 234` is not a number, in column `a` of `u` [data/number] (write the number without thousands separators: `1234`)",
		"6:3: error: `12%` is not a number, in column `a` of `v` [data/number] (write the number without the per cent sign, and all of the column in per cent)",
		"7:3: error: `(5)` is not a number, in column `a` of `w` [data/number] (write a negative number with a minus sign)",
		"8:3: error: `−5` is not a number, in column `a` of `q` [data/number] (write the minus sign as `-`)",
		"9:3: error: `５` is not a number, in column `a` of `r` [data/number] (write the digits 0 to 9)",
		"10:3: error: `€12` is not a number, in column `a` of `s` [data/number] (write the number without a currency sign)",
		"11:3: error: `1.234.567` is not a number, in column `a` of `t` [data/number] (write the number without thousands separators: `1234567`)",
		"12:3: error: `1.234,5` is not a number, in column `a` of `o` [data/number] (write the number without thousands separators: `1234.5`)",
		"13:3: error: `2024-01-05` is not a number, in column `a` of `p` [data/number] (write a number such as 1234.5, or leave the cell empty where there is no figure)",
		"14:3: error: `1'234` is not a number, in column `a` of `m` [data/number] (write the number without thousands separators: `1234`)",
	}},
	{"nearly_numbers_between_semicolons", "id;a\nx;1.234,5\ny;1,234,567\nz;12,5x\n", []string{
		"2:3: error: `1.234,5` is not a number, in column `a` of `x` [data/number] (write the number without thousands separators: `1234.5`)",
		"3:3: error: `1,234,567` is not a number, in column `a` of `y` [data/number] (write the number without thousands separators: `1234567`)",
		"4:3: error: `12,5x` is not a number, in column `a` of `z` [data/number] (write a number such as 1234.5, or leave the cell empty where there is no figure)",
	}},
	{"thousands_comma_and_decimal_point", "id;a\nx;1,234\ny;12.5\n", []string{
		"2:3: error: `1,234` may have a decimal mark or a thousands separator: the file has both points and commas in its numbers [data/number] (write numbers in one way: without thousands separators, and with the same decimal mark) <3:3: `12.5` has a decimal point>",
	}},
	{"thousands_point_and_decimal_comma", "id;a\nx;1.234\ny;1,5\n", []string{
		"2:3: error: `1.234` may have a decimal mark or a thousands separator: the file has both points and commas in its numbers [data/number] (write numbers in one way: without thousands separators, and with the same decimal mark) <3:3: `1,5` has a decimal comma>",
	}},
	{"empty_units", "id,a\n,1\n  ,2\n,\n\"\",4\nx,\n", []string{
		"2:1: error: a row without a unit: its cell of `id` is empty [data/key] (name the unit, or delete the line)",
		"3:1: error: a row without a unit: its cell of `id` is empty [data/key] (name the unit, or delete the line)",
		"4:1: error: a row without a unit: all its cells are empty [data/key] (delete the line)",
		"5:1: error: a row without a unit: its cell of `id` is empty [data/key] (name the unit, or delete the line)",
	}},
	{"duplicate_units_in_second_column", "a,id\n1,x\n2,y\n3, x\n4,\"x\"\n", []string{
		"4:4: error: the unit `x` stands twice [data/duplicate-unit] (a unit has one row a file: remove one of the two, or name one otherwise; for figures of several times declare `periods:`) <2: the first is here>",
		"5:3: error: the unit `x` stands twice [data/duplicate-unit] (a unit has one row a file: remove one of the two, or name one otherwise; for figures of several times declare `periods:`) <2: the first is here>",
	}},
	{"duplicate_units", "id,a\nx,1\ny,2\nx,3\n", []string{
		"4:1: error: the unit `x` stands twice [data/duplicate-unit] (a unit has one row a file: remove one of the two, or name one otherwise; for figures of several times declare `periods:`) <2:1: the first is here>",
	}},
	{"stray_quotes", "id,t\nx,a \"b\" c\ny, \"b\"\nz,\"b\" c\nu,\"b\nc\" d\nv,12\"\n", []string{
		"2:5: error: a quote within a field that does not begin with one [data/syntax] (put the whole field in quotes, and write each quote within it twice: \"\")",
		"3:4: error: spaces before a quoted field [data/syntax] (remove the spaces: a field is quoted only if it begins with the quote)",
		"4:5: error: a quoted field ends here, but text follows [data/syntax] (write a quote within a quoted field twice: \"\")",
		"6:2: error: a quoted field ends here, but text follows [data/syntax] (write a quote within a quoted field twice: \"\") <5:3: the field opens here>",
		"7:5: error: a quote within a field that does not begin with one [data/syntax] (put the whole field in quotes, and write each quote within it twice: \"\")",
	}},
	{"open_quote", "id,t\nx,\"abc\ny,2\n", []string{
		"2:3: error: a quote opens here and is never closed [data/syntax] (close it; a quote that belongs to the text is written twice, within quotes: \"12\"\" pipe\")",
	}},
	{"open_quote_in_header", "id,\"a\nx,1\n", []string{
		"1:4: error: a quote opens here and is never closed [data/syntax] (close it; a quote that belongs to the text is written twice, within quotes: \"12\"\" pipe\")",
	}},
	{"stray_quote_in_header", "id,a\"b\nx,1\n", []string{
		"1:5: error: a quote within a field that does not begin with one [data/syntax] (put the whole field in quotes, and write each quote within it twice: \"\")",
	}},
	{"columns_count_characters", "id,t,a\n北京,二\"三,n/a\n上海,,缺失\n", []string{
		"2:5: error: a quote within a field that does not begin with one [data/syntax] (put the whole field in quotes, and write each quote within it twice: \"\")",
		"3:5: error: `缺失` is not a number, in column `a` of `上海` [data/number] (leave the cell empty where there is no figure)",
	}},
	{"terminal_codes", "id,a\nx,1\x1b[31m\ny,\u202e5\n", []string{
		"2:3: error: `1�[31m` is not a number, in column `a` of `x` [data/number] (write a number such as 1234.5, or leave the cell empty where there is no figure)",
		"3:3: error: `�5` is not a number, in column `a` of `y` [data/number] (write a number such as 1234.5, or leave the cell empty where there is no figure)",
	}},
}

func TestRead_bad(t *testing.T) {
	for _, c := range badFiles {
		for _, chunk := range []int{0, 1, 7} {
			t.Run(fmt.Sprint(c.name, "/", chunk), func(t *testing.T) {
				o := Options{Name: "f.csv", Key: []string{"unit", "city", "id"}, Pick: fuzzPick, chunk: chunk}
				got, findings, err := Read(strings.NewReader(c.file), o)
				require.NoError(t, err)
				assert.Nil(t, got)
				assert.Equal(t, c.want, described(findings))
			})
		}
	}
}
