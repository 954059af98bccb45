package check

import (
	"fmt"
	"path"
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
	return []byte(strings.Join(w.lines, "\n") + "\n")
}

// Line is a line of the resolved document, and where what it says was written.
type Line struct {
	Text string
	From source.Place
}

// Origins are the lines of the resolved document with their origins.
func (m *Methodology) Origins() []Line {
	w := m.resolved()
	out := make([]Line, len(w.lines))
	for i := range out {
		out[i] = Line{w.lines[i], w.places[i]}
	}
	return out
}

func (m *Methodology) resolved() *writer {
	w := &writer{}
	w.line(0, "# %s %s, every default resolved. Nothing is left unsaid: this is what is evaluated.", m.Index, m.Edition)
	w.key(m, "rubric")
	w.pair(0, "rubric", "1")
	w.key(m, "index")
	w.text(0, "index", m.Index)
	w.key(m, "edition")
	w.text(0, "edition", m.Edition)
	w.key(m, "title")
	w.text(0, "title", m.Title)
	w.key(m, "description")
	w.text(0, "description", m.Description)
	w.key(m, "status")
	w.text(0, "status", m.Status)
	w.key(m, "comparability")
	w.text(0, "comparability", m.Comparability)
	w.key(m, "units")
	w.units(m.Units)
	w.key(m, "files")
	w.files(m.relative())
	if len(m.Sources) > 0 {
		w.key(m, "sources")
		w.line(0, "sources:")
		for _, s := range m.Sources {
			w.line(1, "%s: {%s}", s.ID, tree.Flow("title", s.Title, "publisher", s.Publisher, "url", s.URL, "note", s.Note))
		}
	}
	if len(m.Columns) > 0 {
		w.key(m, "columns")
		w.line(0, "columns:")
		for _, c := range m.Columns {
			w.from = c.Place
			w.column(c)
		}
	}
	w.sections(m)
	w.key(m, "bands")
	w.bands(0, m.Root.Bands)
	if len(m.Unproven) > 0 {
		w.key(m, "unproven")
		w.line(0, "unproven:")
		for _, r := range m.Unproven {
			w.text(1, r.ID, r.Text)
		}
	}
	w.key(m, "defaults")
	w.line(0, "defaults:")
	w.line(1, "index:")
	w.choices(2, m.Root)
	w.key(m, "dimensions")
	w.line(0, "dimensions:")
	for _, n := range m.Root.Children {
		w.node(1, n)
	}
	w.derived(m)
	if len(m.Headline) > 0 {
		w.key(m, "headline")
		var paths []string
		for _, n := range m.Headline {
			paths = append(paths, n.Path)
		}
		w.line(0, "headline: %s", list(paths))
	}
	return w
}

// writer writes YAML: plain where a text can stand plain, else quoted.
type writer struct {
	lines  []string
	places []source.Place // where what a line says was written
	from   source.Place   // of the lines that follow
}

func (w *writer) line(depth int, format string, args ...any) {
	w.lines = append(w.lines, strings.Repeat("  ", depth)+fmt.Sprintf(format, args...))
	w.places = append(w.places, w.from)
}

// key says that what follows was written under a key of the document.
func (w *writer) key(m *Methodology, key string) { w.from = m.keys[key] }

// choice says that what follows is a node's: from where its key stands, on the
// node or in a default.
func (w *writer) choice(n *Node, key string) {
	w.from = n.Place
	if at, ok := n.from[key]; ok {
		w.from = at
	} else if e := n.own.Entry(key); e != nil {
		w.from = e.Key.Place()
	}
}

// pair writes a key with a value that needs no quotes.
func (w *writer) pair(depth int, key, value string) {
	if value != "" {
		w.line(depth, "%s: %s", key, value)
	}
}

