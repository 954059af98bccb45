package suite

import (
	"cmp"
	"math"
	"strconv"

	"rubric/engine/report"
	"rubric/spec/check"
	"rubric/spec/tree"
)

// Want is what is expected of a figure: one of a number, a range of numbers, a text,
// and none at all.
type Want struct {
	None   bool
	Text   string   // a judged level, a band, a status
	Number *float64 // within a tolerance
	Range  *check.Band

	Tolerance *Tolerance // of the number; nil: see Agrees
}

// Tolerance is how far a number may be from the one that is expected: so much, or
// such a share of it.
type Tolerance struct{ Absolute, Share float64 }

// The tolerance where none is said: nine significant digits, and what is no more
// than rounding about zero. Sums in another order, and powers on another
// processor, differ by less; a change of a method by more.
const (
	relative = 1e-9
	absolute = 1e-12
)

// epsilon is the distance of 1 from the next double.
const epsilon = 0x1p-52

// Agrees says whether a number is the one that is expected:
//
//	|x − want| ≤ tolerance, or tolerance · |want| where that is a percentage,
//
// or, where no tolerance is said, 1e-9 · max(|x|, |want|), and at least 1e-12.
func (w Want) Agrees(x float64) bool {
	switch {
	case w.Range != nil:
		return w.Range.Holds(x)
	case w.Number == nil:
		return false
	}
	want := *w.Number
	d := math.Abs(x - want)
	if t := w.Tolerance; t != nil {
		most := max(t.Absolute, t.Share*math.Abs(want))
		if most > 0 { // 1.1 is within 0.1 of 1, whatever their doubles are
			most += 4 * epsilon * max(math.Abs(x), math.Abs(want))
		}
		return d <= most
	}
	return d <= max(absolute, relative*max(math.Abs(x), math.Abs(want)))
}

// String is what is expected, for a person.
func (w Want) String() string {
	switch {
	case w.None:
		return "none"
	case w.Range != nil:
		return report.Range(w.Range)
	case w.Number == nil:
		return w.Text
	}
	out := report.Number(*w.Number)
	switch t := w.Tolerance; {
	case t == nil, *t == Tolerance{}:
	case t.Share > 0:
		out += " within " + report.Number(t.Share*100) + "%"
	default:
		out += " within " + report.Number(t.Absolute)
	}
	return out
}

// empty says whether no number is in a range.
func empty(b *check.Band) bool {
	if b.Low == nil || b.High == nil {
		return false
	}
	return *b.Low > *b.High || *b.Low == *b.High && !(b.LowIncluded && b.HighIncluded)
}

// rangeOf reads a range: above, from, below, up_to. The schema has seen numbers.
func rangeOf(n *tree.Node) (b *check.Band, twice string) {
	b = &check.Band{}
	for _, e := range n.Entries {
		x, _ := strconv.ParseFloat(e.Value.Value, 64)
		bound, included := &b.Low, &b.LowIncluded
		if e.Key.Value == "below" || e.Key.Value == "up_to" {
			bound, included = &b.High, &b.HighIncluded
		}
		if *bound != nil {
			twice = cmp.Or(twice, e.Key.Value)
		}
		*bound, *included = &x, e.Key.Value == "from" || e.Key.Value == "up_to"
	}
	return b, twice
}
