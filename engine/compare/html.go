package compare

import (
	_ "embed"
	"fmt"
	"html/template"
	"io"
	"math"

	"rubric/engine/report"
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
		Weights         htmlSheet
		Lead            *htmlLead // nil: only the documents were compared
		Unscored        string    // why
		Periods, Nodes  htmlSheet
		Still           string
		Why             *htmlWhy // nil: nobody asked
	}
	htmlEffect struct {
		Title, Tone string
		Changes     []htmlChange
	}
	htmlChange struct{ Class, Sentence, Reason, Where, Guess, Approved, Fingerprint string }
	htmlLead   struct {
		Alone                     string // why nobody has a score on both sides
		Summary, Noticed          string
		Noun, Period, Place, Mark string
		Nobody                    string
		Notes                     []string
		Placed, Banded            bool
		Sheet                     htmlSheet // who is on one side alone
		Moves                     []htmlMove
		Left                      int
	}
	htmlMove struct {
		Name, Period, Places, Tone        string
		OldRank, NewRank, OldScore, Score string
		Difference, Band                  string
		Slope                             template.HTML
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
	p.Weights = weightsSheet(c.Diff, s).html()
	if c.Old != nil && c.New != nil {
		p.moves(c, s)
	} else {
		p.Unscored = c.unscored()
	}
	if c.Why != nil {
		p.Why = whyPage(c, s)
	}
	return page.Execute(w, p)
}

// moves are the node whose moves are told, and a line for each of the others.
func (p *htmlPage) moves(c *Comparison, s Show) {
	p.Lead = &htmlLead{}
	w, ok := whoMoved(c, s)
	if !ok {
		p.Lead.Alone = c.alone()
		return
	}
	n, l := w.lead, p.Lead
	l.Summary, l.Noticed, l.Noun, l.Placed, l.Place, l.Banded = report.Capital(w.summary), w.noticed, c.New.Plan.Methodology.Units.Noun, n.placed(), n.placeNoun(), n.Crossed > 0
	l.Notes, l.Sheet, l.Left, l.Nobody = w.notes, w.alone.html(), w.left, nobody
	if c.Verdict.Breaks() {
		l.Mark = mark
	}
	if c.panel() {
		l.Period = periodNoun(c)
	}
	decimals, slope := decimalsOf(n), slopesOf(n)
	for _, m := range w.moves {
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
	p.Periods, p.Nodes, p.Still = w.periods.html(), w.nodes.html(), w.stillText()
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
