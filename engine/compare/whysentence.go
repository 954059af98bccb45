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
)

// WhySentence says in plain words why a unit moved.
//
//	Suzhou fell from 4th to 6th; its score went from 512 to 498. In its score, the new figures
//	took 12.50 and the weight of Economy (1 → 2) 3.30; Learning (new) added 1.80.
func WhySentence(c *Comparison, n *attribute.Node, u attribute.Unit, decimals int) string {
	name := u.Name
	if len(c.New.Data.Periods()) > 1 {
		name += " in " + u.Period
	}
	if first := c.Lead(""); first == nil || first.Now != n.Now { // else it would be taken for the index
		name = "In " + theTitle(n.Now) + ", " + name
	}
	score := func(x float64) string { return fixed(x, decimals) }
	var b strings.Builder
	same, changed := score(u.Score.New), score(u.Score.Old)+" to "+score(u.Score.New)
	switch rose := u.Rank.Old - u.Rank.New; {
	case !n.Placed() && u.Score.Old == u.Score.New:
		fmt.Fprintf(&b, "%s kept its score, %s.", name, same)
	case !n.Placed():
		fmt.Fprintf(&b, "%s went from %s.", name, changed)
	case rose > 0:
		fmt.Fprintf(&b, "%s rose from %s to %s", name, ordinal(u.Rank.Old), ordinal(u.Rank.New))
	case rose < 0:
		fmt.Fprintf(&b, "%s fell from %s to %s", name, ordinal(u.Rank.Old), ordinal(u.Rank.New))
	default:
		fmt.Fprintf(&b, "%s stayed %s", name, ordinal(u.Rank.New))
	}
	switch {
	case !n.Placed():
	case u.Score.Old == u.Score.New:
		fmt.Fprintf(&b, " with the same score, %s.", same)
	default:
		fmt.Fprintf(&b, "; its score went from %s.", changed)
	}
	effects := max(decimals, 2)
	if len(c.Why.Factors) == 0 {
		return b.String() + " Nothing that could move it has changed."
	}
	if u.Score.By == nil {
		fmt.Fprintf(&b, " What did it cannot be told apart: %s.", u.Score.Reason)
		return b.String()
	}
	said := map[int]bool{}
	if s := sides(c, u, effects, false, said); s != "" {
		fmt.Fprintf(&b, " In its score, %s.", s)
	}
	if s := sides(c, u, 1, true, said); s != "" {
		fmt.Fprintf(&b, " In the ranking, %s.", s)
	}
	if len(said) == 0 {
		b.WriteString(" No factor moved it.")
	}
	return b.String()
}

// told is how many factors a sentence names on either side; the others are counted.
const told = 3

// sides lists what raised and what lowered a unit, the larger side first. A rank is the
// better the smaller it is. It notes which factors it named: whoever is named again need
// not be introduced.
func sides(c *Comparison, u attribute.Unit, decimals int, rank bool, said map[int]bool) string {
	e := u.Score
	if rank {
		e = u.Rank
	}
	var up, down []int
	for i, x := range e.By {
		switch {
		case strings.Trim(signed(x, decimals), "+−0.") == "": // it would be shown as nothing
		case x > 0 != rank:
			up = append(up, i)
		default:
			down = append(down, i)
		}
	}
	by := func(list []int) (sum float64) {
		slices.SortStableFunc(list, func(a, b int) int { return cmp.Compare(math.Abs(e.By[b]), math.Abs(e.By[a])) })
		for _, i := range list {
			sum += math.Abs(e.By[i])
		}
		return sum
	}
	say := func(list []int, verb string) string {
		var parts []string
		for k, i := range list {
			x, text := math.Abs(e.By[i]), factorPhrase(c, c.Why.Factors[i])
			if said[i] {
				text = factorAgain(c, c.Why.Factors[i])
			}
			if left := len(list) - k; k == told && left > 1 {
				x, text = by(list[k:]), fmt.Sprintf("%d others", left)
			} else if k > told {
				break
			}
			if k < told || k == len(list)-1 {
				said[i] = true
			}
			amount := amount(x, decimals)
			switch {
			case k == 0 && rank:
				text += " " + verb + " " + places(x, decimals)
			case k == 0:
				text += " " + verb + " " + amount
			case rank:
				text += " by " + amount
			default:
				text += " " + amount
			}
			if rank && (k < told || len(list) == told+1) {
				text += ownText(u, i)
			}
			parts = append(parts, text)
		}
		return listed(parts)
	}
	gave, cost := "added", "took"
	if rank {
		gave, cost = "lifted it by", "lowered it by"
	}
	gained, lost := by(up), by(down)
	first, second := say(up, gave), say(down, cost)
	if lost > gained {
		first, second = second, first
	}
	return strings.Join(slices.DeleteFunc([]string{first, second}, func(s string) bool { return s == "" }), "; ")
}

// ownText says how much of what new figures did to a unit's place its own did, and how
// much those of the others. Empty for other factors.
func ownText(u attribute.Unit, i int) string {
	if u.Own == nil || math.IsNaN(u.Own[i]) {
		return ""
	}
	own, others := u.Own[i], u.Rank.By[i]-u.Own[i]
	did := func(who string, x float64) string {
		verb := "lowered"
		if x < 0 {
			verb = "lifted"
		}
		return fmt.Sprintf("%s %s it by %s", who, verb, amount(math.Abs(x), 1))
	}
	const little = 0.05 // would be shown as nothing
	switch {
	case math.Abs(others) < little:
		return " (its own)"
	case math.Abs(own) < little:
		return " (those of others)"
	case own < 0 == (others < 0):
		return fmt.Sprintf(" (its own by %s, those of others by %s)", amount(math.Abs(own), 1), amount(math.Abs(others), 1))
	}
	return fmt.Sprintf(" (%s, %s)", did("its own", own), did("those of others", others))
}

// places is a number of places.
func places(x float64, decimals int) string {
	text := amount(x, decimals)
	if text == "1" {
		return "1 place"
	}
	return text + " places"
}

// amount is a number as a sentence has it: no decimals that say nothing.
func amount(x float64, decimals int) string {
	text := strconv.FormatFloat(x, 'f', decimals, 64)
	if strings.Contains(text, ".") {
		text = strings.TrimRight(strings.TrimRight(text, "0"), ".")
	}
	return text
}

// ordinal is a rank as it is read: 1st, 2nd, 3rd, 4th, and 2.5 where ties share one.
func ordinal(x float64) string {
	text := report.Number(x)
	if x != math.Trunc(x) {
		return "rank " + text
	}
	switch n := int(x); {
	case n%100 >= 11 && n%100 <= 13:
		return text + "th"
	case n%10 == 1:
		return text + "st"
	case n%10 == 2:
		return text + "nd"
	case n%10 == 3:
		return text + "rd"
	}
	return text + "th"
}
