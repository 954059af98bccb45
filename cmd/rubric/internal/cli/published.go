package cli

import (
	"io"
	"math"
	"slices"
	"strconv"
	"strings"

	"rubric/engine/dataset"
	"rubric/engine/table"
	"rubric/engine/verify"
	"rubric/spec/check"
	"rubric/spec/diag"
	"rubric/spec/source"
)

// published reads the tables of published figures: those that the document
// names, or the files that --published names, read by the same convention. The
// findings are the caller's to print.
func (a *app) published(l *loaded, d *dataset.Dataset, files []string) ([]verify.Table, diag.List, error) {
	p := &publishedReader{a: a, l: l, d: d}
	tables := l.m.Files.Published
	if files != nil {
		tables = nil
		for _, f := range files {
			tables = append(tables, check.Published{Name: f, File: f})
		}
	}
	for _, t := range tables {
		if t.File == "" {
			continue // it explains the headers of tables that --published names
		}
		var in dataset.Input
		var err error
		if files != nil {
			in, err = a.external(l, t.File, false)
			// The document's own explanation of headers holds for a file that replaces its table.
			for _, own := range l.m.Files.Published {
				t.Columns = append(t.Columns, own.Columns...)
			}
		} else {
			in, err = l.bundled(t.File, false)
		}
		if err != nil {
			return nil, nil, err
		}
		r, err := in.Open()
		if err != nil {
			return nil, nil, usageError{err}
		}
		err = p.read(t, in, r, files != nil)
		r.Close()
		if err != nil {
			return nil, nil, usageError{err}
		}
	}
	return p.tables, p.list, nil
}

type publishedReader struct {
	a      *app
	l      *loaded
	d      *dataset.Dataset
	list   diag.List
	tables []verify.Table
}

// longHeaders are the columns of a long table: one figure a row.
var longHeaders = []string{"node", "figure", "value", "decimals", "measure", "note"}

// meaning is what a header of a wide table holds.
type meaning struct {
	node   *check.Node
	figure string
	period string // of a header that says it
	said   string // by the document, where neither the header nor a column does

	tolerance float64
}

// read reads one table, wide or long.
func (p *publishedReader) read(t check.Published, in dataset.Input, r io.Reader, replaces bool) error {
	headers := map[string]meaning{}
	long := false
	keys := append(slices.Clone(p.l.m.Units.Key), "unit", p.l.m.Units.Noun, "id")
	periods := ""
	got, list, err := table.Open(r, table.Options{Sheet: in.Shape.Sheet, HeaderRow: in.Shape.HeaderRow, Encoding: in.Shape.Encoding, Name: in.Name, Size: in.Size, Key: keys, Repeat: true, Pick: func(header string) (table.Want, bool) {
		if periods == "" && p.l.m.Periods != nil && slices.Contains(append(slices.Clone(p.l.m.Periods.Key), p.l.m.Periods.Noun, "period"), header) {
			periods = header
			return table.Want{Name: header, Kind: table.Text}, true
		}
		m, ok := p.meaning(t, header)
		if !ok && slices.Contains(longHeaders, header) {
			long = long || header == "node"
			kind := table.Text
			if header == "decimals" {
				kind = table.Number
			}
			return table.Want{Name: header, Kind: kind}, true
		}
		if !ok {
			return table.Want{}, false
		}
		headers[header] = m
		kind := table.Number
		if m.figure == "band" {
			kind = table.Text
		}
		return table.Want{Name: header, Kind: kind}, true
	}})
	if err != nil {
		return err
	}
	p.list.Add(atLeast(list, diag.Warning)...) // as of data files: validate has the rest
	if got == nil {
		return nil
	}
	strangers := slices.Clone(got.Unused)
	if slices.Contains(p.d.Files, in.Name) {
		strangers = nil // the file of the data has the published figures too
	}
	for _, c := range got.Columns {
		if _, ok := headers[c.Header.Name]; !ok && !long && c.Header.Name != periods {
			strangers = append(strangers, c.Header)
		}
	}
	for _, h := range strangers {
		if h.Name == "" {
			p.list.Add(dataset.Nameless(h))
			continue
		}
		if h.Name == p.l.m.Units.Noun || strings.HasPrefix(h.Name, "name") {
			continue // what a person calls the unit
		}
		p.list.Add(diag.New(diag.PublishedHeader, h.Place, "`%s` is neither a node nor a node's rank", h.Name).
			WithHelp("say what it holds under `files.published.%s.columns`: `%s: {node: index, figure: score}`", t.Name, h.Name))
	}
	out := verify.Table{Name: t.Name, File: in.Name, Replaces: replaces}
	at := p.rows(got, periods)
	units := at("")
	if long {
		p.long(got, units, &out)
	} else {
		for _, c := range got.Columns {
			m, ok := headers[c.Header.Name]
			if !ok {
				continue
			}
			digits := printedDigits(c)
			period := m.period
			if period == "" && periods == "" {
				period = m.said
			}
			for row, u := range at(period) {
				if u < 0 || !c.Valid.Get(row) {
					continue
				}
				f := verify.Figure{Unit: p.d.ID(u), Index: u, Node: m.node.Path, Figure: m.figure, Tolerance: m.tolerance, Place: source.Place{File: in.Name, Line: got.Line(row)}}
				if c.Kind == table.Text {
					f.Text = c.Text[row]
				} else {
					f.Number = c.Values[row]
					// Whole numbers are compared exactly, others at the decimals that the table prints.
					if m.figure != "rank" && c.Decimals > 0 {
						f.Decimals = digits.decimals(f.Number)
					}
				}
				out.Figures = append(out.Figures, f)
			}
		}
	}
	p.tables = append(p.tables, out)
	return nil
}

