// Package house keeps the project in order. It holds only tests: that no import
// runs back (imports_test.go), that the picture of the packages and the tables
// of the documentation are those of the code (picture_test.go, pages_test.go),
// that every word of the document format is explained (glossary_test.go), that
// the examples of the language reference are what they claim to be
// (language_test.go), and that editors complete, explain and underline what is
// written (editor_test.go).
//
//	UPDATE=1 go test ./internal/house   // rewrites the picture and the generated tables
package house
