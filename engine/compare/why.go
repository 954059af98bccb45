package compare

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"rubric/engine/attribute"
	"rubric/engine/report"
	"rubric/spec/diag"
)

// why finds the effects on the node that is told.
func (c *Comparison) why(lead *Node) *attribute.Node {
	if c.Why == nil || lead == nil {
		return nil
	}
	for _, n := range c.Why.Nodes {
		if n.Now == lead.Now {
			return n
		}
	}
	return nil
}

// whyOf finds the node that is told and the effects on it, or says why there is nothing to
// say.
func (c *Comparison) whyOf(node string) (lead *Node, n *attribute.Node, nothing string) {
	lead = c.Lead(node)
	n = c.why(lead)
	switch {
	case n == nil || len(n.Units) == 0:
		nothing = "No unit has a score on both sides."
	case len(c.Why.Factors) == 0:
		nothing = "Nothing that could move a score or a rank has changed."
	}
	return lead, n, nothing
}

// WhyUnit finds a unit of the node that is told, by id or name; not ok where it has no
// score on both sides.
func (c *Comparison) WhyUnit(node, unit string) ([]attribute.Unit, bool) {
	n := c.why(c.Lead(node))
	if n == nil {
		return nil, false
	}
	row, ok := c.New.Data.Unit(unit)
	if !ok {
		return nil, false
	}
	var out []attribute.Unit
	for _, u := range n.Units {
		if u.ID == c.New.Data.ID(row) {
			out = append(out, u)
		}
	}
	return out, len(out) > 0
}

// Unexplained says why there is nothing to say of a unit in the node that is told, for
// which WhyUnit is not ok.
func (c *Comparison) Unexplained(unit string) string {
	noun := c.Diff.New.Units.Noun
	before, old := c.Old.Data.Unit(unit)
	after, now := c.New.Data.Unit(unit)
	switch {
	case old && now:
		return fmt.Sprintf("the %s `%s` has no score on both sides", noun, c.New.Data.Name(after))
	case now:
		return fmt.Sprintf("the %s `%s` entered: %s has no score of it that could have changed", noun, c.New.Data.Name(after), c.Diff.Old.Edition)
	case old:
		return fmt.Sprintf("the %s `%s` left: %s has no score of it", noun, c.Old.Data.Name(before), c.Diff.New.Edition)
	}
	var names []string
	for i := range c.New.Data.Rows() {
		names = append(names, c.New.Data.ID(i), c.New.Data.Name(i))
	}
	if near, ok := diag.Nearest(unit, names); ok {
		return fmt.Sprintf("no %s `%s`, did you mean `%s`?", noun, unit, near)
	}
	return fmt.Sprintf("no %s `%s` on either side", noun, unit)
}

// byMean are the factors, those that did most first.
func byMean(p attribute.Pooled) []int {
	out := make([]int, len(p.Mean))
	for i := range out {
		out[i] = i
	}
	slices.SortStableFunc(out, func(a, b int) int { return cmp.Compare(p.Mean[b], p.Mean[a]) })
	return out
}

// byEffect are the factors, those first that did most to one unit.
func byEffect(u attribute.Unit) []int {
	out := make([]int, len(u.Score.By))
	for i := range out {
		out[i] = i
	}
	slices.SortStableFunc(out, func(a, b int) int {
		if more := cmp.Compare(math.Abs(u.Score.By[b]), math.Abs(u.Score.By[a])); more != 0 || u.Rank.By == nil {
			return more
		}
		return cmp.Compare(math.Abs(u.Rank.By[b]), math.Abs(u.Rank.By[a]))
	})
	return out
}

// largest are the units, those first whose change would be noticed first.
func largest(n *attribute.Node) []attribute.Unit {
	out := slices.Clone(n.Units)
	slices.SortStableFunc(out, func(a, b attribute.Unit) int {
		return cmp.Or(cmp.Compare(math.Abs(b.Rank.New-b.Rank.Old), math.Abs(a.Rank.New-a.Rank.Old)), cmp.Compare(math.Abs(b.Score.New-b.Score.Old), math.Abs(a.Score.New-a.Score.Old)))
	})
	return out
}

// moved says whether anything about a unit changed.
func moved(e attribute.Effects) bool { return e.Old != e.New || slices.ContainsFunc(e.By, nonzero) }

func nonzero(x float64) bool { return x != 0 }

