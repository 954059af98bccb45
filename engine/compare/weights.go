package compare

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"rubric/engine/report"
	"rubric/spec/check"
	"rubric/spec/diff"
)

// Weighed is what a node weighs in the two documents: what they declare, and the share
// of the index that it comes to, which changes with every sibling that comes or goes.
type Weighed struct {
	Path     string         // now; of a node that is gone, before
	Old, New *check.Weighed // nil: it is not there
}

// Weights are the nodes that declare another weight than before, and those right below the
// index that count for more or less of it, or came or went. Where only some came and went
// and nothing else counts for more or less, there are none.
func Weights(d *diff.Diff) (out []Weighed) {
	before := map[string]check.Weighed{}
	for _, w := range d.Old.Weighed() {
		before[w.Node] = w
	}
	seen := map[string]bool{}
	moved := false
	for _, w := range d.New.Weighed() {
		x := Weighed{Path: w.Node, New: &w}
		if was := d.Before(w.Node); was != nil {
			b := before[was.Path]
			x.Old, seen[was.Path] = &b, true
		}
		top := !strings.Contains(w.Node, "/")
		switch {
		case x.Old == nil && top:
			out = append(out, x)
		case x.Old != nil && (x.Old.Declared != w.Declared || top && differ(x.Old.Effective, w.Effective)):
			moved = true
			out = append(out, x)
		}
	}
	for _, w := range d.Old.Weighed() {
		if !seen[w.Node] && !strings.Contains(w.Node, "/") {
			out = append(out, Weighed{Path: w.Node, Old: &w})
		}
	}
	if !moved {
		return nil
	}
	return out
}

func differ(a, b *float64) bool {
	return a != nil && b != nil && math.Abs(*a-*b) > 1e-9
}

// weightsSheet is the table of them; no rows where no weight changed.
func weightsSheet(d *diff.Diff, s Show) sheet {
	t := sheet{columns: []column{{head: "node"}, {head: "weight", pair: true}, {head: "of the index", pair: true}}}
	list := Weights(d)
	// Where an aggregation above takes no weights, or is no sum of shares, what is left to say is
	// the share of the parent.
	shares := slices.ContainsFunc(list, func(w Weighed) bool {
		return w.New != nil && w.New.Effective == nil || w.Old != nil && w.Old.Effective == nil
	})
	if shares {
		t.columns[2].head = "of its parent"
	}
	for _, w := range list {
		counts := item{effective(w.New), effective(w.Old)}
		if shares {
			counts = item{shareOf(w.New), shareOf(w.Old)}
		}
		t.rows = append(t.rows, []item{one(w.Path), {declared(w.New), declared(w.Old)}, counts})
	}
	return t.capped(s)
}

func weightsText(b *strings.Builder, d *diff.Diff, s Show) {
	if t := weightsSheet(d, s); len(t.rows) > 0 {
		fmt.Fprintf(b, "\n%s\n", s.Bold("What counts for how much"))
		t.text(b, s)
	}
}

func weightsMarkdown(b *strings.Builder, d *diff.Diff, s Show) {
	if t := weightsSheet(d, s); len(t.rows) > 0 {
		b.WriteString("\n#### What counts for how much\n\n")
		t.markdown(b)
	}
}

// between is one figure where both are equal.
func between(old, now string) string {
	if old == now {
		return now
	}
	return old + " → " + now
}

func declared(w *check.Weighed) string {
	if w == nil {
		return "–"
	}
	return report.Number(w.Declared)
}

func effective(w *check.Weighed) string {
	if w == nil {
		return "–"
	}
	return percentage(w.Effective)
}

func shareOf(w *check.Weighed) string {
	if w == nil {
		return "–"
	}
	return percentage(w.Share)
}

func percentage(share *float64) string {
	switch {
	case share == nil:
		return "–"
	case *share != 0 && math.Abs(*share) < 0.01:
		return fmt.Sprintf("%.3f %%", 100**share)
	}
	return fmt.Sprintf("%.1f %%", 100**share)
}
