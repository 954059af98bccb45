package check

import (
	"fmt"
	"math"
	"slices"
	"strconv"

	"rubric/spec/diag"
	"rubric/spec/tree"
)

// bands reads labelled ranges and reports overlaps and gaps.
func (c *checker) bands(section *tree.Node) []Band {
	var out []Band
	var places []*tree.Node
	for _, e := range entries(section) {
		b := Band{ID: e.Key.Value, Title: c.title(e.Value.Get("title"))}
		if b.Title == "" {
			b.Title = b.ID
		}
		b.Low, b.LowIncluded = c.bound(e, "from", "above")
		b.High, b.HighIncluded = c.bound(e, "up_to", "below")
		if b.empty() {
			c.report(diag.BandOverlap, e.Key, "the band `%s` holds no score", b.ID).Help = "its lower bound must be below its upper one"
			continue
		}
		out = append(out, b)
		places = append(places, e.Key)
	}
	order := make([]int, len(out))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(i, j int) int { return compareLow(out[i], out[j]) })
	for k := 1; k < len(order); k++ {
		a, b := out[order[k-1]], out[order[k]]
		low, high := b.Low, a.High
		switch {
		case low == nil || high == nil || *low < *high || *low == *high && b.LowIncluded && a.HighIncluded:
			d := c.report(diag.BandOverlap, places[order[k]], "the bands `%s` and `%s` overlap", a.ID, b.ID)
			*d = d.WithHelp("where one ends with `up_to`, the next begins with `above`; with `below`, `from`").WithRelated(places[order[k-1]].Place(), "the other band")
		case *low > *high || !b.LowIncluded && !a.HighIncluded:
			gap := fmt.Sprintf("from %v to %v", *high, *low)
			if *low == *high {
				gap = fmt.Sprintf("of exactly %v", *low)
			}
			c.report(diag.BandGap, places[order[k]], "scores %s are in no band", gap)
		}
	}
	if len(out) > 0 {
		if low := out[order[0]]; low.Low != nil {
			c.report(diag.BandGap, places[order[0]], "scores under %v are in no band", *low.Low)
		}
		if high := out[order[len(order)-1]]; high.High != nil {
			c.report(diag.BandGap, places[order[len(order)-1]], "scores over %v are in no band", *high.High)
		}
	}
	return out
}

func (b Band) empty() bool {
	if b.Low == nil || b.High == nil {
		return false
	}
	return *b.Low > *b.High || *b.Low == *b.High && !(b.LowIncluded && b.HighIncluded)
}

func compareLow(a, b Band) int {
	x, y := math.Inf(-1), math.Inf(-1)
	if a.Low != nil {
		x = *a.Low
	}
	if b.Low != nil {
		y = *b.Low
	}
	switch {
	case x < y:
		return -1
	case x > y:
		return 1
	case a.LowIncluded == b.LowIncluded:
		return 0
	case a.LowIncluded:
		return -1
	}
	return 1
}

// bound reads one side of a band, which two keys can say.
func (c *checker) bound(e tree.Entry, included, excluded string) (*float64, bool) {
	in, out := e.Value.Entry(included), e.Value.Entry(excluded)
	if in != nil && out != nil {
		c.report(diag.BandOverlap, out.Key, "the band `%s` has both `%s` and `%s`", e.Key.Value, included, excluded).Help = "keep one of the two"
	}
	chosen := in
	if chosen == nil {
		chosen = out
	}
	if chosen == nil {
		return nil, false
	}
	x, err := strconv.ParseFloat(chosen.Value.Value, 64)
	if err != nil {
		return nil, false
	}
	return &x, in != nil
}
