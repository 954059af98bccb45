package prove

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"rubric/engine/dataset"
	"rubric/spec/check"
	"rubric/spec/diff"
)

// readings are the data of a run as either version reads them. Given figures are under
// the names that hybrids have for their nodes. What only the other version knows, a
// column, a group, what is given of a node that is new or gone, is there, too: a hybrid
// may ask for it.
func readings(d *diff.Diff, old, now *dataset.Dataset) [2]*dataset.Dataset {
	name := func(path string) string {
		if now, ok := d.Nodes[path]; ok {
			return now
		}
		return "gone " + path
	}
	given := make(map[string]*dataset.Column, len(old.Given))
	for path, c := range old.Given {
		given[name(path)] = c
	}
	old = old.WithGiven(given)
	isNew := func(name string) bool { n, _ := d.New.Node(name); return n != nil && d.Before(name) == nil }
	isGone := func(name string) bool { n, _ := d.New.Node(name); return n == nil }
	return [...]*dataset.Dataset{with(old, now, d.Old, isNew), with(now, old, d.New, isGone)}
}

// with adds to data what a methodology does not know of them, as another reading of
// the same files has it.
func with(to, from *dataset.Dataset, m *check.Methodology, given func(name string) bool) *dataset.Dataset {
	other := *from
	other.Columns, other.Groups = maps.Clone(from.Columns), maps.Clone(from.Groups)
	maps.DeleteFunc(other.Columns, func(name string, _ *dataset.Column) bool { return m.Column(name) != nil })
	for _, g := range m.Groups {
		delete(other.Groups, g.ID)
	}
	if len(other.Columns)+len(other.Groups) > 0 {
		to = to.With(&other)
	}
	// Given figures are put on other rows as columns are.
	bare := *to
	bare.Columns, bare.Groups = map[string]*dataset.Column{}, map[string]*dataset.Column{}
	other.Columns, other.Groups = maps.Clone(from.Given), nil
	maps.DeleteFunc(other.Columns, func(name string, _ *dataset.Column) bool { return !given(name) })
	if len(other.Columns) == 0 {
		return to
	}
	all := bare.With(&other).Columns
	maps.Copy(all, to.Given)
	return to.WithGiven(all)
}

// said is what is said of a suspect: of the data, how they came to be others.
func (t *trial) said(i int) []Suspect {
	s := t.tried[i]
	if s.What != ByData {
		return []Suspect{s}
	}
	out := t.reading()
	out[0].Alone, out[0].Last = s.Alone, s.Last
	return out
}

// reading is that the new version reads the data otherwise: by the one change that can
// make it do so; else that, and by what change it does so most probably.
func (t *trial) reading() []Suspect {
	var probable []Suspect
	others := false
	for _, c := range t.d.Changes {
		switch {
		case c.Class == diff.Data:
			probable = append(probable, Suspect{What: ByChange, Change: c})
		case c.Class == diff.Structure:
			others = true // what is given is so by the path of a node
		}
	}
	if len(probable) == 1 && !others {
		probable[0].Proven = true
		return probable
	}
	is, _ := t.d.New.Node(t.first.Node)
	near := func(s Suspect) int {
		if reads(s.Change, is) || is == nil && (strings.HasPrefix(s.Change.Key, "units") || strings.HasPrefix(s.Change.Key, "periods")) {
			return 0
		}
		return 1
	}
	slices.SortStableFunc(probable, func(a, b Suspect) int {
		return cmp.Or(cmp.Compare(near(a), near(b)), cmp.Compare(b.Change.Severity, a.Change.Severity))
	})
	return append([]Suspect{{What: ByData, Proven: true}}, probable...)
}