// precision is how precisely a column of published figures is printed: with so
// many decimals, or with so many significant digits, as spreadsheets do.
type precision struct{ fixed, significant int }

func printedDigits(c *table.Column) precision {
	out := precision{fixed: c.Decimals}
	for row, x := range c.Values {
		if c.Valid.Get(row) {
			mantissa, _, _ := strings.Cut(strconv.FormatFloat(math.Abs(x), 'e', -1, 64), "e")
			out.significant = max(out.significant, len(strings.Replace(mantissa, ".", "", 1)))
		}
	}
	return out
}

// decimals is how many decimals a figure of the column is printed with. Zeros at
// the end, which some tables leave out, are counted as printed.
func (p precision) decimals(x float64) *int {
	whole := 0
	if a := math.Abs(x); a >= 1 {
		whole = 1 + int(math.Floor(math.Log10(a)))
	}
	n := min(p.fixed, max(p.significant-whole, 0))
	return &n
}

// meaning is what a header holds: what the document says of it, a node's score,
// or with _rank its rank.
func (p *publishedReader) meaning(t check.Published, header string) (meaning, bool) {
	for _, c := range t.Columns {
		period, ok := dataset.PeriodIn(c.Header, header)
		if c.Header == header || ok {
			if n, _ := p.l.m.Node(c.Node); n != nil {
				return meaning{n, c.Figure, period, c.Period, c.Tolerance}, true
			}
			return meaning{}, false
		}
	}
	// A node's own name goes first: one may be called `x_rank`.
	for _, s := range []struct{ suffix, figure string }{{"", "score"}, {"_rank", "rank"}, {"_band", "band"}, {"_value", "value"}} {
		if name, ok := strings.CutSuffix(header, s.suffix); ok {
			if n, _ := p.l.m.Node(name); n != nil {
				return meaning{n, s.figure, "", "", 0}, true
			}
		}
	}
	return meaning{}, false
}

