package compare

import (
	"fmt"
	"html/template"
	"math"
	"strings"

	"rubric/engine/attribute"
	"rubric/engine/report"
)

// What the page shows of the reasons.
type (
	htmlWhy struct {
		Empty   string // why there is nothing to show
		Noun    string
		Title   string
		Factors []htmlFactor
		Notes   []string
		Order   string // of the waterfalls
		Units   []htmlUnit
		Left    int
	}
	htmlFactor struct {
		Name, Text, Reason, Score, Rank string
		ScoreBar, RankBar               float64 // percent of the largest
	}
	htmlUnit struct {
		Sentence string
		Fall     template.HTML
	}
)

// whyPage is the part of the page that says why: what drove the edition, and for each
// unit a sentence and a waterfall of its score.
func whyPage(c *Comparison, s Show) *htmlWhy {
	lead, n, nothing := c.whyOf(s.Node)
	if nothing != "" {
		return &htmlWhy{Empty: nothing}
	}
	out := &htmlWhy{Noun: c.Diff.New.Units.Noun, Title: theTitle(lead.Now), Notes: notesOn(c.Why, n), Order: "the largest effect first"}
	var score, rank float64
	for i := range c.Why.Factors {
		score, rank = math.Max(score, n.Score.Mean[i]), math.Max(rank, n.Rank.Mean[i])
	}
	share := func(x, of float64) float64 {
		if of == 0 {
			return 0
		}
		return 100 * x / of
	}
	for _, i := range byMean(n.Score) {
		f := c.Why.Factors[i]
		out.Factors = append(out.Factors, htmlFactor{
			Name: f.Name, Text: factorPhrase(c, f), Reason: f.Reason,
			Score: fixed(n.Score.Mean[i], effectDecimals(n)), Rank: meanRank(n, i),
			ScoreBar: share(n.Score.Mean[i], score), RankBar: share(n.Rank.Mean[i], rank),
		})
	}
	if c.Why.Order != nil {
		out.Order = "one factor after the other: " + strings.Join(orderNames(c), ", ")
	}
	units := largest(n)
	if s.Unit != "" {
		units, _ = c.WhyUnit(s.Node, s.Unit)
	}
	var shown []attribute.Unit
	var falls []fall
	span := 0.0
	for _, u := range units {
		if s.Unit == "" && !moved(u.Score) && !moved(u.Rank) {
			continue
		}
		if s.Unit == "" && s.Top > 0 && len(shown) == s.Top {
			out.Left++
			continue
		}
		f := fallOf(c, u)
		shown, falls, span = append(shown, u), append(falls, f), math.Max(span, f.high-f.low)
	}
	for k, u := range shown {
		out.Units = append(out.Units, htmlUnit{WhySentence(c, n, u, scoreDecimals(n)), falls[k].drawn(span, scoreDecimals(n))})
	}
	return out
}

// fall is a waterfall: how a score became another one, a step a factor. It is in the
// order that was asked for, else the largest effect comes first.
type fall struct {
	old, now, low, high float64
	steps               []step
}

type step struct {
	name string
	by   float64
}

func fallOf(c *Comparison, u attribute.Unit) fall {
	f := fall{old: u.Score.Old, now: u.Score.New, low: math.Min(u.Score.Old, u.Score.New), high: math.Max(u.Score.Old, u.Score.New)}
	by, order := u.Score.By, c.Why.Order
	switch {
	case by == nil:
		return f
	case order != nil:
		by = u.Score.Steps
	default:
		order = byEffect(u)
	}
	rest, others := 0.0, 0
	for _, i := range order {
		switch {
		case by[i] == 0:
		case len(f.steps) == whyColumns-1 && c.Why.Order == nil:
			rest += by[i]
			others++
		default:
			f.steps = append(f.steps, step{c.Why.Factors[i].Name, by[i]})
		}
	}
	if others > 0 {
		f.steps = append(f.steps, step{report.Plural(others, "other", "others"), rest})
	}
	at := f.old
	for _, x := range f.steps {
		at += x.by
		f.low, f.high = math.Min(f.low, at), math.Max(f.high, at)
	}
	return f
}

// drawn is the waterfall as a picture, each bar beginning where the one before it ends. All
// pictures of a page have one scale: span is what fills the width.
func (f fall) drawn(span float64, decimals int) template.HTML {
	if len(f.steps) == 0 || span == 0 {
		return ""
	}
	const (
		line       = 22.0
		left       = 96.0  // of the names
		wide       = 260.0 // of the bars
		right      = 84.0  // of the amounts
		bar        = 13.0
		width      = left + wide + right
		lettersOff = 4.0
	)
	x := func(v float64) float64 { return left + (v-f.low)/span*wide }
	height := line * float64(len(f.steps)+2)
	var said []string
	for _, s := range f.steps {
		said = append(said, template.HTMLEscapeString(s.name)+" "+signed(s.by, max(decimals, 2)))
	}
	var b strings.Builder
	fmt.Fprintf(&b, `<svg class="fall" viewBox="0 0 %g %g" role="img" aria-label="score from %s to %s: %s">`, width, height, fixed(f.old, decimals), fixed(f.now, decimals), strings.Join(said, ", "))
	end := func(row int, name string, v float64) {
		y := line * (float64(row) + .5)
		fmt.Fprintf(&b, `<text x="%g" y="%g" text-anchor="end">%s</text><line class="end" x1="%.1f" y1="%g" x2="%.1f" y2="%g"/><text x="%g" y="%g" class="amount">%s</text>`,
			left-10, y+lettersOff, name, x(v), y-bar/2-2, x(v), y+bar/2+2, left+wide+10, y+lettersOff, fixed(v, decimals))
	}
	end(0, "before", f.old)
	at := f.old
	for k, s := range f.steps {
		y := line * (float64(k+1) + .5)
		from, to := math.Min(at, at+s.by), math.Max(at, at+s.by)
		tone := "up"
		if s.by < 0 {
			tone = "down"
		}
		fmt.Fprintf(&b, `<path class="guide" d="M%.1f %gV%g"/>`, x(at), y-line+bar/2, y+bar/2)
		fmt.Fprintf(&b, `<text x="%g" y="%g" text-anchor="end">%s</text><rect class="%s" x="%.1f" y="%g" width="%.1f" height="%g"/><text x="%g" y="%g" class="amount">%s</text>`,
			left-10, y+lettersOff, template.HTMLEscapeString(s.name), tone, x(from), y-bar/2, math.Max(x(to)-x(from), 1), bar, left+wide+10, y+lettersOff, signed(s.by, max(decimals, 2)))
		at += s.by
	}
	y := line * (float64(len(f.steps)+1) + .5)
	fmt.Fprintf(&b, `<path class="guide" d="M%.1f %gV%g"/>`, x(f.now), y-line+bar/2, y+bar/2)
	end(len(f.steps)+1, "now", f.now)
	b.WriteString("</svg>")
	return template.HTML(b.String()) // numbers and words of ours, and names that are escaped
}
