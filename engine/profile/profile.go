// Package profile says what a data set holds before anything is scored: which
// declared columns were found and under which headers, how many figures each
// column, unit and period has and why others are missing, and which figures look
// as if they were something else. It knows columns and units, and nothing of
// nodes or scores.
//
//	p, findings := profile.Of(profile.Data{Rows: 4, Unit: id, Columns: columns})
//	p.Columns[0].Missing // how many of the four have no figure
package profile

import (
	"cmp"
	"slices"

	"rubric/engine/cell"
	"rubric/engine/numeric"
	"rubric/spec/diag"
	"rubric/spec/source"
)

// Data is what there is to look at.
type Data struct {
	Title        string
	Noun, Plural string // the words for a unit and for units
	Time         string // the word for a period; empty: no panel
	Rows         int    // a unit each or, in a panel, a unit at one period
	Unit, Period func(row int) string
	Columns      []Source // as they are declared
	Unused       []string // headers that nothing uses
}

// Source is a declared column with its cells.
type Source struct {
	Name, Title, Measure string
	Text                 bool         // of texts, not of numbers
	Headers              []string     // that it may have
	Range                *[2]float64  // of plausible figures; nil: any
	Declared             source.Place // where the document declares it
	From                 []From       // where its cells come from; nil: no file has it

	cell.Vector
	Texts  []string
	Status []cell.Status
	Notes  map[int]string             // why cells are missing, where the data say
	Cell   func(row int) source.Place // where a cell stands
}

// From is a header of a file.
type From struct {
	File   string `json:"file"`
	Header string `json:"header"`
}

// Profile is what a data set holds.
type Profile struct {
	Title   string   `json:"title"`
	Units   int      `json:"units"`
	Rows    int      `json:"rows"`
	Figures int      `json:"figures"`
	Missing int      `json:"missing"`
	Columns []Column `json:"columns"`
	Reasons []Reason `json:"reasons"` // why figures are missing, the most frequent first
	Gaps    []Gap    `json:"gaps"`    // units that lack figures, the most first
	Periods []Period `json:"periods"`
	Unused  []Header `json:"unused"`

	noun, plural, time string
}

// Column is what a column holds.
type Column struct {
	Name    string   `json:"column"`
	Title   string   `json:"title"`
	Measure string   `json:"measure,omitempty"`
	Type    string   `json:"type"`
	From    []From   `json:"from"` // empty: no file has it
	Figures int      `json:"figures"`
	Missing int      `json:"missing"`
	Values  int      `json:"values"`           // different ones
	Lowest  *float64 `json:"lowest,omitempty"` // of numbers
	Median  *float64 `json:"median,omitempty"`
	Highest *float64 `json:"highest,omitempty"`
	Reasons []Reason `json:"reasons"`
}

// Reason is why figures are missing.
type Reason struct {
	Status string `json:"status"`
	Note   string `json:"note,omitempty"` // as the data say it; empty: the cells are empty
	Count  int    `json:"count"`
}

// Gap is a unit that lacks figures.
type Gap struct {
	Unit    string   `json:"unit"`
	Figures int      `json:"figures"`
	Missing int      `json:"missing"`
	Columns []string `json:"columns"` // that it lacks figures of
}

// Period is what one period has.
type Period struct {
	Period  string `json:"period"`
	Units   int    `json:"units"`
	Figures int    `json:"figures"`
	Missing int    `json:"missing"`
}

// Header is a header that nothing uses.
type Header struct {
	Name string `json:"header"`
	Near string `json:"near,omitempty"` // the column that may have been meant
}

// Of looks at a data set, and reports what looks wrong in it.
func Of(d Data) (*Profile, diag.List) {
	p := &Profile{
		Title: d.Title, Rows: d.Rows, Columns: []Column{}, Reasons: []Reason{}, Gaps: []Gap{}, Periods: []Period{}, Unused: []Header{},
		noun: d.Noun, plural: d.Plural, time: d.Time,
	}
	p.rows(d)
	reasons := map[Reason]int{}
	for i := range d.Columns {
		p.Columns = append(p.Columns, column(&d.Columns[i], d.Rows))
		c := &p.Columns[i]
		p.Figures, p.Missing = p.Figures+c.Figures, p.Missing+c.Missing
		for _, r := range c.Reasons {
			n := r.Count
			r.Count = 0
			reasons[r] += n
		}
	}
	p.Reasons = counted(reasons)
	p.unused(d)
	return p, suspicious(d)
}

