// Package sketch writes a first methodology: from nothing, one that teaches; from a
// data file, one that has a column and an indicator for each column of figures that
// the file has. What a file cannot say, directions, measures and weights, is there to
// be completed, and says so.
package sketch

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"rubric/engine/numeric"
	"rubric/engine/table"
	"rubric/spec/diag"
	"rubric/spec/ident"
	"rubric/spec/source"
)

// Input is the data file.
type Input struct {
	Name string // for places
	Read func(table.Options) (*table.Table, diag.List, error)

	Key, Period string // headers of the units and of the periods; empty: found
}

// Sketch is what a data file says of a methodology.
type Sketch struct {
	key, period, names string // headers
	noun               string
	columns            []column
	groups             []string // headers
	markers            []string
	left               []left
	yearly             map[string]bool // what stands before the year in headers that differ in it alone; empty: none do
}

// column is a column of figures, and so an indicator.
type column struct {
	id, header string
	from       string // header, or a pattern with {period}
	low, high  float64
	constant   bool // the same at every period
}

// left is a header that is not taken up, and why.
type left struct{ header, why string }

// keys are the headers that a column of units often has, periodWords those of
// periods, absent the texts that often stand for no figure.
var (
	keys        = []string{"unit", "id", "code", "iso3", "iso", "city", "country", "region_code", "name"}
	periodWords = []string{"year", "period", "time", "date", "edition", "quarter", "month"}
	absent      = []string{"..", ".", "-", "–", "…", "NA", "N/A", "n/a", "na", "NaN", "nan", "null", "NULL", "None"}
)

// From reads a data file. The sketch is nil if there is an error among the
// findings.
func From(in Input) (*Sketch, diag.List, error) {
	texts, list, err := in.open(table.Text, nil, nil)
	if err != nil || texts == nil {
		return nil, list, err
	}
	s := &Sketch{key: texts.Key.Name}
	s.noun = noun(s.key)
	figures := map[string]bool{}
	for _, c := range texts.Columns {
		if isFigures(c) {
			figures[c.Header.Name] = true
		}
	}
	s.findPeriod(in, texts, figures)
	for _, c := range texts.Columns {
		if h := c.Header; strings.Contains(h.Name, "{period}") {
			list.Add(diag.New(diag.DataHeader, h.Place, "the header `%s` would mean the figures of every period", h.Name).WithHelp("name the column otherwise"))
		}
	}
	if list.Errors() > 0 {
		return nil, list, nil
	}
	if list := s.rows(in, texts); list.Errors() > 0 {
		return nil, list, nil
	}
	for _, c := range texts.Columns {
		if figures[c.Header.Name] && c.Header.Name != s.period {
			s.mark(c)
		}
	}
	numbers, more, err := in.open(table.Number, func(header string) bool { return figures[header] && header != s.period }, s.markers)
	if err != nil || numbers == nil {
		return nil, more, err
	}
	s.takeColumns(numbers)
	for _, c := range texts.Columns {
		if h := c.Header.Name; !figures[h] && h != s.period {
			s.takeTexts(c, texts.Rows)
		}
	}
	if len(s.columns) == 0 {
		return nil, diag.List{diag.New(diag.DataEmpty, source.Place{File: in.Name}, "the file has no column of figures beside `%s`", s.key).
			WithHelp("an indicator needs figures; `--key HEADER` says which column names the units")}, nil
	}
	return s, nil, nil
}

// open reads the file with all its columns, or those that are wanted, as one kind.
func (in Input) open(kind table.Kind, want func(string) bool, markers []string) (*table.Table, diag.List, error) {
	o := table.Options{Name: in.Name, Repeat: true, Markers: markers, Pick: func(header string) (table.Want, bool) {
		return table.Want{Name: header, Kind: kind}, want == nil || want(header)
	}}
	if in.Key != "" {
		o.Key = []string{in.Key}
		return in.Read(o)
	}
	o.Key = append(slices.Clone(keys), upper(keys)...)
	if t, list, err := in.Read(o); err != nil || t != nil || !only(list, diag.DataKey) {
		return t, list, err
	}
	o.Key = nil
	return in.Read(o)
}

// upper are the words as headers also have them.
func upper(words []string) (out []string) {
	for _, w := range words {
		out = append(out, strings.ToUpper(w), strings.ToUpper(w[:1])+w[1:])
	}
	return out
}

// only says whether all errors are of a code.
func only(list diag.List, code diag.Code) bool {
	return !slices.ContainsFunc(list, func(d diag.Diagnostic) bool { return d.Severity == diag.Error && d.Code != code.Name })
}

var oneWord = regexp.MustCompile(`^[a-z]{3,}$`)

// noun is what a unit is called, as far as the header says it.
func noun(key string) string {
	if word := strings.ToLower(key); oneWord.MatchString(word) && !slices.Contains([]string{"code", "iso", "name", "index", "key"}, word) {
		return word
	}
	return "unit"
}

// number is how a figure may be written.
var number = regexp.MustCompile(`^[-+]?([0-9]+[.,]?[0-9]*|[.,][0-9]+)([eE][-+]?[0-9]+)?$`)

// isFigures says whether a column of texts has numbers, and nothing else but what
// stands for the absence of one.
func isFigures(c *table.Column) bool {
	some := false
	for row, text := range c.Text {
		switch {
		case !c.Valid.Get(row), slices.Contains(absent, text):
		case number.MatchString(text):
			some = true
		default:
			return false
		}
	}
	return some
}

