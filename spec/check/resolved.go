package check

import (
	"fmt"
	"path"
	"slices"
	"strconv"
	"strings"

	"rubric/spec/method"
	"rubric/spec/source"
	"rubric/spec/tree"
)

// Resolved writes the methodology as a document without defaults: every choice
// stands on the node that it acts on. What it writes is a document itself, and
// means the same.
func (m *Methodology) Resolved() []byte {
	w := m.resolved()
	var out strings.Builder
	for _, l := range w.lines {
		out.WriteString(l.Text + "\n")
	}
	return []byte(out.String())
}

// Line is a line of the resolved document, and where what it says was written.
type Line struct {
	Text string
	From source.Place

	written *tree.Node // the value of its key; nil: none says it
}

// Below is where a key within what the line says was written, as the keys lead to it: that
// key, or the last one before it that somebody wrote.
func (l Line) Below(keys ...string) source.Place {
	at, n := l.From, l.written
	for _, key := range keys {
		e := n.Entry(key)
		if e == nil {
			break
		}
		at, n = e.Key.Place(), e.Value
	}
	return at
}

// Origins are the lines of the resolved document with their origins.
func (m *Methodology) Origins() []Line { return m.resolved().lines }

func (m *Methodology) resolved() *writer {
	w := &writer{}
	w.line(0, "# %s %s, every default resolved. Nothing is left unsaid: this is what is evaluated.", m.Index, m.Edition)
	w.written = m.root
	w.pair(0, "rubric", "1")
	w.text(0, "index", m.Index)
	w.text(0, "edition", m.Edition)
	w.title(0, "title", m.Title)
	w.title(0, "description", m.Description)
	w.text(0, "status", m.Status)
	w.text(0, "comparability", m.Comparability)
	w.units(m.Units)
	w.files(m.relative())
	if len(m.Sources) > 0 {
		w.block(0, "sources", func() {
			for _, s := range m.Sources {
				w.pair(1, s.ID, "{"+w.flow(s.ID, "title", s.Title, "publisher", s.Publisher, "url", s.URL, "note", s.Note)+"}")
			}
		})
	}
	if len(m.Columns) > 0 {
		w.block(0, "columns", func() {
			for _, c := range m.Columns {
				w.column(c)
			}
		})
	}
	w.sections(m)
	w.bands(0, m.Root.Bands)
	if len(m.Unproven) > 0 {
		w.block(0, "unproven", func() {
			for _, r := range m.Unproven {
				w.title(1, r.ID, r.Text)
			}
		})
	}
	w.block(0, "defaults", func() {
		w.block(1, "index", func() { w.at(m.Root.Place, m.root, func() { w.choices(2, m.Root) }) })
	})
	w.block(0, "dimensions", func() {
		for _, n := range m.Root.Children {
			w.node(1, n)
		}
	})
	w.derived(m)
	if len(m.Headline) > 0 {
		var paths []string
		for _, n := range m.Headline {
			paths = append(paths, n.Path)
		}
		w.pair(0, "headline", list(paths))
	}
	return w
}

// writer writes YAML: plain where a text can stand plain, else quoted.
type writer struct {
	lines   []Line
	from    source.Place // of the lines whose own key nobody wrote
	written *tree.Node   // what those that follow were written in; nil: nothing
}

func (w *writer) line(depth int, format string, args ...any) {
	w.lines = append(w.lines, Line{strings.Repeat("  ", depth) + fmt.Sprintf(format, args...), w.from, w.written})
}

// at writes lines that say what a value says which stands at a place.
func (w *writer) at(from source.Place, written *tree.Node, lines func()) {
	before := *w
	w.from, w.written = from, written
	lines()
	w.from, w.written = before.from, before.written
}

// under writes lines that say what was written under a key; where nobody wrote that, they
// come from where the lines before do.
func (w *writer) under(key string, lines func()) {
	if e := w.written.Entry(key); e != nil {
		w.at(e.Key.Place(), e.Value, lines)
		return
	}
	w.at(w.from, nil, lines)
}

// block writes a key with lines below it.
func (w *writer) block(depth int, key string, lines func()) {
	w.under(key, func() {
		w.line(depth, "%s:", key)
		lines()
	})
}

// choice writes what settles a key of a node: from where it stands, on the node or in a
// default.
func (w *writer) choice(n *Node, key string, lines func()) {
	if v, ok := n.from[key]; ok {
		w.at(v.Place(), v, lines)
		return
	}
	w.under(key, lines)
}

