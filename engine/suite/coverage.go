package suite

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"rubric/engine"
	"rubric/engine/cell"
	"rubric/engine/report"
	"rubric/spec/check"
	"rubric/spec/diag"
	"rubric/spec/expr"
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
		if len(o.Failures) > 0 {
			continue // what it says of the methodology is not so
		}
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

// parts are all that a suite can reach of a methodology, in its order. The key of a part
// says what it is, so that what a case puts in its place by `set` is another one.
func parts(m *check.Methodology) (out []Part) {
	add := func(k Kind, path, key string, place source.Place, format string, args ...any) {
		out = append(out, Part{k, path, fmt.Sprintf(format, args...), place, keyOf(k, path, key)})
	}
	for _, c := range m.Columns {
		if c.Impute != nil {
			add(Imputations, "", c.Name+said(*c.Impute), c.Place, "column `%s`: the imputation `%s`", c.Name, c.Impute.Method)
		}
		for i, t := range c.Treat {
			add(Treatments, "", c.Name+treated(i, t), c.Place, "column `%s`: the treatment `%s`", c.Name, t.Method)
		}
	}
	if m.Screen != nil {
		add(Screening, "", "", m.Screen.Place, "a unit that the screen leaves out")
	}
	for _, n := range m.Nodes {
		switch n.Level {
		case check.Indicator:
			add(Indicators, n.Path, n.Formula.Text, n.Place, "the indicator")
		case check.Derived:
			add(Derived, n.Path, n.Formula.Text, n.Place, "the derived node")
		}
		for _, f := range formulas(n) {
			for i, b := range f.e.Branches() {
				at := n.Place
				if f.e == n.Formula {
					at = n.FormulaAt(b.Start, b.End)
				}
				add(Branches, n.Path, f.e.Text+strconv.Itoa(i), at, "%swhere %s", f.of, b.When)
			}
		}
		if n.Impute != nil {
			add(Imputations, n.Path, said(*n.Impute), n.Place, "the imputation `%s`", n.Impute.Method)
		}
		for i, t := range n.Treat {
			add(Treatments, n.Path, treated(i, t), n.Place, "the treatment `%s`", t.Method)
		}
		for _, l := range n.Normalise.Args.Levels("levels") {
			add(Levels, n.Path, level(l), n.Place, "the level `%s`", l.Text)
		}
		for _, s := range n.Normalise.Args.Ladder("steps") {
			add(Levels, n.Path, step(s), n.Place, "the values %s", report.Range(rung(s)))
		}
		if canLack(n) {
			add(Missing, n.Path, n.Missing, n.Place, "the missing rule `%s`", n.Missing)
		}
		for _, b := range n.Bands {
			add(Bands, n.Path, banded(b), n.Place, "the band `%s`", b.ID)
		}
	}
	return out
}

func keyOf(k Kind, path, key string) string { return string(k) + "\x00" + path + "\x00" + key }

// said is a method with its parameters; the same for the same call.
func said(c method.Call) string {
	var b strings.Builder
	b.WriteString("\x00" + c.Method)
	for _, a := range c.Args {
		fmt.Fprintf(&b, "\x00%s %s %v %v %v %v", a.Name, a.Word, a.Number, a.Pair, a.Levels, a.Nodes)
		for _, s := range a.Ladder {
			b.WriteString(step(s))
		}
	}
	return b.String()
}

func treated(i int, c method.Call) string { return strconv.Itoa(i) + said(c) }

func level(l method.Level) string { return l.Text + "\x00" + report.Number(l.Score) }

func step(s method.Rung) string { return report.Range(rung(s)) + "\x00" + report.Number(s.Score) }

func banded(b check.Band) string { return b.ID + "\x00" + report.Range(&b) }

// formulaOf is a formula of a node, and what it is of.
type formulaOf struct {
	e  *expr.Expr
	of string
}

