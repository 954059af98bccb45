package expr

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/google/cel-go/cel"
)

var (
	unexpectedInput = regexp.MustCompile(`(?:mismatched|extraneous) input '(.*?)' expecting`)
	noViable        = regexp.MustCompile(`(?s)no viable alternative at input '(.*)'`)
	tokenError      = regexp.MustCompile(`(?s)token recognition error at: '(.*)'`)
	expected        = regexp.MustCompile(`expected type '(.*?)' but found '(.*?)'`)
	overload        = regexp.MustCompile(`(?s)found no matching overload for '(.*?)' applied to '\((.*)\)'`)
)

// writtenAs says how the language writes what others write so.
var writtenAs = map[string]string{
	"=": "equality is written `==`", "^": "a power is written `pow(x, y)`", "&": "both conditions: `&&`", "|": "either condition: `||`",
	"×": "multiplication is written `*`", "·": "multiplication is written `*`", "÷": "division is written `/`", "−": "minus is written `-`", "–": "minus is written `-`",
	"≤": "at most is written `<=`", "≥": "at least is written `>=`", "≠": "unequal is written `!=`",
}

// syntax says the first thing that is wrong with the text; what a parser says
// after that is a consequence of it.
func (c *compiler) syntax(issues *cel.Issues) []Issue {
	first := issues.Errors()[0]
	start := c.byteOffset(c.lineOffset(first.Location.Line()) + first.Location.Column())
	end := min(start+1, len(c.text))
	message := strings.TrimPrefix(first.Message, "Syntax error: ")
	kind, help := Syntax, "an operator, a comma or a bracket is missing, or one is too much"
	switch {
	case strings.Contains(message, "recursion") || strings.Contains(message, "limit"):
		kind, message, help = Limit, "the formula is nested too deeply", "split it over several indicators"
	case strings.Contains(message, "reserved identifier"):
		message, help = "a name that CEL reserves", "give the column another name; a condition is written `condition ? a : b`"
	case strings.Contains(message, "invalid int literal"), strings.Contains(message, "invalid uint literal"):
		message, help = "the whole number is too large", "write it with a decimal point: `1e20`"
	case strings.Contains(message, "invalid double literal"):
		message, help = "the number is too large for a double", "the largest is about 1.8e308"
	case unexpectedInput.MatchString(message):
		found := unexpectedInput.FindStringSubmatch(message)[1]
		if found == "<EOF>" {
			message, help = endsEarly, endsHelp
		} else {
			message, end = fmt.Sprintf("unexpected `%s`", found), min(start+len(found), len(c.text))
			if found == "*" && start > 0 && c.text[start-1] == '*' {
				help = writtenAs["^"]
			}
		}
	case tokenError.MatchString(message):
		found := strings.TrimSpace(tokenError.FindStringSubmatch(message)[1])
		message, end = fmt.Sprintf("unexpected `%s`", found), min(start+len(found), len(c.text))
		switch {
		case writtenAs[found] != "":
			help = writtenAs[found]
		case strings.HasPrefix(found, `"`) || strings.HasPrefix(found, "'"):
			help = "a text is not closed, or a quote is too much"
		default:
			help = "no word or sign of a formula begins so"
		}
	case strings.HasSuffix(message, "at '<EOF>'"):
		message, help = endsEarly, endsHelp
	case noViable.MatchString(message):
		message = "something is missing or too much here"
	}
	if start >= len(c.text) && len(c.text) > 0 {
		start, end = len(c.text)-1, len(c.text)
	}
	return []Issue{{kind, start, end, message, help, ""}}
}

const (
	endsEarly = "the formula ends too early"
	endsHelp  = "something must follow the last operator, or a bracket is not closed; a formula with a comma inside { } is quoted"
)

// lineOffset is the number of characters before a line (from 1) of the text.
func (c *compiler) lineOffset(line int) int {
	n := 0
	for i, l := range strings.Split(c.text, "\n") {
		if i+1 == line {
			return n
		}
		n += len([]rune(l)) + 1
	}
	return n
}

// types says what the type checker found.
func (c *compiler) types(issues *cel.Issues) []Issue {
	var out []Issue
	for _, e := range issues.Errors() {
		at, ok := c.e.offsets[e.ExprID]
		if !ok {
			at = [2]int{0, len(c.text)}
		}
		issue := Issue{WrongType, at[0], at[1], e.Message, typeHelp, ""}
		if m := overload.FindStringSubmatch(e.Message); m != nil {
			issue.Message, issue.Help = mismatch(m[1], strings.Split(m[2], ", "))
		} else if m := expected.FindStringSubmatch(e.Message); m != nil {
			issue.Message = fmt.Sprintf("%s is needed here, not %s", word(m[1]), word(m[2]))
			if m[1] == "bool" {
				issue.Help = "compare first: `gdp > 0 && debt > 0`"
			}
		}
		out = append(out, issue)
	}
	return out
}

// word is a CEL type in a person's words.
func word(celType string) string {
	switch celType {
	case "double":
		return "a number"
	case "bool":
		return "a truth value"
	case "string":
		return "a text"
	}
	return "a list"
}

// mismatch says an operator's or function's wrong arguments in words.
func mismatch(name string, args []string) (message, help string) {
	words := make([]string, len(args))
	for i, a := range args {
		words[i] = word(a)
	}
	got := strings.Join(words, " and ")
	symbol, operator := operatorSymbols[name]
	switch {
	case !operator:
		return fmt.Sprintf("`%s` takes numbers, not %s", name, got), textHelp(args)
	case symbol == "?:":
		return fmt.Sprintf("`condition ? a : b` takes a truth value and two of one type, not %s", strings.Join(words, ", ")), "both branches are numbers, or both texts"
	case symbol == "&&" || symbol == "||" || symbol == "!":
		return fmt.Sprintf("`%s` takes truth values, not %s", symbol, got), "compare first: `gdp > 0 && debt > 0`"
	case symbol == "==" || symbol == "!=" || symbol == "in":
		return fmt.Sprintf("`%s` compares two of one type, not %s", symbol, got), "compare numbers with numbers, texts with texts in quotes: `place == \"capital\"`"
	}
	return fmt.Sprintf("`%s` takes numbers, not %s", symbol, got), textHelp(args)
}

func textHelp(args []string) string {
	for _, a := range args {
		if a == "string" {
			return "a column of `type: text` is compared, or mapped to numbers by lookup"
		}
	}
	return typeHelp
}

const typeHelp = "numbers are added and compared; `condition ? 1 : 0` makes a number of a truth value"
