package compare

import (
	_ "embed"
	"fmt"
	"html/template"
	"io"
	"math"

	"rubric/engine/report"
	"rubric/spec/check"
	"rubric/spec/diag"
)

// The page is one file that needs nothing else: no script, no font, no network.
var (
	//go:embed page.html
	pageText string

	page = template.Must(template.New("page").Parse(pageText))
)

// What the page shows.
type (
	htmlPage struct {
		Title, From, To string
		Style           template.CSS
		Verdict         Verdict
		Tone            string // of the verdict: good, fair, bad
		Effects         []htmlEffect
		Changes         int
		Approved        int
		Lead            *htmlLead // nil: only the documents were compared
		Nodes           []htmlNode
		Why             *htmlWhy // nil: nobody asked
	}
	htmlEffect struct {
		Title, Tone string
		Changes     []htmlChange
	}
	htmlChange struct{ Class, Sentence, Reason, Where, Guess, Approved, Fingerprint string }
	htmlLead   struct {
		Title, Measures, Units, Noun, Period, Place string
		Mark, Note                                  string // of ranks that are of two series
		Banded                                      bool
		Moves                                       []htmlMove
		Left                                        int
	}
	htmlMove struct {
		Name, Period, Places, Tone        string
		OldRank, NewRank, OldScore, Score string
		Difference, Band                  string
		Slope                             template.HTML
	}
	htmlNode struct {
		Path, Places, Most, Spearman, Kendall string
		Units, Moved                          int
	}
)

// HTML writes a comparison as one page of HTML.
func HTML(w io.Writer, c *Comparison, s Show) error {
	old, now := c.Diff.Old, c.Diff.New
	p := htmlPage{
		Title: now.Title, From: old.Edition, To: now.Edition, Style: template.CSS(report.PageStyle), Verdict: c.Verdict,
		Tone: map[string]string{Comparable: "good", OverCommon: "fair", Incomparable: "bad"}[c.Verdict.Word], Changes: len(c.Diff.Changes), Approved: c.approvals(),
	}
	if old.Title != now.Title {
		p.From, p.To = old.Title+" "+old.Edition, now.Title+" "+now.Edition
	}
	for _, severity := range []diag.Severity{diag.Error, diag.Warning, diag.Info} {
		e := htmlEffect{Title: effects[severity], Tone: map[diag.Severity]string{diag.Error: "bad", diag.Warning: "fair", diag.Info: "good"}[severity]}
		for _, x := range c.Diff.Changes {
			if x.Severity == severity {
				where := details(x)[0]
				e.Changes = append(e.Changes, htmlChange{string(x.Class), Sentence(x), x.Reason, where, x.Guess, c.approvedBy(x), x.Fingerprint()})
			}
		}
		if len(e.Changes) > 0 {
			p.Effects = append(p.Effects, e)
		}
	}
	if c.Old != nil && c.New != nil {
		p.moves(c, s)
	}
	if c.Why != nil {
		p.Why = whyPage(c, s)
	}
	return page.Execute(w, p)
}

// moves are the node whose moves are told, and a line for each of the others.
func (p *htmlPage) moves(c *Comparison, s Show) {
	n := c.Lead(s.Node)
	p.Lead = &htmlLead{}
	if n == nil || n.Common == 0 {
		return
	}
	l := p.Lead
	l.Title, l.Noun, l.Place, l.Banded = title(n.Now), c.New.Plan.Methodology.Units.Noun, "rank", n.Crossed > 0
	l.Units, l.Measures = counted(c, n), measures(n)
	if n.Now.Rank == nil || n.Before.Rank == nil {
		l.Place = "place"
	}
	if c.Verdict.Breaks() {
		l.Mark, l.Note = mark, c.Verdict.twoSeries()
	}
	if len(c.New.Data.Periods()) > 1 {
		l.Period = periodNoun(c)
	}
	decimals, slope := decimalsOf(n), slopesOf(n)
	moves, left := n.told(s.Top, Move.changed)
	l.Left = left
	for _, m := range moves {
		tone := ""
		switch {
		case m.Places() > 0:
			tone = "up"
		case m.Places() < 0:
			tone = "down"
		}
		row := htmlMove{
			Name: m.Name, Places: signed(m.Places(), 0), Tone: tone, OldRank: rankOf(n, m.Old, m.OldPlace), NewRank: rankOf(n, m.New, m.NewPlace),
			OldScore: scoreOf(m.Old, decimals), Score: scoreOf(m.New, decimals), Difference: differenceOf(m, decimals), Band: bands(n, m), Slope: slope(m, tone),
		}
		if l.Period != "" {
			row.Period = m.Period
		}
		l.Moves = append(l.Moves, row)
	}
	for _, x := range c.Nodes {
		if !x.summed() {
			continue
		}
		row := htmlNode{Path: nodeTitle(x.Now), Units: x.Common, Moved: x.Moved, Places: fmt.Sprintf("%.1f", x.Shift), Spearman: optional(x.Spearman), Kendall: optional(x.Kendall)}
		if x.Most.Places() != 0 {
			row.Most = x.Most.Name + " " + signed(x.Most.Places(), 0)
		}
		p.Nodes = append(p.Nodes, row)
	}
}

func nodeTitle(n *check.Node) string {
	if n.Title == "" || n.Level == check.Index {
		return n.Path
	}
	return n.Title
}

// slopesOf draws how a unit moved: a line from its place before to the one now, upwards
// where it rose. All lines of a node have one scale, so that the steepest is the longest
// move; where a unit stands is said by the numbers beside it.
func slopesOf(n *Node) func(m Move, tone string) template.HTML {
	const least = 4 // places that fill the height: one place is no cliff
	most, last := float64(least), 0.0
	for _, m := range n.Moves {
		most = math.Max(most, math.Abs(m.Places()))
		last = math.Max(last, math.Max(m.OldPlace, m.NewPlace))
	}
	const left, right, middle, height = 4.0, 68.0, 16.0, 24.0
	return func(m Move, tone string) template.HTML {
		if m.OldPlace == 0 || m.NewPlace == 0 {
			return ""
		}
		rise := m.Places() / most * height / 2
		a, b := middle+rise, middle-rise
		// Numbers and a word of ours: nothing of a document gets here.
		return template.HTML(fmt.Sprintf(`<svg class="slope %s" viewBox="0 0 72 32" role="img" aria-label="from place %s to %s of %s"><path d="M%g 2V30M%g 2V30"/><line x1="%g" y1="%.1f" x2="%g" y2="%.1f"/><circle cx="%g" cy="%.1f" r="2"/><circle cx="%g" cy="%.1f" r="3"/></svg>`,
			tone, report.Number(m.OldPlace), report.Number(m.NewPlace), report.Number(last), left, right, left, a, right, b, left, a, right, b))
	}
}
