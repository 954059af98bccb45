package suite

import (
	"fmt"
	"strconv"

	"rubric/engine"
	"rubric/engine/cell"
	"rubric/engine/report"
	"rubric/spec/check"
	"rubric/spec/diag"
	"rubric/spec/method"
	"rubric/spec/source"
)

// Kind is a kind of parts of a methodology that a suite can reach.
type Kind string

// The kinds, in the order in which they are listed.
const (
	Indicators  Kind = "indicators"  // computed for a unit, with a value
	Derived     Kind = "derived"     // likewise
	Branches    Kind = "branches"    // of conditionals and coalesce in formulas
	Missing     Kind = "missing"     // acted on a unit; the rule `error` is no way that a figure takes
	Imputations Kind = "imputations" // filled a cell
	Treatments  Kind = "treatments"  // changed a cell
	Levels      Kind = "levels"      // judged levels and ranges of values with their scores
	Bands       Kind = "bands"       // a score was in it
	Screening   Kind = "screening"   // left a unit out
)

// Kinds are all kinds.
var Kinds = []Kind{Indicators, Derived, Branches, Missing, Imputations, Treatments, Levels, Bands, Screening}

// Label is the kind for a person.
func (k Kind) Label() string {
	switch k {
	case Derived:
		return "derived nodes"
	case Missing:
		return "missing rules"
	}
	return string(k)
}

// Part is a part of a methodology.
type Part struct {
	Kind  Kind
	Path  string // of the node; empty: of a column, or of the whole
	What  string // what of it, in words
	Place source.Place

	key string
}

// Coverage is what the cases of a suite reached.
type Coverage struct {
	Tallies []Tally // of the kinds that the methodology has
	Not     []Part  // what no case reached, in the order of the document
}

// Tally is how many parts of a kind were reached.
type Tally struct {
	Kind           Kind
	Reached, Total int
}

// Percent is the share that was reached.
func (t Tally) Percent() float64 { return 100 * float64(t.Reached) / float64(t.Total) }

// Below reports the kinds of which less is reached than is asked for, in percent.
func (r *Report) Below(least map[Kind]float64) (list diag.List) {
	if r.Coverage == nil {
		return nil
	}
	for _, t := range r.Coverage.Tallies {
		if want, asked := least[t.Kind]; asked && t.Percent() < want {
			at := source.Place{File: r.Suite.File.Name, Line: 1, Column: 1, EndLine: 1, EndColumn: 1, Text: r.Suite.File.Line(1)}
			list.Add(diag.New(diag.SuiteCoverage, at, "%s: %d of %d reached (%s), where %s is asked for", t.Kind.Label(), t.Reached, t.Total, percent(t.Percent()), percent(want)).
				WithHelp("add cases that expect a figure of what is not reached: `rubric test --coverage` lists it"))
		}
	}
	return list
}

// reached has the keys of the parts that were reached.
type reached map[string]bool

// covered adds up what the cases reached.
func covered(m *check.Methodology, outcomes []Outcome) *Coverage {
	all := reached{}
	for _, o := range outcomes {
		for key := range o.reached {
			all[key] = true
		}
	}
	out := &Coverage{}
	tallies := map[Kind]*Tally{}
	for _, p := range parts(m) {
		t := tallies[p.Kind]
		if t == nil {
			t = &Tally{Kind: p.Kind}
			tallies[p.Kind] = t
		}
		t.Total++
		if all[p.key] {
			t.Reached++
		} else {
			out.Not = append(out.Not, p)
		}
	}
	for _, k := range Kinds {
		if t := tallies[k]; t != nil {
			out.Tallies = append(out.Tallies, *t)
		}
	}
	return out
}

