package suite

import (
	"fmt"
	"strconv"
	"strings"

	"rubric/engine"
	"rubric/engine/cell"
	"rubric/engine/report"
	"rubric/spec/check"
	"rubric/spec/diag"
	"rubric/spec/source"
	"rubric/spec/tree"
)

// holder holds a result against what a case expects of it.
type holder struct {
	c           *Case
	r           *engine.Result
	list        diag.List
	differences []Difference
}

func (h *holder) hold() {
	unknown := map[string]bool{}
	for _, e := range h.c.Expect {
		row, ok := h.row(e.Unit, e.Period, e.unit, unknown)
		if !ok {
			continue
		}
		node := h.node(e.Path, e.Place())
		if node == nil {
			continue
		}
		e := *e
		e.Path = node.Path
		h.figure(&e, report.RowOf(h.r, h.r.Figures(node), row))
	}
	for _, o := range h.c.Orders {
		h.order(o, unknown)
	}
}

// node is the node of a path. A change of the document may have removed it.
func (h *holder) node(path string, at source.Place) *check.Node {
	n, _ := h.r.Plan.Methodology.Node(path)
	if n == nil {
		h.list.Add(diag.New(diag.SuiteFailed, at, "there is no `%s` after the changes of `set`", path).WithHelp("expect nothing of it, or change the document otherwise").WithNode(path))
	}
	return n
}

// row is a unit's row; a unit that is not there is reported once.
func (h *holder) row(unit, period string, at source.Place, unknown map[string]bool) (int, bool) {
	row, ok := h.r.Data.Row(unit, period)
	if ok || unknown[unit+"\x00"+period] {
		return row, ok
	}
	unknown[unit+"\x00"+period] = true
	noun := h.r.Plan.Methodology.Units.Noun
	if _, known := h.r.Data.Unit(unit); known {
		d := diag.New(diag.SuiteUnit, at, "the data have %s, but not in %s", unit, period)
		if period == "" {
			d.Message = fmt.Sprintf("the data have %s at several periods, and none is named", unit)
		}
		h.list.Add(d.WithUnit(unit).WithHelp("say `period:`; the data have %s", strings.Join(h.r.Data.Periods(), ", ")))
		return 0, false
	}
	var ids []string
	for i := range h.r.Data.Rows() {
		ids = append(ids, h.r.Data.ID(i))
	}
	help := fmt.Sprintf("the data have %s", few(ids))
	if near, ok := diag.Nearest(unit, ids); ok {
		help = "did you mean `" + near + "`?"
	}
	h.list.Add(diag.New(diag.SuiteUnit, at, "the data of the case `%s` have no %s `%s`", h.c.ID, noun, unit).WithUnit(unit).WithHelp("%s", help))
	return 0, false
}

// few lists some of many names.
func few(names []string) string {
	const most = 8
	if len(names) > most {
		return strings.Join(names[:most], ", ") + fmt.Sprintf(" and %d more", len(names)-most)
	}
	return strings.Join(names, ", ")
}

// figure holds one figure against what is expected.
func (h *holder) figure(e *Expectation, row report.Row) {
	found, number, is := "", 0.0, false
	switch e.Figure {
	case Value:
		found, number, is = row.Text, row.Value, row.HasValue
	case Score:
		number, is = row.Score, row.HasScore
	case Rank:
		number, is = row.Rank, row.HasRank
	case Band:
		found = row.Band
	case Status:
		found = row.Status
	}
	if is {
		found = report.Number(number)
	}
	ok := false
	switch w := e.Want; {
	case w.None:
		ok = found == ""
	case w.Number != nil || w.Range != nil:
		ok = is && w.Agrees(number)
	default:
		ok = found == w.Text && !is
	}
	if e.Figure == Value && row.Text != "" && e.Want.Number != nil { // a level such as 1, written without quotes
		ok = e.written.Written() == row.Text
	}
	if ok {
		return
	}
	diff := Difference{Expectation: e, Actual: row, Found: found}
	want := e.Want.String()
	if e.Want.Text != "" && is {
		want = "the text `" + want + "`"
	}
	message := fmt.Sprintf("the %s of `%s` of %s is %s, where %s is expected", e.Figure, e.Path, row.Unit, orNone(found), want)
	if is && e.Want.Number != nil {
		by := number - *e.Want.Number
		diff.By = &by
		sign := ""
		if by > 0 {
			sign = "+"
		}
		message += fmt.Sprintf(": it differs by %s%s", sign, sixDigits(by))
	}
	d := diag.New(diag.SuiteFailed, e.Place(), "%s", message).WithNode(e.Path).WithUnit(row.Unit)
	d = d.WithHelp("%s", h.why(e, row))
	if text, ok := e.rewritten(diff); ok {
		d = d.WithFix(text, false)
	}
	h.differences = append(h.differences, diff)
	h.list.Add(d)
}

