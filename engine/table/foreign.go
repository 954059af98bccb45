package table

import (
	"strings"

	"rubric/spec/diag"
	"rubric/spec/source"
)

// foreign are the beginnings of files that are not CSV in UTF-8.
var foreign = []struct{ magic, what, help string }{
	{"PK\x03\x04", "the file is an XLSX workbook, or another ZIP archive", "save the sheet as CSV in UTF-8"},
	{"PK\x05\x06", "the file is an empty ZIP archive", "save the sheet as CSV in UTF-8"},
	{"\xd0\xcf\x11\xe0", "the file is an old Excel workbook (XLS)", "save the sheet as CSV in UTF-8"},
	{"\xff\xfe", "the file is UTF-16, not UTF-8", "save it as UTF-8; a spreadsheet calls that `CSV UTF-8`"},
	{"\xfe\xff", "the file is UTF-16, not UTF-8", "save it as UTF-8; a spreadsheet calls that `CSV UTF-8`"},
	{"\x1f\x8b", "the file is compressed with gzip", "unpack it first"},
	{"\x28\xb5\x2f\xfd", "the file is compressed with zstd", "unpack it first"},
	{"BZh", "the file is compressed with bzip2", "unpack it first"},
	{"PAR1", "the file is Parquet", "save it as CSV"},
	{"%PDF-", "the file is a PDF", "save the table as CSV"},
	{"<!DOCTYPE", "the file is a web page", "save the data themselves, not the page that shows them"},
	{"<!doctype", "the file is a web page", "save the data themselves, not the page that shows them"},
	{"<html", "the file is a web page", "save the data themselves, not the page that shows them"},
	{"<?xml", "the file is XML", "save it as CSV"},
}

// checkForeign recognises files that are something else, so that they are not
// met with a hundred findings about their rows.
func checkForeign(file string, text []byte) (diag.Diagnostic, bool) {
	for _, f := range foreign {
		if strings.HasPrefix(string(text), f.magic) {
			return diag.New(diag.DataSyntax, source.Place{File: file}, "%s", f.what).WithHelp("%s", f.help), true
		}
	}
	return diag.Diagnostic{}, false
}
