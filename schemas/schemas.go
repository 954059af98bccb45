// Package schemas holds the published JSON Schemas, one a document format and
// version. A released schema never changes: a new format is a new file.
package schemas

import "embed"

// FS has the schema files.
//
//go:embed *.json
var FS embed.FS
