// Package schemas holds the published JSON Schemas, one a document format and
// version. What a released schema allows never changes: a new format is a new
// file. What it explains may grow. Beside the standard's words it has two that
// editors know and validators pass over: enumDescriptions, a sentence for each
// word of an enum, and defaultSnippets, what a completion inserts.
package schemas

import "embed"

// FS has the schema files.
//
//go:embed *.json
var FS embed.FS
