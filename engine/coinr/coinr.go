// Package coinr reads a project of COINr as a methodology document. COINr, the R
// package of the field, keeps a composite indicator in two tables: iMeta, which
// says what each column is, where it belongs, which way it points and what it
// weighs, and iData, the figures. What it does with them is a call in a script.
// This package writes down the calls that need no argument, COINr's own steps:
//
//	Denominate   x / denominator, where iMeta names one
//	Normalise    n_minmax to 0 … 100, with the direction of each indicator
//	Aggregate    a_amean, level by level, weights relative below one parent
//
// The document is written to be read and changed; the figures stay as they are.
//
//	p, findings, err := coinr.Import(coinr.Input{Name: "iMeta.csv", Text: meta}, coinr.Input{Name: "iData.csv", Text: data})
//	if err == nil && p != nil {
//		os.Stdout.Write(p.Document(coinr.Names{Index: "asem", Edition: "1", Data: "data.csv"}))
//	}
//
// Source: COINr 1.1.14, W. Becker, documentation of new_coin, check_iMeta,
// check_iData, Denominate, Normalise and Aggregate.
package coinr

import (
	"rubric/spec/diag"
)

// The headers of iMeta that something is read from.
const (
	hCode        = "iCode"
	hName        = "iName"
	hType        = "Type"
	hLevel       = "Level"
	hParent      = "Parent"
	hDirection   = "Direction"
	hWeight      = "Weight"
	hUnit        = "Unit"
	hTarget      = "Target"
	hDenominator = "Denominator"
	hSource      = "Source"
)

// required are the headers that iMeta must have, besides that of the codes.
var required = []string{hType, hLevel, hParent, hDirection, hWeight}

// The headers of iData that iMeta says nothing of.
const (
	hUnits = "uCode"
	hLabel = "uName"
	hTime  = "Time"
)

// special are the headers of iData that cannot be codes.
var special = []string{hUnits, hLabel, hTime}

// Project is a project of COINr without a mistake.
type Project struct {
	meta, data string   // names of the two files
	rows       []*row   // of iMeta, in its order
	root       *row     // the index
	columns    []column // of iData that a formula or a group needs, in its order
	markers    []string // texts for no figure that these columns have
	panel      bool     // iData has a column of times
	times      int      // different ones
	targets    bool     // an indicator has a target

	ids map[string]string // the code of each id
}

// column is a column of iData; its row of iMeta is nil where iMeta has none.
type column struct {
	header, id string
	row        *row
}

// Import reads a project. It is nil if there is an error among the findings,
// which are all that is wrong with both tables.
func Import(meta, data Input) (*Project, diag.List, error) {
	in := &reader{p: &Project{meta: meta.Name, data: data.Name}, byCode: map[string]*row{}}
	if err := in.open(meta, data); err != nil {
		return nil, nil, err
	}
	if in.meta != nil {
		in.readMeta()
	}
	if in.data != nil {
		in.readData()
	}
	if in.list.Errors() == 0 {
		in.name()
	}
	list := in.list.Sorted()
	if list.Errors() > 0 {
		return nil, list, nil
	}
	return in.p, list, nil
}

// reader is the state of one Import.
type reader struct {
	p          *Project
	meta, data *sheet // nil: it cannot be read
	list       diag.List
	byCode     map[string]*row
	codes      []string // in the order of iMeta
}

func (in *reader) open(meta, data Input) error {
	var list, more diag.List
	var err error
	if in.meta, list, err = read(meta, hCode); err != nil {
		return err
	}
	if in.data, more, err = read(data, hUnits); err != nil {
		return err
	}
	in.list.Add(append(list, more...)...)
	return nil
}

// report adds a finding about a cell of iMeta.
func (in *reader) report(code diag.Code, r *row, header, format string, args ...any) *diag.Diagnostic {
	in.list.Add(diag.New(code, in.meta.place(r.at, header), format, args...))
	return &in.list[len(in.list)-1]
}

// Indicators is the number of indicators.
func (p *Project) Indicators() int { return p.count(indicator) }

// Aggregates is the number of aggregates, the index among them.
func (p *Project) Aggregates() int { return p.count(aggregate) }

func (p *Project) count(kind string) (n int) {
	for _, r := range p.rows {
		if r.kind == kind {
			n++
		}
	}
	return n
}

// Title is what a person calls the index.
func (p *Project) Title() string { return p.root.title }