func (w *writer) text(depth int, key, value string) {
	if value != "" {
		w.line(depth, "%s: %s", key, tree.Scalar(value))
	}
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
	w.line(0, "units:")
	w.text(1, "noun", u.Noun)
	w.text(1, "plural", u.Plural)
	if u.Expect > 0 {
		w.line(1, "expect: %d", u.Expect)
	}
	if len(u.Key) > 0 {
		w.line(1, "key: %s", list(u.Key))
	}
	if len(u.Name) > 0 {
		w.line(1, "name: %s", list(u.Name))
	}
	if len(u.Only) > 0 {
		w.line(1, "only: %s", list(plain(u.Only)))
	}
	if len(u.LeaveOut) > 0 {
		w.line(1, "leave_out: %s", list(plain(u.LeaveOut)))
	}
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
	w.line(0, "files:")
	w.text(1, "units", f.Units)
	if f.Data != nil {
		w.line(1, "data:")
	}
	for _, name := range f.Data {
		w.line(2, "- %s", dataFile(name, f.Sources[name], f.Shapes[name]))
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
			out := tree.Flow("node", c.Node, "figure", c.Figure)
			if c.Tolerance > 0 {
				out += ", tolerance: " + number(c.Tolerance)
			}
			if c.Period != "" {
				out += ", period: " + tree.Scalar(c.Period)
			}
			w.line(4, "%s: {%s}", tree.Scalar(c.Header), out)
		}
	}
	if out := dataFile("", nil, f.Read); f.Read != (Shape{}) {
		w.line(1, "read: %s", out)
	}
	if f.Status != nil {
		w.line(1, "status: %s", list(f.Status))
	}
	w.text(1, "corrections", f.Corrections)
	w.text(1, "deviations", f.Deviations)
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
	out := tree.Flow("title", c.Title, "type", kind, "measure", c.Measure, "year", c.Year, "status", c.Status, "note", c.Note)
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
	w.line(1, "%s: {%s, from: %s}", c.Name, out, headers(c.Headers))
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
		w.key(m, "periods")
		w.line(0, "periods: {%s}", out)
	}
	if len(m.Groups) > 0 {
		w.key(m, "groups")
		w.line(0, "groups:")
		for _, g := range m.Groups {
			w.line(1, "%s: {%s, from: %s}", g.ID, tree.Flow("title", g.Title), headers(g.Headers))
		}
	}
	if len(m.Markers) > 0 {
		w.key(m, "missing_markers")
		w.line(0, "missing_markers:")
		for _, k := range m.Markers {
			w.line(1, "%s: {%s}", tree.Scalar(k.Text), tree.Flow("status", k.Status, "reason", k.Reason))
		}
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
		w.key(m, "screen")
		w.line(0, "screen: {%s}", strings.Join(out, ", "))
	}
	if len(m.WeightSets) > 0 {
		w.key(m, "weights")
		w.line(0, "weights:")
		for _, set := range m.WeightSets {
			w.line(1, "%s:", set.ID)
			w.text(2, "title", set.Title)
			w.line(2, "of:")
			for _, x := range set.Weights {
				w.line(3, "%s: %s", tree.Scalar(x.Node), number(x.Weight))
			}
		}
	}
}

// derived writes the expressions over nodes.
func (w *writer) derived(m *Methodology) {
	said := false
	for _, n := range m.Nodes {
		if n.Level != Derived {
			continue
		}
		if !said {
			w.key(m, "derive")
			w.line(0, "derive:")
			said = true
		}
		w.from = n.Place
		w.line(1, "%s:", n.ID)
		w.text(2, "title", n.Title)
		w.text(2, "description", n.Description)
		w.choice(n, "formula")
		w.text(2, "formula", n.Formula.Text)
		w.choices(2, n)
		w.bands(2, n.Bands)
		w.text(2, "display", n.Display)
		w.text(2, "measure", n.Measure)
		if len(n.Unproven) > 0 {
			w.line(2, "unproven: %s", list(n.Unproven))
		}
	}
}

