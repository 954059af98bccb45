package suite

import (
	"slices"
	"strconv"
	"strings"

	"rubric/spec/check"
	"rubric/spec/diag"
	"rubric/spec/override"
	"rubric/spec/schema"
	"rubric/spec/source"
	"rubric/spec/tree"
)

// Document is a suite as it was written: its shape is right, and whether it fits
// its methodology is not known so far.
type Document struct {
	Methodology string // the document that is tested, as the suite names it; empty: the one beside it

	file *source.File
	root *tree.Node
}

// Parse reads the text of a suite. The document is nil if there is an error among
// the findings.
func Parse(f *source.File) (*Document, diag.List) {
	root, list := tree.Parse(f)
	if root == nil {
		return nil, list
	}
	list.Add(schema.Suite().Check(root)...)
	if list.Errors() > 0 {
		return nil, list.Sorted()
	}
	return &Document{root.Get("methodology").Text(), f, root}, list
}

// Load reads the text of a suite against its methodology.
func Load(f *source.File, m *check.Methodology) (*Suite, diag.List) {
	doc, list := Parse(f)
	if doc == nil {
		return nil, list
	}
	s, more := doc.Check(m)
	list.Add(more...)
	return s, list.Sorted()
}

// Check holds a suite against its methodology. The suite is nil if there is an error
// among the findings: then no case of it says what it was meant to.
func (doc *Document) Check(m *check.Methodology) (*Suite, diag.List) {
	r := &reader{m: m}
	r.isOf("index", doc.root, m.Index)
	r.isOf("edition", doc.root, m.Edition)
	if r.list.Errors() > 0 {
		return nil, r.list // its nodes are those of another index
	}
	s := &Suite{File: doc.file, Index: m.Index, Edition: m.Edition, Title: doc.root.Get("title").Text(), Methodology: doc.Methodology}
	for _, e := range doc.root.Get("cases").Entries {
		s.Cases = append(s.Cases, r.oneCase(e))
	}
	if r.list.Errors() > 0 {
		return nil, r.list.Sorted()
	}
	return s, r.list.Sorted()
}

// reader is the state of one Check.
type reader struct {
	m    *check.Methodology
	list diag.List
}

func (r *reader) report(code diag.Code, at source.Place, help, format string, args ...any) {
	r.list.Add(diag.New(code, at, format, args...).WithHelp("%s", help))
}

// isOf holds the index or the edition that a suite names against the methodology's.
func (r *reader) isOf(key string, root *tree.Node, have string) {
	if n := root.Get(key); n != nil && n.Text() != have {
		r.report(diag.SuiteIndex, n.Place(), "run it with its own methodology, or name that under `methodology:`",
			"the suite is of the %s `%s`, the methodology of `%s`", key, n.Text(), have)
	}
}

func (r *reader) oneCase(e tree.Entry) *Case {
	n := e.Value
	c := &Case{ID: e.Key.Value, Place: e.Key.Place(), Title: strings.TrimSpace(n.Get("title").Text()), Period: n.Get("period").Text()}
	c.Data = r.data(n.Get("data"))
	if given := n.Get("given"); given.Text() == nothingGiven {
		c.Computed = c.Data == nil
	} else {
		c.Given = r.data(given)
	}
	for _, x := range entries(n.Get("set")) {
		change, list := override.At(x)
		r.list.Add(list...)
		c.Set = append(c.Set, change)
	}
	for _, unit := range entries(n.Get("expect")) {
		for _, node := range unit.Value.Entries {
			c.Expect = append(c.Expect, r.figures(c, unit, node)...)
		}
	}
	for _, x := range items(n.Get("order")) {
		if o := r.order(x); o != nil {
			c.Orders = append(c.Orders, o)
		}
	}
	for _, x := range items(n.Get("findings")) {
		c.Findings = append(c.Findings, r.finding(x))
	}
	if len(c.Expect)+len(c.Orders)+len(c.Findings) == 0 {
		r.report(diag.SuiteExpectation, c.Place, "add `expect:`, `order:` or `findings:`", "the case `%s` expects nothing, and so cannot fail", c.ID)
	}
	r.columns(c)
	r.contradictions(c)
	return c
}

