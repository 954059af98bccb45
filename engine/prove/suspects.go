package prove

import (
	"regexp"
	"slices"
	"strings"

	"rubric/engine/compare"
	"rubric/spec/check"
	"rubric/spec/diag"
	"rubric/spec/diff"
)

// How says how it is known what made a difference.
type How string

// The ways. But for the last one they are proven, by trying.
const (
	Alone    How = "alone"    // each suspect makes the cell what it is by itself
	Figure   How = "figure"   // the first suspect makes the figure what it is by itself, and it takes the others for the rest of the cell
	Several  How = "several"  // it takes all suspects, and some move the cell by themselves
	Together How = "together" // it takes all suspects, and none moves the cell by itself
	Guess    How = "guess"    // by their place in the document
)

// Suspect is what made a difference or, where that is a guess, can have made it.
type Suspect struct {
	What   What
	Change diff.Change // of the kind ByChange
	Proven bool
	Alone  []Move // where it takes several: what of the cell it moves by itself
	Last   []Move // and what it moves after the others
}

// What is the kind of a suspect.
type What string

// The kinds.
const (
	ByChange What = "change" // of the document
	ByData   What = "data"   // the new version reads the data otherwise
	ByOrder  What = "order"  // siblings stand in another order, and so does a sum
)

// Class is the class of the change that the suspect is.
func (s Suspect) Class() diff.Class {
	switch s.What {
	case ByData:
		return diff.Data
	case ByOrder:
		return diff.Structure
	}
	return s.Change.Class
}

func (s Suspect) said() string {
	switch s.What {
	case ByData:
		return "the new version reads the data otherwise"
	case ByOrder:
		return "siblings stand in another order"
	}
	return compare.Sentence(s.Change)
}

// guesses are the changes of the document that by their place can have made a
// difference, the most probable ones first: one of a column that is the matter of a
// finding; one that acts on the lowest node that differs; on one of the parts that it is
// made of, by their weights; on a column that it reads; on the document as a whole. Where
// there is one of a kind, there is none of the next.
func (p *Proof) guesses(d *Difference) (out []Suspect) {
	was, is := p.nodes(d)
	kinds := []func(diff.Change) bool{
		func(c diff.Change) bool { return acts(c, was) || acts(c, is) },
		func(c diff.Change) bool { return actsBelow(c, was) || actsBelow(c, is) },
		func(c diff.Change) bool { return reads(c, was) || reads(c, is) },
		func(c diff.Change) bool {
			return strings.HasPrefix(c.Subject, "weights ") && is != nil && len(is.Children) > 0
		},
		func(c diff.Change) bool { return len(c.Acts) == 0 },
		func(diff.Change) bool { return true },
	}
	if f := d.Finding; f != nil {
		if inputs(was, is, p.columns(f)) {
			kinds = slices.Insert(kinds, 1, p.about(f))
		} else {
			kinds = slices.Insert(kinds, 0, p.about(f))
		}
	}
	var found []diff.Change
	for _, kind := range kinds {
		for _, c := range p.Diff.Changes {
			if c.Class != diff.Editorial && kind(c) {
				found = append(found, c)
			}
		}
		if len(found) > 0 {
			break
		}
	}
	slices.SortStableFunc(found, func(a, b diff.Change) int { return int(b.Severity) - int(a.Severity) })
	for _, c := range found {
		out = append(out, Suspect{What: ByChange, Change: c})
	}
	return out
}

// nodes are the node that a difference is about, as it was and as it is.
func (p *Proof) nodes(d *Difference) (was, is *check.Node) {
	if d.Finding != nil && d.Finding.Node != "" {
		was, _ = p.Diff.Old.Node(d.Finding.Node)
		is, _ = p.Diff.New.Node(d.Finding.Node)
		return was, is
	}
	if d.Before != "" {
		was, _ = p.Diff.Old.Node(d.Before)
	}
	if d.Node != "" {
		is, _ = p.Diff.New.Node(d.Node)
	}
	return was, is
}

func acts(c diff.Change, n *check.Node) bool { return n != nil && slices.Contains(c.Acts, n.Path) }

func actsBelow(c diff.Change, n *check.Node) bool {
	return n != nil && slices.ContainsFunc(n.Children, func(child *check.Node) bool { return acts(c, child) })
}

// reads says whether a change is one of a column that a node reads.
func reads(c diff.Change, n *check.Node) bool {
	column, ok := strings.CutPrefix(c.Subject, "column ")
	return ok && n != nil && slices.Contains(n.Inputs(), column)
}

// inputs says whether one version of a node reads one of some columns that the other
// one does not: then it is the node that changed, and the column came with it.
func inputs(was, is *check.Node, columns []string) bool {
	read := func(n *check.Node, column string) bool { return n != nil && slices.Contains(n.Inputs(), column) }
	return slices.ContainsFunc(columns, func(column string) bool { return read(was, column) != read(is, column) })
}

// quoted is a name in the message of a finding.
var quoted = regexp.MustCompile("`[^`]+`")

// columns are those that the message of a finding names: by the name that either
// version has for them, or by the header that it expects.
func (p *Proof) columns(f *diag.Diagnostic) (out []string) {
	for _, name := range quoted.FindAllString(f.Message, -1) {
		name = strings.Trim(name, "`")
		for _, m := range []*check.Methodology{p.Diff.Old, p.Diff.New} {
			for _, c := range m.Columns {
				if (c.Name == name || slices.Contains(c.Headers, name)) && !slices.Contains(out, c.Name) {
					out = append(out, c.Name)
				}
			}
		}
	}
	return out
}

// sections are where a document says what findings about data hold against them.
var sections = map[string][]string{
	diag.DataEmpty.Name: {"units.only", "units.leave_out", "periods.only"}, diag.DataExpect.Name: {"units.expect", "units.only", "units.leave_out"},
	diag.DataKey.Name: {"units.key", "units.noun"}, diag.DataPeriod.Name: {"periods"},
}

// about says of changes whether they are about what a finding is about: a column, or the
// part of the document that the data are held against.
func (p *Proof) about(f *diag.Diagnostic) func(diff.Change) bool {
	columns := p.columns(f)
	return func(c diff.Change) bool {
		if column, ok := strings.CutPrefix(c.Subject, "column "); ok {
			return slices.Contains(columns, column)
		}
		return c.Subject == "document" && slices.ContainsFunc(sections[f.Code], func(section string) bool {
			return c.Key == section || strings.HasPrefix(c.Key, section+".")
		})
	}
}
