package dataset

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"rubric/engine/table"
	"rubric/spec/check"
	"rubric/spec/correction"
	"rubric/spec/diag"
	"rubric/spec/source"
)

// Input is a file to read.
type Input struct {
	Name    string
	Size    int64
	Open    func() (io.ReadCloser, error)
	Place   source.Place // where the document names it
	Sources []string     // ids of its sources, where the document names them
	Shape   check.Shape  // how it is laid out, where the document says so
}

// Inputs are the files of a data set.
type Inputs struct {
	Units       *Input
	Data, Given []Input
	Status      []Input // of OBS_STATUS letters
	Corrections []correction.Cell

	// Period says which one of the periods that the files have is read, "" being all of
	// them; nil: the one that the methodology says.
	Period func(have []string) string
}

// Load reads and joins files. The data set is nil if there is an error among
// the findings.
func Load(m *check.Methodology, in Inputs) (*Dataset, diag.List, error) {
	l := &loader{m: m, choose: in.Period, d: &Dataset{Columns: map[string]*Column{}, Given: map[string]*Column{}, Groups: map[string]*Column{}}}
	if err := l.read(in); err != nil {
		return nil, nil, err
	}
	if l.list.Errors() == 0 {
		l.join()
	}
	if l.list.Errors() == 0 {
		l.correct(in.Corrections)
	}
	list := l.list.Sorted()
	if list.Errors() > 0 {
		return nil, list, nil
	}
	return l.d, list, nil
}

// loader is the state of one Load.
type loader struct {
	m      *check.Methodology
	choose func(have []string) string // which period is read; nil: as m says
	d      *Dataset
	list   diag.List
	units  *table.Table
	files  []*file
}

// kind is what the cells of a file are.
type kind uint8

const (
	ofData    kind = iota // figures of columns
	ofGiven               // figures of nodes
	ofLetters             // OBS_STATUS letters of columns
)

// file is a table with what its columns mean.
type file struct {
	*table.Table
	kind    kind
	shape   check.Shape
	sources []string
	means   map[string]meaning // by header
}

// meaning is what a header of a file stands for; one of the first four.
type meaning struct {
	column  *check.Column
	node    string // path
	group   string
	name    bool          // what a person calls the unit
	periods bool          // the column of periods
	letters *check.Column // whose OBS_STATUS letters it has
	tidy    string        // the part that it has in a tidy file: column, value, status

	period string // of figures whose header says it
}

// always says whether a cell is of its unit at every period, where the file names none.
func (m meaning) always() bool { return m.group != "" || m.column != nil && m.column.Constant }

// timeless says that all that a file has is of every period.
func (f *file) timeless() bool {
	for _, m := range f.means {
		if m.periods || m.period != "" {
			return false
		}
	}
	return f.shape.Period == ""
}

// keys are the headers that a unit column may have, in order of preference.
func (l *loader) keys() []string {
	return append(slices.Clone(l.m.Units.Key), "unit", l.m.Units.Noun, "id")
}

func (l *loader) read(in Inputs) error {
	if in.Units != nil {
		means := map[string]meaning{}
		t, err := l.open(*in.Units, append([]string{"id"}, l.keys()...), func(header string) (table.Want, bool) {
			if g := l.group(header); g != "" {
				means[header] = meaning{group: g}
				return table.Want{Name: header, Kind: table.Text}, true
			}
			return table.Want{Name: header, Kind: table.Text}, strings.HasPrefix(header, "name") || strings.HasPrefix(header, "alias")
		})
		if err != nil {
			return err
		}
		l.units = t
		if t != nil && len(means) > 0 { // what describes units is joined as any other column
			l.files = append(l.files, &file{Table: t, means: means})
		}
	}
	for _, set := range []struct {
		kind   kind
		inputs []Input
	}{{ofData, in.Data}, {ofLetters, in.Status}, {ofGiven, in.Given}} {
		for _, in := range set.inputs {
			if err := l.file(in, set.kind); err != nil {
				return err
			}
		}
	}
	return nil
}

// file reads one file.
func (l *loader) file(in Input, k kind) error {
	f := &file{kind: k, shape: in.Shape, sources: in.Sources, means: map[string]meaning{}}
	t, err := l.open(in, l.keys(), func(header string) (table.Want, bool) {
		m, ok := l.meaning(f, header)
		if !ok {
			return table.Want{}, false
		}
		f.means[header] = m
		return table.Want{Name: header, Kind: m.kind(f)}, true
	})
	if err != nil || t == nil {
		return err
	}
	f.Table = t
	l.files = append(l.files, f)
	if k == ofGiven {
		l.strangers(t)
	} else {
		l.unused(t)
	}
	return nil
}

// kind is how the cells of a column are read.
func (m meaning) kind(f *file) table.Kind {
	switch {
	case m.tidy != "":
		if m.tidy == "value" && f.kind != ofLetters {
			return table.Number
		}
		return table.Text
	case m.periods, m.name, m.group != "", m.letters != nil, f.kind == ofLetters, m.column != nil && m.column.Text:
		return table.Text
	}
	return table.Number
}

