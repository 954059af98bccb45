package check

import (
	"slices"
	"strings"

	"rubric/spec/tree"
)

// Akin says whether two languages are kinds of one: zh, zh-Hans, zh-CN.
func Akin(a, b string) bool {
	one, _, _ := strings.Cut(a, "-")
	other, _, _ := strings.Cut(b, "-")
	return one == other
}

// title is a text, or the one of a map of languages that is wanted: in the
// language that was asked for, or one that is akin to it; else English; else the
// first.
func (c *checker) title(n *tree.Node) string {
	if n == nil {
		return ""
	}
	if n.Kind != tree.Map || len(n.Entries) == 0 {
		return strings.TrimSpace(n.Value)
	}
	for _, e := range n.Entries {
		if !slices.Contains(c.m.Languages, e.Key.Value) {
			c.m.Languages = append(c.m.Languages, e.Key.Value)
		}
	}
	if x := n.Get(c.titlesIn); x != nil {
		return strings.TrimSpace(x.Value)
	}
	for _, e := range n.Entries {
		if Akin(e.Key.Value, c.titlesIn) {
			return strings.TrimSpace(e.Value.Value)
		}
	}
	if c.titlesIn != "" {
		c.m.Untranslated = append(c.m.Untranslated, n.Entries[0].Key.Place())
	}
	if x := n.Get("en"); x != nil {
		return strings.TrimSpace(x.Value)
	}
	return strings.TrimSpace(n.Entries[0].Value.Value)
}
