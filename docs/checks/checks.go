// Package checks holds a page for each code of a finding: why it is said, an example
// that has it, the same mended, and how it is silenced. The examples are run, so a
// page says what the command does.
//
//	text, ok := checks.Page("sense/constant") // docs/checks/sense/constant.md
package checks

import "embed"

//go:embed */*.md
var pages embed.FS

// Page is the page of a code, in Markdown.
func Page(code string) (text string, ok bool) {
	data, err := pages.ReadFile(code + ".md")
	return string(data), err == nil
}
