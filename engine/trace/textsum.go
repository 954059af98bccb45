package trace

import (
	"fmt"
	"math/big"
	"strings"

	"github.com/mattn/go-runewidth"

	"rubric/engine/report"
)

// aggregation writes the children's scores, and how they come to the value.
func (p *page) aggregation(n *Node, indent int) {
	a := n.Aggregation
	p.gap()
	if a.Method != "none" { // the headline has said so
		p.say(indent, plain, "%s:", sentence(a))
		p.gap()
	}
	t := p.terms(a)
	t.write(indent)
	p.total(a, t, indent)
	p.extremes(a, indent)
}

// sentence names the aggregation.
func sentence(a *Aggregation) string {
	what, named := aggregationNames[a.Method]
	switch {
	case !named:
		return fmt.Sprintf("%s of the scores of its %s", a.Method, below(a))
	case a.Method == "copeland", a.Method == "borda":
		return fmt.Sprintf("%s, by the scores of its %s", what, below(a))
	case a.Weighted:
		what = "weighted " + what
	}
	return fmt.Sprintf("the %s of the scores of its %s", what, below(a))
}

// aggregationNames are what a person calls the aggregations.
var aggregationNames = map[string]string{
	"sum": "sum", "arithmetic_mean": "mean", "geometric_mean": "geometric mean", "harmonic_mean": "harmonic mean",
	"generalised_mean": "generalised mean", "median": "median", "min": "lowest", "max": "highest",
	"mazziotta_pareto": "Mazziotta–Pareto mean",
	"copeland":         "how many units it outranks less how many outrank it", "borda": "the points that the rankings give it, added up",
}

// below counts an aggregation's children.
func below(a *Aggregation) string {
	level := "child"
	if len(a.Terms) > 0 {
		level = a.Terms[0].Level
	}
	return report.Plural(len(a.Terms), level, level+"s")
}

// termTable is the lines of an aggregation: numbers on the left, aligned, then
// what they are of.
type termTable struct {
	p                      *page
	a                      *Aggregation
	products               bool
	decimals               int
	weights, scores, terms []string
	places                 []string
	wide                   [4]int // weights, scores, terms, places
	placed                 string // the head of the places
}

func (p *page) terms(a *Aggregation) *termTable {
	t := &termTable{p: p, a: a, products: a.Weighted && a.Method != "none", placed: "rank"}
	var scores, products, weights []float64
	for _, x := range a.Terms {
		weights = append(weights, x.Weight)
		if x.Score != nil {
			scores = append(scores, *x.Score)
			if x.Rank == nil {
				t.placed = "place"
			}
		}
		if x.Product != nil {
			products = append(products, *x.Product)
		}
	}
	if a.Sum != nil {
		products = append(products, *a.Sum)
	}
	t.decimals = decimals(products...)
	if !t.products {
		t.decimals = decimals(append(scores, products...)...)
	}
	scoreDecimals, weightDecimals := decimals(scores...), decimals(weights...)
	if !t.products {
		scoreDecimals = t.decimals
	}
	for _, x := range a.Terms {
		weight, score, term, place := fixed(x.Weight, weightDecimals), "–", "–", ""
		if x.Score != nil {
			score = fixed(*x.Score, scoreDecimals)
			place = fmt.Sprint(x.Place.Better + 1)
			if t.placed == "rank" {
				place = report.Number(*x.Rank)
			}
		}
		if x.Product != nil {
			term = fixed(*x.Product, t.decimals)
		}
		t.weights, t.scores, t.terms, t.places = append(t.weights, weight), append(t.scores, score), append(t.terms, term), append(t.places, place)
	}
	t.wide = [4]int{widest("weight", t.weights), widest("score", t.scores), widest("term", t.terms), widest(t.placed, t.places)}
	if a.Sum != nil {
		sum := len(fixed(*a.Sum, t.decimals))
		t.wide[t.summed()] = max(t.wide[t.summed()], sum)
	}
	return t
}

// summed is the column that is added up.
func (t *termTable) summed() int {
	if t.products && t.a.Adds {
		return 2
	}
	return 1
}

func widest(head string, texts []string) int {
	w := runewidth.StringWidth(head)
	for _, s := range texts {
		w = max(w, runewidth.StringWidth(s))
	}
	return w
}

// left is the numbers of a line.
func (t *termTable) left(weight, times, score, equals, term string) string {
	out := ""
	if t.products {
		out = runewidth.FillLeft(weight, t.wide[0]) + times
	}
	out += runewidth.FillLeft(score, t.wide[1])
	if t.products && t.a.Adds {
		out += equals + runewidth.FillLeft(term, t.wide[2])
	}
	return out
}

