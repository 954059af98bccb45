package chapter

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"

	"rubric/engine"
	"rubric/spec/expr"
	"rubric/spec/method"
)

// A phrase has the same blanks in every language, and is there in all of them. Only
// what methods do may be left to the catalogue, in English.
func TestPhrasesAreThereInEveryLanguage(t *testing.T) {
	for key, p := range phrases {
		var want []string
		for i, language := range languages {
			if p[i] == "" {
				assert.Regexp(t, `^(method |space$)`, key, "the phrase `%s` is not there in %s", key, language)
			}
			if p[i] == "" && i == 0 {
				continue
			}
			have := blank.FindAllString(p[i], -1)
			slices.Sort(have)
			have = slices.Compact(have)
			if want == nil {
				want = have
			}
			if key[:min(len(key), 7)] != "missing" { // they have two words and need not use both
				assert.ElementsMatch(t, want, have, "the blanks of `%s`", key)
			}
		}
	}
}

// Every method, every word that a parameter may be, and every aggregate has its
// phrase in every language: a new one is not forgotten.
func TestEveryMethodHasItsPhrases(t *testing.T) {
	for _, s := range engine.Catalogue() {
		p, ok := phrases["method "+string(s.Step)+"/"+s.Name]
		if assert.True(t, ok, "no phrase for the method %s: %s", s.Step, s.Name) {
			assert.NotEmpty(t, p[1])
		}
		for _, param := range s.Params {
			_, named := phrases["param "+param.Name]
			sentences := len(param.Values) > 0
			for _, value := range param.Values {
				_, said := phrases[param.Name+" "+value]
				sentences = sentences && said
			}
			listed := slices.Contains([]method.Kind{method.Levels, method.Ladder, method.Formula}, param.Kind)
			assert.True(t, named || sentences || listed, "no phrase for the parameter `%s` of %s", param.Name, s.Name)
		}
	}
	for language, words := range formulaWords {
		for _, a := range expr.AggregateFunctions {
			assert.NotEmpty(t, words.Aggregates[a.Name], "%s in %s", a.Name, language)
		}
	}
}
