package prove

import (
	"cmp"
	"math"
	"slices"

	"rubric/engine"
	"rubric/engine/dataset"
	"rubric/spec/check"
	"rubric/spec/diff"
)

// budget is how many cells are evaluated to find out what made the first difference: a
// few seconds' work. What is not found by then is guessed.
const budget = 1 << 26

// blame finds out what made the first difference: by trying the changes of the document
// on the data of the run, or else by their place.
func (p *Proof) blame(old, now *engine.Result) {
	d := p.First
	d.How, d.Suspects = Guess, p.guesses(d)
	if old == nil || now == nil {
		return
	}
	t := p.trial(old, now)
	if t == nil {
		return
	}
	if d.Node == "" && d.Before == "" { // a unit: no method makes or unmakes one
		d.How, d.Suspects = Alone, t.reading()
		return
	}
	if how, found := t.try(); how != Guess {
		d.How, d.Suspects = how, found
	}
}

// trial tries changes on the data of a run, and looks at the cell that is the first to
// differ.
type trial struct {
	d        *diff.Diff // of the documents of the run
	first    *Difference
	within   float64
	name     string // of the node, as hybrids call it
	was, is  cell
	readings [2]*dataset.Dataset // the data as the old version reads them, and as the new one does
	hybrids  *check.Hybrids
	plans    map[*check.Hybrid]*engine.Plan // of those that others are based on
	tried    []Suspect
	left     int // of the budget
}

// set says of each suspect whether it is new.
type set []bool

func (p *Proof) trial(old, now *engine.Result) *trial {
	t := &trial{first: p.First, within: p.Within, plans: map[*check.Hybrid]*engine.Plan{}, left: budget}
	if t.d = p.diffOf(old, now); t.d == nil {
		return nil
	}
	t.suspects(p.First.Suspects)
	if t.first.Figure == "" { // a node: no figure tells whether it is there
		t.was.there, t.is.there = t.first.Before != "", t.first.Node != ""
	}
	if t.name = t.first.Node; t.name == "" {
		t.name = "gone " + t.first.Before
	}
	t.hybrids = t.d.Hybrids(engine.Catalogue())
	if t.first.Figure == "" {
		return t
	}
	if rows := max(old.Data.Rows(), now.Data.Rows()); rows*max(len(t.d.Old.Nodes), len(t.d.New.Nodes)) > budget/4 {
		return nil // to read them anew takes long, too
	}
	t.was, t.is = t.cellIn(old, t.first.Before), t.cellIn(now, t.first.Node)
	t.readings = readings(t.d, old.Data, now.Data)
	return t
}

// diffOf is the diff of the documents of a run: a case of a suite may change both.
func (p *Proof) diffOf(old, now *engine.Result) *diff.Diff {
	before, after := old.Plan.Methodology, now.Plan.Methodology
	same := func(a, b *check.Methodology) bool { return slices.Equal(a.Nodes, b.Nodes) }
	if same(before, p.Diff.Old) && same(after, p.Diff.New) {
		return p.Diff
	}
	d, err := diff.Of(before, after)
	if err != nil {
		return nil // nothing is tried
	}
	return d
}

// suspects are all that can be tried, those first that are most probable by their place.
func (t *trial) suspects(probable []Suspect) {
	for _, c := range t.d.Changes {
		if c.Class != diff.Editorial && c.Class != diff.Data {
			t.tried = append(t.tried, Suspect{What: ByChange, Change: c, Proven: true})
		}
	}
	place := func(s Suspect) int {
		if at := slices.IndexFunc(probable, func(p Suspect) bool { return p.Change.ID == s.Change.ID }); at >= 0 {
			return at
		}
		return len(probable)
	}
	slices.SortStableFunc(t.tried, func(a, b Suspect) int { return cmp.Compare(place(a), place(b)) })
	t.tried = append(t.tried, Suspect{What: ByData, Proven: true}, Suspect{What: ByOrder, Proven: true})
}

// try looks for the suspects that make the new cell out of the old one: each that does
// so by itself; else the fewest that do so together.
func (t *trial) try() (How, []Suspect) {
	all := len(t.tried)
	if was, ok := t.cell(make(set, all)); !ok || !was.same(&t.was, 0) {
		return Guess, nil // hybrids do not tell these documents
	}
	var found []Suspect
	for i := range t.tried {
		one := make(set, all)
		one[i] = true
		c, ok := t.cell(one)
		if !ok {
			continue
		}
		if c.same(&t.is, t.within) {
			found = append(found, t.said(i)...)
		}
		t.tried[i].Alone = t.moves(&t.was, &c)
	}
	if len(found) > 0 {
		return Alone, found
	}
	return t.fewest()
}

// fewest are suspects that make the new cell, and of which none can be left out: the
// others do not make it, or cannot be without it.
func (t *trial) fewest() (How, []Suspect) {
	s := slices.Repeat(set{true}, len(t.tried))
	if is, ok := t.cell(s); !ok || !is.same(&t.is, t.within) {
		return Guess, nil
	}
	for dropped := true; dropped; {
		dropped = false
		for i := len(s) - 1; i >= 0; i-- { // the least probable first
			if !s[i] {
				continue
			}
			s[i] = false
			c, ok := t.cell(s)
			if ok && c.same(&t.is, t.within) {
				dropped = true
				continue
			}
			s[i] = true
			t.tried[i].Last = nil
			if ok {
				t.tried[i].Last = t.moves(&c, &t.is)
			}
		}
	}
	if t.left < 0 {
		return Guess, nil
	}
	how := Together
	var found []Suspect
	for i := range t.tried {
		if s[i] {
			found = append(found, t.said(i)[0])
			if len(t.tried[i].Alone) > 0 {
				how = Several
			}
		}
	}
	slices.SortStableFunc(found, func(a, b Suspect) int { return cmp.Compare(t.share(b), t.share(a)) })
	if t.share(found[0]) == whole {
		how = Figure
	}
	return how, found
}

// whole is the share of a suspect that makes by itself the figure that is the first to
// differ.
var whole = math.Inf(1)

// share is by how much a suspect alone moves the figure that is the first to differ.
func (t *trial) share(s Suspect) float64 {
	for _, m := range s.Alone {
		switch {
		case m.Figure != t.first.Figure:
		case m.New == t.first.New:
			return whole
		case m.By != nil:
			return math.Abs(*m.By)
		}
	}
	return float64(min(len(s.Alone), 1)) * math.SmallestNonzeroFloat64 // rather one that moves anything
}

func (t *trial) moves(from, to *cell) []Move {
	if t.first.Figure == "" {
		return nil
	}
	return from.moves(to, t.within)
}
