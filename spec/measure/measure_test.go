package measure

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestParse(t *testing.T) {
	for text, want := range map[string]Measure{
		"100m CNY":                  {Scale: 1e8, Powers: map[string]int{"cny": 1}},
		"10k persons":               {Scale: 1e4, Powers: map[string]int{"person": 1}},
		"person":                    {Scale: 1, Powers: map[string]int{"person": 1}},
		"million EUR":               {Scale: 1e6, Powers: map[string]int{"eur": 1}},
		"percent":                   {Scale: 0.01, Powers: map[string]int{}},
		"%":                         {Scale: 0.01, Powers: map[string]int{}},
		"count":                     {Scale: 1, Powers: map[string]int{}},
		"thousands":                 {Scale: 1e3, Powers: map[string]int{}},
		"per 10k persons":           {Scale: 1e-4, Powers: map[string]int{"person": -1}},
		"CNY per person":            {Scale: 1, Powers: map[string]int{"cny": 1, "person": -1}},
		"CNY / person":              {Scale: 1, Powers: map[string]int{"cny": 1, "person": -1}},
		"tonnes per 10k CNY":        {Scale: 1e-4, Powers: map[string]int{"tonne": 1, "cny": -1}},
		"persons per 10bn CNY":      {Scale: 1e-10, Powers: map[string]int{"person": 1, "cny": -1}},
		"deaths per 100,000 births": {Scale: 1e-5, Powers: map[string]int{"death": 1, "birth": -1}},
		"constant 2017 PPP USD":     {Scale: 1, Powers: map[string]int{"constant 2017 ppp usd": 1}},
		"2011 PPP USD":              {Scale: 1, Powers: map[string]int{"2011 ppp usd": 1}},
		"cities per city":           {Scale: 1, Powers: map[string]int{}},
		"10k person-trips":          {Scale: 1e4, Powers: map[string]int{"person-trip": 1}},
		"m2":                        {Scale: 1, Powers: map[string]int{"m2": 1}},
		"µg/m3":                     {Scale: 1, Powers: map[string]int{"µg": 1, "m3": -1}},
		"1.5 thousand km":           {Scale: 1500, Powers: map[string]int{"km": 1}},
	} {
		got := Parse(text)
		assert.True(t, got.Known && got.Scaled, text)
		assert.InEpsilon(t, want.Scale, got.Scale, 1e-12, text)
		assert.Equal(t, want.Powers, got.Powers, text)
		assert.Equal(t, text, got.String())
	}
	assert.False(t, Parse("").Known)
}

func TestArithmetic(t *testing.T) {
	gdp, people := Parse("100m CNY"), Parse("10k persons")
	assert.Equal(t, "10,000 cny per person", Over(gdp, people).String())
	assert.Equal(t, "a pure number", Over(gdp, gdp).String())
	assert.Equal(t, "100,000,000 cny", Times(Over(gdp, people), Over(people, Plain())).String())
	assert.Equal(t, 10000.0, Apart(gdp, Parse("10k CNY")))
	assert.Equal(t, 1.0, Apart(gdp, Parse("10k CNY").Unscaled()))
	assert.Equal(t, "cny^2", Times(Parse("CNY"), Parse("CNY")).String())
	assert.False(t, Over(gdp, Measure{}).Known)
	assert.Equal(t, "0.0001", Factor(1e-4))
	assert.Equal(t, "1,234,567", Factor(1234567))
}

// FuzzParse: whatever a measure says, it divides itself away.
func FuzzParse(f *testing.F) {
	for _, s := range []string{"100m CNY", "per per / 10k", "% per %", "0 x", "1e9 y", "10,,0k \u00a0z", "999999999999999999999999tn q"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		m := Parse(s)
		if !m.Known {
			return
		}
		if one := Over(m, m); len(one.Powers) > 0 {
			t.Errorf("%q over itself is %v", s, one)
		}
		if Apart(m, m) != 1 || !Same(m, m) {
			t.Errorf("%q is not itself", s)
		}
		_ = m.Unscaled().String()
	})
}