func (w *writer) bands(depth int, bands []Band) {
	if len(bands) == 0 {
		return
	}
	w.line(depth, "bands:")
	for _, b := range bands {
		out := tree.Flow("title", b.Title)
		if x := bounds(b.Low, b.High, b.LowIncluded, b.HighIncluded); x != "" {
			out += ", " + strings.TrimSuffix(x, ", ")
		}
		w.line(depth+1, "%s: {%s}", b.ID, out)
	}
}

// node writes a node and what it holds. A variable is never written in place:
// its own choices and those of its indicator stand apart.
func (w *writer) node(depth int, n *Node) {
	w.from = n.Place
	w.line(depth, "%s:", n.ID)
	depth++
	w.choice(n, "title")
	w.text(depth, "title", n.Title)
	w.choice(n, "description")
	w.text(depth, "description", n.Description)
	if n.Formula != nil {
		w.choice(n, "formula")
		w.text(depth, "formula", n.Formula.Text)
		w.choice(n, "direction")
		switch n.Direction.Kind {
		case "":
		case "closest_to":
			w.line(depth, "direction: {closest_to: %s}", number(n.Direction.Target))
		default:
			w.text(depth, "direction", n.Direction.Kind)
		}
	}
	if n.Parent.Weighting == "given" && !n.Parent.Single { // else nothing, or another place, says it
		w.choice(n, "weight")
		w.line(depth, "weight: %s", number(n.Weight))
	}
	w.choices(depth, n)
	w.choice(n, "bands")
	w.bands(depth, n.Bands)
	w.choice(n, "given")
	w.line(depth, "given: {as: %s}", n.GivenAs)
	if n.Formula != nil {
		w.choice(n, "display")
		w.text(depth, "display", n.Display)
		w.text(depth, "measure", n.Measure)
	}
	if len(n.Unproven) > 0 {
		w.line(depth, "unproven: %s", list(n.Unproven))
	}
	if len(n.Children) == 0 {
		return
	}
	w.from = n.Place
	w.line(depth, "%ss:", n.Children[0].Level)
	for _, child := range n.Children {
		w.node(depth+1, child)
	}
}

// choices writes what the node does.
func (w *writer) choices(depth int, n *Node) {
	if n.Aggregate.Method != "" {
		w.choice(n, "aggregate")
		w.line(depth, "aggregate: %s", written(n.Aggregate, "method"))
		w.choice(n, "weighting")
		w.pair(depth, "weighting", n.Weighting)
	}
	if n.Level == Variable && len(n.Children) == 1 {
		single := "normalise"
		if n.Single {
			single = "keep"
		}
		w.choice(n, "single")
		w.line(depth, "single: %s", single)
	}
	if !n.Single && n.Level != Derived { // else the score of its one indicator
		w.choice(n, "normalise")
		w.line(depth, "normalise: %s", written(n.Normalise, "method"))
	}
	if len(n.Treat) > 0 {
		w.choice(n, "treat")
		w.line(depth, "treat: %s", writtenAll(n.Treat))
	}
	w.choice(n, "missing")
	if n.Impute != nil {
		w.line(depth, "missing: {impute: %s, else: %s}", written(*n.Impute, "method"), n.Missing)
	} else if n.Level != Derived {
		w.pair(depth, "missing", n.Missing)
	}
	w.choice(n, "min_coverage")
	switch c := n.MinCoverage; {
	case c.Condition != nil:
		w.line(depth, "min_coverage: {condition: %s}", tree.Scalar(c.Condition.Text))
	case c.Percent > 0:
		w.line(depth, "min_coverage: %s%%", number(c.Percent))
	case c.Count > 0:
		w.line(depth, "min_coverage: %d", c.Count)
	}
	w.choice(n, "round")
	if n.Round != nil {
		w.line(depth, "round: %s", written(*n.Round, "rule"))
	}
	w.choice(n, "rank")
	if n.Rank != nil {
		by := ""
		if n.Rank.By != nil {
			by = ", by: " + list(n.Rank.By)
		}
		w.line(depth, "rank: {rule: %s, best: %s%s}", n.Rank.Rule, n.Rank.Best, by)
	}
}