// mark notes the texts for no figure that a column has.
func (s *Sketch) mark(c *table.Column) {
	for row, text := range c.Text {
		if c.Valid.Get(row) && slices.Contains(absent, text) && !slices.Contains(s.markers, text) {
			s.markers = append(s.markers, text)
		}
	}
	slices.Sort(s.markers)
}

// stem is a header with its year: le_1990.
var stem = regexp.MustCompile(`^(.*[^0-9])((?:19|20)[0-9]{2})$`)

// findPeriod finds where the data say their periods: in a column, or in headers that
// end in years.
func (s *Sketch) findPeriod(in Input, t *table.Table, figures map[string]bool) {
	if in.Period != "" {
		s.period = in.Period
		return
	}
	if s.rows(in, t).Errors() > 0 { // a unit has several rows
		for _, word := range periodWords {
			for _, c := range t.Columns {
				if strings.EqualFold(c.Header.Name, word) {
					s.period = c.Header.Name
					return
				}
			}
		}
		return
	}
	years, spoiled := map[string]int{}, map[string]bool{}
	for _, c := range t.Columns {
		switch m := stem.FindStringSubmatch(c.Header.Name); {
		case m == nil:
		case figures[c.Header.Name]:
			years[m[1]]++
		case c.Valid.Count() > 0: // texts in one of the years
			spoiled[m[1]] = true
		}
	}
	s.yearly = map[string]bool{}
	for name, n := range years {
		if n > 1 && !spoiled[name] {
			s.yearly[name] = true
		}
	}
}

// rows reports a unit that has several rows, of one period where there is a column
// of them, and a row that says no period.
func (s *Sketch) rows(in Input, t *table.Table) (list diag.List) {
	var periods *table.Column
	for _, c := range t.Columns {
		if c.Header.Name == s.period {
			periods = c
		}
	}
	if s.period != "" && periods == nil {
		return diag.List{diag.New(diag.DataHeader, t.Key.Place, "the file has no column `%s`", s.period).WithHelp("`--period HEADER` names the column of periods")}
	}
	first := map[[2]string]int{}
	for row := range t.Rows {
		key, of := [2]string{t.ID(row), ""}, ", and no column says which period a row is of"
		at := source.Place{File: in.Name, Line: t.Line(row)}
		if periods != nil {
			key[1], of = periods.Text[row], " in "+periods.Text[row]
			if key[1] == "" {
				return diag.List{diag.New(diag.DataPeriod, at, "a row without a period: its cell of `%s` is empty", s.period).WithHelp("say it, or delete the row")}
			}
		}
		if before, twice := first[key]; twice {
			return diag.List{diag.New(diag.DataDuplicate, at, "the unit `%s` stands twice%s", key[0], of).
				WithRelated(source.Place{File: in.Name, Line: t.Line(before)}, "the first is here").
				WithHelp("`--key HEADER` names the column of units, `--period HEADER` that of periods")}
		}
		first[key] = row
	}
	return nil
}

// takeColumns makes columns of the figures; those that differ in their year alone are
// one.
func (s *Sketch) takeColumns(t *table.Table) {
	given := map[string]string{}
	at := map[string]int{}
	for _, c := range t.Columns {
		header, from := c.Header.Name, c.Header.Name
		sorted := numeric.Sorted(c.Vector)
		if len(sorted) == 0 {
			s.left = append(s.left, left{header, "it has no figure"})
			continue
		}
		low, high := sorted[0], sorted[len(sorted)-1]
		yearly := false
		if m := stem.FindStringSubmatch(header); m != nil && s.yearly[m[1]] {
			from, yearly = m[1]+"{period}", true
		}
		if i, ok := at[from]; ok {
			s.columns[i].low, s.columns[i].high = min(s.columns[i].low, low), max(s.columns[i].high, high)
			continue
		}
		if low == high && !yearly {
			s.left = append(s.left, left{header, "all figures are " + shown(low)})
			continue
		}
		id := ident.Unused(strings.TrimRight(ident.Snake(strings.TrimSuffix(from, "{period}")), "_"), given)
		given[id] = from
		at[from] = len(s.columns)
		s.columns = append(s.columns, column{id: id, header: strings.TrimRight(strings.TrimSuffix(from, "{period}"), "_- "), from: from, low: low, high: high, constant: len(s.yearly) > 0 && !yearly})
	}
}

// takeTexts takes a column of texts for what the units are called, or for groups of
// them.
func (s *Sketch) takeTexts(c *table.Column, rows int) {
	different := map[string]bool{}
	for row, text := range c.Text {
		if c.Valid.Get(row) {
			different[text] = true
		}
	}
	header := c.Header.Name
	units := rows
	switch n := len(different); {
	case n == 0:
		s.left = append(s.left, left{header, "it is empty"})
	case s.names == "" && n == units && s.period == "":
		s.names = header
	case n > 1 && n <= 40 && 2*n <= units:
		s.groups = append(s.groups, header)
	default:
		s.left = append(s.left, left{header, fmt.Sprintf("%d different texts", n)})
	}
}

func shown(x float64) string { return strconv.FormatFloat(x, 'g', -1, 64) }
