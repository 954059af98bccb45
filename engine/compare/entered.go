package compare

import (
	"fmt"
	"slices"
	"strings"

	"rubric/engine/dataset"
	"rubric/engine/report"
	"rubric/spec/check"
)

// Turnover is who is on one side alone, each unit once, by the names of that side.
type Turnover struct {
	Entered, Left           []string // units
	EnteredPeriods, Dropped []string // periods
}

// Turnover is who, and which periods, only one side has.
func (c *Comparison) Turnover() (out Turnover) {
	if c.Old == nil || c.New == nil || len(c.Nodes) == 0 {
		return out
	}
	both := map[string]bool{} // ids of units that are on both sides at some period
	for _, m := range c.Nodes[0].Moves {
		if m.Old != nil && m.New != nil {
			both[m.Old.Unit], both[m.New.Unit] = true, true
		}
	}
	before, after := c.Old.Data.Periods(), c.New.Data.Periods()
	if len(before) > 1 || len(after) > 1 {
		out.EnteredPeriods, out.Dropped = without(after, before), without(before, after)
	}
	out.Entered, out.Left = missing(c.New.Data, both, c.Old.Data), missing(c.Old.Data, both, c.New.Data)
	return out
}

// missing are the units of one side that the other has at no period.
func missing(d *dataset.Dataset, both map[string]bool, there *dataset.Dataset) (out []string) {
	known := map[string]bool{}
	for i := range there.Rows() {
		known[there.ID(i)] = true
	}
	for i := range d.Rows() {
		if id := d.ID(i); !known[id] && !both[id] {
			known[id] = true
			out = append(out, d.Name(i))
		}
	}
	return out
}

func without(list, others []string) []string {
	return slices.DeleteFunc(slices.Clone(list), func(p string) bool { return slices.Contains(others, p) })
}

// said is the turnover in words: `1 town entered (Dan), 2 left (Cor, Eve)`.
func (t Turnover) said(c *Comparison) string {
	m := c.New.Plan.Methodology
	var parts []string
	add := func(names []string, noun, plural, verb string) {
		if len(names) == 0 {
			return
		}
		of := fmt.Sprint(len(names))
		if len(parts) == 0 || noun != m.Units.Noun {
			of = report.Plural(len(names), noun, plural)
		}
		parts = append(parts, fmt.Sprintf("%s %s (%s)", of, verb, few(names)))
	}
	add(t.Entered, m.Units.Noun, m.Units.Plural, "entered")
	add(t.Left, m.Units.Noun, m.Units.Plural, "left")
	noun := periodNoun(c)
	add(t.EnteredPeriods, noun, noun+"s", "added")
	add(t.Dropped, noun, noun+"s", "dropped")
	return strings.Join(parts, ", ")
}

// few lists some names, and says how many it leaves out.
func few(names []string) string {
	const most = 5
	if len(names) <= most+1 {
		return strings.Join(names, ", ")
	}
	return fmt.Sprintf("%s and %d more", strings.Join(names[:most], ", "), len(names)-most)
}

func periodNoun(c *Comparison) string {
	for _, m := range []*check.Methodology{c.New.Plan.Methodology, c.Old.Plan.Methodology} {
		if m.Periods != nil && m.Periods.Noun != "" {
			return m.Periods.Noun
		}
	}
	return "period"
}

// apart says that no row of either side is one of the other.
func (c *Comparison) apart() bool {
	return c.Old != nil && c.New != nil && len(c.Nodes) > 0 &&
		!slices.ContainsFunc(c.Nodes[0].Moves, func(m Move) bool { return m.Old != nil && m.New != nil })
}

// alone says why no unit has a score on both sides.
func (c *Comparison) alone() string {
	m, t := c.New.Plan.Methodology, c.Turnover()
	before, after := c.Old.Data.Periods(), c.New.Data.Periods()
	switch {
	case len(before) != len(after) && (len(before) == 0 || len(after) == 0):
		return fmt.Sprintf("No %s is on both sides: %s before; %s now.", periodNoun(c), span(before), span(after))
	case len(t.Dropped) > 0 && len(t.Dropped) == len(before):
		return fmt.Sprintf("No %s is on both sides: %s before; %s now.", periodNoun(c), span(before), span(after))
	case len(t.Left) == c.Old.Data.Units() && len(t.Entered) == c.New.Data.Units():
		return fmt.Sprintf("No %s is on both sides: %s before; %s now. A table of units with aliases says which are one.", m.Units.Noun, few(t.Left), few(t.Entered))
	}
	return fmt.Sprintf("No %s has a score on both sides.", m.Units.Noun)
}

// span is the first and the last of some periods.
func span(periods []string) string {
	switch len(periods) {
	case 0:
		return "none"
	case 1:
		return periods[0]
	}
	return periods[0] + " to " + periods[len(periods)-1]
}

// Side is what became of a version's data.
type Side int

// What can become of them.
const (
	Scored  Side = iota // there is a result
	NoData              // no files are named
	Refused             // they have errors, which are reported
)

// unscored says why only the documents were compared.
func (c *Comparison) unscored() string {
	const way = "--data FILE takes data for both, --old-data and --new-data for one."
	if c.OldSide == NoData && c.NewSide == NoData {
		return "Not said: neither version names data. " + way
	}
	var parts []string
	for _, side := range []struct {
		edition string
		state   Side
	}{{c.Diff.Old.Edition, c.OldSide}, {c.Diff.New.Edition, c.NewSide}} {
		switch side.state {
		case NoData:
			parts = append(parts, side.edition+" names no data")
		case Refused:
			parts = append(parts, "the data of "+side.edition+" have errors")
		}
	}
	return "Not said: " + strings.Join(parts, ", and ") + ". " + way
}
