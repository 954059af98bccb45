package compare

import (
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"

	"rubric/engine/report"
	"rubric/spec/check"
	"rubric/spec/diag"
	"rubric/spec/diff"
	"rubric/spec/source"
)

// What the JSON has; its schema is schemas/comparison.v1.schema.json.
type (
	jsonComparison struct {
		FormatVersion int          `json:"formatVersion"`
		Index         string       `json:"index"`
		Old           jsonSide     `json:"old"`
		New           jsonSide     `json:"new"`
		Verdict       jsonVerdict  `json:"verdict"`
		Changes       []jsonChange `json:"changes"`
		Nodes         []jsonNode   `json:"nodes"` // empty: only the documents were compared
		Why           *jsonWhy     `json:"why,omitempty"`
	}
	jsonSide struct {
		Edition       string `json:"edition"`
		Title         string `json:"title"`
		Document      string `json:"document"`
		Comparability string `json:"comparability,omitempty"`
		Units         int    `json:"units,omitempty"`
	}
	jsonVerdict struct {
		Word   string `json:"word"`
		Reason string `json:"reason"`
		Breaks bool   `json:"breaks"` // ranks of the two are of two series
	}
	jsonChange struct {
		ID          string        `json:"id"`
		Kind        diff.Kind     `json:"kind"`
		Class       diff.Class    `json:"class"`
		Severity    diag.Severity `json:"severity"`
		Reason      string        `json:"reason"`
		Subject     string        `json:"subject"`
		Key         string        `json:"key,omitempty"`
		Before      string        `json:"before,omitempty"`
		After       string        `json:"after,omitempty"`
		Old         *source.Place `json:"old,omitempty"`
		New         *source.Place `json:"new,omitempty"`
		Acts        []string      `json:"acts"`
		Reaches     []string      `json:"reaches"`
		Guess       string        `json:"guess,omitempty"`
		Fingerprint string        `json:"fingerprint"`
		Approved    *jsonApproved `json:"approved,omitempty"`
	}
	jsonApproved struct {
		By    string `json:"by"`
		Why   string `json:"why"`
		Until string `json:"until,omitempty"`
	}
	jsonNode struct {
		Path     string     `json:"path"`
		Before   string     `json:"before"`
		Level    string     `json:"level"`
		Common   int        `json:"common"`
		Shift    float64    `json:"shift"`
		Spearman *float64   `json:"spearman"`
		Kendall  *float64   `json:"kendall"`
		Crossed  int        `json:"crossed"`
		Entered  []jsonUnit `json:"entered"`
		Left     []jsonUnit `json:"left"`
		Moves    []jsonMove `json:"moves"`
	}
	jsonUnit struct {
		Unit   string `json:"unit"`
		Period string `json:"period,omitempty"`
	}
	jsonMove struct {
		Unit   string      `json:"unit"`
		Period string      `json:"period,omitempty"`
		Old    *jsonFigure `json:"old"`
		New    *jsonFigure `json:"new"`
		Places *float64    `json:"places"` // among the units that both have
	}
	jsonFigure struct {
		Score  *float64 `json:"score"`
		Rank   *float64 `json:"rank"`
		Place  *float64 `json:"place"` // among the units that both have
		Band   string   `json:"band,omitempty"`
		Status string   `json:"status"`
	}
)

// JSON writes a comparison for a program, with every unit in every node.
func JSON(w io.Writer, c *Comparison) error {
	out := jsonComparison{FormatVersion: 1, Index: c.Diff.New.Index, Verdict: jsonVerdict{c.Verdict.Word, c.Verdict.Reason, c.Verdict.Breaks()}, Changes: []jsonChange{}, Nodes: []jsonNode{}}
	out.Old, out.New = sideOf(c.Diff.Old), sideOf(c.Diff.New)
	if c.Old != nil {
		out.Old.Units = c.Old.Data.Units()
	}
	if c.New != nil {
		out.New.Units = c.New.Data.Units()
	}
	for _, x := range c.Diff.Changes {
		out.Changes = append(out.Changes, jsonChange{
			x.ID, x.Kind, x.Class, x.Severity, x.Reason, x.Subject, x.Key, x.Before, x.After, place(x.OldPlace), place(x.NewPlace),
			append([]string{}, x.Acts...), append([]string{}, x.Reaches...), x.Guess, x.Fingerprint(), c.approvedJSON(x),
		})
	}
	for _, n := range c.Nodes {
		out.Nodes = append(out.Nodes, nodeJSON(n))
	}
	out.Why = whyJSON(c)
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(out)
}

func sideOf(m *check.Methodology) jsonSide {
	return jsonSide{Edition: m.Edition, Title: m.Title, Document: m.Document.Name, Comparability: m.Comparability}
}

func place(p source.Place) *source.Place {
	if p.File == "" {
		return nil
	}
	return &p
}

func nodeJSON(n *Node) jsonNode {
	out := jsonNode{Path: n.Now.Path, Before: n.Before.Path, Level: n.Now.Level.String(), Common: n.Common, Shift: n.Shift, Spearman: n.Spearman, Kendall: n.Kendall, Crossed: n.Crossed, Moves: []jsonMove{}}
	scored := func(m Move) bool { return m.Old != nil && m.Old.HasScore || m.New != nil && m.New.HasScore }
	moves := n.Moves
	if !slices.ContainsFunc(moves, scored) { // in a panel of many nodes, what is not computed is most of it
		moves = nil
	}
	for _, m := range moves {
		j := jsonMove{Unit: m.Unit, Period: m.Period, Old: figure(m.Old, m.OldPlace), New: figure(m.New, m.NewPlace)}
		if m.OldPlace > 0 && m.NewPlace > 0 {
			places := m.Places()
			j.Places = &places
		}
		out.Moves = append(out.Moves, j)
	}
	out.Entered, out.Left = units(n.Entered()), units(n.Left())
	return out
}