// parts are all that a suite can reach of a methodology, in its order.
func parts(m *check.Methodology) (out []Part) {
	add := func(k Kind, path, key string, place source.Place, format string, args ...any) {
		out = append(out, Part{k, path, fmt.Sprintf(format, args...), place, string(k) + "\x00" + path + "\x00" + key})
	}
	for _, c := range m.Columns {
		if c.Impute != nil {
			add(Imputations, "", c.Name, c.Place, "column `%s`: the imputation `%s`", c.Name, c.Impute.Method)
		}
		for i, t := range c.Treat {
			add(Treatments, "", c.Name+strconv.Itoa(i), c.Place, "column `%s`: the treatment `%s`", c.Name, t.Method)
		}
	}
	if m.Screen != nil {
		add(Screening, "", "", m.Screen.Place, "a unit that the screen leaves out")
	}
	for _, n := range m.Nodes {
		switch n.Level {
		case check.Indicator:
			add(Indicators, n.Path, "", n.Place, "the indicator")
		case check.Derived:
			add(Derived, n.Path, "", n.Place, "the derived node")
		}
		if n.Formula != nil {
			for i, b := range n.Formula.Branches() {
				add(Branches, n.Path, n.Formula.Text+strconv.Itoa(i), n.FormulaAt(b.Start, b.End), "where %s", b.When)
			}
		}
		if n.Impute != nil {
			add(Imputations, n.Path, "", n.Place, "the imputation `%s`", n.Impute.Method)
		}
		for i, t := range n.Treat {
			add(Treatments, n.Path, strconv.Itoa(i), n.Place, "the treatment `%s`", t.Method)
		}
		for i, l := range n.Normalise.Args.Levels("levels") {
			add(Levels, n.Path, strconv.Itoa(i), n.Place, "the level `%s`", l.Text)
		}
		for i, s := range n.Normalise.Args.Ladder("steps") {
			add(Levels, n.Path, strconv.Itoa(i), n.Place, "the values %s", bounds(rung(s)))
		}
		if canLack(n) {
			add(Missing, n.Path, n.Missing, n.Place, "the missing rule `%s`", n.Missing)
		}
		for _, b := range n.Bands {
			add(Bands, n.Path, b.ID, n.Place, "the band `%s`", b.ID)
		}
	}
	return out
}

func rung(s method.Rung) *check.Band {
	return &check.Band{Low: s.Low, High: s.High, LowIncluded: s.LowIncluded, HighIncluded: s.HighIncluded}
}

// canLack says whether a node's missing rule can act: it is not `error`, which no
// figure survives, and something of the node can be missing.
func canLack(n *check.Node) bool {
	switch {
	case n.Level == check.Derived, n.Missing == "error", n.Single, n.Aggregate.Method == "none" && n.Formula == nil:
		return false
	case n.Formula != nil:
		return len(n.Formula.Inputs()) > 0 // a constant is always there
	}
	for _, child := range n.Children {
		if !certain(child) {
			return true
		}
	}
	return false
}

// certain says whether a node has a score for every unit that is ranked.
func certain(n *check.Node) bool {
	switch n.Missing {
	case "error", "floor", "exclude_unit":
		return true
	}
	if n.Formula != nil {
		return len(n.Formula.Inputs()) == 0
	}
	for _, child := range n.Children {
		if !certain(child) {
			return false
		}
	}
	return true
}

// reach is what a case reached: parts to which a unit came whose figure is expected, or
// of which an expected figure is made.
func reach(c *Case, r *engine.Result) reached {
	w := &watch{r: r, rows: map[*check.Node]cell.Bits{}, out: reached{}}
	for _, e := range c.Expect {
		w.see(e.Path, e.Unit, e.Period)
	}
	for _, o := range c.Orders {
		for _, unit := range o.Units {
			w.see(o.Path, unit, c.Period)
		}
	}
	for i := range r.Nodes {
		if f := &r.Nodes[i]; w.rows[f.Node.Node] != nil && f.Origin == engine.Computed {
			w.node(f)
		}
	}
	for _, t := range r.Ledger {
		w.touch(t)
	}
	return w.out
}

// watch is whose figures of which nodes are expected, or go into expected ones.
type watch struct {
	r    *engine.Result
	rows map[*check.Node]cell.Bits
	out  reached
}