// pair writes a key with a value that needs no quotes.
func (w *writer) pair(depth int, key, value string) {
	if value != "" {
		w.under(key, func() { w.line(depth, "%s: %s", key, value) })
	}
}

func (w *writer) text(depth int, key, value string) {
	if value != "" {
		w.pair(depth, key, tree.Scalar(value))
	}
}

// title writes a text that may be there in several languages.
func (w *writer) title(depth int, key, value string) {
	w.pair(depth, key, titled(value, w.written.Get(key)))
}

// titled is a text as it was written: in all its languages where it has several.
func titled(value string, written *tree.Node) string {
	if len(entries(written)) == 0 {
		if value == "" {
			return ""
		}
		return tree.Scalar(value)
	}
	var out []string
	for _, e := range written.Entries {
		out = append(out, tree.Scalar(e.Key.Value)+": "+tree.Scalar(strings.TrimSpace(e.Value.Value)))
	}
	return "{" + strings.Join(out, ", ") + "}"
}

// flow are keys and texts in a flow map, those that there are, where what was written
// under a key has them.
func (w *writer) flow(key string, pairs ...string) string {
	var out []string
	for i := 0; i < len(pairs); i += 2 {
		if text := titled(pairs[i+1], w.written.Get(key).Get(pairs[i])); text != "" {
			out = append(out, pairs[i]+": "+text)
		}
	}
	return strings.Join(out, ", ")
}

func list(words []string) string {
	out := make([]string, len(words))
	for i, s := range words {
		out[i] = tree.Scalar(s)
	}
	return "[" + strings.Join(out, ", ") + "]"
}

func number(x float64) string { return strconv.FormatFloat(x, 'g', -1, 64) }

func (w *writer) units(u Units) {
	w.block(0, "units", func() {
		w.text(1, "noun", u.Noun)
		w.text(1, "plural", u.Plural)
		if u.Expect > 0 {
			w.pair(1, "expect", strconv.Itoa(u.Expect))
		}
		if len(u.Key) > 0 {
			w.pair(1, "key", list(u.Key))
		}
		if len(u.Name) > 0 {
			w.pair(1, "name", list(u.Name))
		}
		if len(u.Only) > 0 {
			w.pair(1, "only", list(plain(u.Only)))
		}
		if len(u.LeaveOut) > 0 {
			w.pair(1, "leave_out", list(plain(u.LeaveOut)))
		}
	})
}

func plain(names []Named) (out []string) {
	for _, n := range names {
		out = append(out, n.Name)
	}
	return out
}

func (w *writer) files(f Files) {
	if f.Units == "" && f.Data == nil && f.Given == nil && f.Published == nil && f.Status == nil && f.Read == (Shape{}) && f.Corrections == "" && f.Deviations == "" {
		return
	}
	w.block(0, "files", func() {
		w.text(1, "units", f.Units)
		if f.Data != nil {
			w.block(1, "data", func() { w.data(f) })
		}
		if f.Given != nil {
			w.pair(1, "given", list(f.Given))
		}
		if f.Published != nil {
			w.block(1, "published", func() {
				for _, p := range f.Published {
					w.published(p)
				}
			})
		}
		if f.Read != (Shape{}) {
			w.pair(1, "read", dataFile("", nil, f.Read))
		}
		if f.Status != nil {
			w.pair(1, "status", list(f.Status))
		}
		w.text(1, "corrections", f.Corrections)
		w.text(1, "deviations", f.Deviations)
	})
}

// data writes the list of data files.
func (w *writer) data(f Files) {
	written := names(w.written)
	for i, name := range f.Data {
		from, value := w.from, (*tree.Node)(nil)
		if i < len(written) {
			from, value = written[i].Place(), written[i]
		}
		w.at(from, value, func() { w.line(2, "- %s", dataFile(name, f.Sources[name], f.Shapes[name])) })
	}
}

// published writes a table of published figures.
func (w *writer) published(p Published) {
	w.block(2, p.Name, func() {
		w.text(3, "file", p.File)
		if len(p.Columns) == 0 {
			return
		}
		w.block(3, "columns", func() {
			for _, c := range p.Columns {
				out := tree.Flow("node", c.Node, "figure", c.Figure)
				if c.Tolerance > 0 {
					out += ", tolerance: " + number(c.Tolerance)
				}
				if c.Period != "" {
					out += ", period: " + tree.Scalar(c.Period)
				}
				w.under(c.Header, func() { w.line(4, "%s: {%s}", tree.Scalar(c.Header), out) })
			}
		})
	})
}

