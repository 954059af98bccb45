package table

import (
	"bytes"
	"fmt"
	"slices"
	"strings"

	"rubric/spec/diag"
	"rubric/spec/source"
)

// findKey settles which column is that of the units.
func (h *head) findKey(f *feed, keys []string, findings *diag.List) bool {
	h.slots = make([]slot, len(h.headers))
	names := make([]string, len(h.headers))
	for i, header := range h.headers {
		names[i] = header.Name
		h.slots[i].name = header.Name
	}
	for _, key := range keys {
		if h.unit = slices.Index(names, key); h.unit >= 0 {
			break
		}
	}
	if len(keys) == 0 || h.unit >= 0 {
		h.slots[h.unit].use = asUnit
		h.key = h.headers[h.unit]
		return true
	}
	findings.Add(h.noKey(f, keys, names))
	return false
}

// noKey is the finding of a header line without any of the keys. It looks for
// one that is misspelt, and for the header line further down, as it is where a
// title stands above the table.
func (h *head) noKey(f *feed, keys, names []string) diag.Diagnostic {
	end := h.headers[len(h.headers)-1].Place
	line := source.Place{File: h.file, Line: end.Line, Column: 1, EndLine: end.EndLine, EndColumn: end.EndColumn, Text: end.Text}
	d := diag.New(diag.DataKey, line, "no column of units: no header is %s", alternatives(keys))
	for _, key := range keys {
		if name, ok := near(key, names); ok {
			d.Place = h.headers[slices.Index(names, name)].Place
			d.Message += fmt.Sprintf(", did you mean `%s` to be `%s`?", cut([]byte(name)), key)
			return d.WithHelp("the headers of the file are %s", listed(names))
		}
	}
	if at, key, ok := h.keyBelow(f, keys); ok {
		return d.WithHelp("line %d has `%s`: if that is the header line, remove what is above it", at, key)
	}
	if len(names) == 1 {
		return d.WithHelp("the line has one header, `%s`; fields are separated by commas, semicolons, tabs or bars", cut([]byte(names[0])))
	}
	return d.WithHelp("the headers of the file are %s", listed(names))
}

// keyBelow looks for a key in the lines that follow.
func (h *head) keyBelow(f *feed, keys []string) (at int, key string, ok bool) {
	for at, seen := h.above+1, 0; seen < 20; seen++ {
		line := f.line()
		if len(line) == 0 || len(line) > h.maxLine {
			return 0, "", false
		}
		for _, delim := range delimiters {
			if key, ok := keyIn(line, delim, keys); ok {
				return at, key, true
			}
		}
		f.skip(len(line))
		at += bytes.Count(line, newline)
	}
	return 0, "", false
}

// near is the candidate that a word may have been meant as, in small letters or
// capitals.
func near(word string, candidates []string) (string, bool) {
	var short, lower []string
	for _, c := range candidates {
		if strings.EqualFold(c, word) {
			return c, true
		}
		if len(c) <= 64 {
			short, lower = append(short, c), append(lower, strings.ToLower(c))
		}
	}
	if found, ok := diag.Nearest(strings.ToLower(word), lower); ok {
		return short[slices.Index(lower, found)], true
	}
	return "", false
}

// alternatives is a list of words to choose from: `a`, `b` or `c`.
func alternatives(words []string) string {
	quoted := make([]string, len(words))
	for i, w := range words {
		quoted[i] = "`" + w + "`"
	}
	if n := len(quoted); n > 1 {
		return strings.Join(quoted[:n-1], ", ") + " or " + quoted[n-1]
	}
	return quoted[0]
}

// listed is a list of headers, a dozen at most.
func listed(names []string) string {
	var b strings.Builder
	for i, name := range names {
		if i == 12 && len(names) > 13 {
			fmt.Fprintf(&b, " and %d more", len(names)-i)
			break
		}
		if i > 0 {
			b.WriteString(", ")
		}
		b.WriteString("`" + cut([]byte(name)) + "`")
	}
	return b.String()
}
