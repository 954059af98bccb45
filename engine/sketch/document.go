package sketch

import (
	"bytes"
	_ "embed" // the example
	"fmt"
	"math"
	"strings"

	"rubric/spec/ident"
	"rubric/spec/tree"
)

// Example is a first methodology with comments that teach, and ExampleData its data.
//
//go:embed example/methodology.yaml
var Example []byte

// ExampleData are the data of the example.
//
//go:embed example/towns.csv
var ExampleData []byte

// Names is what a data file does not say.
type Names struct {
	Index, Edition, Title string
	Data                  string // of the data file beside the document
}

// Indicators is how many indicators there are.
func (s *Sketch) Indicators() int { return len(s.columns) }

// Document writes the methodology: valid as it is, and to be completed.
func (s *Sketch) Document(names Names) []byte {
	w := &writer{}
	w.line(0, "# A first sketch, made from %s. It can be scored as it is; what the file does not", names.Data)
	w.line(0, "# say is a guess, and yours to say: titles, measures and sources of the columns, the")
	w.line(0, "# direction of each indicator, dimensions, weights. `rubric validate` checks it, `rubric")
	w.line(0, "# stats` shows how the indicators go together.")
	w.line(0, "rubric: 1")
	w.line(0, "index: %s", tree.Scalar(names.Index))
	w.line(0, "edition: %s", tree.Quoted(names.Edition))
	w.line(0, "title: %s", tree.Scalar(names.Title))
	w.line(0, "")
	units := []string{"noun", s.noun, "plural", plural(s.noun), "key", s.key}
	if s.names != "" {
		units = append(units, "name", s.names)
	}
	w.line(0, "units: {%s}", tree.Flow(units...))
	w.line(0, "files: {data: [%s]}", tree.Scalar(names.Data))
	switch {
	case len(s.yearly) > 0:
		w.line(0, "periods: {noun: year}")
	case s.period != "":
		w.line(0, "periods: {%s}", tree.Flow("noun", periodNoun(s.period), "key", s.period))
	}
	if len(s.groups) > 0 {
		w.line(0, "groups:")
		given := map[string]string{}
		for _, h := range s.groups {
			id := ident.Unused(ident.Snake(h), given)
			given[id] = h
			w.line(1, "%s: {%s}", id, tree.Flow("title", h, "from", other(h, id)))
		}
	}
	if len(s.markers) > 0 {
		var out []string
		for _, m := range s.markers {
			out = append(out, tree.Quoted(m)+": no figure")
		}
		w.line(0, "missing_markers: {%s}", strings.Join(out, ", "))
	}
	w.columns(s)
	w.line(0, "")
	w.line(0, "# By level, what a node does unless it says otherwise.")
	w.line(0, "defaults:")
	w.line(1, "indicator: {normalise: {method: min_max, to: [0, 100]}, missing: keep}")
	w.line(1, "dimension: {aggregate: arithmetic_mean, missing: omit, rank: standard}")
	w.line(1, "index:     {aggregate: arithmetic_mean, missing: omit, rank: standard}")
	w.line(0, "")
	w.line(0, "dimensions:")
	w.line(1, "all_indicators:")
	w.line(2, "title: All indicators # make dimensions of what belongs together")
	w.line(2, "indicators:")
	for _, c := range s.columns {
		w.line(3, "%s: {%s} # or lower", c.id, tree.Flow("title", title(c.header), "formula", c.id, "direction", "higher"))
	}
	return w.b.Bytes()
}

type writer struct{ b bytes.Buffer }

func (w *writer) line(depth int, format string, args ...any) {
	w.b.WriteString(strings.TrimRight(strings.Repeat("  ", depth)+fmt.Sprintf(format, args...), " ") + "\n")
}

// columns writes the columns with their plausible range, which is that of the file
// rounded to the outside.
func (w *writer) columns(s *Sketch) {
	w.line(0, "")
	w.line(0, "# `measure: 100m CNY`, `source: …` and `year: …` belong here, too.")
	w.line(0, "columns:")
	for _, c := range s.columns {
		out := tree.Flow("title", title(c.header), "from", other(c.from, c.id))
		if c.constant {
			out += ", constant: true"
		}
		low, high := round(c.low, -1), round(c.high, 1)
		w.line(1, "%s: {%s, range: [%s, %s]} # in the file %s to %s", c.id, out, shown(low), shown(high), shown(c.low), shown(c.high))
	}
	for _, l := range s.left {
		w.line(1, "# not taken up: %s (%s)", tree.Scalar(l.header), l.why)
	}
}

// other is a header, where it is not the id.
func other(header, id string) string {
	if header == id {
		return ""
	}
	return header
}

// title is a header as a title.
func title(header string) string {
	out := strings.TrimSpace(strings.NewReplacer("_", " ", ".", " ").Replace(header))
	if out == "" {
		return header
	}
	r := []rune(out)
	return strings.ToUpper(string(r[:1])) + string(r[1:])
}

// plural of a noun, as far as a rule goes.
func plural(noun string) string {
	if strings.HasSuffix(noun, "y") && !strings.HasSuffix(noun, "ay") && !strings.HasSuffix(noun, "ey") {
		return noun[:len(noun)-1] + "ies"
	}
	return noun + "s"
}

// periodNoun is what a period is called.
func periodNoun(header string) string {
	if word := strings.ToLower(header); word == ident.Snake(word) {
		return word
	}
	return "period"
}

// round takes a number to the next one with one significant digit, down or up.
//
// By hand: 12.3 down is 10 and up is 20; −12.3 down is −20; 0 stays.
func round(x float64, way int) float64 {
	if x == 0 {
		return 0
	}
	step := math.Pow(10, math.Floor(math.Log10(math.Abs(x))))
	n := x / step
	if way < 0 {
		n = math.Floor(n)
	} else {
		n = math.Ceil(n)
	}
	if step < 1 { // division by a whole power is exact to the last digit
		return n / math.Round(1/step)
	}
	return n * step
}
