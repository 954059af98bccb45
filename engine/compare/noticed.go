package compare

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"rubric/engine/report"
)

// noticed says what a reader sees first: who is first now, who came among the first ten, who
// moved furthest, and who is in another band. Of a panel, at the last period of both.
func (c *Comparison) noticed(n *Node) string {
	last := n.Periods[len(n.Periods)-1]
	var moves []Move
	for _, m := range n.ByImpact() {
		if m.Period == last.Period || !c.panel() {
			moves = append(moves, m)
		}
	}
	var out []string
	if n.placed() {
		out = append(out, leaders(n, moves), firstTen(n, moves), furthest(moves))
	}
	out = append(out, crossed(n, moves))
	out = slices.DeleteFunc(out, func(s string) bool { return s == "" })
	if len(out) == 0 {
		return ""
	}
	when := ""
	if c.panel() {
		when = ", in " + last.Period
	}
	return "Noticed first" + when + ": " + strings.Join(out, " ")
}

// standing is a unit's rank on one side; where the method ranks nobody, its place among
// the units that both sides have. Not ok: it has none.
func standing(n *Node, r *report.Row, place float64) (float64, bool) {
	if !n.ranks() {
		return place, place > 0
	}
	return rankFigure(r)
}

func rankFigure(r *report.Row) (float64, bool) {
	if r == nil || !r.HasRank {
		return 0, false
	}
	return r.Rank, true
}

func before(n *Node, m Move) (float64, bool) { return standing(n, m.Old, m.OldPlace) }

func now(n *Node, m Move) (float64, bool) { return standing(n, m.New, m.NewPlace) }

// leaders says who is first, if somebody else was.
func leaders(n *Node, moves []Move) string {
	best := func(of func(*Node, Move) (float64, bool)) (out []string) {
		least := math.Inf(1)
		for _, m := range moves {
			if x, ok := of(n, m); ok && x < least {
				least = x
			}
		}
		for _, m := range moves {
			if x, ok := of(n, m); ok && x == least {
				out = append(out, m.Name)
			}
		}
		slices.Sort(out)
		return out
	}
	was, is := best(before), best(now)
	come, gone := without(is, was), without(was, is)
	verb := func(names []string, one, more string) string {
		if len(names) == 1 {
			return named(names) + " " + one
		}
		return named(names) + " " + more
	}
	switch {
	case len(was) == 0 || len(is) == 0 || len(come)+len(gone) == 0:
		return ""
	case len(come) == 0:
		return fmt.Sprintf("%s no longer first with %s.", verb(gone, "is", "are"), named(is))
	case len(gone) == 0:
		return fmt.Sprintf("%s first, too, beside %s.", verb(come, "is", "are"), named(was))
	}
	return fmt.Sprintf("%s first, where %s.", verb(is, "is", "are"), verb(was, "was", "were"))
}

// firstTen says who came among the first ten and who is no longer, of at least twenty.
func firstTen(n *Node, moves []Move) string {
	const ten = 10
	count := 0
	var in, out []string
	for _, m := range moves {
		was, had := before(n, m)
		is, has := now(n, m)
		if has {
			count++
		}
		there, here := had && was <= ten, has && is <= ten
		switch {
		case here && !there:
			in = append(in, m.Name)
		case there && !here:
			out = append(out, m.Name)
		}
	}
	if count < 2*ten {
		return ""
	}
	are := func(names []string) string {
		if len(names) == 1 {
			return " is"
		}
		return " are"
	}
	switch {
	case len(in) > 0 && len(out) > 0:
		return fmt.Sprintf("%s%s among the first ten, %s no longer.", named(in), are(in), named(out))
	case len(in) > 0:
		return fmt.Sprintf("%s%s among the first ten, too.", named(in), are(in))
	case len(out) > 0:
		return fmt.Sprintf("%s%s no longer among the first ten.", named(out), are(out))
	}
	return ""
}

// furthest says who rose and who fell by the most places.
func furthest(moves []Move) string {
	far := func(sign float64, verb string) string {
		most := 0.0
		var names []string
		for _, m := range moves {
			switch x := sign * m.Places(); {
			case x > most:
				most, names = x, []string{m.Name}
			case x == most && most > 0:
				names = append(names, m.Name)
			}
		}
		if names == nil {
			return ""
		}
		return fmt.Sprintf("%s %s furthest, by %s", named(names), verb, places(most, 1))
	}
	parts := slices.DeleteFunc([]string{far(1, "rose"), far(-1, "fell")}, func(s string) bool { return s == "" })
	if len(parts) == 0 {
		return ""
	}
	return strings.Join(parts, "; ") + "."
}

// crossed names the units that are in another band.
func crossed(n *Node, moves []Move) string {
	const most = 3
	var parts []string
	left := 0
	for _, m := range moves {
		if !m.crossed() {
			continue
		}
		if len(parts) == most {
			left++
			continue
		}
		parts = append(parts, fmt.Sprintf("%s (%s)", m.Name, bands(n, m)))
	}
	if parts == nil {
		return ""
	}
	out := "In another band: " + strings.Join(parts, ", ")
	if left > 0 {
		out += fmt.Sprintf(" and %d more", left)
	}
	return out + "."
}

// named is some names, the first few of many.
func named(names []string) string {
	const most = 4
	if left := len(names) - most; left > 1 {
		return fmt.Sprintf("%s and %d others", strings.Join(names[:most], ", "), left)
	}
	return listed(names)
}