// relative are the files by their names from the document's own folder: what is
// inherited stands beside another document.
func (m *Methodology) relative() Files {
	f := m.Files
	name := m.Relative
	names := func(list []string) (out []string) {
		for _, n := range list {
			out = append(out, name(n))
		}
		return out
	}
	out := f
	out.Units, out.Corrections, out.Deviations = name(f.Units), name(f.Corrections), name(f.Deviations)
	out.Data, out.Given, out.Status = names(f.Data), names(f.Given), names(f.Status)
	out.Sources, out.Shapes = map[string][]string{}, map[string]Shape{}
	for n, x := range f.Sources {
		out.Sources[name(n)] = x
	}
	for n, x := range f.Shapes {
		out.Shapes[name(n)] = x
	}
	out.Published = nil
	for _, p := range f.Published {
		p.File = name(p.File)
		out.Published = append(out.Published, p)
	}
	return out
}

// Relative is a file's name from the document's own folder; what is inherited
// stands beside another document.
func (m *Methodology) Relative(name string) string {
	at, ok := m.Files.Places[name]
	if !ok {
		return name
	}
	return Between(m.Document.Name, path.Join(path.Dir(at.File), name))
}

// Between is a file's name from the folder of another one.
func Between(document, name string) string {
	here := path.Dir(document)
	if here == "." {
		return path.Clean(name)
	}
	up := ""
	for dir := here; ; dir, up = path.Dir(dir), up+"../" {
		if rest, ok := strings.CutPrefix(name, dir+"/"); ok {
			return up + rest
		}
		if dir == "." || dir == "/" {
			return up + name
		}
	}
}

// dataFile is an entry of the list of data files.
func dataFile(name string, sources []string, s Shape) string {
	out := tree.Flow("file", name, "sheet", s.Sheet, "encoding", s.Encoding)
	comma := func() string {
		if out == "" {
			return ""
		}
		return ", "
	}
	if sources != nil {
		out += ", source: " + list(sources)
	}
	if s.Period != "" {
		out += ", period: " + tree.Quoted(s.Period)
	}
	if s.HeaderRow > 0 {
		out += comma() + fmt.Sprintf("header_row: %d", s.HeaderRow)
	}
	if t := s.Tidy; t != nil {
		out += ", tidy: {" + tree.Flow("column", t.Column, "value", t.Value, "status", t.Status) + "}"
	}
	if out == tree.Flow("file", name) {
		return tree.Scalar(name)
	}
	return "{" + out + "}"
}

func (w *writer) column(c Column) {
	kind := "number"
	if c.Text {
		kind = "text"
	}
	out := w.flow(c.Name, "title", c.Title, "type", kind, "measure", c.Measure, "year", c.Year, "status", c.Status, "note", c.Note)
	if len(c.Sources) > 0 {
		out += ", source: " + list(c.Sources)
	}
	if c.Constant {
		out += ", constant: true"
	}
	if r := c.Range; r != nil {
		out += fmt.Sprintf(", range: [%s, %s]", number(r[0]), number(r[1]))
	}
	if c.Impute != nil {
		out += ", impute: " + written(*c.Impute, "method")
	}
	if len(c.Treat) > 0 {
		out += ", treat: " + writtenAll(c.Treat)
	}
	w.pair(1, c.Name, "{"+out+", from: "+headers(c.Headers)+"}")
}

// headers are those that a column may have: one, or a list.
func headers(names []string) string {
	if len(names) == 1 {
		return tree.Scalar(names[0])
	}
	return list(names)
}

// written is a method with all its parameters, in a flow map.
func written(call method.Call, key string) string {
	if len(call.Args) == 0 {
		return call.Method
	}
	out := "{" + key + ": " + call.Method
	for _, a := range call.Args {
		out += ", " + a.Name + ": " + argument(a)
	}
	return out + "}"
}

func writtenAll(calls []method.Call) string {
	var out []string
	for _, c := range calls {
		out = append(out, written(c, "method"))
	}
	return "[" + strings.Join(out, ", ") + "]"
}

func argument(a method.Arg) string {
	switch {
	case a.Levels != nil:
		var out []string
		for _, l := range a.Levels {
			out = append(out, tree.Scalar(l.Text)+": "+number(l.Score))
		}
		return "{" + strings.Join(out, ", ") + "}"
	case a.Ladder != nil:
		var out []string
		for _, r := range a.Ladder {
			out = append(out, "{"+bounds(r.Low, r.High, r.LowIncluded, r.HighIncluded)+"score: "+number(r.Score)+"}")
		}
		return "[" + strings.Join(out, ", ") + "]"
	case a.Nodes != nil:
		return list(a.Nodes)
	case a.Word != "":
		return tree.Scalar(a.Word)
	case a.Pair[0] < a.Pair[1]:
		return fmt.Sprintf("[%s, %s]", number(a.Pair[0]), number(a.Pair[1]))
	}
	return number(a.Number)
}