// units are those of some moves.
func units(moves []Move) []jsonUnit {
	out := []jsonUnit{}
	for _, m := range moves {
		out = append(out, jsonUnit{m.Unit, m.Period})
	}
	return out
}

func figure(r *report.Row, place float64) *jsonFigure {
	if r == nil {
		return nil
	}
	out := &jsonFigure{Band: r.Band, Status: r.Status}
	if r.HasScore {
		out.Score = &r.Score
	}
	if r.HasRank {
		out.Rank = &r.Rank
	}
	if place > 0 {
		out.Place = &place
	}
	return out
}

// Markdown writes a comparison as a comment of a pull request.
func Markdown(w io.Writer, c *Comparison, s Show) error {
	var b strings.Builder
	fmt.Fprintf(&b, "### %s\n\n**%s**: %s\n", cellText(heading(c.Diff.Old, c.Diff.New)), c.Verdict.Word, cellText(c.Verdict.Reason))
	if s.Unit != "" {
		unitMarkdown(&b, c, s)
		_, err := io.WriteString(w, b.String())
		return err
	}
	changesMarkdown(&b, c, s)
	weightsMarkdown(&b, c.Diff, s)
	if c.Old != nil && c.New != nil {
		movesMarkdown(&b, c, s)
	} else {
		fmt.Fprintf(&b, "\n#### Who moved\n\n%s\n", cellText(c.unscored()))
	}
	if c.Why != nil {
		whyMarkdown(&b, c, s)
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func changesMarkdown(b *strings.Builder, all *Comparison, s Show) {
	d := all.Diff
	if len(d.Changes) == 0 {
		b.WriteString("\nNothing changed: the two documents mean the same.\n")
		return
	}
	counts := map[diag.Severity]int{}
	for _, c := range d.Changes {
		counts[c.Severity]++
	}
	approved := ""
	if n := all.approvals(); n > 0 {
		approved = fmt.Sprintf(" %d of them approved.", n)
	}
	fmt.Fprintf(b, "\n#### What changed\n\n%s: %d break comparability, %d may change figures, %d do not.%s\n\n| | class | change | where |\n|---|---|---|---|\n",
		report.Plural(len(d.Changes), "change", "changes"), counts[diag.Error], counts[diag.Warning], counts[diag.Info], approved)
	marks := map[diag.Severity]string{diag.Error: "❌", diag.Warning: "⚠️", diag.Info: "ℹ️"}
	rows := 0
	for _, severity := range []diag.Severity{diag.Error, diag.Warning, diag.Info} {
		for _, c := range d.Changes {
			if c.Severity != severity {
				continue
			}
			if rows++; rows > s.rows(len(d.Changes)) {
				continue
			}
			where := "`" + strings.Join(placesOf(c), "` → `") + "`"
			text := cellText(Sentence(c)) + "<br><sub>" + cellText(c.Reason) + "</sub>"
			if c.Guess != "" {
				text += "<br>*a guess: " + cellText(c.Guess) + "*"
			}
			if by := all.approvedBy(c); by != "" {
				text += "<br>✅ " + cellText(by)
			}
			fmt.Fprintf(b, "| %s | %s | %s | %s |\n", marks[severity], c.Class, text, where)
		}
	}
	if left := rows - s.rows(len(d.Changes)); left > 0 {
		fmt.Fprintf(b, "\n%s.\n", report.Capital(tally(d.Changes)))
		fmt.Fprintf(b, "\n… and %d more; `--top 0` lists all.\n", left)
	}
}

func movesMarkdown(b *strings.Builder, c *Comparison, s Show) {
	b.WriteString("\n#### Who moved\n\n")
	w, ok := whoMoved(c, s)
	if !ok {
		b.WriteString(cellText(c.alone()) + "\n")
		return
	}
	fmt.Fprintf(b, "%s.\n", cellText(report.Capital(w.summary)))
	if w.noticed != "" {
		fmt.Fprintf(b, "\n%s\n", cellText(w.noticed))
	}
	for _, t := range []sheet{w.alone, w.sheet(c)} {
		if len(t.rows) > 0 {
			b.WriteString("\n")
			t.markdown(b)
		}
	}
	if len(w.moves) == 0 {
		b.WriteString("\n" + nobody + "\n")
	}
	for _, line := range w.notes {
		fmt.Fprintf(b, "\n%s.\n", strings.TrimSuffix(line, "."))
	}
	for _, t := range []sheet{w.periods, w.nodes} {
		if len(t.rows) > 0 {
			b.WriteString("\n")
			t.markdown(b)
		}
	}
	if line := w.stillText(); line != "" {
		b.WriteString("\n" + line + "\n")
	}
}

// cellText is a stranger's text in a table of Markdown.
func cellText(s string) string {
	return strings.NewReplacer("|", "\\|", "<", "&lt;", "*", "\\*", "_", "\\_", "`", "\\`").Replace(diag.Plain(s))
}