// node finds the node that an expectation names.
func (r *reader) node(at *tree.Node, name string) *check.Node {
	return r.nodeAt(at.Place(), name)
}

func (r *reader) nodeAt(at source.Place, name string) *check.Node {
	found, several := r.m.Node(name)
	switch {
	case found != nil:
	case len(several) > 1:
		var paths []string
		for _, x := range several {
			paths = append(paths, "`"+x.Path+"`")
		}
		r.report(diag.ReferenceUnknown, at, "name it by its path: "+strings.Join(paths, ", "), "several nodes are called `%s`", name)
	default:
		var known []string
		for _, x := range r.m.Nodes {
			known = append(known, x.Path, x.ID)
		}
		help := "name it by its path, such as `" + r.m.Nodes[min(1, len(r.m.Nodes)-1)].Path + "`, or `index`"
		if near, ok := diag.Nearest(name, known); ok {
			help = "did you mean `" + near + "`?"
		}
		r.report(diag.ReferenceUnknown, at, help, "no node is called `%s`", name)
	}
	return found
}

// figures reads what is expected of one node of a unit.
func (r *reader) figures(c *Case, unit, at tree.Entry) (out []*Expectation) {
	node := r.node(at.Key, at.Key.Value)
	if node == nil {
		return nil
	}
	expect := func(f Figure, n *tree.Node, w Want) {
		out = append(out, &Expectation{Unit: unit.Key.Value, Node: at.Key.Value, Path: node.Path, Period: c.Period, Figure: f, Want: w, unit: unit.Key.Place(), written: n})
	}
	if at.Value.Kind != tree.Map { // the score alone
		expect(Score, at.Value, r.number(at.Value, nil))
		return out
	}
	period := c.Period
	if n := at.Value.Get("period"); n != nil {
		period = n.Text()
	}
	within := tolerance(at.Value.Get("within"))
	used := false
	for _, f := range figures {
		n := at.Value.Get(string(f))
		if n == nil {
			continue
		}
		switch {
		case f == Value || f == Score:
			w := r.number(n, within)
			used = used || w.Number != nil
			expect(f, n, w)
		case n.Kind == tree.Null:
			expect(f, n, Want{None: true})
		case f == Rank:
			x := float(n)
			expect(f, n, Want{Number: &x, Tolerance: &Tolerance{}})
		default:
			expect(f, n, Want{Text: n.Value})
		}
		r.fits(c, node, f, n)
	}
	for _, e := range out {
		e.Period = period
	}
	if len(out) == 0 {
		r.report(diag.SuiteExpectation, at.Key.Place(), "add value, score, rank, band or status", "nothing is expected of `%s`", at.Key.Value)
	}
	if within != nil && !used && len(out) > 0 {
		r.report(diag.SuiteExpectation, at.Value.Get("within").Place(), "remove it, or write the value or the score as a number", "`within` has no effect here: no number is expected that it could be about")
	}
	return out
}

// number reads what is expected of a value or a score.
func (r *reader) number(n *tree.Node, within *Tolerance) Want {
	switch n.Kind {
	case tree.Null:
		return Want{None: true}
	case tree.Number:
		x := float(n)
		return Want{Number: &x, Tolerance: within}
	case tree.Map:
		b, twice := rangeOf(n)
		if twice != "" {
			r.report(diag.SuiteContradiction, n.Entry(twice).Key.Place(), "keep one of `above` and `from`, and one of `below` and `up_to`", "the range has two bounds on the same side")
		} else if empty(b) {
			r.report(diag.SuiteContradiction, n.Place(), "exchange the bounds", "no number is %s", bounds(b))
		}
		return Want{Range: b}
	}
	return Want{Text: n.Value}
}

