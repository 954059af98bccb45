package check

import (
	"bytes"
	"encoding/json"
	"fmt"
	"regexp"
	"strconv"
	"strings"
)

// Resolved writes the methodology as a document without defaults: every choice
// stands on the node that it acts on. What it writes is a document itself, and
// means the same.
func (m *Methodology) Resolved() []byte {
	w := &writer{}
	w.line(0, "# %s %s, every default resolved. Nothing is left unsaid: this is what is evaluated.", m.Index, m.Edition)
	w.pair(0, "rubric", "1")
	w.text(0, "index", m.Index)
	w.text(0, "edition", m.Edition)
	w.text(0, "title", m.Title)
	w.text(0, "description", m.Description)
	w.text(0, "status", m.Status)
	w.text(0, "comparability", m.Comparability)
	w.units(m.Units)
	w.files(m.Files)
	if len(m.Sources) > 0 {
		w.line(0, "sources:")
		for _, s := range m.Sources {
			w.line(1, "%s: {%s}", s.ID, flow("title", s.Title, "publisher", s.Publisher, "url", s.URL, "note", s.Note))
		}
	}
	if len(m.Columns) > 0 {
		w.line(0, "columns:")
		for _, c := range m.Columns {
			w.column(c)
		}
	}
	w.bands(0, m.Root.Bands)
	if len(m.Unproven) > 0 {
		w.line(0, "unproven:")
		for _, r := range m.Unproven {
			w.text(1, r.ID, r.Text)
		}
	}
	w.line(0, "defaults:")
	w.line(1, "index:")
	w.choices(2, m.Root)
	w.line(0, "dimensions:")
	for _, n := range m.Root.Children {
		w.node(1, n)
	}
	return w.b.Bytes()
}

// writer writes YAML: plain where a text can stand plain, else quoted.
type writer struct{ b bytes.Buffer }

func (w *writer) line(depth int, format string, args ...any) {
	w.b.WriteString(strings.Repeat("  ", depth))
	fmt.Fprintf(&w.b, format, args...)
	w.b.WriteByte('\n')
}

// pair writes a key with a value that needs no quotes.
func (w *writer) pair(depth int, key, value string) {
	if value != "" {
		w.line(depth, "%s: %s", key, value)
	}
}

func (w *writer) text(depth int, key, value string) {
	if value != "" {
		w.line(depth, "%s: %s", key, scalar(value))
	}
}

// plain is what can stand without quotes in a flow map too, and is no number.
var plain = regexp.MustCompile(`^[A-Za-z_\p{L}][A-Za-z0-9_\p{L} ./()+*<>=-]*$`)

func scalar(s string) string {
	switch strings.ToLower(s) {
	case "yes", "no", "on", "off", "y", "n", "true", "false", "null":
	default:
		if plain.MatchString(s) && !strings.HasSuffix(s, " ") {
			return s
		}
	}
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	_ = e.Encode(s) // a string can always be encoded
	return strings.TrimSuffix(b.String(), "\n")
}

// flow is the inside of a flow map of texts; empty ones are left out.
func flow(pairs ...string) string {
	var out []string
	for i := 0; i < len(pairs); i += 2 {
		if pairs[i+1] != "" {
			out = append(out, pairs[i]+": "+scalar(pairs[i+1]))
		}
	}
	return strings.Join(out, ", ")
}

func list(words []string) string {
	out := make([]string, len(words))
	for i, s := range words {
		out[i] = scalar(s)
	}
	return "[" + strings.Join(out, ", ") + "]"
}

func number(x float64) string { return strconv.FormatFloat(x, 'g', -1, 64) }

func (w *writer) units(u Units) {
	w.line(0, "units:")
	w.text(1, "noun", u.Noun)
	w.text(1, "plural", u.Plural)
	if u.Expect > 0 {
		w.line(1, "expect: %d", u.Expect)
	}
	if len(u.Key) > 0 {
		w.line(1, "key: %s", list(u.Key))
	}
}

