package typeset

import (
	"strings"
	"unicode/utf8"
)

// longest is how many characters a sum may have on one line. No browser breaks
// mathematics by itself.
const longest = 100

// term is a part of a sum, with the sign before it.
type term struct {
	sign string // empty for the first
	box  *box
}

// terms are the parts of a formula that is a long sum, which has a line for each; none
// where it stays on one line.
func (f *Formula) terms() (out []term) {
	if utf8.RuneCountInString(f.Text()) <= longest {
		return nil
	}
	b := f.root
	for b.kind == binary && b.at == added {
		out = append([]term{{b.text, b.args[1]}}, out...)
		b = b.args[0]
	}
	if len(out) == 0 {
		return nil
	}
	return append([]term{{"", b}}, out...)
}

// bare says whether a term can stand without brackets: on a line of its own cases can.
func (t term) bare() bool {
	return t.box.kind == cases || t.sign == "" || !tight(&box{kind: binary, text: t.sign, at: added}, t.box, true)
}

func (f *Formula) latexTerms(terms []term) string {
	var lines []string
	for _, t := range terms {
		said := inLatexBrackets(t.box.latex(f.words), !t.bare())
		if t.sign != "" {
			said = sign(t.sign) + " " + said
		}
		lines = append(lines, "& "+said)
	}
	return `\begin{aligned} ` + strings.Join(lines, ` \\ `) + ` \end{aligned}`
}

func (f *Formula) mathTerms(terms []term) string {
	var rows strings.Builder
	for _, t := range terms {
		said := inMathBrackets(t.box.mathML(f.words), !t.bare())
		if t.sign != "" {
			said = row(operator(t.sign), said)
		}
		rows.WriteString("<mtr><mtd>" + said + "</mtd></mtr>")
	}
	return `<mtable displaystyle="true" columnalign="left">` + rows.String() + "</mtable>"
}
