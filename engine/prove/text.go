package prove

import (
	"fmt"
	"io"
	"strings"

	"rubric/engine/compare"
	"rubric/engine/report"
	"rubric/spec/diag"
	"rubric/spec/diff"
)

// Text writes a proof for a person: what was tried, and the digest; or the first figure
// that differs, and what most probably did it.
func Text(w io.Writer, p *Proof, s report.Style) error {
	var b strings.Builder
	verdict := "no figure differs"
	if p.First != nil {
		verdict = "figures differ"
	}
	fmt.Fprintf(&b, "%s\n\n", s.Bold(diag.Plain(p.heading()+": "+verdict)))
	width := 0
	for _, r := range p.Runs {
		width = max(width, len([]rune(diag.Plain(r.Name))))
	}
	for _, r := range p.Runs {
		said := report.Plural(r.Figures, "figure", "figures")
		switch {
		case r.Alone:
			said = "fits one of the two alone"
		case r.Errors > 0:
			said = "cannot be evaluated, for the same reason in both"
		case r.Differ > 0:
			said += fmt.Sprintf(", %d differ", r.Differ)
		}
		name := diag.Plain(r.Name)
		fmt.Fprintf(&b, "  %s%s  %s\n", name, strings.Repeat(" ", width-len([]rune(name))), said)
	}
	b.WriteByte('\n')
	if p.First != nil {
		p.differenceText(&b, s)
	} else {
		fmt.Fprintf(&b, "%s\n%s\n", s.Wrap(p.summary()), p.Digest)
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func (p *Proof) heading() string {
	old, now := p.Diff.Old, p.Diff.New
	if old.Edition == now.Edition {
		return fmt.Sprintf("%s %s", now.Title, now.Edition)
	}
	return fmt.Sprintf("%s, %s → %s", now.Title, old.Edition, now.Edition)
}

// summary says what holds, and over what.
func (p *Proof) summary() string {
	how := "bit for bit"
	if p.Within > 0 {
		how = "within " + report.Number(p.Within)
	}
	changes := "the two documents mean the same"
	if n := len(p.Diff.Changes); n > 0 {
		changes = report.Plural(n, "change", "changes") + " of the document"
	}
	return fmt.Sprintf("%s in %s, %s; %s", report.Plural(p.Figures(), "figure", "figures"), report.Plural(len(p.Runs), "run", "runs"), how, changes)
}

// differenceText says the first difference and its suspects.
func (p *Proof) differenceText(b *strings.Builder, s report.Style) {
	d := p.First
	b.WriteString(s.Wrap(diag.Plain("first: "+d.said())) + "\n")
	if d.Finding != nil {
		fmt.Fprintf(b, "  %s\n", diag.Plain(d.Finding.String()))
	}
	few := d.Suspects[:min(len(d.Suspects), 3)]
	for i, c := range few {
		head := "most probably by "
		if i > 0 {
			head = "or by            "
		}
		fmt.Fprintf(b, "%s %s  %s\n", head, c.Class, diag.Plain(compare.Sentence(c)))
		fmt.Fprintf(b, "                  %s\n", s.Faint(diag.Plain(places(c))))
	}
	if len(few) == 0 {
		b.WriteString("no change of the document explains it: the data or the files that the two name differ\n")
	}
	figures, runs := p.Differ()
	fmt.Fprintf(b, "%s\n", s.Wrap(fmt.Sprintf("%d of %s, in %d of %s", figures, report.Plural(p.Figures(), "figure differs", "figures differ"), runs, report.Plural(len(p.Runs), "run", "runs"))))
}

func places(c diff.Change) string {
	var out []string
	for _, p := range []string{c.OldPlace.String(), c.NewPlace.String()} {
		if p != "" {
			out = append(out, p)
		}
	}
	return strings.Join(out, " → ")
}

// said is a difference in one line.
func (d *Difference) said() string {
	unit := d.Name
	if d.Period != "" {
		unit += " " + d.Period
	}
	switch {
	case d.Side != "":
		return fmt.Sprintf("%s cannot evaluate %s", d.Side, d.Run)
	case d.Node == "" && d.Before == "" && d.Old == "":
		return fmt.Sprintf("the old version has no unit %s in %s", unit, d.Run)
	case d.Node == "" && d.Before == "":
		return fmt.Sprintf("the new version has no unit %s in %s", unit, d.Run)
	case d.Before == "":
		return fmt.Sprintf("the old version has no node %s", d.Node)
	case d.Node == "":
		return fmt.Sprintf("the new version has no node %s", d.Before)
	}
	node := d.Node
	if d.Before != d.Node {
		node += " (" + d.Before + " before)"
	}
	by := ""
	if d.By != nil {
		by = " (" + signed(*d.By) + ")"
	}
	return fmt.Sprintf("%s of %s, %s, in %s: %s → %s%s", d.Figure, node, unit, d.Run, orNone(d.Old), orNone(d.New), by)
}

func signed(x float64) string {
	if x > 0 {
		return "+" + report.Number(x)
	}
	return report.Number(x)
}

func orNone(text string) string {
	if text == "" {
		return "none"
	}
	return text
}
