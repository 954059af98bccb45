package typeset

import (
	"fmt"
	"math"
	"strconv"
	"strings"
)

// Number writes a number for a reader: groups of three digits from ten thousand on.
func Number(x float64) string {
	text := strconv.FormatFloat(x, 'g', -1, 64)
	if a := math.Abs(x); a < 10000 || a >= 1e15 {
		if mantissa, exponent, ok := strings.Cut(text, "e"); ok { // 1e+06, 1.5e-09
			text = mantissa + "e" + strings.TrimPrefix(exponent[:1], "+") + strings.TrimLeft(exponent[1:], "0")
		}
		return strings.ReplaceAll(text, "-", "−")
	}
	text = strconv.FormatFloat(x, 'f', -1, 64)
	sign := ""
	if text[0] == '-' {
		sign, text = "−", text[1:]
	}
	digits, behind, point := strings.Cut(text, ".")
	for i := len(digits) - 3; i > 0; i -= 3 {
		digits = digits[:i] + "," + digits[i:]
	}
	if point {
		behind = "." + behind
	}
	return sign + digits + behind
}

// Text writes the formula on one line of plain text. A title that has signs of its own
// stands in quotes there.
func (f *Formula) Text() string {
	if title, ok := f.Plain(); ok {
		return title
	}
	return f.root.plain(f.words)
}

// inBrackets says whether an operand needs brackets: what binds more loosely does, and
// on the right of what cannot be turned round, what binds as strongly.
func inBrackets(parent, operand *box, right bool) bool {
	if operand.at != parent.at {
		return operand.at < parent.at
	}
	return right && (parent.text == "−" || parent.kind == fraction || operand.kind == fraction || operand.kind == negative || parent.at == compared) ||
		parent.at == compared
}

func bracketed(text string, needed bool) string {
	if needed {
		return "(" + text + ")"
	}
	return text
}

func (b *box) plain(w Words) string {
	arg := func(i int) string { return b.args[i].plain(w) }
	operand := func(i int) string { return bracketed(arg(i), inBrackets(b, b.args[i], i > 0)) }
	switch b.kind {
	case binary:
		return operand(0) + " " + b.text + " " + operand(1)
	case fraction:
		return operand(0) + " / " + operand(1)
	case negative:
		return "−" + bracketed(arg(0), b.args[0].at <= multiplied)
	case root:
		sign := "√"
		switch b.text {
		case "":
		case "3":
			sign = "∛"
		case "4":
			sign = "∜"
		default:
			return fmt.Sprintf("%s^(1/%s)", bracketed(arg(0), b.args[0].at < whole), b.text)
		}
		return sign + "(" + arg(0) + ")"
	case power:
		return bracketed(arg(0), b.args[0].at < whole) + "^" + bracketed(arg(1), b.args[1].at < whole)
	case call:
		base := ""
		if b.sub != nil {
			base = "₁₀" // the only one
		}
		return b.text + base + "(" + b.list(w) + ")"
	case fence:
		signs := []rune(b.text)
		return string(signs[0]) + arg(0) + string(signs[1])
	case over:
		return b.text + "(" + fmt.Sprintf(w.OverAll, arg(0), b.sub.text) + ")"
	case cases:
		return b.oneLine(w)
	case set:
		return "{" + b.list(w) + "}"
	case after:
		return bracketed(arg(0), b.args[0].at < b.at) + " " + b.text
	case before:
		return b.text + " " + bracketed(arg(0), b.args[0].at <= compared)
	case name:
		if strings.ContainsAny(b.text, ",;()+*/<>=×−") { // it would be taken for more than a title
			return w.Opening + b.text + w.Ending
		}
	}
	return b.text
}

func (b *box) list(w Words) string {
	var out []string
	for _, x := range b.args {
		out = append(out, x.plain(w))
	}
	return strings.Join(out, ", ")
}

// oneLine writes cases one after the other: 1 if a > 2; 0 otherwise.
func (b *box) oneLine(w Words) string {
	var out []string
	for i := 0; i < len(b.args); i += 2 {
		if i+1 == len(b.args) {
			out = append(out, b.args[i].plain(w)+" "+w.Otherwise)
			continue
		}
		out = append(out, fmt.Sprintf("%s %s %s", bracketed(b.args[i].plain(w), b.args[i].kind == cases), w.If, b.args[i+1].plain(w)))
	}
	return strings.Join(out, "; ")
}
