// Package ident makes ids of what people write: of headers, codes and titles.
package ident

import (
	"fmt"
	"slices"
	"strings"
)

// Taken are ids that mean something else in a document: the root, words of the
// formula language, and words that YAML readers take for something else.
var Taken = []string{
	"index", "as", "break", "const", "continue", "else", "false", "for", "function", "if", "import", "in", "let", "loop", "namespace", "null",
	"package", "return", "true", "var", "void", "while", "yes", "no", "on", "off", "y", "n",
}

// Unused is an id that nothing else has: the base, or the base with a word or a
// number behind it.
func Unused(base string, given map[string]string) string {
	if slices.Contains(Taken, base) {
		base += "_code"
	}
	id := base
	for n := 2; given[id] != ""; n++ {
		id = fmt.Sprintf("%s_%d", base, n)
	}
	return id
}

// Snake is a code in small letters, with an underscore before a capital that
// follows a small letter, and for everything that an id cannot have:
// CostImpEx is cost_imp_ex, P2P is p2p, Group_GDP.cap is group_gdp_cap.
func Snake(code string) string {
	var b strings.Builder
	small, gap := false, false
	for _, r := range code {
		upper := r >= 'A' && r <= 'Z'
		if !upper && (r < 'a' || r > 'z') && (r < '0' || r > '9') {
			small, gap = false, true
			continue
		}
		if (gap || upper && small) && b.Len() > 0 {
			b.WriteByte('_')
		}
		if b.Len() == 0 && r >= '0' && r <= '9' {
			b.WriteString("c_")
		}
		if upper {
			r += 'a' - 'A'
		}
		b.WriteRune(r)
		small, gap = r >= 'a' && r <= 'z' && !upper, false
	}
	if b.Len() == 0 {
		return "code"
	}
	return b.String()
}

// Slug is a text as the name of a folder: small letters, digits and hyphens.
func Slug(text string) string {
	out := strings.ReplaceAll(Snake(strings.ToLower(text)), "_", "-")
	if out == "code" {
		return "index"
	}
	if len(out) > 60 {
		out = strings.TrimRight(out[:60], "-")
	}
	return out
}