// meaning says what a header of a file stands for.
func (l *loader) meaning(f *file, header string) (meaning, bool) {
	if l.m.Periods != nil && f.shape.Period == "" && slices.Contains(l.periodKeys(), header) {
		return meaning{periods: true}, true
	}
	if f.kind == ofGiven {
		n, _ := l.m.Node(header)
		if n == nil {
			return meaning{}, false
		}
		return meaning{node: n.Path}, true
	}
	if t := f.shape.Tidy; t != nil {
		for part, name := range map[string]string{"column": t.Column, "value": t.Value, "status": t.Status} {
			if name == header && name != "" {
				return meaning{tidy: part}, true
			}
		}
		return meaning{}, false
	}
	for i := range l.m.Columns {
		c := &l.m.Columns[i]
		if slices.Contains(c.Headers, header) {
			return meaning{column: c}, true
		}
		if c.Status == header && f.kind == ofData {
			return meaning{letters: c}, true
		}
	}
	for i := range l.m.Columns {
		c := &l.m.Columns[i]
		for _, pattern := range c.Headers {
			if period, ok := PeriodIn(pattern, header); ok && l.m.Periods != nil {
				return meaning{column: c, period: period}, true
			}
		}
		if period, ok := PeriodIn(c.Status, header); ok && l.m.Periods != nil && f.kind == ofData {
			return meaning{letters: c, period: period}, true
		}
	}
	if g := l.group(header); g != "" {
		return meaning{group: g}, true
	}
	if l.units == nil && f.kind == ofData && (header == "name" || header == l.m.Units.Noun || slices.Contains(l.m.Units.Name, header)) {
		return meaning{name: true}, true // the key is another column
	}
	return meaning{}, false
}

// placeholder is what stands for the period in a header.
const placeholder = "{period}"

// PeriodIn is the period that a header has where a pattern has its placeholder.
func PeriodIn(pattern, header string) (string, bool) {
	before, after, ok := strings.Cut(pattern, placeholder)
	if !ok || len(header) <= len(before)+len(after) || !strings.HasPrefix(header, before) || !strings.HasSuffix(header, after) {
		return "", false
	}
	period := header[len(before) : len(header)-len(after)]
	// A period begins with a digit: `hdi_{period}` is not meant for `hdi_rank_2022`.
	if period[0] < '0' || period[0] > '9' {
		return "", false
	}
	return period, true
}

// group is the group that a header names; empty for none.
func (l *loader) group(header string) string {
	for _, g := range l.m.Groups {
		if slices.Contains(g.Headers, header) {
			return g.ID
		}
	}
	return ""
}

// periodKeys are the headers that a column of periods may have.
func (l *loader) periodKeys() []string {
	return append(slices.Clone(l.m.Periods.Key), l.m.Periods.Noun, "period")
}

func (l *loader) open(in Input, keys []string, pick func(string) (table.Want, bool)) (*table.Table, error) {
	r, err := in.Open()
	if err != nil {
		return nil, err
	}
	defer r.Close()
	var markers []string
	for _, k := range l.m.Markers {
		markers = append(markers, k.Text)
	}
	t, list, err := table.Open(r, table.Options{
		Sheet: in.Shape.Sheet, HeaderRow: in.Shape.HeaderRow, Encoding: in.Shape.Encoding,
		Name: in.Name, Size: in.Size, Key: keys, Pick: pick, Markers: markers, Repeat: l.m.Periods != nil || in.Shape.Tidy != nil,
	})
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", in.Name, err)
	}
	l.list.Add(list...)
	if list.Errors() > 0 {
		return nil, nil
	}
	return t, nil
}

// unused says which columns of a data file the methodology does not know.
func (l *loader) unused(t *table.Table) {
	var known []string
	for _, c := range l.m.Columns {
		known = append(known, c.Headers...)
	}
	for _, h := range t.Unused {
		if h.Name == "" {
			l.list.Add(Nameless(h))
			continue
		}
		l.d.Unused = append(l.d.Unused, h.Name)
		d := diag.New(diag.DataUnused, h.Place, "the methodology does not use the column `%s`", h.Name)
		if near, ok := diag.Nearest(h.Name, known); ok {
			d = d.WithHelp("did you mean `%s`?", near)
		}
		l.list.Add(d)
	}
}

// Nameless says that a column has no header, as where a program numbers the rows.
func Nameless(h table.Header) diag.Diagnostic {
	return diag.New(diag.DataUnused, h.Place, "a column without a header is not read")
}

// strangers says which columns of a given file are no node.
func (l *loader) strangers(t *table.Table) {
	for _, h := range t.Unused {
		if h.Name == "" {
			l.list.Add(Nameless(h))
			continue
		}
		_, several := l.m.Node(h.Name)
		d := diag.New(diag.GivenUnknown, h.Place, "no node is called `%s`", h.Name)
		if len(several) > 1 {
			var paths []string
			for _, n := range several {
				paths = append(paths, n.Path)
			}
			d = diag.New(diag.GivenUnknown, h.Place, "several nodes are called `%s`", h.Name).WithHelp("head the column by a path: %s", strings.Join(paths, ", "))
		} else {
			var known []string
			for _, n := range l.m.Nodes {
				known = append(known, n.ID, n.Path)
			}
			d = d.WithHelp("head the column by a node's path, or by its id where that is unique")
			if near, ok := diag.Nearest(h.Name, known); ok {
				d = d.WithHelp("did you mean `%s`?", near)
			}
		}
		l.list.Add(d)
	}
}
