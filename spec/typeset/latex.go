package typeset

import "strings"

// LaTeX writes the formula in the mathematics of LaTeX, with nothing but what MathJax
// and GitHub know: no \operatorname.
func (f *Formula) LaTeX() string {
	if terms := f.terms(); terms != nil {
		return f.latexTerms(terms)
	}
	return f.root.latex(f.words)
}

// plainText are the signs that mean something in \text. A backslash has no sign of
// its own there.
var plainText = strings.NewReplacer(
	`\`, `}\backslash\text{`, `{`, `\{`, `}`, `\}`, `$`, `\$`, `&`, `\&`, `#`, `\#`, `%`, `\%`, `_`, `\_`, `^`, `}\wedge\text{`, `~`, `}\sim\text{`, "`", "'", "\n", " ",
)

func texted(s string) string { return `\text{` + plainText.Replace(s) + `}` }

// signs are how LaTeX writes those that have a name there.
var signs = map[string]string{
	"×": `\times`, "−": "-", "≤": `\le`, "≥": `\ge`, "≠": `\ne`, "<": `\lt`, ">": `\gt`, "∈": `\in`, "+": "+", "=": "=",
	"ln": `\ln`, "log": `\log`, "max": `\max`, "min": `\min`, "∑": `\sum`,
}

func sign(s string) string {
	if known, ok := signs[s]; ok {
		return known
	}
	return texted(s)
}

func inLatexBrackets(s string, needed bool) string {
	if needed {
		return `\left(` + s + `\right)`
	}
	return s
}

// tight says whether an operand needs brackets where a fraction is a whole.
func tight(parent, operand *box, right bool) bool {
	if operand.kind == fraction && parent.at != raised {
		return false
	}
	return inBrackets(parent, operand, right)
}

func (b *box) latex(w Words) string {
	arg := func(i int) string { return b.args[i].latex(w) }
	switch b.kind {
	case number:
		mantissa, exponent, scientific := strings.Cut(b.text, "e")
		text := strings.ReplaceAll(mantissa, ",", "{,}")
		if scientific {
			text += ` \times 10^{` + strings.ReplaceAll(exponent, "−", "-") + `}`
		}
		return text
	case word:
		if b.text == "e" {
			return "e"
		}
	case binary:
		text := sign(b.text)
		if b.at == both || b.at == either {
			text = `\ ` + text + `\ `
		}
		return inLatexBrackets(arg(0), tight(b, b.args[0], false)) + " " + text + " " + inLatexBrackets(arg(1), tight(b, b.args[1], true))
	case fraction:
		return `\frac{` + arg(0) + `}{` + arg(1) + `}`
	case negative:
		return "-" + inLatexBrackets(arg(0), b.args[0].at <= multiplied && b.args[0].kind != fraction)
	case root:
		degree := ""
		if b.text != "" {
			degree = "[" + b.text + "]"
		}
		return `\sqrt` + degree + `{` + arg(0) + `}`
	case power:
		return `{` + inLatexBrackets(arg(0), b.args[0].at < whole) + `}^{` + arg(1) + `}`
	case call:
		base := ""
		if b.sub != nil {
			base = "_{" + b.sub.latex(w) + "}"
		}
		return sign(b.text) + base + `\left(` + b.latexList(w) + `\right)`
	case fence:
		signs := map[string][2]string{"||": {"|", "|"}, "⌊⌋": {`\lfloor `, `\rfloor `}, "⌈⌉": {`\lceil `, `\rceil `}}[b.text]
		return `\left` + signs[0] + arg(0) + `\right` + signs[1]
	case over:
		if b.text == "∑" {
			return `\sum_{` + b.sub.latex(w) + `}{` + arg(0) + `}`
		}
		return `\underset{` + b.sub.latex(w) + `}{` + sign(b.text) + `}\left(` + arg(0) + `\right)`
	case cases:
		return b.latexCases(w)
	case set:
		return `\left\{` + b.latexList(w) + `\right\}`
	case after:
		return inLatexBrackets(arg(0), b.args[0].at < b.at) + texted(" "+b.text)
	case before:
		return texted(b.text+" ") + inLatexBrackets(arg(0), b.args[0].at <= compared)
	}
	return texted(b.text)
}

func (b *box) latexList(w Words) string {
	var out []string
	for _, x := range b.args {
		out = append(out, x.latex(w))
	}
	return strings.Join(out, `,\ `)
}

func (b *box) latexCases(w Words) string {
	var rows []string
	for i := 0; i < len(b.args); i += 2 {
		if i+1 == len(b.args) {
			rows = append(rows, b.args[i].latex(w)+" & "+texted(w.Otherwise))
			continue
		}
		rows = append(rows, b.args[i].latex(w)+" & "+texted(w.If+" ")+b.args[i+1].latex(w))
	}
	return `\begin{cases} ` + strings.Join(rows, ` \\ `) + ` \end{cases}`
}
