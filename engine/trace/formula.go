package trace

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"rubric/engine"
	"rubric/engine/cell"
	"rubric/engine/dataset"
	"rubric/spec/check"
	"rubric/spec/expr"
	"rubric/spec/source"
)

// Formula is an indicator's formula with what it reads for the unit.
type Formula struct {
	Text       string       `json:"text"` // as it is written
	Place      source.Place `json:"at"`
	Cells      []Cell       `json:"cells"`
	Aggregates []Aggregate  `json:"aggregates,omitempty"`
	Numbers    string       `json:"numbers"` // the formula with the numbers put in
	Result     string       `json:"result"`  // as it is shown; empty where there is none
	Display    string       `json:"display,omitempty"`
	Measure    string       `json:"measure,omitempty"` // of the result
	Plain      bool         `json:"plain,omitempty"`   // the formula is a column, nothing else
	Error      *DomainError `json:"error,omitempty"`
}

// Cell is a cell of the data set.
type Cell struct {
	Column  string   `json:"column"`
	Title   string   `json:"title"`
	Measure string   `json:"measure,omitempty"`
	Year    string   `json:"year,omitempty"`
	Sources []Source `json:"sources,omitempty"` // as the document declares them
	Value   *float64 `json:"value"`
	Text    string   `json:"text,omitempty"`
	Written string   `json:"written"` // with the decimals of its column; empty where absent
	Status  string   `json:"status"`
	// FileSources is where the file has its figures from, if the document says that it is elsewhere.
	FileSources []Source `json:"fileSources,omitempty"`
	File        string   `json:"file"`
	Line        int      `json:"line"` // 0: the file has no row of the unit
	Header      string   `json:"header"`
	Note        string   `json:"note,omitempty"`   // what the data say of the cell
	Node        string   `json:"node,omitempty"`   // where it is a figure of a node, not of a column
	Figure      string   `json:"figure,omitempty"` // which: score, value, rank
}

// Source is where the document says that a column's figures come from.
type Source struct {
	ID        string `json:"id"`
	Title     string `json:"title"`
	Publisher string `json:"publisher,omitempty"`
	URL       string `json:"url,omitempty"`
}

// Aggregate is a number that a formula takes from a whole column.
type Aggregate struct {
	Text  string   `json:"text"` // total(gdp)
	Value *float64 `json:"value"`
	Over  int      `json:"over"` // how many units have a figure
	Of    int      `json:"of"`   // how many units it runs over
}

// DomainError is why a formula has no value for the unit, and where in it.
type DomainError struct {
	Reason string       `json:"reason"`
	Start  int          `json:"start"` // bytes of the formula
	End    int          `json:"end"`
	Place  source.Place `json:"at"` // in the document
}

// formula puts a unit's numbers into an indicator's formula.
func (b *builder) formula(n *engine.Node) *Formula {
	e := n.Formula
	out := &Formula{Text: e.Text, Place: n.FormulaAt(0, len(e.Text)), Display: n.Display, Measure: n.Measure, Plain: e.Root.Op == expr.Column}
	computable := true
	for _, name := range e.Columns {
		if ref, ok := n.Refs[name]; ok {
			out.Cells = append(out.Cells, b.reference(e, name, ref))
			continue
		}
		out.Cells = append(out.Cells, b.cell(name))
		computable = computable && b.r.Data.Columns[name] != nil
	}
	for _, a := range e.Aggregates {
		over, of := b.over(a.Column)
		out.Aggregates = append(out.Aggregates, Aggregate{Text: a.Text, Over: over, Of: of})
		computable = computable && b.r.Data.Columns[a.Column] != nil
	}
	if out.Plain && out.Measure == "" {
		out.Measure = out.Cells[0].Measure
	}
	if !computable {
		return out
	}
	for i, s := range b.r.Aggregates(n, b.unit) {
		out.Aggregates[i].Value = number(s.Value, s.Valid)
	}
	out.Numbers = out.substituted(e)
	switch v := b.r.Outcome(n, b.unit); {
	case v.Outcome == expr.Invalid:
		out.Error = &DomainError{v.Reason, v.Start, v.End, n.FormulaAt(v.Start, v.End)}
	case v.Outcome == expr.Absent:
	case e.Result == expr.Text:
		out.Result = strconv.Quote(v.Text)
	case n.Display == "percent":
		out.Result, out.Measure = percent(v.Number), ""
	case out.Plain:
		out.Result = out.Cells[0].Written
	default:
		out.Result = significant(v.Number)
	}
	return out
}