// percent is a share; one that is not quite nothing, or not quite all, does not look so.
func percent(x float64) string {
	switch {
	case x > 0 && x < 0.005:
		return "less than 1 %"
	case x < 1 && x > 0.995:
		return "more than 99 %"
	}
	return strconv.FormatFloat(100*x, 'f', 0, 64) + " %"
}

// methodText says how the effects were found.
func methodText(a *attribute.Attribution, n *attribute.Node) string {
	units := report.Plural(a.Evaluations, "edition", "editions")
	if a.Exact {
		return fmt.Sprintf("Shapley values, exact: %s evaluated, the two and all that are between them.", units)
	}
	if !n.Placed() {
		return fmt.Sprintf("Shapley values, estimated from %d orders (seed %d; %s evaluated): the standard error of an effect is at most %s.", a.Orders, a.Seed, units, strconv.FormatFloat(n.Score.Error, 'g', 2, 64))
	}
	return fmt.Sprintf("Shapley values, estimated from %d orders (seed %d; %s evaluated): the standard error of an effect is at most %s on the score and %s on the rank.",
		a.Orders, a.Seed, units, strconv.FormatFloat(n.Score.Error, 'g', 2, 64), strconv.FormatFloat(n.Rank.Error, 'g', 2, 64))
}

// notesOn say how much factors act together, and how that is known.
func notesOn(a *attribute.Attribution, n *attribute.Node) (out []string) {
	if len(a.Factors) > 1 {
		out = append(out, interactionText(n))
	}
	if line := othersText(n); line != "" {
		out = append(out, line)
	}
	return append(out, methodNotes(a, n)...)
}

// methodNotes say how the effects are known, of one unit as of all.
func methodNotes(a *attribute.Attribution, n *attribute.Node) (out []string) {
	if a.Coarse {
		out = append(out, "There are too many units, nodes and editions for all: only the index, what is right below it and the node that was asked for are attributed.")
	}
	out = append(out, methodText(a, n))
	if n.Placed() {
		out = append(out, caution)
	}
	return out
}

// othersText says how much of what figures did to places was not the units' own.
func othersText(n *attribute.Node) string {
	var own, others float64
	for _, u := range n.Units {
		for i, x := range u.Own {
			if !math.IsNaN(x) {
				own += math.Abs(x)
				others += math.Abs(u.Rank.By[i] - x)
			}
		}
	}
	if own+others == 0 {
		return ""
	}
	return fmt.Sprintf("Of the places that new figures moved, %s were moved by the figures of others.", percent(others/(own+others)))
}

// meanRank is how far a factor moved units in the ranking, on average.
func meanRank(n *attribute.Node, i int) string {
	if !n.Placed() {
		return "–"
	}
	return fixed(n.Rank.Mean[i], rankDecimals)
}

// part is what a factor did; nothing where it is not attributed.
func part(effects []float64, i, decimals int) string {
	if effects == nil {
		return ""
	}
	return signed(effects[i], decimals)
}

// interactionText says how much is nobody's alone.
func interactionText(n *attribute.Node) string {
	if !n.Placed() {
		return fmt.Sprintf("Factors act together, too: %s of what moved scores is no factor's alone.", percent(n.Score.Interaction))
	}
	return fmt.Sprintf("Factors act together, too: %s of what moved scores and %s of what moved ranks is no factor's alone.", percent(n.Score.Interaction), percent(n.Rank.Interaction))
}

// caution says what an effect on a rank is not.
const caution = "A rank also moves by what happens to others: its parts are attributed by the same rule, and are no causes by themselves."

// rankDecimals is how many decimals parts of a place are shown with.
const rankDecimals = 2

// scoreDecimals is how many decimals scores are told with: enough to tell them apart, and
// fewer where they are large.
func scoreDecimals(n *attribute.Node) int {
	const most = 4
	largest, out := 0.0, 0
	for _, u := range n.Units {
		for _, x := range []float64{u.Score.Old, u.Score.New} {
			largest = max(largest, math.Abs(x))
			_, behind, _ := strings.Cut(strings.TrimRight(strconv.FormatFloat(x, 'f', most, 64), "0"), ".")
			out = max(out, len(behind))
		}
	}
	switch {
	case largest >= 100:
		return min(out, 2)
	case largest >= 10:
		return min(out, 3)
	}
	return out
}

// effectDecimals is how many decimals effects are shown with: parts of a score are finer
// than scores.
func effectDecimals(n *attribute.Node) int { return max(scoreDecimals(n), 2) }
