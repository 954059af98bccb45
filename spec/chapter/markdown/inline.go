package markdown

import (
	"regexp"
	"strings"

	"rubric/spec/chapter"
)

// run writes pieces of text.
func run(t chapter.Text) string {
	var b strings.Builder
	for _, p := range t {
		var said string
		switch {
		case p.Formula != nil:
			said = inline(p.Formula.Text())
		case p.Code:
			said = inCode(p.Text)
		default:
			said = inline(p.Text)
		}
		if p.Strong && said != "" { // no space may stand inside
			said = "**" + said + "**"
		}
		if p.Link != "" {
			said = "[" + said + "](" + target(p.Link) + ")"
		}
		b.WriteString(said)
	}
	return strings.TrimSpace(b.String())
}

// target is where a link leads; an address with signs of Markdown stands in brackets.
func target(link string) string {
	if strings.ContainsAny(link, " ()<>\\") {
		return "<" + strings.NewReplacer("<", "%3C", ">", "%3E", "\\", "%5C", "\n", "", "\r", "").Replace(link) + ">"
	}
	return link
}

// signs are what means something to Markdown within a line.
var signs = strings.NewReplacer(
	`\`, `\\`, "`", "\\`", "*", `\*`, "_", `\_`, "[", `\[`, "]", `\]`, "<", `\<`, "~", `\~`, "$", `\$`,
)

// entity is an ampersand that HTML would take for one of its own.
var entity = regexp.MustCompile(`&(#?[A-Za-z0-9]+;)`)

// inline is a text within a line, whatever stands in it. A space before or behind it
// stays, since another piece may stand there.
func inline(s string) string {
	words := strings.Join(strings.Fields(s), " ")
	if words == "" {
		return ""
	}
	if s[0] == ' ' {
		words = " " + words
	}
	if s[len(s)-1] == ' ' {
		words += " "
	}
	return entity.ReplaceAllString(signs.Replace(words), `\&$1`)
}

// blockStart is what makes a line more than text where it begins with it.
var blockStart = regexp.MustCompile(`^(#{1,6}( |$)|[-+>=]|\d+[.)]|\|)`)

// leading keeps a line from becoming a heading, a list, a quote or a rule.
func leading(s string) string {
	if at := blockStart.FindString(s); at != "" {
		if at[0] >= '0' && at[0] <= '9' {
			return at[:len(at)-1] + `\` + at[len(at)-1:] + s[len(at):]
		}
		return `\` + s
	}
	return s
}

// paragraph is a text of its own.
func paragraph(s string) string { return leading(strings.TrimSpace(inline(s))) }

// inCode is a text as code, between more backticks than it has in a row.
func inCode(s string) string {
	s = strings.Join(strings.Fields(s), " ")
	if s == "" {
		return ""
	}
	longest, now := 0, 0
	for _, r := range s {
		if r != '`' {
			now = 0
			continue
		}
		now++
		longest = max(longest, now)
	}
	ticks := strings.Repeat("`", longest+1)
	if strings.HasPrefix(s, "`") || strings.HasSuffix(s, "`") {
		s = " " + s + " "
	}
	return ticks + s + ticks
}

// inTable keeps a cell from ending early. In code, too: the table is read first.
func inTable(s string) string { return strings.ReplaceAll(s, "|", `\|`) }