func (t *termTable) write(indent int) {
	head := t.left("weight", "   ", "score", "   ", "term") + "  " + runewidth.FillLeft(t.placed, t.wide[3])
	t.p.line(indent+2, faint, head)
	for i, x := range t.a.Terms {
		equals := " = "
		if x.Product == nil {
			equals = "   "
		}
		numbers := t.left(t.weights[i], " × ", t.scores[i], equals, t.terms[i]) + "  " + runewidth.FillLeft(t.places[i], t.wide[3])
		origin := strings.ReplaceAll(x.Origin, "_", " ")
		note := ""
		switch {
		case x.Floored:
			note = ", no figure: floor"
		case x.Omitted:
			note = ", no figure: left out"
		case x.Status == "invalid":
			note = ", no value"
		case x.Score == nil && x.Origin != "not_computed":
			note = ", no figure"
		}
		lead := numbers + "  " + runewidth.FillRight(origin, t.origins()) + "  "
		t.p.hangAfter(indent+2, lead, x.Title+note)
	}
}

func (t *termTable) origins() int {
	w := 0
	for _, x := range t.a.Terms {
		w = max(w, len(x.Origin))
	}
	return w
}

// total writes the sum under its terms, with a residual where the figures as
// printed do not add up to it; a mean's division; or a formula with the scores
// in it.
func (p *page) total(a *Aggregation, t *termTable, indent int) {
	if a.Value == nil || a.Method == "none" {
		return
	}
	if !a.Adds {
		var args []string
		for i, s := range t.scores {
			if a.Terms[i].Omitted {
				continue
			}
			if a.Weighted {
				s += " (weight " + t.weights[i] + ")"
			}
			args = append(args, s)
		}
		p.gap()
		p.say(indent, bold, "%s(%s) = %s", a.Method, strings.Join(args, ", "), short(*a.Value))
		p.say(indent, faint, "%s", a.Formula)
		p.omitted(a, indent)
		return
	}
	column, printed := t.summed(), t.scores
	if column == 2 {
		printed = t.terms
	}
	under := func(number, label string) {
		left := t.left("", "   ", number, "   ", "")
		if column == 2 {
			left = t.left("", "   ", "", "   ", number)
		}
		p.line(indent+2, plain, left+"  "+label)
	}
	total := fixed(*a.Sum, t.decimals)
	if rest := residual(total, printed, t.decimals); rest != "" {
		under(rest, "rounding")
	}
	under(strings.Repeat("─", t.wide[column]), "")
	under(total, "sum")
	if a.Method == "arithmetic_mean" {
		by := "their number"
		if a.Weighted {
			by = "their weights"
		}
		p.say(indent+2, plain, "%s / %s = %s: divided by %s", total, report.Number(a.Weights), short(*a.Value), by)
	}
	p.omitted(a, indent)
}

// omitted says what became of children without a score.
func (p *page) omitted(a *Aggregation, indent int) {
	if a.Omitted == 0 {
		return
	}
	how := ""
	switch a.Method {
	case "sum":
		how = "; the sum adds what is there, unscaled"
	case "arithmetic_mean":
		how = "; the mean divides by what is there"
	}
	p.say(indent+2, plain, "left out for lack of a score: %d of %d%s", a.Omitted, len(a.Terms), how)
}

// residual is what printed terms lack of a printed total; empty where nothing.
func residual(total string, terms []string, decimals int) string {
	rest, ok := new(big.Rat).SetString(total)
	if !ok {
		return ""
	}
	for _, t := range terms {
		if x, ok := new(big.Rat).SetString(t); ok {
			rest.Sub(rest, x)
		}
	}
	if rest.Sign() == 0 {
		return ""
	}
	return rest.FloatString(decimals)
}

// extremes names the children that stand best and worst.
func (p *page) extremes(a *Aggregation, indent int) {
	first, last := 0, 0
	for _, x := range a.Terms {
		if x.Place == nil {
			continue
		}
		place := x.Place.Better + 1
		if first == 0 {
			first, last = place, place
		}
		first, last = min(first, place), max(last, place)
	}
	if len(a.Terms) < 3 || first == last {
		return
	}
	var best, worst []string
	for _, x := range a.Terms {
		switch {
		case x.Place == nil:
		case x.Place.Better+1 == first:
			best = append(best, x.Title)
		case x.Place.Better+1 == last:
			worst = append(worst, x.Title)
		}
	}
	p.gap()
	p.hangAfter(indent, "strongest  ", fmt.Sprintf("%s: %s", strings.Join(best, "; "), ordinal(first)))
	p.hangAfter(indent, "weakest    ", fmt.Sprintf("%s: %s", strings.Join(worst, "; "), ordinal(last)))
}