// rows finds the row of the data set that each row of the table speaks of: of
// its unit, and of the period that the table's column or a header says. −1 is one
// that the data set has not, which is said once.
func (p *publishedReader) rows(t *table.Table, periods string) func(period string) []int {
	of := func(int) string { return p.onlyPeriod() }
	for _, c := range t.Columns {
		if c.Header.Name == periods && periods != "" {
			of = func(row int) string { return c.Text[row] }
		}
	}
	said := map[string]bool{}
	known := map[string][]int{}
	return func(period string) []int {
		if out, ok := known[period]; ok {
			return out
		}
		out := make([]int, t.Rows)
		for row := range out {
			if p.l.m.Units.Out(t.ID(row)) {
				out[row] = -1
				continue
			}
			when := period
			if when == "" {
				when = of(row)
			}
			u, ok := p.d.Row(t.ID(row), when)
			out[row] = u
			if ok {
				continue
			}
			out[row] = -1
			if p.l.m.Periods != nil && p.l.m.Periods.Only != "" && when != p.l.m.Periods.Only {
				continue // of a period that is not scored
			}
			what := t.ID(row)
			if _, known := p.d.Unit(what); known {
				if period != "" || when == "" {
					continue // a header of all periods, a table whose headers say the period
				}
				what += "` in `" + when
			}
			if !said[what] {
				said[what] = true
				p.list.Add(diag.New(diag.PublishedHeader, source.Place{File: t.Name, Line: t.Line(row)}, "the data have no %s `%s`", p.l.m.Units.Noun, what).
					WithUnit(t.ID(row)).WithHelp("add it to the data, or correct the name"))
			}
		}
		known[period] = out
		return out
	}
}

// onlyPeriod is the period of published figures that do not say theirs: the only
// one that there is.
func (p *publishedReader) onlyPeriod() string {
	if all := p.d.Periods(); len(all) == 1 {
		return all[0]
	}
	return ""
}

// long reads a table of one figure a row: unit, node, figure, value, and
// perhaps decimals, measure and note.
func (p *publishedReader) long(t *table.Table, units []int, out *verify.Table) {
	columns := map[string]*table.Column{}
	for _, c := range t.Columns {
		columns[c.Name] = c
	}
	for _, name := range []string{"node", "figure", "value"} {
		if columns[name] == nil {
			p.list.Add(diag.New(diag.PublishedHeader, source.Place{File: t.Name, Line: 1}, "the long table has no column `%s`", name).
				WithHelp("a table of one figure a row has the columns unit, node, figure, value"))
			return
		}
	}
	text := func(name string, row int) string {
		if c := columns[name]; c != nil && c.Text != nil {
			return c.Text[row]
		}
		return ""
	}
	for row, u := range units {
		if u < 0 {
			continue
		}
		place := source.Place{File: t.Name, Line: t.Line(row)}
		f := verify.Figure{
			Unit: p.d.ID(u), Index: u, Node: text("node", row), Figure: text("figure", row), Stated: true,
			Text: text("value", row), Measure: text("measure", row), Note: text("note", row), Place: place,
		}
		n, _ := p.l.m.Node(f.Node)
		if n == nil {
			p.list.Add(diag.New(diag.PublishedHeader, place, "no node is called `%s`", f.Node).WithHelp("name it by its path"))
			continue
		}
		f.Node = n.Path
		if !slices.Contains(figureNames, f.Figure) {
			p.list.Add(diag.New(diag.PublishedHeader, place, "`%s` is no figure", f.Figure).WithHelp("one of %s", strings.Join(figureNames, ", ")))
			continue
		}
		decimals, ok := 0.0, false
		if c := columns["decimals"]; c != nil {
			decimals, ok = c.At(row)
		}
		if d := number(&f, decimals, ok); d != nil {
			p.list.Add(*d)
			continue
		}
		out.Figures = append(out.Figures, f)
	}
}

// figureNames are the figures that a long table may state.
var figureNames = []string{"value", "score", "rank", "band"}

// number reads the number that is stated, and the decimals that it is stated
// with: as many as are written, where no column says otherwise.
func number(f *verify.Figure, decimals float64, declared bool) *diag.Diagnostic {
	if f.Figure == "band" {
		return nil
	}
	x, err := strconv.ParseFloat(f.Text, 64)
	if err != nil || math.IsNaN(x) || math.IsInf(x, 0) {
		d := diag.New(diag.DataNumber, f.Place, "`%s` is no number", f.Text).WithHelp("write it with a decimal point and without separators")
		return &d
	}
	f.Number = x
	n := int(decimals)
	if !declared {
		_, behind, _ := strings.Cut(f.Text, ".")
		n = len(behind)
		if n == 0 && f.Figure != "value" {
			return nil // a score or rank in whole numbers is exact
		}
	} else if float64(n) != decimals {
		d := diag.New(diag.DataNumber, f.Place, "%v is no number of decimals", decimals).WithHelp("a whole number: 1, or -2 for hundreds")
		return &d
	}
	f.Decimals = &n
	return nil
}
