// Package measure is the arithmetic of units of measurement, as far as the text of a
// measure can be taken apart: 100m CNY, 10k persons, percent, CNY per person, deaths
// per 100,000 births. Who adds money to persons, or divides hundreds of millions by
// tens of thousands, has made a mistake that no figure shows.
//
//	measure = amount { ("per" | "/") amount }
//	amount  = [ number [ k | m | bn | tn ] ] [ thousand | million | billion ] words
//
// The words are a quantity of their own: nothing is known of EUR but that it is not
// CNY. Percent and counts have none.
package measure

import (
	"fmt"
	"maps"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// Measure is what figures are in: a scale, and powers of quantities. The zero value
// is a measure of which nothing is known.
type Measure struct {
	Known  bool
	Scaled bool           // Scale is known: no number stood between it and a figure
	Scale  float64        // what 1 is worth in the plain quantities
	Powers map[string]int // of the quantities; none of a pure number
	text   string
}

// Plain is the measure of a pure number.
func Plain() Measure {
	return Measure{Known: true, Scaled: true, Scale: 1, Powers: map[string]int{}}
}

var (
	separator = regexp.MustCompile(`\s+per\s+|\s*/\s*|^per\s+`)
	amount    = regexp.MustCompile(`^([0-9][0-9,]*(?:\.[0-9]+)?)(k|m|bn|tn)?\b\s*(.*)$`)
	suffixes  = map[string]float64{"": 1, "k": 1e3, "m": 1e6, "bn": 1e9, "tn": 1e12}
	words     = map[string]float64{"hundred": 100, "thousand": 1e3, "thousands": 1e3, "million": 1e6, "millions": 1e6, "billion": 1e9, "billions": 1e9, "trillion": 1e12}
	pure      = []string{"", "count", "number", "ratio", "share", "times"}
)

// Parse takes a measure apart. An empty text is one of which nothing is known.
func Parse(text string) Measure {
	text = strings.TrimSpace(text)
	if text == "" {
		return Measure{}
	}
	out := Plain()
	out.text = text
	for i, part := range separator.Split(text, -1) {
		scale, quantity := single(strings.TrimSpace(part))
		if i == 0 {
			out.Scale *= scale
		} else {
			out.Scale /= scale
		}
		if quantity != "" {
			out.Powers[quantity] += map[bool]int{true: 1, false: -1}[i == 0]
		}
	}
	out.tidy()
	return out
}

// single is the scale and the quantity of one amount.
func single(text string) (scale float64, quantity string) {
	scale = 1
	if m := amount.FindStringSubmatch(text); m != nil {
		x, err := strconv.ParseFloat(strings.ReplaceAll(m[1], ",", ""), 64)
		year := m[2] == "" && x >= 1900 && x <= 2100 && m[3] != "" // 2017 PPP USD
		if err == nil && x > 0 && !year {
			scale, text = x*suffixes[m[2]], m[3]
		}
	}
	first, rest, _ := strings.Cut(text, " ")
	if by, ok := words[strings.ToLower(first)]; ok {
		scale, text = scale*by, rest
	}
	text = strings.ToLower(strings.TrimSpace(text))
	switch {
	case text == "percent" || text == "per cent" || text == "%":
		return scale / 100, ""
	case slices.Contains(pure, text):
		return scale, ""
	}
	return scale, one(text)
}

// one is the quantity that a plural speaks of: persons are measured in the person.
func one(text string) string {
	switch {
	case strings.HasSuffix(text, "ies"):
		return strings.TrimSuffix(text, "ies") + "y"
	case strings.HasSuffix(text, "ss"), len(text) < 4:
		return text
	}
	return strings.TrimSuffix(text, "s")
}

func (m *Measure) tidy() {
	maps.DeleteFunc(m.Powers, func(_ string, power int) bool { return power == 0 })
}

// String is the measure as it was written, or as it came about.
func (m Measure) String() string {
	if !m.Known {
		return "an unknown measure"
	}
	if m.text != "" {
		return m.text
	}
	var over, under []string
	for _, name := range slices.Sorted(maps.Keys(m.Powers)) {
		text := name
		if p := m.Powers[name]; p > 1 || p < -1 {
			text = fmt.Sprintf("%s^%d", name, max(p, -p))
		}
		if m.Powers[name] > 0 {
			over = append(over, text)
		} else {
			under = append(under, text)
		}
	}
	out := strings.Join(over, " ")
	if m.Scaled && m.Scale != 1 {
		out = strings.TrimSpace(fmt.Sprintf("%s %s", Factor(m.Scale), out))
	}
	if len(under) > 0 {
		out = strings.TrimSpace(out + " per " + strings.Join(under, " "))
	}
	if out == "" {
		return "a pure number"
	}
	return out
}

// Factor is a number that scales differ by, as a person reads it.
func Factor(x float64) string {
	text := strconv.FormatFloat(x, 'f', -1, 64)
	whole, behind, point := strings.Cut(text, ".")
	for i := len(whole) - 3; i > 0; i -= 3 {
		whole = whole[:i] + "," + whole[i:]
	}
	if point {
		return whole + "." + behind
	}
	return whole
}

// Same says whether two measures are of the same quantity.
func Same(a, b Measure) bool { return maps.Equal(a.Powers, b.Powers) }

// Apart is by how much two scales of the same quantity differ; 1 where they do not,
// or where one is not known.
func Apart(a, b Measure) float64 {
	if !a.Scaled || !b.Scaled {
		return 1
	}
	factor := a.Scale / b.Scale
	if math.Abs(factor-1) < 1e-9 {
		return 1
	}
	if r := math.Round(factor); r >= 1 && math.Abs(factor-r) < 1e-9*r {
		return r
	}
	if r := math.Round(1 / factor); r >= 1 && math.Abs(1/factor-r) < 1e-9*r {
		return 1 / r
	}
	return factor
}

// Times is the measure of a product, Over that of a quotient.
func Times(a, b Measure) Measure { return combined(a, b, 1) }

// Over is the measure of a quotient.
func Over(a, b Measure) Measure { return combined(a, b, -1) }

func combined(a, b Measure, sign int) Measure {
	if !a.Known || !b.Known {
		return Measure{}
	}
	out := Measure{Known: true, Scaled: a.Scaled && b.Scaled, Scale: a.Scale * math.Pow(b.Scale, float64(sign)), Powers: maps.Clone(a.Powers)}
	for name, power := range b.Powers {
		out.Powers[name] += sign * power
	}
	out.tidy()
	return out
}

// Unscaled is a measure after a number was multiplied in: in what scale the figures
// are now only the author knows.
func (m Measure) Unscaled() Measure {
	m.Scaled, m.text = false, ""
	return m
}
