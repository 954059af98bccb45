package compare

import (
	"fmt"
	"math"
	"strings"

	"rubric/engine/attribute"
	"rubric/engine/report"
)

// What the JSON has under `why`.
type (
	jsonWhy struct {
		Exact       bool             `json:"exact"`
		Evaluations int              `json:"evaluations"`
		Coarse      bool             `json:"coarse,omitempty"`
		Orders      int              `json:"orders,omitempty"`
		Seed        *uint64          `json:"seed,omitempty"`
		Factors     []jsonFactor     `json:"factors"`
		Order       []string         `json:"order,omitempty"`
		Nodes       []jsonAttributed `json:"nodes"`
	}
	jsonFactor struct {
		Name    string         `json:"name"`
		Kind    attribute.Kind `json:"kind"`
		Text    string         `json:"text"`
		Changes []string       `json:"changes"` // ids
		Reason  string         `json:"reason,omitempty"`
		Entered []string       `json:"entered,omitempty"`
		Left    []string       `json:"left,omitempty"`
	}
	jsonAttributed struct {
		Path   string           `json:"path"`
		Ranked bool             `json:"ranked"`
		Score  jsonPooled       `json:"score"`
		Rank   jsonPooled       `json:"rank"`
		Units  []jsonUnitEffect `json:"units"`
	}
	jsonPooled struct {
		Mean        []float64 `json:"mean"`
		Interaction float64   `json:"interaction"`
		Error       *float64  `json:"error,omitempty"`
		Left        int       `json:"left"`
	}
	jsonUnitEffect struct {
		Unit   string      `json:"unit"`
		Period string      `json:"period,omitempty"`
		Score  jsonEffects `json:"score"`
		Rank   jsonEffects `json:"rank"`
		Own    []*float64  `json:"own,omitempty"` // of rank.by, what the unit's own figures did
	}
	jsonEffects struct {
		Old    float64   `json:"old"`
		New    float64   `json:"new"`
		By     []float64 `json:"by"`
		Alone  []float64 `json:"alone"`
		Steps  []float64 `json:"steps,omitempty"`
		Error  *float64  `json:"error,omitempty"`
		Reason string    `json:"reason,omitempty"`
	}
)

// whyJSON is the whole attribution: every unit in every node.
func whyJSON(c *Comparison) *jsonWhy {
	a := c.Why
	if a == nil {
		return nil
	}
	out := &jsonWhy{Exact: a.Exact, Evaluations: a.Evaluations, Coarse: a.Coarse, Orders: a.Orders, Factors: []jsonFactor{}, Nodes: []jsonAttributed{}}
	sampled := func(x float64) *float64 {
		if a.Exact {
			return nil
		}
		return &x
	}
	if !a.Exact {
		out.Seed = &a.Seed
	}
	for _, f := range a.Factors {
		j := jsonFactor{Name: f.Name, Kind: f.Kind, Text: factorPhrase(c, f), Changes: []string{}, Reason: f.Reason, Entered: f.Entered, Left: f.Left}
		for _, x := range f.Changes {
			j.Changes = append(j.Changes, x.ID)
		}
		out.Factors = append(out.Factors, j)
	}
	for _, i := range a.Order {
		out.Order = append(out.Order, a.Factors[i].Name)
	}
	pooled := func(p attribute.Pooled) jsonPooled {
		return jsonPooled{p.Mean, p.Interaction, sampled(p.Error), p.Left}
	}
	effects := func(e attribute.Effects) jsonEffects {
		return jsonEffects{e.Old, e.New, e.By, e.Alone, e.Steps, sampled(e.Error), e.Reason}
	}
	for _, n := range a.Nodes {
		j := jsonAttributed{Path: n.Now.Path, Ranked: n.Ranked, Score: pooled(n.Score), Rank: pooled(n.Rank), Units: []jsonUnitEffect{}}
		for _, u := range n.Units {
			var own []*float64
			for _, x := range u.Own {
				if own = append(own, nil); !math.IsNaN(x) {
					own[len(own)-1] = &x
				}
			}
			j.Units = append(j.Units, jsonUnitEffect{u.ID, u.Period, effects(u.Score), effects(u.Rank), own})
		}
		out.Nodes = append(out.Nodes, j)
	}
	return out
}

// whyMarkdown is the part of a comment that says why.
func whyMarkdown(b *strings.Builder, c *Comparison, s Show) {
	lead, n, nothing := c.whyOf(s.Node)
	b.WriteString("\n#### Why\n")
	if nothing != "" {
		b.WriteString("\n" + nothing + "\n")
		return
	}
	fmt.Fprintf(b, "\nHow far each factor moved a %s on average, up or down, in %s.\n\n| | score | rank | what it is |\n|---|---:|---:|---|\n", cellText(c.Diff.New.Units.Noun), cellText(theTitle(lead.Now)))
	for _, i := range byMean(n.Score) {
		f := c.Why.Factors[i]
		text := cellText(factorPhrase(c, f))
		if f.Reason != "" {
			text += "<br>*one factor: " + cellText(f.Reason) + "*"
		}
		fmt.Fprintf(b, "| %s | %s | %s | %s |\n", cellText(f.Name), fixed(n.Score.Mean[i], effectDecimals(n)), meanRank(n, i), text)
	}
	b.WriteString("\n")
	for _, line := range notesOn(c.Why, n) {
		fmt.Fprintf(b, "%s\n", cellText(line))
	}
	if n.Score.Left > 0 {
		fmt.Fprintf(b, "%s\n", leftText(n))
	}
	rows, left := 0, 0
	for _, u := range largest(n) {
		if !moved(u.Score) && !moved(u.Rank) {
			continue
		}
		if s.Top > 0 && rows == s.Top {
			left++
			continue
		}
		if rows++; rows == 1 {
			b.WriteString("\n")
		}
		fmt.Fprintf(b, "- %s\n", cellText(WhySentence(c, n, u, scoreDecimals(n))))
	}
	if left > 0 {
		fmt.Fprintf(b, "\n… and %s.\n", report.Plural(left, "more", "more"))
	}
}

// unitMarkdown tells one unit.
func unitMarkdown(b *strings.Builder, c *Comparison, s Show) {
	lead := c.Lead(s.Node)
	n := c.why(lead)
	units, _ := c.WhyUnit(s.Node, s.Unit)
	for _, u := range units {
		fmt.Fprintf(b, "\n%s\n", cellText(WhySentence(c, n, u, scoreDecimals(n))))
		if u.Score.By == nil {
			continue
		}
		b.WriteString("\n| | score | alone | rank | alone | what it is |\n|---|---:|---:|---:|---:|---|\n")
		for _, i := range byEffect(u) {
			fmt.Fprintf(b, "| %s | %s | %s | %s | %s | %s |\n", cellText(c.Why.Factors[i].Name),
				part(u.Score.By, i, effectDecimals(n)), part(u.Score.Alone, i, effectDecimals(n)), part(u.Rank.By, i, rankDecimals), part(u.Rank.Alone, i, rankDecimals), cellText(factorPhrase(c, c.Why.Factors[i])))
		}
	}
	b.WriteString("\n")
	for _, line := range methodNotes(c.Why, n) {
		fmt.Fprintf(b, "%s\n", cellText(line))
	}
}