// rows counts by unit and by period.
func (p *Profile) rows(d Data) {
	units, periods := map[string]int{}, map[string]int{}
	var gaps []Gap
	for row := range d.Rows {
		unit := d.Unit(row)
		u, ok := units[unit]
		if !ok {
			u = len(gaps)
			units[unit] = u
			gaps = append(gaps, Gap{Unit: unit})
		}
		t := p.period(d, row, periods)
		for i := range d.Columns {
			c := &d.Columns[i]
			if c.From == nil {
				continue
			}
			if c.Valid.Get(row) {
				gaps[u].Figures++
				if t >= 0 {
					p.Periods[t].Figures++
				}
				continue
			}
			gaps[u].Missing++
			if !slices.Contains(gaps[u].Columns, c.Name) {
				gaps[u].Columns = append(gaps[u].Columns, c.Name)
			}
			if t >= 0 {
				p.Periods[t].Missing++
			}
		}
	}
	p.Units = len(gaps)
	p.Gaps = append(p.Gaps, slices.DeleteFunc(gaps, func(g Gap) bool { return g.Missing == 0 })...)
	slices.SortStableFunc(p.Gaps, func(a, b Gap) int { return b.Missing - a.Missing })
}

// period is the place of a row's period among the periods; −1 where there are none.
func (p *Profile) period(d Data, row int, known map[string]int) int {
	if d.Time == "" {
		return -1
	}
	name := d.Period(row)
	at, ok := known[name]
	if !ok {
		at = len(p.Periods)
		known[name] = at
		p.Periods = append(p.Periods, Period{Period: name})
	}
	p.Periods[at].Units++
	return at
}

// column looks at one column.
func column(c *Source, rows int) Column {
	out := Column{Name: c.Name, Title: c.Title, Measure: c.Measure, Type: "number", From: []From{}, Reasons: []Reason{}}
	if c.Text {
		out.Type = "text"
	}
	if c.From == nil {
		return out
	}
	out.From = append(out.From, c.From...)
	out.Figures = c.Valid.Count()
	out.Missing = rows - out.Figures
	out.Reasons = whyMissing(c, rows)
	if c.Text {
		different := map[string]bool{}
		for row, text := range c.Texts {
			if c.Valid.Get(row) {
				different[text] = true
			}
		}
		out.Values = len(different)
		return out
	}
	sorted := numeric.Sorted(c.Vector)
	if len(sorted) > 0 {
		median := numeric.Quantile(sorted, 0.5)
		out.Lowest, out.Median, out.Highest = &sorted[0], &median, &sorted[len(sorted)-1]
	}
	out.Values = len(slices.Compact(slices.Clone(sorted)))
	return out
}

// whyMissing counts the reasons for which cells of a column have no figure.
func whyMissing(c *Source, rows int) []Reason {
	count := map[Reason]int{}
	for row := range rows {
		if c.Valid.Get(row) {
			continue
		}
		r := Reason{Status: cell.Missing.String(), Note: c.Notes[row]}
		if c.Status != nil && c.Status[row] != cell.Measured {
			r.Status = c.Status[row].String()
		}
		count[r]++
	}
	return counted(count)
}

func counted(count map[Reason]int) []Reason {
	out := []Reason{}
	for r, n := range count {
		r.Count = n
		out = append(out, r)
	}
	slices.SortFunc(out, func(a, b Reason) int {
		return cmp.Or(b.Count-a.Count, cmp.Compare(a.Status, b.Status), cmp.Compare(a.Note, b.Note))
	})
	return out
}

// unused lists headers that nothing uses, with the column that may have been meant.
func (p *Profile) unused(d Data) {
	var open []string // headers that were looked for and not found
	for _, c := range d.Columns {
		if c.From == nil {
			open = append(open, c.Headers...)
		}
	}
	for _, name := range d.Unused {
		near, _ := diag.Nearest(name, open)
		p.Unused = append(p.Unused, Header{name, near})
	}
}
