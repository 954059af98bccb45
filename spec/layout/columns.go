package layout

import (
	"strings"
	"unicode/utf8"

	"github.com/mattn/go-runewidth"
)

// screen says how wide characters are: an ideograph takes two columns, and one whose
// width depends on where it is shown takes one, whatever the system's language.
var screen = func() *runewidth.Condition {
	c := runewidth.NewCondition()
	c.EastAsianWidth = false
	return c
}()

// columns is how many columns a text takes.
func columns[T string | []byte](text T) int {
	for i := range len(text) {
		if text[i] >= utf8.RuneSelf {
			return screen.StringWidth(string(text))
		}
	}
	return len(text)
}

// spaces are so many of them.
func spaces(n int) string { return strings.Repeat(" ", max(n, 0)) }
