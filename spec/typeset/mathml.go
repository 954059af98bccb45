package typeset

import (
	"html"
	"strings"
)

// MathML writes the formula as an element of HTML, with the text as what is read
// where MathML is not known.
func (f *Formula) MathML() string {
	said := ""
	if terms := f.terms(); terms != nil {
		said = f.mathTerms(terms)
	} else {
		said = f.root.mathML(f.words)
	}
	return `<math displaystyle="true" alttext="` + html.EscapeString(f.Text()) + `">` + said + `</math>`
}

// operator is a sign between two things, with space around it.
func operator(sign string) string {
	return `<mo form="infix" lspace=".28em" rspace=".28em">` + html.EscapeString(sign) + "</mo>"
}

func element(tag, text string) string {
	return "<" + tag + ">" + html.EscapeString(text) + "</" + tag + ">"
}

func row(parts ...string) string { return "<mrow>" + strings.Join(parts, "") + "</mrow>" }

// spaced is a word between two things.
func spaced(s string) string { return `<mtext>&nbsp;` + html.EscapeString(s) + `&nbsp;</mtext>` }

func inMathBrackets(s string, needed bool) string {
	if needed {
		return row(`<mo>(</mo>`, s, `<mo>)</mo>`)
	}
	return s
}

func (b *box) mathML(w Words) string {
	arg := func(i int) string { return b.args[i].mathML(w) }
	switch b.kind {
	case number:
		return element("mn", b.text)
	case word:
		return element("mi", b.text)
	case binary:
		text := operator(b.text)
		if b.at == both || b.at == either {
			text = spaced(b.text)
		}
		return row(inMathBrackets(arg(0), tight(b, b.args[0], false)), text, inMathBrackets(arg(1), tight(b, b.args[1], true)))
	case fraction:
		return "<mfrac>" + arg(0) + arg(1) + "</mfrac>"
	case negative:
		return row(`<mo form="prefix">−</mo>`, inMathBrackets(arg(0), b.args[0].at <= multiplied && b.args[0].kind != fraction))
	case root:
		if b.text == "" {
			return "<msqrt>" + arg(0) + "</msqrt>"
		}
		return "<mroot>" + arg(0) + element("mn", b.text) + "</mroot>"
	case power:
		return "<msup>" + inMathBrackets(arg(0), b.args[0].at < whole) + arg(1) + "</msup>"
	case call:
		f := element("mi", b.text)
		if b.sub != nil {
			f = "<msub>" + f + b.sub.mathML(w) + "</msub>"
		}
		return row(f, "<mo>&#x2061;</mo>", row("<mo>(</mo>", b.mathList(w), "<mo>)</mo>"))
	case fence:
		signs := []rune(b.text)
		return row(`<mo fence="true" form="prefix">`+string(signs[0])+"</mo>", arg(0), `<mo fence="true" form="postfix">`+string(signs[1])+"</mo>")
	case over:
		if b.text == "∑" {
			return row("<munder><mo>∑</mo>"+b.sub.mathML(w)+"</munder>", arg(0))
		}
		return row("<munder>"+element("mi", b.text)+b.sub.mathML(w)+"</munder>", "<mo>&#x2061;</mo>", row("<mo>(</mo>", arg(0), "<mo>)</mo>"))
	case cases:
		return b.mathCases(w)
	case set:
		return row("<mo>{</mo>", b.mathList(w), "<mo>}</mo>")
	case after:
		return row(inMathBrackets(arg(0), b.args[0].at < b.at), spaced(b.text))
	case before:
		return row(spaced(b.text), inMathBrackets(arg(0), b.args[0].at <= compared))
	}
	// Not mtext: that is a space to MathML, and what stands between two of them would
	// lose the space around it.
	return `<mi mathvariant="normal" class="name">` + html.EscapeString(b.text) + "</mi>"
}

func (b *box) mathList(w Words) string {
	var out []string
	for _, x := range b.args {
		out = append(out, x.mathML(w))
	}
	return strings.Join(out, `<mo separator="true">,</mo>`)
}

// mathCases is a table behind a brace. The class lets a page draw the brace, which
// grows only where there is a font for mathematics.
func (b *box) mathCases(w Words) string {
	var rows strings.Builder
	for i := 0; i < len(b.args); i += 2 {
		condition := element("mtext", w.Otherwise)
		if i+1 < len(b.args) {
			condition = row(`<mtext>`+html.EscapeString(w.If)+`&nbsp;</mtext>`, b.args[i+1].mathML(w))
		}
		rows.WriteString("<mtr><mtd>" + b.args[i].mathML(w) + "</mtd><mtd>" + condition + "</mtd></mtr>")
	}
	return `<mrow class="cases">` + `<mo fence="true" form="prefix" stretchy="true">{</mo>` + `<mtable displaystyle="true" columnalign="left">` + rows.String() + "</mtable></mrow>"
}
