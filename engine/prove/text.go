package prove

import (
	"fmt"
	"io"
	"strings"

	"rubric/engine/report"
	"rubric/spec/diag"
	"rubric/spec/diff"
)

// Text writes a proof for a person: what was tried, and the digest; or the first figure
// that differs, and what did it.
func Text(w io.Writer, p *Proof, s report.Style) error {
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n\n", s.Bold(diag.Plain(p.heading()+": "+p.verdict())))
	width := 0
	for _, r := range p.Runs {
		width = max(width, len([]rune(diag.Plain(r.Name))))
	}
	for _, r := range p.Runs {
		said := report.Plural(r.Figures, "figure", "figures")
		switch {
		case r.Alone:
			said = "fits " + fitting[r.Fits]
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

// fitting are the versions that data fit, where it is not both.
var fitting = map[Fits]string{OldFits: "the old version alone", NewFits: "the new version alone", NeitherFit: "neither version, for different reasons"}

// verdict is all in a few words.
func (p *Proof) verdict() string {
	figures, _ := p.Differ()
	switch {
	case p.First == nil:
		return "no figure differs"
	case figures > 0:
		return "figures differ"
	case p.Figures() == 0:
		return "no figure could be compared"
	}
	return "the same data do not fit both"
}

// count says how many figures differ, and which runs could not be compared.
func (p *Proof) count() string {
	figures, runs := p.Differ()
	var parts []string
	for _, fits := range []Fits{OldFits, NewFits, NeitherFit} {
		n := 0
		for _, r := range p.Runs {
			if r.Alone && r.Fits == fits {
				n++
			}
		}
		switch {
		case n == 0:
		case len(parts) == 0:
			parts = append(parts, report.Plural(n, "run fits", "runs fit")+" "+fitting[fits])
		default:
			parts = append(parts, fmt.Sprintf("%d %s", n, fitting[fits]))
		}
	}
	alone := strings.Join(parts, ", ")
	if p.Figures() == 0 {
		return alone
	}
	if alone != "" {
		alone = "; " + alone
	}
	return fmt.Sprintf("%d of %s, in %d of %s%s", figures, report.Plural(p.Figures(), "figure differs", "figures differ"), runs, report.Plural(len(p.Runs), "run", "runs"), alone)
}

// differenceText says the first difference and its suspects.
func (p *Proof) differenceText(b *strings.Builder, s report.Style) {
	d := p.First
	b.WriteString(s.Wrap(diag.Plain("first: "+d.said())) + "\n")
	if d.Finding != nil {
		fmt.Fprintf(b, "  %s\n", diag.Plain(d.Finding.String()))
	}
	p.suspectsText(b, s)
	fmt.Fprintf(b, "%s\n", s.Wrap(p.count()))
}

// heads stand before the first suspect and the others: by how it is known.
var heads = map[How][2]string{
	Alone:    {"done by", "or by"},
	Figure:   {"done by", "the rest by"},
	Several:  {"it takes", "and"},
	Together: {"only together", "and"},
	Guess:    {"most probably by", "or by"},
}

// suspectsText says what did it or, where that is not proven, what most probably did.
func (p *Proof) suspectsText(b *strings.Builder, s report.Style) {
	d := p.First
	most, each := 3, d.How == Figure || d.How == Several || d.How == Together
	if each {
		most = 8
	}
	head, how, width := make([]string, len(d.Suspects)), How(""), 0
	for i, x := range d.Suspects {
		is := d.How
		if !x.Proven {
			is = Guess
		}
		head[i] = heads[is][min(1, i)]
		if is != how {
			head[i], how = heads[is][0], is
		}
		if i < most {
			width = max(width, len(head[i]))
		}
	}
	for i, x := range d.Suspects[:min(len(d.Suspects), most)] {
		fmt.Fprintf(b, "%-*s  %s  %s\n", width, head[i], x.Class(), diag.Plain(x.said()))
		lines := []string{}
		if x.What == ByChange {
			lines = append(lines, places(x.Change))
		}
		if each {
			lines = append(lines, "alone: "+movesText(x.Alone))
			if len(x.Alone) == 0 {
				lines = append(lines, "after the others: "+movesText(x.Last))
			}
		}
		for _, line := range lines {
			fmt.Fprintf(b, "%*s  %s\n", width, "", s.Faint(diag.Plain(line)))
		}
	}
	switch more := len(d.Suspects) - most; {
	case len(d.Suspects) == 0:
		b.WriteString("no change of the document explains it: the data or the files that the two name differ\n")
	case more > 0 && d.How != Guess:
		fmt.Fprintf(b, "… and %d more: --format json lists all\n", more)
	}
}

// movesText says figures that are others.
func movesText(moves []Move) string {
	var parts []string
	for _, m := range moves {
		by := ""
		if m.By != nil {
			by = " (" + signed(*m.By) + ")"
		}
		parts = append(parts, fmt.Sprintf("%s %s → %s%s", m.Figure, orNone(m.Old), orNone(m.New), by))
	}
	if parts == nil {
		return "no figure of this cell"
	}
	return strings.Join(parts, ", ")
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