// bounds writes the bounds that there are, each with a comma behind it.
func bounds(low, high *float64, lowIncluded, highIncluded bool) (out string) {
	side := func(x *float64, included bool, in, ex string) {
		if x == nil {
			return
		}
		if !included {
			in = ex
		}
		out += fmt.Sprintf("%s: %s, ", in, number(*x))
	}
	side(low, lowIncluded, "from", "above")
	side(high, highIncluded, "up_to", "below")
	return out
}

// sections writes what the document says of the data as a whole.
func (w *writer) sections(m *Methodology) {
	if p := m.Periods; p != nil {
		out := tree.Flow("noun", p.Noun)
		if len(p.Key) > 0 {
			out += ", key: " + list(p.Key)
		}
		if p.Only != "" {
			out += ", only: " + tree.Scalar(p.Only)
		}
		w.pair(0, "periods", "{"+out+"}")
	}
	if len(m.Groups) > 0 {
		w.block(0, "groups", func() {
			for _, g := range m.Groups {
				w.pair(1, g.ID, "{"+w.flow(g.ID, "title", g.Title)+", from: "+headers(g.Headers)+"}")
			}
		})
	}
	if len(m.Markers) > 0 {
		w.block(0, "missing_markers", func() {
			for _, k := range m.Markers {
				w.marker(k)
			}
		})
	}
	if s := m.Screen; s != nil {
		var out []string
		switch {
		case s.MinCoverage.Percent > 0:
			out = append(out, "min_coverage: "+number(s.MinCoverage.Percent)+"%")
		case s.MinCoverage.Count > 0:
			out = append(out, fmt.Sprintf("min_coverage: %d", s.MinCoverage.Count))
		}
		if s.MinNonzero > 0 {
			out = append(out, "min_nonzero: "+number(s.MinNonzero)+"%")
		}
		if s.Condition != nil {
			out = append(out, "condition: "+tree.Scalar(s.Condition.Text))
		}
		w.pair(0, "screen", "{"+strings.Join(out, ", ")+"}")
	}
	if len(m.WeightSets) > 0 {
		w.block(0, "weights", func() {
			for _, set := range m.WeightSets {
				w.weights(set)
			}
		})
	}
}

// marker writes a text that stands for no figure. What is written of it without a status
// is the reason alone.
func (w *writer) marker(k Marker) {
	written := w.written.Get(k.Text)
	if written.Get("status") != nil {
		written = written.Get("reason")
	}
	out := tree.Flow("status", k.Status)
	if reason := titled(k.Reason, written); reason != "" {
		out += ", reason: " + reason
	}
	w.under(k.Text, func() { w.line(1, "%s: {%s}", tree.Scalar(k.Text), out) })
}

// weights writes a set of weights. The nodes may stand under `of:`, or right below its name.
func (w *writer) weights(set WeightSet) {
	w.block(1, set.ID, func() {
		w.title(2, "title", set.Title)
		from, of := w.from, w.written
		if e := of.Entry("of"); e != nil && e.Value.Kind == tree.Map {
			from, of = e.Key.Place(), e.Value
		}
		w.at(from, of, func() {
			w.line(2, "of:")
			for _, x := range set.Weights {
				w.under(x.Node, func() { w.line(3, "%s: %s", tree.Scalar(x.Node), number(x.Weight)) })
			}
		})
	})
}

// derived writes the expressions over nodes.
func (w *writer) derived(m *Methodology) {
	var derived []*Node
	for _, n := range m.Nodes {
		if n.Level == Derived {
			derived = append(derived, n)
		}
	}
	if len(derived) == 0 {
		return
	}
	w.block(0, "derive", func() {
		for _, n := range derived {
			w.at(n.Place, n.own, func() {
				w.line(1, "%s:", n.ID)
				w.title(2, "title", n.Title)
				w.title(2, "description", n.Description)
				w.text(2, "formula", n.Formula.Text)
				w.choices(2, n)
				w.bands(2, n.Bands)
				w.text(2, "display", n.Display)
				w.text(2, "measure", n.Measure)
				if len(n.Unproven) > 0 {
					w.pair(2, "unproven", list(n.Unproven))
				}
			})
		}
	})
}