// fits holds a figure against what its node can have. A case that changes the
// document may give it what it lacks.
func (r *reader) fits(c *Case, node *check.Node, f Figure, n *tree.Node) {
	if c.Set != nil || n.Kind == tree.Null {
		return
	}
	switch f {
	case Rank:
		if node.Rank == nil {
			r.report(diag.SuiteExpectation, n.Place(), "expect its score, or an order", "`%s` has no rank", node.Path)
		}
	case Band:
		var known []string
		for _, b := range node.Bands {
			known = append(known, b.ID)
		}
		help := "the bands are " + strings.Join(known, ", ")
		if near, ok := diag.Nearest(n.Value, known); ok {
			help = "did you mean `" + near + "`?"
		}
		switch {
		case len(known) == 0:
			r.report(diag.SuiteExpectation, n.Place(), "expect its score", "`%s` has no bands", node.Path)
		case !slices.Contains(known, n.Value):
			r.report(diag.SuiteExpectation, n.Place(), help, "`%s` has no band `%s`", node.Path, n.Value)
		}
	case Score:
		if n.Kind == tree.Text {
			r.report(diag.SuiteExpectation, n.Place(), "write a number, a range such as {from: 1, below: 2}, or ~ for none", "a score is a number, and not %s", tree.Shown(n.Value))
		}
	}
}

// relations are the words between the units of an order.
var relations = []string{"above", "below", "level with"}

// order reads `a above b above c in node`.
func (r *reader) order(n *tree.Node) *Order {
	text := strings.Join(strings.Fields(n.Value), " ")
	o := &Order{Path: "index", Text: text, written: n}
	wrong := func(format string, args ...any) *Order {
		r.report(diag.SuiteExpectation, n.Place(), "such as `a above b`, `a above b above c in PATH`, `a level with b`", format, args...)
		return nil
	}
	before := text
	if at := strings.LastIndex(text, " in "); at >= 0 {
		if node, _ := r.m.Node(text[at+len(" in "):]); node != nil {
			o.Path, before = node.Path, text[:at]
		} else if rest := text[at+len(" in "):]; !strings.Contains(rest, " ") { // else it may be a part of a unit's name
			start := strings.LastIndex(n.Value, rest)
			r.nodeAt(n.At(start, start+len(rest)), rest)
			return nil
		}
	}
	for _, word := range relations {
		if parts := strings.Split(before, " "+word+" "); len(parts) > 1 {
			if o.Relation != "" {
				return wrong("%s has two kinds of relation", tree.Shown(text))
			}
			o.Relation, o.Units = word, parts
		}
	}
	if o.Relation == "" {
		return wrong("%s does not say which unit is above which", tree.Shown(text))
	}
	for i := range o.Units {
		if o.Units[i] = strings.TrimSpace(o.Units[i]); o.Units[i] == "" {
			return wrong("%s names no unit at one place", tree.Shown(text))
		}
	}
	if o.Relation == "below" {
		slices.Reverse(o.Units)
		o.Relation = "above"
	}
	return o
}

func (r *reader) finding(n *tree.Node) *Finding {
	f := &Finding{Code: n.Get("code").Text(), Unit: n.Get("unit").Text(), Text: n.Get("text").Text(), Place: n.Place()}
	if at := n.Get("node"); at != nil {
		if node := r.node(at, at.Text()); node != nil {
			f.Path = node.Path
		}
	}
	var known []string
	for _, c := range diag.Codes {
		known = append(known, c.Name)
	}
	if !slices.Contains(known, f.Code) {
		help := "`rubric validate` prints them in brackets"
		if near, ok := diag.Nearest(f.Code, known); ok {
			help = "did you mean `" + near + "`?"
		}
		r.report(diag.SuiteExpectation, n.Get("code").Place(), help, "no finding has the code `%s`", f.Code)
	}
	return f
}

func entries(n *tree.Node) []tree.Entry {
	if n == nil {
		return nil
	}
	return n.Entries
}

func items(n *tree.Node) []*tree.Node {
	if n == nil {
		return nil
	}
	return n.Items
}

// float is a number that the schema has seen to be one.
func float(n *tree.Node) float64 {
	x, _ := strconv.ParseFloat(n.Value, 64)
	return x
}

// tolerance reads `within`: a number, or a percentage.
func tolerance(n *tree.Node) *Tolerance {
	if n == nil {
		return nil
	}
	if share, ok := strings.CutSuffix(n.Value, "%"); ok {
		x, _ := strconv.ParseFloat(strings.TrimSpace(share), 64)
		return &Tolerance{Share: x / 100}
	}
	return &Tolerance{Absolute: float(n)}
}
