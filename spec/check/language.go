package check

import (
	"slices"
	"strings"

	"rubric/spec/tree"
)

// title is a text, or the one of a map of languages that is wanted: in the
// language that was asked for, or the one that it is a kind of, as zh-Hans is of
// zh; else English; else the first.
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
	general, _, _ := strings.Cut(c.titlesIn, "-")
	for _, language := range []string{c.titlesIn, general} {
		if x := n.Get(language); x != nil {
			return strings.TrimSpace(x.Value)
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
