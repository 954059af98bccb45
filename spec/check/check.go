package check

import (
	"cmp"
	"fmt"
	"math"
	"path"
	"slices"
	"strconv"
	"strings"

	"rubric/spec"
	"rubric/spec/diag"
	"rubric/spec/expr"
	"rubric/spec/measure"
	"rubric/spec/method"
	"rubric/spec/source"
	"rubric/spec/tree"
)

// Check says what a document means. The methodology is nil if there is any
// error among the findings; the findings of Load are not repeated.
func Check(doc *spec.Document, catalogue method.Catalogue) (*Methodology, diag.List) {
	return CheckIn(doc, catalogue, "")
}

// CheckIn is Check with the titles in one of their languages; "" is English, or
// else the first that a title has.
func CheckIn(doc *spec.Document, catalogue method.Catalogue, language string) (*Methodology, diag.List) {
	c := &checker{
		titlesIn: language, dir: doc.Folder, root: doc.Root, catalogue: catalogue, used: map[*tree.Node]bool{}, open: map[choiceKey]*openChoice{}, coverages: map[*Node]*tree.Node{}, unknownSet: map[*tree.Node]bool{}, called: map[*tree.Node]called{},
		m: &Methodology{Document: doc.File, Extends: doc.Extends, Moved: doc.Moved, Changes: doc.Changes},
	}
	c.head()
	c.sections()
	c.declarations()
	c.screen()
	c.index()
	c.openChoices()
	c.publishedNodes()
	c.stricter()
	c.leftovers()
	list := c.list.Sorted()
	if list.Errors() > 0 {
		return nil, list
	}
	return c.m, list
}

// checker is the state of one Check.
type checker struct {
	open      map[choiceKey]*openChoice // choices that nothing settles
	order     []choiceKey               // of these, as they were met
	root      *tree.Node
	catalogue method.Catalogue
	m         *Methodology
	env       *expr.Env
	list      diag.List
	defaults  []*tree.Node               // the `defaults:` maps around a node, outermost first
	used      map[*tree.Node]bool        // default values taken up; sources, columns, reasons referred to
	coverages map[*Node]*tree.Node       // where a node's least coverage is said
	measured  map[string]measure.Measure // of columns; nil: not taken apart so far

	dir     string                // that the document stands in; empty: as its name says
	columns map[string]*tree.Node // what is written of each; nil: not read so far

	unknownSet map[*tree.Node]bool
	called     map[*tree.Node]called // methods that have been read, by where they stand
	later      []func()              // checks that wait for all nodes
	titlesIn   string                // that titles are wanted in
	incomplete bool                  // a method is not known, and with it what it takes up
}

func (c *checker) report(code diag.Code, n *tree.Node, format string, args ...any) *diag.Diagnostic {
	c.list.Add(diag.New(code, n.Place(), format, args...))
	return &c.list[len(c.list)-1]
}

// entries is a map's entries; none for anything else.
func entries(n *tree.Node) []tree.Entry {
	if n == nil || n.Kind != tree.Map {
		return nil
	}
	return n.Entries
}

// names is a text or a list of texts.
func names(n *tree.Node) []*tree.Node {
	switch {
	case n == nil:
		return nil
	case n.Kind == tree.List:
		return n.Items
	}
	return []*tree.Node{n}
}

func texts(n *tree.Node) []string {
	var out []string
	for _, x := range names(n) {
		out = append(out, x.Value)
	}
	return out
}

// whole is a whole number, however it is written: 60, 60.0 or 6e1. 0: none.
func whole(n *tree.Node) int {
	x, err := strconv.ParseFloat(n.Text(), 64)
	if err != nil {
		return 0
	}
	return int(min(x, math.MaxInt32))
}