func (w *writer) bands(depth int, bands []Band) {
	if len(bands) == 0 {
		return
	}
	w.block(depth, "bands", func() {
		for _, b := range bands {
			out := w.flow(b.ID, "title", b.Title)
			if x := bounds(b.Low, b.High, b.LowIncluded, b.HighIncluded); x != "" {
				out += ", " + strings.TrimSuffix(x, ", ")
			}
			w.pair(depth+1, b.ID, "{"+out+"}")
		}
	})
}

// node writes a node and what it holds. A variable is never written in place:
// its own choices and those of its indicator stand apart.
func (w *writer) node(depth int, n *Node) {
	w.at(n.Place, n.keys(), func() {
		w.line(depth, "%s:", n.ID)
		w.said(depth+1, n)
		if len(n.Children) == 0 {
			return
		}
		w.block(depth+1, n.Children[0].Level.String()+"s", func() {
			for _, child := range n.Children {
				w.node(depth+2, child)
			}
		})
	})
}

// said writes what is said of a node.
func (w *writer) said(depth int, n *Node) {
	w.title(depth, "title", n.Title)
	w.title(depth, "description", n.Description)
	if n.Formula != nil {
		w.text(depth, "formula", n.Formula.Text)
		w.choice(n, "direction", func() {
			switch n.Direction.Kind {
			case "":
			case "closest_to":
				w.line(depth, "direction: {closest_to: %s}", number(n.Direction.Target))
			default:
				w.line(depth, "direction: %s", tree.Scalar(n.Direction.Kind))
			}
		})
	}
	if n.Parent.Weighting == "given" && !n.Parent.Single { // else nothing, or another place, says it
		w.pair(depth, "weight", number(n.Weight))
	}
	w.choices(depth, n)
	w.bands(depth, n.Bands)
	w.pair(depth, "given", "{as: "+n.GivenAs+"}")
	if n.Formula != nil {
		w.text(depth, "display", n.Display)
		w.text(depth, "measure", n.Measure)
	}
	if len(n.Unproven) > 0 {
		w.pair(depth, "unproven", list(n.Unproven))
	}
}

// keys are what is written of a node. An indicator in place has some of the keys of its
// variable, and its title where it has none of its own.
func (n *Node) keys() *tree.Node {
	if !n.InPlace {
		return n.own
	}
	out := *n.Parent.own
	out.Entries = nil
	for _, e := range n.Parent.own.Entries {
		switch {
		case e.Key.Value == "title" && n.Parent.own.Get("indicator") == nil:
			out.Entries = append(out.Entries, e)
		case e.Key.Value == "indicator":
			key := *e.Key
			key.Value = "title"
			out.Entries = append(out.Entries, tree.Entry{Key: &key, Value: e.Value})
		case slices.Contains(inPlaceOnly, e.Key.Value) || e.Key.Value == "given":
			out.Entries = append(out.Entries, e)
		}
	}
	return &out
}

// choices writes what the node does.
func (w *writer) choices(depth int, n *Node) {
	choice := func(key, value string) {
		if value != "" {
			w.choice(n, key, func() { w.line(depth, "%s: %s", key, value) })
		}
	}
	if n.Aggregate.Method != "" {
		choice("aggregate", written(n.Aggregate, "method"))
		choice("weighting", n.Weighting)
	}
	if n.Level == Variable && len(n.Children) == 1 {
		single := "normalise"
		if n.Single {
			single = "keep"
		}
		choice("single", single)
	}
	if !n.Single && n.Level != Derived { // else the score of its one indicator
		choice("normalise", written(n.Normalise, "method"))
	}
	if len(n.Treat) > 0 {
		choice("treat", writtenAll(n.Treat))
	}
	if n.Impute != nil {
		choice("missing", "{impute: "+written(*n.Impute, "method")+", else: "+n.Missing+"}")
	} else if n.Level != Derived {
		choice("missing", n.Missing)
	}
	switch c := n.MinCoverage; {
	case c.Condition != nil:
		choice("min_coverage", "{condition: "+tree.Scalar(c.Condition.Text)+"}")
	case c.Percent > 0:
		choice("min_coverage", number(c.Percent)+"%")
	case c.Count > 0:
		choice("min_coverage", strconv.Itoa(c.Count))
	}
	if n.Round != nil {
		choice("round", written(*n.Round, "rule"))
	}
	if n.Rank != nil {
		by := ""
		if n.Rank.By != nil {
			by = ", by: " + list(n.Rank.By)
		}
		choice("rank", "{rule: "+n.Rank.Rule+", best: "+n.Rank.Best+by+"}")
	}
}