// sources looks up what the document says of sources.
func (b *builder) sources(ids []string) (out []Source) {
	for _, id := range ids {
		for _, s := range b.m.Sources {
			if s.ID == id {
				out = append(out, Source{s.ID, s.Title, s.Publisher, s.URL})
			}
		}
	}
	return out
}

// reference is a figure of another node that a derived one reads.
func (b *builder) reference(e *expr.Expr, name string, ref check.Ref) Cell {
	out := Cell{Column: name, Title: ref.Node.Title, Node: ref.Node.Path, Figure: ref.Figure, Status: b.r.Status(b.r.Figures(ref.Node), b.unit).String()}
	for i, r := range e.References {
		if expr.ReferenceName(i) == name {
			out.Column = fmt.Sprintf("%s(%q)", r.Figure, r.Name)
		}
	}
	if x, ok := b.r.Figure(ref, b.unit); ok {
		out.Value, out.Written = &x, significant(x)
	}
	return out
}

// cell is a column's cell of the unit.
func (b *builder) cell(name string) Cell {
	column := b.m.Column(name)
	out := Cell{Column: name, Title: column.Title, Measure: column.Measure, Year: column.Year, Header: column.Header, Status: cell.NotComputed.String()}
	out.Sources = b.sources(column.Sources)
	c := b.r.Data.Columns[name]
	if c == nil {
		return out
	}
	from := c.From(b.unit)
	out.FileSources = b.sources(from.Sources)
	out.File, out.Line, out.Header, out.Status, out.Note = from.File, c.Line(b.unit), from.Header, statusOf(c, b.unit).String(), c.Notes[b.unit]
	if !c.Valid.Get(b.unit) {
		return out
	}
	if column.Text {
		out.Text, out.Written = c.Text[b.unit], strconv.Quote(c.Text[b.unit])
	} else {
		out.Value, out.Written = number(c.At(b.unit)), written(c.Values[b.unit], c.Decimals)
	}
	return out
}

func statusOf(c *dataset.Column, unit int) cell.Status {
	switch {
	case c.Status != nil:
		return c.Status[unit]
	case c.Valid.Get(unit):
		return cell.Measured
	}
	return cell.Missing
}

// over counts the units that an aggregate of a column runs over, and those of
// them that have a figure.
func (b *builder) over(column string) (have, of int) {
	c := b.r.Data.Columns[column]
	all := b.r.Excluded(b.unit) // whose formula was evaluated among all units
	for _, u := range b.peers {
		if !all && b.r.Excluded(u) {
			continue
		}
		of++
		if c != nil && c.Valid.Get(u) {
			have++
		}
	}
	return have, of
}

// substituted is the formula with its columns and aggregates replaced by the
// unit's numbers, at their places in the text.
func (f *Formula) substituted(e *expr.Expr) string {
	type piece struct {
		start, end int
		text       string
	}
	var pieces []piece
	var walk func(n *expr.Node)
	walk = func(n *expr.Node) {
		text := ""
		switch n.Op {
		case expr.Column:
			text = f.Cells[n.Index].Written
		case expr.Aggregated:
			if v := f.Aggregates[n.Index].Value; v != nil {
				text = significant(*v)
			}
		default:
			for _, x := range n.Args {
				walk(x)
			}
			return
		}
		if text == "" {
			text = "missing"
		}
		if text[0] == '-' && operand(e.Text[:n.Start], e.Text[n.End:]) {
			text = "(" + text + ")"
		}
		pieces = append(pieces, piece{n.Start, n.End, text})
	}
	walk(e.Root)
	slices.SortFunc(pieces, func(p, q piece) int { return p.start - q.start })
	var b strings.Builder
	at := 0
	for _, p := range pieces {
		b.WriteString(e.Text[at:p.start])
		b.WriteString(p.text)
		at = p.end
	}
	b.WriteString(e.Text[at:])
	return b.String()
}

// operand says whether an operator stands beside a piece of a formula.
func operand(before, after string) bool {
	before, after = strings.TrimRight(before, " \n"), strings.TrimLeft(after, " \n")
	const operators = "+-*/<>=!&|?:"
	return before != "" && strings.ContainsAny(before[len(before)-1:], operators) || after != "" && strings.ContainsAny(after[:1], "*/")
}
