package prove

import (
	"encoding/binary"
	"math"
	"slices"

	"rubric/engine"
	"rubric/engine/report"
	"rubric/spec/check"
	"rubric/spec/diag"
)

// Difference is the first figure that differs: of the lowest node that does, as what
// is above it rests on it, and of the first unit.
type Difference struct {
	Run                string
	Unit, Name, Period string // empty: it is not about a unit
	Node, Before       string // its path now and as it was; empty: the version does not have it
	Figure             string // value, score, rank, band, status; empty: the unit or the node is not there
	Old, New           string // as they are written; empty: none
	By                 *float64
	Side               string           // of data that one version cannot evaluate: which, for people
	Finding            *diag.Diagnostic // why
	How                How              // it is known what did it
	Suspects           []Suspect        // what did it, or can have done it, the most probable one first
}

// comparison is two results of one data set.
type comparison struct {
	p               *Proof
	old, now        *engine.Result
	figures, differ int
	first           *Difference
	scratch         []byte
}

// compare compares all figures of all nodes of all units, and digests the new ones.
func (c *comparison) compare() {
	differs := map[*check.Node]*Difference{} // by the node now: its first unit
	nodes := c.now.Plan.Methodology.Nodes
	for _, n := range nodes {
		if c.p.Diff.Before(n.Path) == nil {
			c.note(differs, n, &Difference{Node: n.Path})
		}
	}
	for _, n := range c.old.Plan.Methodology.Nodes {
		if c.p.Diff.Nodes[n.Path] == "" {
			c.note(differs, n, &Difference{Before: n.Path})
		}
	}
	seen := map[int]bool{}
	for i := range c.now.Data.Rows() {
		id, period := c.now.Data.ID(i), c.now.Data.Period(i)
		k, ok := c.old.Data.Row(id, period)
		if !ok {
			c.note(differs, nil, &Difference{Unit: id, Name: c.now.Data.Name(i), Period: period, New: "a unit"})
			continue
		}
		seen[k] = true
		for _, n := range nodes {
			if was := c.p.Diff.Before(n.Path); was != nil {
				c.cell(differs, was, n, k, i)
			}
		}
	}
	for k := range c.old.Data.Rows() {
		if !seen[k] {
			c.note(differs, nil, &Difference{Unit: c.old.Data.ID(k), Name: c.old.Data.Name(k), Period: c.old.Data.Period(k), Old: "a unit"})
		}
	}
	c.first = lowest(differs, c.old.Plan.Methodology.Nodes, nodes)
}

// note counts a difference, and keeps the first of a node. What one side does not have at
// all counts as one figure.
func (c *comparison) note(differs map[*check.Node]*Difference, n *check.Node, d *Difference) {
	c.differ++
	if d.Figure == "" {
		c.figures++
	}
	if differs[n] == nil {
		differs[n] = d
	}
}

// cell compares the figures of a node of a unit.
func (c *comparison) cell(differs map[*check.Node]*Difference, was, is *check.Node, k, i int) {
	before, after := c.old.Figures(was), c.now.Figures(is)
	c.row(differs, was, is, report.RowOf(c.old, before, k), report.RowOf(c.now, after, i), i, "")
	if before.Beside != nil && after.Beside != nil {
		c.row(differs, was, is, report.RowOf(c.old, before.Beside, k), report.RowOf(c.now, after.Beside, i), i, besides)
	}
}

func (c *comparison) row(differs map[*check.Node]*Difference, was, is *check.Node, old, now report.Row, i int, which string) {
	after := figuresOf(&now)
	for k, before := range figuresOf(&old) {
		if before.none() && after[k].none() {
			continue
		}
		if c.figures++; before.same(after[k], c.p.Within) {
			continue
		}
		m := moveOf(before, after[k])
		c.note(differs, is, &Difference{
			Unit: now.Unit, Name: c.now.Data.Name(i), Period: now.Period, Node: is.Path, Before: was.Path,
			Figure: m.Figure + which, Old: m.Old, New: m.New, By: m.By,
		})
	}
	c.digest(now, is.Path+which)
}

// digest adds a row to the digest of the proof: texts end in a zero, and a number is a
// byte that says whether it is there, and its bits.
func (c *comparison) digest(r report.Row, node string) {
	b := c.scratch[:0]
	for _, text := range []string{r.Unit, r.Period, node, r.Text, r.Band, r.Status} {
		b = append(append(b, text...), 0)
	}
	for _, x := range []struct {
		has bool
		x   float64
	}{{r.HasValue, r.Value}, {r.HasScore, r.Score}, {r.HasRank, r.Rank}} {
		if !x.has {
			b = append(b, 0)
			continue
		}
		b = binary.LittleEndian.AppendUint64(append(b, 1), math.Float64bits(x.x))
	}
	c.p.sum.Write(b)
	c.scratch = b
}

// lowest is the difference of the node below which nothing differs. Units that only one
// side has come first, then nodes that only one side has, the topmost of each; then the
// others in the order of the document, and derived ones last.
func lowest(differs map[*check.Node]*Difference, old, now []*check.Node) *Difference {
	if d := differs[nil]; d != nil {
		return d
	}
	for _, n := range slices.Concat(old, now) {
		if d := differs[n]; d != nil && d.Figure == "" {
			return d
		}
	}
	var differsBelow func(n *check.Node) bool
	differsBelow = func(n *check.Node) bool {
		for _, child := range n.Children {
			if differs[child] != nil || differsBelow(child) {
				return true
			}
		}
		return false
	}
	for _, derived := range []bool{false, true} {
		for _, n := range now {
			if (n.Level == check.Derived) == derived && differs[n] != nil && !differsBelow(n) {
				return differs[n]
			}
		}
	}
	return nil
}
