package chapter

import "fmt"

// ranked says which units are ranked.
func (b *builder) ranked() (out Facts) {
	s := b.m.Screen
	if s == nil {
		return out
	}
	var items []Text
	switch {
	case s.MinCoverage.Percent > 0:
		items = append(items, text(b.say("screen share %s", fmt.Sprint(s.MinCoverage.Percent))))
	case s.MinCoverage.Count > 0:
		items = append(items, text(b.say("screen count %d", s.MinCoverage.Count)))
	}
	if s.MinNonzero > 0 {
		items = append(items, text(b.say("screen zeros %s", fmt.Sprint(s.MinNonzero))))
	}
	if s.Condition != nil {
		items = append(items, Text{plain(b.say("screen condition")), {Formula: b.typeset(s.Condition, b.m.Root)}})
	}
	return Facts{[]Fact{{Label: b.say("screening"), Text: text(b.say("screen intro %s", b.m.Units.Noun)), Blocks: []Block{List{items}}}}}
}