func (c *checker) head() {
	r, m := c.root, c.m
	m.root = r
	m.Index, m.Edition = r.Get("index").Text(), r.Get("edition").Text()
	m.Title, m.Description = c.title(r.Get("title")), c.title(r.Get("description"))
	m.Status, m.Comparability = r.Get("status").Text(), r.Get("comparability").Text()
	if m.Status == "" {
		m.Status = "draft"
	}
	u := r.Get("units")
	m.Units = Units{Noun: u.Get("noun").Text(), Plural: u.Get("plural").Text(), Key: texts(u.Get("key")), Name: texts(u.Get("name")), Only: named(u.Get("only")), LeaveOut: named(u.Get("leave_out"))}
	m.Units.Expect = whole(u.Get("expect"))
	c.folder()
	f := r.Get("files")
	m.Files = Files{Units: f.Get("units").Text(), Deviations: f.Get("deviations").Text(), Corrections: f.Get("corrections").Text(),
		Places: map[string]source.Place{}, Sources: map[string][]string{}, Shapes: map[string]Shape{}}
	for _, key := range []string{"units", "deviations", "corrections"} {
		if n := f.Get(key); n != nil {
			m.Files.Places[n.Value] = n.Place()
		}
	}
	for _, n := range names(f.Get("data")) {
		from := n.Get("source")
		if n.Kind == tree.Map {
			m.Files.Shapes[n.Get("file").Text()] = c.shape(n)
			n = n.Get("file")
		}
		m.Files.Data = append(m.Files.Data, n.Text())
		m.Files.Places[n.Text()] = n.Place()
		if from != nil {
			m.Files.Sources[n.Text()] = c.refer("sources", from)
		}
	}
	if n := f.Get("read"); n != nil {
		m.Files.Read = c.shape(n)
	}
	for _, n := range names(f.Get("status")) {
		m.Files.Status = append(m.Files.Status, n.Value)
		m.Files.Places[n.Value] = n.Place()
	}
	for _, n := range names(f.Get("given")) {
		m.Files.Given = append(m.Files.Given, n.Value)
		m.Files.Places[n.Value] = n.Place()
	}
	for _, e := range entries(f.Get("published")) {
		p := Published{Name: e.Key.Value, File: e.Value.Get("file").Text()}
		if p.File != "" {
			m.Files.Places[p.File] = e.Value.Get("file").Place()
		}
		for _, column := range entries(e.Value.Get("columns")) {
			tolerance, _ := number64(column.Value.Get("tolerance"))
			p.Columns = append(p.Columns, PublishedColumn{column.Key.Value, column.Value.Get("node").Text(), column.Value.Get("figure").Text(), tolerance, column.Value.Get("period").Text()})
		}
		m.Files.Published = append(m.Files.Published, p)
	}
}

// shape reads how a data file is laid out.
func (c *checker) shape(n *tree.Node) Shape {
	s := Shape{Period: n.Get("period").Text(), Sheet: n.Get("sheet").Text(), HeaderRow: whole(n.Get("header_row")), Encoding: n.Get("encoding").Text()}
	if t := n.Get("tidy"); t != nil {
		s.Tidy = &Tidy{t.Get("column").Text(), t.Get("value").Text(), t.Get("status").Text()}
	}
	if at := n.Get("period"); at != nil && c.root.Get("periods") == nil {
		c.report(diag.ChoiceUnused, at, "`period` has no effect here: the document has no periods").Help = "remove it, or declare them: `periods: {noun: year, key: [year]}`"
	}
	return s
}