func (w *watch) see(path, unit, period string) {
	n, _ := w.r.Plan.Methodology.Node(path)
	row, ok := w.r.Data.Row(unit, period)
	if n == nil || !ok {
		return
	}
	if w.r.Screened(row) != "" {
		w.mark(Screening, "", "")
	}
	w.down(n, row)
}

// down follows a figure to those that it is made of. A given one is made of nothing.
func (w *watch) down(n *check.Node, row int) {
	if w.rows[n] == nil {
		w.rows[n] = cell.NewBits(w.r.Data.Rows())
	}
	if w.rows[n].Get(row) {
		return
	}
	w.rows[n].Set(row)
	if w.r.Figures(n).Origin != engine.Computed {
		return
	}
	for _, child := range n.Children {
		w.down(child, row)
	}
	for _, ref := range n.Refs {
		w.down(ref.Node, row)
	}
}

func (w *watch) mark(k Kind, path, key string) { w.out[string(k)+"\x00"+path+"\x00"+key] = true }

// node notes what the watched units reached of a node.
func (w *watch) node(f *engine.Figures) {
	n := f.Node.Node
	var rows []int
	for row := range w.r.Data.Rows() {
		if w.rows[n].Get(row) {
			rows = append(rows, row)
		}
	}
	for _, row := range rows {
		if w.lacks(f, row) {
			w.mark(Missing, n.Path, n.Missing)
		}
		x := report.RowOf(w.r, f, row)
		if x.Band != "" {
			w.mark(Bands, n.Path, x.Band)
		}
		if !x.HasValue && x.Text == "" {
			continue
		}
		switch n.Level {
		case check.Indicator:
			w.mark(Indicators, n.Path, "")
		case check.Derived:
			w.mark(Derived, n.Path, "")
		}
		for i, l := range n.Normalise.Args.Levels("levels") {
			if x.Text == l.Text {
				w.mark(Levels, n.Path, strconv.Itoa(i))
			}
		}
		for i, s := range n.Normalise.Args.Ladder("steps") {
			if x.HasValue && rung(s).Holds(x.Value) {
				w.mark(Levels, n.Path, strconv.Itoa(i))
			}
		}
	}
	if n.Formula == nil {
		return
	}
	taken, err := w.r.Branches(f.Node, rows)
	if err != nil {
		return // the formula was planned once already
	}
	for i, is := range taken {
		if is {
			w.mark(Branches, n.Path, n.Formula.Text+strconv.Itoa(i))
		}
	}
}

// lacks says whether a node's missing rule acts on a unit.
func (w *watch) lacks(f *engine.Figures, row int) bool {
	n := f.Node
	if w.r.Excluded(row) {
		return n.Node.Missing == "exclude_unit" && w.r.Screened(row) == "" && !w.r.Had(n, row)
	}
	if n.Formula != nil {
		return f.Value.Valid != nil && !f.Value.Valid.Get(row)
	}
	for _, child := range n.Children {
		if s := w.r.Figures(child).Score; s.Valid == nil || !s.Valid.Get(row) {
			return true
		}
	}
	return false
}

// touch notes what changed a cell.
func (w *watch) touch(t engine.Touch) {
	var kind Kind
	switch t.Step {
	case method.Impute:
		kind = Imputations
	case method.Treat:
		kind = Treatments
	default:
		return
	}
	calls := []method.Call(nil)
	watched := false
	if t.Column != "" {
		calls = w.r.Plan.Methodology.Column(t.Column).Treat
		for n, rows := range w.rows {
			watched = watched || rows.Get(t.Row) && reads(n, t.Column)
		}
	} else {
		n, _ := w.r.Plan.Methodology.Node(t.Node)
		calls = n.Treat
		watched = w.rows[n] != nil && w.rows[n].Get(t.Row)
	}
	if !watched {
		return
	}
	if kind == Imputations {
		w.mark(kind, t.Node, t.Column)
		return
	}
	for i, c := range calls {
		if c.Method == t.Method {
			w.mark(kind, t.Node, t.Column+strconv.Itoa(i))
		}
	}
}

func reads(n *check.Node, column string) bool {
	for _, name := range n.Inputs() {
		if name == column {
			return true
		}
	}
	return false
}