func (w *writer) files(f Files) {
	if f.Units == "" && f.Data == nil && f.Given == nil && f.Published == nil && f.Deviations == "" {
		return
	}
	w.line(0, "files:")
	w.text(1, "units", f.Units)
	if f.Data != nil {
		w.line(1, "data:")
	}
	for _, name := range f.Data {
		if from := f.Sources[name]; from != nil {
			w.line(2, "- {file: %s, source: %s}", scalar(name), list(from))
		} else {
			w.line(2, "- %s", scalar(name))
		}
	}
	if f.Given != nil {
		w.line(1, "given: %s", list(f.Given))
	}
	if f.Published != nil {
		w.line(1, "published:")
	}
	for _, p := range f.Published {
		w.line(2, "%s:", p.Name)
		w.text(3, "file", p.File)
		if len(p.Columns) > 0 {
			w.line(3, "columns:")
		}
		for _, c := range p.Columns {
			w.line(4, "%s: {%s}", scalar(c.Header), flow("node", c.Node, "figure", c.Figure))
		}
	}
	w.text(1, "deviations", f.Deviations)
}

func (w *writer) column(c Column) {
	kind := "number"
	if c.Text {
		kind = "text"
	}
	out := flow("title", c.Title, "type", kind, "measure", c.Measure, "year", c.Year)
	if len(c.Sources) > 0 {
		out += ", source: " + list(c.Sources)
	}
	w.line(1, "%s: {%s, from: %s}", c.Name, out, scalar(c.Header))
}

func (w *writer) bands(depth int, bands []Band) {
	if len(bands) == 0 {
		return
	}
	w.line(depth, "bands:")
	for _, b := range bands {
		out := flow("title", b.Title)
		bound := func(x *float64, included bool, in, ex string) {
			if x != nil {
				if !included {
					in = ex
				}
				out += fmt.Sprintf(", %s: %s", in, number(*x))
			}
		}
		bound(b.Low, b.LowIncluded, "from", "above")
		bound(b.High, b.HighIncluded, "up_to", "below")
		w.line(depth+1, "%s: {%s}", b.ID, out)
	}
}

// node writes a node and what it holds. A variable is never written in place:
// its own choices and those of its indicator stand apart.
func (w *writer) node(depth int, n *Node) {
	w.line(depth, "%s:", n.ID)
	depth++
	w.text(depth, "title", n.Title)
	w.text(depth, "description", n.Description)
	if n.Formula != nil {
		w.text(depth, "formula", n.Formula.Text)
		switch n.Direction.Kind {
		case "":
		case "closest_to":
			w.line(depth, "direction: {closest_to: %s}", number(n.Direction.Target))
		default:
			w.text(depth, "direction", n.Direction.Kind)
		}
	}
	if n.Parent == nil || !n.Parent.Single { // its one indicator's score is kept as it is
		w.line(depth, "weight: %s", number(n.Weight))
	}
	w.choices(depth, n)
	w.bands(depth, n.Bands)
	w.line(depth, "given: {as: %s}", n.GivenAs)
	if n.Formula != nil {
		w.text(depth, "display", n.Display)
		w.text(depth, "measure", n.Measure)
	}
	if len(n.Unproven) > 0 {
		w.line(depth, "unproven: %s", list(n.Unproven))
	}
	if len(n.Children) == 0 {
		return
	}
	w.line(depth, "%ss:", n.Children[0].Level)
	for _, child := range n.Children {
		w.node(depth+1, child)
	}
}

// choices writes what the node does.
func (w *writer) choices(depth int, n *Node) {
	w.pair(depth, "aggregate", n.Aggregate)
	if n.Level == Variable && len(n.Children) == 1 {
		single := "normalise"
		if n.Single {
			single = "keep"
		}
		w.line(depth, "single: %s", single)
	}
	switch norm := n.Normalise; {
	case n.Single: // the score of its one indicator
	case norm.Levels != nil:
		w.line(depth, "normalise:")
		w.line(depth+1, "method: %s", norm.Method)
		w.line(depth+1, "levels:")
		for _, l := range norm.Levels {
			w.line(depth+2, "%s: %s", scalar(l.Text), number(l.Score))
		}
	default:
		w.line(depth, "normalise: %s", norm.Method)
		w.pair(depth, "ties", norm.Ties)
	}
	w.pair(depth, "missing", n.Missing)
	switch c := n.MinCoverage; {
	case c.Percent > 0:
		w.line(depth, "min_coverage: %s%%", number(c.Percent))
	case c.Count > 0:
		w.line(depth, "min_coverage: %d", c.Count)
	}
	if n.Rank != nil {
		w.line(depth, "rank: {rule: %s, best: %s}", n.Rank.Rule, n.Rank.Best)
	}
}