// formulas are those of a node: its own, and those that are its methods.
func formulas(n *check.Node) (out []formulaOf) {
	for _, f := range []formulaOf{{n.Formula, ""}, {n.AggregateFormula, "the aggregation, "}, {n.NormaliseFormula, "the normalisation, "}} {
		if f.e != nil {
			out = append(out, f)
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
		return !filled(n)
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
		return filled(n)
	}
	for _, child := range n.Children {
		if !certain(child) {
			return false
		}
	}
	return true
}

// filled says that an indicator is never without a figure: its formula has one for
// every unit, or a given value fills what is missing.
func filled(n *check.Node) bool {
	return n.Formula.Total() || n.Impute != nil && n.Impute.Method == "value"
}

// reach is what a case reached: parts to which a unit came whose figure is expected, or
// of which an expected figure is made.
func reach(c *Case, r *engine.Result) reached {
	w := &watch{r: r, rows: map[*check.Node]cell.Bits{}, looked: map[*check.Node]cell.Bits{}, out: reached{}}
	for _, e := range c.Expect {
		w.see(e.Path, e.Unit, e.Period, e.Figure != Status)
	}
	for _, o := range c.Orders {
		for _, unit := range o.Units {
			w.see(o.Path, unit, c.Period, true)
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

// watch is which units' figures of which nodes are expected, or go into expected ones.
type watch struct {
	r      *engine.Result
	rows   map[*check.Node]cell.Bits
	looked map[*check.Node]cell.Bits // of these, where more is expected than a status
	out    reached
}

func (w *watch) see(path, unit, period string, figure bool) {
	n, _ := w.r.Plan.Methodology.Node(path)
	row, ok := w.r.Data.Row(unit, period)
	if n == nil || !ok {
		return
	}
	if w.r.Screened(row) != "" {
		w.mark(Screening, "", "")
	}
	w.down(w.rows, n, row)
	if figure && !w.r.Excluded(row) {
		w.down(w.looked, n, row)
	}
}

// down follows a figure to those that it is made of. A given one is made of nothing, and
// a child that weighs nothing, or that a formula does not name, makes none.
func (w *watch) down(rows map[*check.Node]cell.Bits, n *check.Node, row int) {
	if rows[n] == nil {
		rows[n] = cell.NewBits(w.r.Data.Rows())
	}
	if rows[n].Get(row) {
		return
	}
	rows[n].Set(row)
	if w.r.Figures(n).Origin != engine.Computed {
		return
	}
	for _, child := range n.Children {
		named := n.AggregateFormula == nil || slices.Contains(n.AggregateFormula.Inputs(), child.ID)
		weighs := n.Weighting == "" || n.Weighting == "equal" || child.Weight != 0
		if named && weighs {
			w.down(rows, child, row)
		}
	}
	for _, ref := range n.Refs {
		w.down(rows, ref.Node, row)
	}
}

func (w *watch) mark(k Kind, path, key string) { w.out[keyOf(k, path, key)] = true }

// node notes what the watched units reached of a node.
func (w *watch) node(f *engine.Figures) {
	n := f.Node.Node
	var looked []int
	for row := range w.r.Data.Rows() {
		if w.rows[n].Get(row) && w.lacks(f, row) {
			w.mark(Missing, n.Path, n.Missing)
		}
		if w.looked[n] == nil || !w.looked[n].Get(row) {
			continue
		}
		looked = append(looked, row)
		w.figures(n, report.RowOf(w.r, f, row))
	}
	taken, err := w.r.Branches(f.Node, looked)
	if err != nil {
		return // the formulas were planned once already
	}
	for _, t := range []struct {
		e     *expr.Expr
		taken []bool
	}{{n.Formula, taken.Own}, {n.AggregateFormula, taken.Aggregate}, {n.NormaliseFormula, taken.Normalise}} {
		for i, is := range t.taken {
			if is {
				w.mark(Branches, n.Path, t.e.Text+strconv.Itoa(i))
			}
		}
	}
}

// figures notes what a unit's figures are in.
func (w *watch) figures(n *check.Node, x report.Row) {
	for _, b := range n.Bands {
		if x.Band == b.ID {
			w.mark(Bands, n.Path, banded(b))
		}
	}
	if !x.HasValue && x.Text == "" {
		return
	}
	switch n.Level {
	case check.Indicator:
		w.mark(Indicators, n.Path, n.Formula.Text)
	case check.Derived:
		w.mark(Derived, n.Path, n.Formula.Text)
	}
	for _, l := range n.Normalise.Args.Levels("levels") {
		if x.Text == l.Text {
			w.mark(Levels, n.Path, level(l))
		}
	}
	for _, s := range n.Normalise.Args.Ladder("steps") {
		if x.HasValue && s.Holds(x.Value) {
			w.mark(Levels, n.Path, step(s))
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
	if t.Step != method.Impute && t.Step != method.Treat {
		return
	}
	m := w.r.Plan.Methodology
	watched := false
	var impute *method.Call
	var treat []method.Call
	if t.Column != "" {
		c := m.Column(t.Column)
		impute, treat = c.Impute, c.Treat
		for n, rows := range w.looked {
			watched = watched || rows.Get(t.Row) && slices.Contains(n.Inputs(), t.Column)
		}
	} else {
		n, _ := m.Node(t.Node)
		impute, treat = n.Impute, n.Treat
		watched = w.looked[n] != nil && w.looked[n].Get(t.Row)
	}
	switch {
	case !watched:
	case t.Step == method.Treat:
		w.mark(Treatments, t.Node, t.Column+treated(t.Index, treat[t.Index]))
	default:
		w.mark(Imputations, t.Node, t.Column+said(*impute))
	}
}