// folder holds index and edition against the folders of methodologies/index/edition/methodology.yaml.
func (c *checker) folder() {
	dir := cmp.Or(c.dir, path.Dir(strings.ReplaceAll(c.m.Document.Name, `\`, "/")))
	edition, index := path.Base(dir), path.Base(path.Dir(dir))
	if path.Base(path.Dir(path.Dir(dir))) != "methodologies" {
		return
	}
	if n := c.root.Get("index"); n != nil && n.Value != index {
		c.report(diag.NameFolder, n, "the index is `%s`, its folder `%s`", n.Value, index).Help = "name them alike: METHODOLOGY is looked up by folder"
	}
	if n := c.root.Get("edition"); n != nil && n.Value != edition {
		c.report(diag.NameFolder, n, "the edition is `%s`, its folder `%s`", n.Value, edition).Help = "name them alike: METHODOLOGY is looked up by folder"
	}
}

// celReserved are the names that CEL keeps for itself.
var celReserved = []string{"as", "break", "const", "continue", "else", "false", "for", "function", "if", "import", "in", "let", "loop", "namespace", "null", "package", "return", "true", "var", "void", "while"}

func (c *checker) declarations() {
	for _, e := range entries(c.root.Get("sources")) {
		c.m.Sources = append(c.m.Sources, Source{
			ID: e.Key.Value, Title: c.title(e.Value.Get("title")), Publisher: c.title(e.Value.Get("publisher")),
			URL: e.Value.Get("url").Text(), Note: c.title(e.Value.Get("note")),
		})
	}
	for _, e := range entries(c.root.Get("unproven")) {
		c.m.Unproven = append(c.m.Unproven, Reason{e.Key.Value, c.title(e.Value)})
	}
	var variables []expr.Variable
	headers := map[string]*tree.Node{}
	for _, e := range entries(c.root.Get("columns")) {
		column := Column{
			Name: e.Key.Value, Header: e.Key.Value, Title: c.title(e.Value.Get("title")), Measure: e.Value.Get("measure").Text(),
			Year: e.Value.Get("year").Text(), Text: e.Value.Get("type").Text() == "text", Sources: c.refer("sources", e.Value.Get("source")),
			Place: e.Key.Place(), Note: c.title(e.Value.Get("note")),
		}
		if from := texts(e.Value.Get("from")); from != nil {
			column.Header, column.Headers = from[0], from
		} else {
			column.Headers = []string{column.Header}
		}
		column.Status = e.Value.Get("status").Text()
		c.constant(&column, e.Value)
		c.columnSteps(&column, e.Value)
		if slices.Contains(celReserved, column.Name) {
			c.report(diag.NameReserved, e.Key, "`%s` is a word of the formula language", column.Name).Help = "give the column another name, and say `from: " + column.Name + "`"
			c.used[e.Value] = true // no formula could
			continue
		}
		if before := headers[column.Header]; before != nil {
			d := c.report(diag.NameDuplicate, e.Key, "the columns `%s` and `%s` both read the header `%s`", before.Value, column.Name, column.Header)
			*d = d.WithHelp("declare it once and use it in both formulas").WithRelated(before.Place(), "the first one")
		}
		headers[column.Header] = e.Key
		c.m.Columns = append(c.m.Columns, column)
		variables = append(variables, expr.Variable{Name: column.Name, Text: column.Text})
	}
	env, err := expr.NewEnv(variables)
	if err != nil { // names that the schema has refused already
		env, _ = expr.NewEnv(nil)
	}
	c.env = env
}

// constant settles whether a column is the same at every period.
func (c *checker) constant(column *Column, n *tree.Node) {
	e := n.Entry("constant")
	if e == nil {
		return
	}
	column.Constant = true
	switch {
	case c.root.Get("periods") == nil:
		c.report(diag.ChoiceUnused, e.Key, "`constant` has no effect here: the document has no periods").Help = "remove it, or declare them: `periods: {noun: year, key: [year]}`"
	case slices.ContainsFunc(column.Headers, func(h string) bool { return strings.Contains(h, "{period}") }):
		c.report(diag.ChoiceUnused, e.Key, "`%s` is read by period, and so is not constant", column.Name).Help = "remove `constant`, or `{period}` from its header"
	}
}

// named are the names of a list, or a single one, with their places.
func named(n *tree.Node) (out []Named) {
	for _, x := range names(n) {
		out = append(out, Named{x.Value, x.Place()})
	}
	return out
}

// refer resolves references to the entries of a top-level map, and marks them used.
func (c *checker) refer(section string, n *tree.Node) []string {
	var out []string
	declared := c.root.Get(section)
	for _, x := range names(n) {
		if e := declared.Entry(x.Value); e != nil {
			c.used[e.Value] = true
			out = append(out, x.Value)
			continue
		}
		var known []string
		for _, e := range entries(declared) {
			known = append(known, e.Key.Value)
		}
		help := fmt.Sprintf("declare it under `%s:`", section)
		if near, ok := diag.Nearest(x.Value, known); ok {
			help = fmt.Sprintf("did you mean `%s`?", near)
		}
		c.report(diag.ReferenceUnknown, x, "`%s` is not declared under `%s:`", x.Value, section).Help = help
	}
	return out
}

// publishedNodes finds the nodes that published columns speak of.
func (c *checker) publishedNodes() {
	for _, table := range entries(c.root.Get("files").Get("published")) {
		for _, column := range entries(table.Value.Get("columns")) {
			at := column.Value.Get("node")
			if at == nil || at.Kind != tree.Text {
				continue // the schema has said so
			}
			c.nodeAt(at)
		}
	}
}

// leftovers reports what nothing takes up.
func (c *checker) leftovers() {
	for _, e := range entries(c.root.Get("columns")) {
		if !c.used[e.Value] {
			c.report(diag.ColumnUnused, e.Key, "no formula uses the column `%s`", e.Key.Value).Help = "remove it, or use it"
		}
	}
	for _, section := range []string{"sources", "unproven"} {
		for _, e := range entries(c.root.Get(section)) {
			if !c.used[e.Value] {
				c.report(diag.SourceUnused, e.Key, "nothing refers to `%s`", e.Key.Value).Help = "remove it, or refer to it"
			}
		}
	}
}
