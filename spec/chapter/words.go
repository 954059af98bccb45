package chapter

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"rubric/spec/typeset"
)

// languages are those of the phrases, in the order of their columns.
var languages = []string{"en", "zh"}

// Languages lists the languages that the chapter's own words are known in.
func Languages() []string { return slices.Clone(languages) }

// Speaks says whether the chapter's own words are known in a language, or in the one
// that it is a kind of.
func Speaks(language string) bool { return column(language) >= 0 }

func column(language string) int {
	general, _, _ := strings.Cut(language, "-")
	return slices.Index(languages, strings.ToLower(general))
}

// words are the fixed words of the chapter in one language.
type words struct {
	language string
	column   int
	formulas typeset.Words
}

// wordsOf are those of a language; English where they are not known.
func wordsOf(language string) words {
	i := max(column(language), 0)
	return words{language, i, formulaWords[languages[i]]}
}

// say is a phrase with its blanks filled in. The key may name them for a reader, as
// in `edition %s`.
func (w words) say(key string, args ...any) string {
	p, ok := phrases[key]
	if !ok {
		panic("chapter: no phrase " + key)
	}
	if len(args) == 0 || !blank.MatchString(p[w.column]) { // it need not use what it is given
		return p[w.column]
	}
	return fmt.Sprintf(p[w.column], args...)
}

// blank is a place in a phrase for something else.
var blank = regexp.MustCompile(`%(\[\d\])?[sd]`)

// knows is a phrase that need not be there, of a method or a parameter.
func (w words) knows(key string) (string, bool) {
	p, ok := phrases[key]
	if !ok || p[w.column] == "" {
		return "", false
	}
	return p[w.column], true
}

// known is such a phrase, or what stands in its place.
func (w words) known(key, otherwise string) string {
	if s, ok := w.knows(key); ok {
		return s
	}
	return otherwise
}

// count is a number of things: 60 cities, 1 city. Only English tells one from many.
func (w words) count(n int, one, many string) string {
	if n == 1 && languages[w.column] == "en" {
		many = one
	}
	return w.say("count %d %s", n, many)
}

// formulaWords are the words in formulas.
var formulaWords = map[string]typeset.Words{
	"en": typeset.English,
	"zh": {
		If: "若", Otherwise: "其他情况", Known: "有数据", Missing: "缺失", And: "且", Or: "或", Not: "非", True: "真", False: "假",
		Value: "值", Rank: "排名", OverAll: "%s，全部 %s", Round: "舍入", Opening: "“", Ending: "”",
		Aggregates: map[string]string{
			"count": "个数", "highest": "最大值", "lowest": "最小值", "mean": "均值", "median": "中位数", "quantile": "分位数", "sd": "标准差", "total": "总和",
		},
	},
}
