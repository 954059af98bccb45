package table

import (
	"bytes"
	"regexp"
	"strings"
	"unicode"
)

// What people write where there is no figure.
var blanks = []string{
	"na", "n/a", "n.a.", "n.a", "#n/a", "nan", "null", "none", "nil", "missing", "-", "--", "---", "–", "—", ".", "..", "...", "…", "?", "x", "*",
	"#value!", "#div/0!", "#ref!", "#name?", "#num!", "#null!", "unknown", "not available", "not applicable", "no data", "tbd", "无", "暂无", "缺失",
}

const anyNumber = "write a number such as 1234.5, or leave the cell empty where there is no figure"

// numberHelp is a way out of a text that is not a number.
func numberHelp(text []byte, delim byte) string {
	word := string(text)
	lower := strings.ToLower(word)
	for _, blank := range blanks {
		if lower == blank {
			return "leave the cell empty where there is no figure"
		}
	}
	switch {
	case len(word) > 100:
		return anyNumber
	case strings.Contains(lower, "inf"):
		return "leave the cell empty where there is no finite figure"
	case strings.HasSuffix(word, "%") || strings.HasSuffix(word, "％"):
		return "write the number without the per cent sign, and all of the column in per cent"
	case strings.HasPrefix(word, "(") && strings.HasSuffix(word, ")"):
		return "write a negative number with a minus sign"
	case strings.ContainsAny(word, "−–") && plain(strings.Map(asciiMinus, word)):
		return "write the minus sign as `-`"
	case strings.IndexFunc(word, foreignDigit) >= 0:
		return "write the digits 0 to 9"
	case strings.IndexFunc(word, func(r rune) bool { return unicode.Is(unicode.Sc, r) }) >= 0:
		return "write the number without a currency sign"
	case hexadecimal.MatchString(word):
		return "write a decimal number"
	}
	return separatorHelp(text, delim)
}

var (
	hexadecimal = regexp.MustCompile(`^[-+]?0[xX][0-9a-fA-F.pP+-]+$`)
	grouping    = regexp.MustCompile(`^[-+]?[0-9]{1,3}(?:[,.' _\x{a0}\x{2009}\x{202f}’][0-9]{3})+(?:[.,][0-9]+)?$`)
	onceComma   = regexp.MustCompile(`^[-+]?[0-9]*,[0-9]+$`)
	separators  = regexp.MustCompile(`[,.' _\x{a0}\x{2009}\x{202f}’]`)
)

// separatorHelp is the way out for separators within a number.
func separatorHelp(text []byte, delim byte) string {
	word := string(text)
	switch {
	case delim == ',' && onceComma.MatchString(word) && grouping.MatchString(word):
		return "write `" + strings.ReplaceAll(word, ",", "") + "` if the comma separates thousands, `" +
			strings.Replace(word, ",", ".", 1) + "` if it is a decimal comma"
	case delim == ',' && onceComma.MatchString(word):
		return "write the decimal comma as a point: `" + strings.Replace(word, ",", ".", 1) + "`; decimal commas are read only in files whose fields are separated by semicolons, tabs or bars"
	case grouping.MatchString(word):
		if without, ok := ungrouped(word); ok {
			return "write the number without thousands separators: `" + without + "`"
		}
		return "write the number without thousands separators"
	case bytes.ContainsRune(text, '_'):
		return "write the number without underscores"
	}
	return anyNumber
}

// ungrouped is a number without its thousands separators, where only one
// reading is possible.
func ungrouped(word string) (string, bool) {
	marks := separators.FindAllString(word, -1)
	last := marks[len(marks)-1]
	for _, mark := range marks[:len(marks)-1] {
		if mark != marks[0] {
			return "", false
		}
	}
	whole, fraction := word, ""
	if last != marks[0] {
		at := strings.LastIndex(word, last)
		whole, fraction = word[:at], "."+word[at+len(last):]
	}
	return strings.ReplaceAll(whole, marks[0], "") + fraction, true
}

func plain(word string) bool {
	_, err := parse([]byte(word), true)
	return err == nil
}

func asciiMinus(r rune) rune {
	if r == '−' || r == '–' {
		return '-'
	}
	return r
}

func foreignDigit(r rune) bool { return r > unicode.MaxASCII && unicode.IsDigit(r) }
