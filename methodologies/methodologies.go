// Package methodologies holds the published methodologies with their data, a
// folder an index and a folder an edition, built into the binary so that they
// can be scored anywhere.
package methodologies

import "embed"

// FS has index/edition/methodology.yaml and the files beside it.
//
//go:embed */*/*
var FS embed.FS
