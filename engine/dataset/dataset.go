// Package dataset joins files into one data set: columns by unit, and given
// figures of nodes. Units are the union of all files in the order in which they
// first appear, the file of units first; what one file has and another lacks is
// reported, never dropped.
//
// A single data file with nothing to join is taken as it is, without a copy:
// that is how a million units are scored.
package dataset

import (
	"fmt"
	"io"
	"strings"

	"rubric/engine/cell"
	"rubric/engine/table"
	"rubric/spec/check"
	"rubric/spec/diag"
	"rubric/spec/source"
)

// Dataset is the cells of all units. It is not modified after Load.
type Dataset struct {
	Columns map[string]*Column // by the methodology's name
	Given   map[string]*Column // by node path
	Files   []string           // names of the data and given files that were read
	Unused  []string           // headers of data files that the methodology does not know

	ids   func(int) string
	find  func(string) (int, bool) // units by id, where one file was taken as it is
	names []string                 // what a person calls the unit; nil: its id
	index map[string]int           // units by id, name and alias, where files were joined
	size  int
}

// Column is a column of the data set.
type Column struct {
	cell.Vector
	Status   []cell.Status // nil: measured where valid
	Text     []string
	Decimals int
	File     string   // where it came from
	Sources  []string // ids of the sources of the file, where the document names them
	Header   string
	Lines    func(unit int) int // the line of the file that a unit's cell stands on; 0: none
}

// Units is the number of units.
func (d *Dataset) Units() int { return d.size }

// ID is a unit's id.
func (d *Dataset) ID(i int) string { return d.ids(i) }

// Name is what a person calls a unit.
func (d *Dataset) Name(i int) string {
	if d.names == nil || d.names[i] == "" {
		return d.ids(i)
	}
	return d.names[i]
}

// Unit finds a unit by id, name or alias, without regard to case where that is
// unique.
func (d *Dataset) Unit(name string) (int, bool) {
	if i, ok := d.index[name]; ok {
		return i, true
	}
	if d.find != nil {
		if i, ok := d.find(name); ok {
			return i, true
		}
	}
	found := -1
	for i := range d.size {
		if d.ID(i) == name || d.Name(i) == name {
			return i, true
		}
		if strings.EqualFold(d.ID(i), name) || strings.EqualFold(d.Name(i), name) {
			if found >= 0 {
				found = d.size // several
			} else {
				found = i
			}
		}
	}
	if found < 0 || found >= d.size {
		return -1, false
	}
	return found, true
}

// Input is a file to read.
type Input struct {
	Name    string
	Size    int64
	Open    func() (io.ReadCloser, error)
	Place   source.Place // where the document names it
	Sources []string     // ids of its sources, where the document names them
}

// Inputs are the files of a data set.
type Inputs struct {
	Units       *Input
	Data, Given []Input
}

// Load reads and joins files. The data set is nil if there is an error among
// the findings.
func Load(m *check.Methodology, in Inputs) (*Dataset, diag.List, error) {
	l := &loader{m: m, d: &Dataset{Columns: map[string]*Column{}, Given: map[string]*Column{}}}
	if err := l.read(in); err != nil {
		return nil, nil, err
	}
	if l.list.Errors() == 0 {
		l.join()
	}
	list := l.list.Sorted()
	if list.Errors() > 0 {
		return nil, list, nil
	}
	return l.d, list, nil
}

// loader is the state of one Load.
type loader struct {
	m     *check.Methodology
	d     *Dataset
	list  diag.List
	units *table.Table
	files []file
}

type file struct {
	*table.Table
	given   bool
	sources []string
}

// keys are the headers that a unit column may have, in order of preference.
func (l *loader) keys() []string {
	return append(append([]string(nil), l.m.Units.Key...), "unit", l.m.Units.Noun, "id")
}

func (l *loader) read(in Inputs) error {
	if in.Units != nil {
		t, err := l.open(*in.Units, append([]string{"id"}, l.keys()...), func(header string) (table.Want, bool) {
			return table.Want{Name: header, Kind: table.Text}, strings.HasPrefix(header, "name") || strings.HasPrefix(header, "alias")
		})
		if err != nil {
			return err
		}
		l.units = t
	}
	headers := map[string]*check.Column{}
	for i := range l.m.Columns {
		headers[l.m.Columns[i].Header] = &l.m.Columns[i]
	}
	for _, f := range in.Data {
		t, err := l.open(f, l.keys(), func(header string) (table.Want, bool) {
			c := headers[header]
			if c == nil {
				return table.Want{}, false
			}
			kind := table.Number
			if c.Text {
				kind = table.Text
			}
			return table.Want{Name: c.Name, Kind: kind}, true
		})
		if err != nil {
			return err
		}
		if t != nil {
			l.unused(t)
			l.files = append(l.files, file{t, false, f.Sources})
		}
	}
	for _, f := range in.Given {
		t, err := l.open(f, l.keys(), func(header string) (table.Want, bool) {
			n, _ := l.m.Node(header)
			if n == nil {
				return table.Want{}, false
			}
			return table.Want{Name: n.Path, Kind: table.Number}, true
		})
		if err != nil {
			return err
		}
		if t != nil {
			l.strangers(t)
			l.files = append(l.files, file{t, true, f.Sources})
		}
	}
	return nil
}

func (l *loader) open(in Input, keys []string, pick func(string) (table.Want, bool)) (*table.Table, error) {
	r, err := in.Open()
	if err != nil {
		return nil, err
	}
	defer r.Close()
	t, list, err := table.Read(r, table.Options{Name: in.Name, Size: in.Size, Key: keys, Pick: pick})
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
		known = append(known, c.Header)
	}
	for _, h := range t.Unused {
		l.d.Unused = append(l.d.Unused, h.Name)
		d := diag.New(diag.DataUnused, h.Place, "the methodology does not use the column `%s`", h.Name)
		if near, ok := diag.Nearest(h.Name, known); ok {
			d = d.WithHelp("did you mean `%s`?", near)
		}
		l.list.Add(d)
	}
}

// strangers says which columns of a given file are no node.
func (l *loader) strangers(t *table.Table) {
	for _, h := range t.Unused {
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

// Select is the data set of some of the units, in the order of rows.
func (d *Dataset) Select(rows []int) *Dataset {
	out := &Dataset{
		Columns: map[string]*Column{}, Given: map[string]*Column{}, Files: d.Files, Unused: d.Unused, size: len(rows),
		ids: func(i int) string { return d.ids(rows[i]) },
	}
	if d.names != nil {
		for _, r := range rows {
			out.names = append(out.names, d.names[r])
		}
	}
	for name, c := range d.Columns {
		out.Columns[name] = c.selected(rows)
	}
	for path, c := range d.Given {
		out.Given[path] = c.selected(rows)
	}
	return out
}

func (c *Column) selected(rows []int) *Column {
	out := &Column{Vector: cell.NewVector(len(rows)), Decimals: c.Decimals, File: c.File, Sources: c.Sources, Header: c.Header}
	out.Lines = func(u int) int { return c.Lines(rows[u]) }
	if c.Text != nil {
		out.Text = make([]string, len(rows))
	}
	if c.Status != nil {
		out.Status = make([]cell.Status, len(rows))
	}
	for k, r := range rows {
		if c.Status != nil {
			out.Status[k] = c.Status[r]
		}
		if !c.Valid.Get(r) {
			continue
		}
		out.Valid.Set(k)
		if c.Text != nil {
			out.Text[k] = c.Text[r]
		} else {
			out.Values[k] = c.Values[r]
		}
	}
	return out
}
