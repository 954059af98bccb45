package dataset

import (
	"slices"

	"rubric/spec/check"
)

// Known are the headers that mean something to a methodology.
type Known struct {
	Names []string // as the document writes them, for who looks for a near one

	l    *loader
	kind kind
}

// Headers are the headers that a file of data, or of given figures, may have.
func Headers(m *check.Methodology, given bool) Known {
	k := Known{l: &loader{m: m}}
	if given {
		k.kind = ofGiven
		for _, n := range m.Nodes {
			k.Names = append(k.Names, n.Path, n.ID)
		}
		return k
	}
	for _, c := range m.Columns {
		k.Names = append(k.Names, c.Name)
		k.Names = append(k.Names, c.Headers...)
	}
	return k
}

// Has says whether a header is one of them: that of a column, of a node, of the units
// or of the periods.
func (k Known) Has(header string) bool {
	if slices.Contains(k.l.keys(), header) {
		return true
	}
	_, ok := k.l.meaning(&file{kind: k.kind}, header)
	return ok
}