// rewritten is what was found as it is written in the suite. A range is never
// rewritten: who wrote it meant more than one number. Neither is what the data of the
// case do not allow to compute.
func (e *Expectation) rewritten(d Difference) (string, bool) {
	text := d.Found
	switch {
	case e.Want.Range != nil, d.Actual.Status == cell.NotComputed.String():
		return "", false
	case text == "":
		text = "~"
	case d.Actual.Text == text && e.Figure == Value, e.Figure == Band, e.Figure == Status:
		text = tree.Scalar(text)
	}
	at := e.written.Place()
	if at.Line != at.EndLine {
		return "", false // a text over several lines
	}
	if s := e.written.Span; s.Start == s.End { // the key has nothing behind it, perhaps not even a colon
		if s.Start == 0 || s.File.Data[s.Start-1] != ':' {
			return "", false
		}
		text = " " + text
	}
	return text, true
}

// sixDigits is a number to so many significant digits.
func sixDigits(x float64) string {
	const digits = 6
	short, err := strconv.ParseFloat(strconv.FormatFloat(x, 'g', digits, 64), 64)
	if err != nil {
		return report.Number(x) // it rounded beyond a double
	}
	return report.Number(short)
}

func orNone(found string) string {
	if found == "" {
		return "none"
	}
	return found
}

// why says what may have made a figure what it is.
func (h *holder) why(e *Expectation, row report.Row) string {
	f := h.r.Figures(h.must(e.Path))
	if f.Origin == engine.NotComputed {
		var lacks []string
		for _, name := range h.lacking(f.Node) {
			lacks = append(lacks, "`"+name+"`")
		}
		if len(lacks) > 0 {
			return "it is not computed: the data of the case lack " + few(lacks)
		}
		return "it is not computed: the data of the case lack a column that it needs"
	}
	if row.Note != "" {
		return row.Note
	}
	if e.Figure != Status && (row.Status == "missing" || row.Status == "invalid" || row.Status == "excluded") {
		return "its status is `" + row.Status + "`"
	}
	if n := f.Node.Node; n.Level == check.Variable && len(n.Children) == 1 && n.Children[0].InPlace && (e.Figure == Value || e.Figure == Status) {
		inner := n.Children[0]
		x := report.RowOf(h.r, h.r.Figures(inner), h.rowOf(e))
		what := x.Text
		if x.HasValue && x.Text == "" {
			what = report.Number(x.Value)
		}
		return fmt.Sprintf("this is of the variable, which adds up scores; its indicator is `%s`, with the value %s and the status `%s`", inner.Path, orNone(what), x.Status)
	}
	return usualHelp
}

// usualHelp is the way out where nothing more is known. A report for a person says it
// once.
const usualHelp = "correct the document or, if this is right, the expectation: `rubric test --update` writes what was found"

func (h *holder) rowOf(e *Expectation) int {
	row, _ := h.r.Data.Row(e.Unit, e.Period)
	return row
}

func (h *holder) must(path string) *check.Node {
	n, _ := h.r.Plan.Methodology.Node(path)
	return n
}

// lacking are the columns that a node and those below it need, and the data lack.
func (h *holder) lacking(n *engine.Node) (out []string) {
	seen := map[string]bool{}
	var walk func(*check.Node)
	walk = func(n *check.Node) {
		if h.r.Figures(n).Origin != engine.NotComputed {
			return
		}
		for _, name := range n.Inputs() {
			if h.r.Data.Columns[name] == nil && !seen[name] {
				seen[name] = true
				out = append(out, name)
			}
		}
		for _, ref := range n.Refs {
			walk(ref.Node)
		}
		for _, child := range n.Children {
			walk(child)
		}
	}
	walk(n.Node)
	return out
}

// order holds units against their order: by rank where the node has one, else by
// score, the higher the better.
func (h *holder) order(o *Order, unknown map[string]bool) {
	node := h.node(o.Path, o.written.Place())
	if node == nil {
		return
	}
	f := h.r.Figures(node)
	var rows []report.Row
	for i, unit := range o.Units {
		row, ok := h.row(unit, h.c.Period, o.at[i], unknown)
		if !ok {
			return
		}
		rows = append(rows, report.RowOf(h.r, f, row))
	}
	for i := range len(rows) - 1 {
		a, b := rows[i], rows[i+1]
		said := func(format string, args ...any) {
			h.list.Add(diag.New(diag.SuiteFailed, o.written.Place(), format, args...).WithNode(o.Path).
				WithHelp("correct the document or the order; `rubric explain` shows where their figures come from"))
		}
		if !a.HasScore || !b.HasScore {
			without := a
			if a.HasScore {
				without = b
			}
			said("%s has no score of `%s` (%s), and so no place in `%s`", without.Unit, o.Path, without.Status, o.Text)
			continue
		}
		what, x, y, better := "score", a.Score, b.Score, a.Score > b.Score
		if a.HasRank && b.HasRank {
			what, x, y, better = "rank", a.Rank, b.Rank, a.Rank < b.Rank
		}
		if o.Relation == "above" && better || o.Relation != "above" && x == y {
			continue
		}
		is := "below"
		switch {
		case x == y:
			is = "level with"
		case better:
			is = "above"
		}
		said("%s is %s %s in `%s`, where it is expected to be %s: their %ss are %s and %s", a.Unit, is, b.Unit, o.Path, o.Relation, what, report.Number(x), report.Number(y))
	}
}
