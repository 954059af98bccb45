package suite

import (
	"slices"
	"strconv"
	"strings"

	"rubric/engine/report"
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
	Methodology   string       // the document that is tested, as the suite names it; empty: the one beside it
	MethodologyAt source.Place // where it does

	file *source.File
	root *tree.Node
}

// Parse reads the text of a suite. The document is nil if there is an error among
// the findings.
func Parse(f *source.File) (*Document, diag.List) {
	root, list := tree.ParseAs(f, "a suite begins with `rubric: suite/1`")
	if root == nil {
		return nil, list
	}
	list.Add(schema.Suite().Check(root)...)
	if list.Errors() > 0 {
		return nil, list.Sorted()
	}
	return &Document{root.Get("methodology").Text(), root.Get("methodology").Place(), f, root}, list
}

// CaseIDs are the ids of its cases.
func (doc *Document) CaseIDs() (out []string) {
	for _, e := range doc.root.Get("cases").Entries {
		out = append(out, e.Key.Value)
	}
	return out
}

// Files are the names of the files that its cases are about, each once.
func (doc *Document) Files() (out []*tree.Node) {
	seen := map[string]bool{}
	for _, c := range doc.root.Get("cases").Entries {
		for _, n := range slices.Concat(items(c.Value.Get("data")), items(c.Value.Get("given"))) {
			if !seen[n.Value] {
				seen[n.Value] = true
				out = append(out, n)
			}
		}
	}
	return out
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
	if c.Period != "" {
		r.dated(c, n.Get("period"))
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
		if o := r.order(c, x); o != nil {
			c.Orders = append(c.Orders, o)
		}
	}
	for _, x := range items(n.Get("findings")) {
		c.Findings = append(c.Findings, r.finding(c, x))
	}
	if n.Get("expect") == nil && n.Get("order") == nil && n.Get("findings") == nil {
		r.report(diag.SuiteExpectation, c.Place, "add `expect:`, `order:` or `findings:`", "the case `%s` expects nothing, and so cannot fail", c.ID)
	}
	r.columns(c)
	r.contradictions(c)
	return c
}

// dated reports a period of a methodology that has none.
func (r *reader) dated(c *Case, n *tree.Node) {
	if r.m.Periods == nil && c.Set == nil {
		r.report(diag.SuiteExpectation, n.Place(), "remove it, or declare `periods:` in the methodology", "the methodology has no periods")
	}
}

// node finds the node that an expectation names. A case that changes the document may
// add it: then it is found when the case is run.
func (r *reader) node(c *Case, at *tree.Node) *check.Node {
	if c.Set != nil {
		if found, _ := r.m.Node(at.Text()); found == nil {
			return &check.Node{Path: at.Text()}
		}
	}
	return r.nodeAt(at.Place(), at.Text())
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
	node := r.node(c, at.Key)
	if node == nil {
		return nil
	}
	expect := func(f Figure, n *tree.Node, w Want) {
		out = append(out, &Expectation{Unit: unit.Key.Written(), Node: at.Key.Value, Path: node.Path, Period: c.Period, Figure: f, Want: w, unit: unit.Key.Place(), written: n})
	}
	if at.Value.Kind != tree.Map { // the score alone
		expect(Score, at.Value, r.number(at.Value, nil))
		return out
	}
	period := c.Period
	if n := at.Value.Get("period"); n != nil {
		period = n.Text()
		r.dated(c, n)
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
			// A value is in units of its own, a score on a scale: one tolerance is of one of them.
			of := within
			if used {
				of = nil
			}
			w := r.number(n, of)
			used = used || w.Number != nil
			expect(f, n, w)
		case n.Kind == tree.Null:
			expect(f, n, Want{None: true})
		case f == Rank:
			x := float(n)
			if x < 1 {
				r.report(diag.SuiteExpectation, n.Place(), "the best unit has rank 1", "no unit has the rank %s", n)
			}
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
			r.report(diag.SuiteContradiction, n.Place(), "exchange the bounds", "no number is %s", report.Range(b))
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

func (r *reader) finding(c *Case, n *tree.Node) *Finding {
	f := &Finding{Code: n.Get("code").Text(), Unit: n.Get("unit").Written(), Text: n.Get("text").Text(), Place: n.Place()}
	if at := n.Get("node"); at != nil {
		if node := r.node(c, at); node != nil {
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
