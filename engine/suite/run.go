package suite

import (
	"fmt"
	"slices"
	"strings"
	"sync"

	"rubric/engine"
	"rubric/engine/dataset"
	"rubric/engine/report"
	"rubric/spec/check"
	"rubric/spec/diag"
	"rubric/spec/override"
	"rubric/spec/tree"
)

// Runner evaluates the cases of a suite. Its functions are called by several
// goroutines.
type Runner struct {
	Suite       *Suite
	Methodology *check.Methodology                                          // without changes
	Changed     func([]override.Change) (*check.Methodology, diag.List)     // the document with changes
	Own         func(*check.Methodology) (dataset.Inputs, diag.List, error) // the data that the methodology names
	Open        func(*tree.Node, *check.Methodology) (dataset.Input, error) // a file that the suite names
	Workers     int                                                         // 0 and 1: one case after the other

	plain struct { // the methodology's own data, which many cases may be about
		once   sync.Once
		result *engine.Result
		list   diag.List
		err    error
	}
}

// Outcome is what became of a case.
type Outcome struct {
	Case        *Case
	Failures    diag.List    // empty: it passed
	Differences []Difference // of these, the figures that differ
	reached     reached
}

// Difference is a figure that is not what was expected.
type Difference struct {
	*Expectation
	Actual report.Row
	Found  string   // the figure, as it is written; empty: none
	By     *float64 // the figure less what was expected, where both are numbers
}

// Report is what became of a suite.
type Report struct {
	Suite    *Suite
	Outcomes []Outcome // in the order of the suite
	Coverage *Coverage // nil: nothing was run
	Findings diag.List // of the suite as a whole: why it was not run, of the coverage that is asked for
}

// Failed is the number of cases that failed.
func (r *Report) Failed() (n int) {
	for _, o := range r.Outcomes {
		if len(o.Failures) > 0 {
			n++
		}
	}
	return n
}

// Failures are the findings of the suite and of all cases.
func (r *Report) Failures() (list diag.List) {
	for _, o := range r.Outcomes {
		list.Add(o.Failures...)
	}
	list.Add(r.Findings...)
	return list
}

// Rewritten parts the failures: figures that can be rewritten in the suite as they
// were found, and the rest.
func (r *Report) Rewritten() (figures, rest diag.List) {
	rest.Add(r.Findings...)
	for _, o := range r.Outcomes {
		for _, d := range o.Failures {
			if d.Code == diag.SuiteFailed.Name && d.Fix != nil {
				figures.Add(d)
			} else {
				rest.Add(d)
			}
		}
	}
	return figures, rest
}

// Run evaluates some cases of the suite. The report does not depend on the number of
// workers. The error is of files that cannot be read.
func (r *Runner) Run(cases []*Case) (*Report, error) {
	out := &Report{Suite: r.Suite, Outcomes: make([]Outcome, len(cases))}
	errs := make([]error, len(cases))
	next := make(chan int)
	var workers sync.WaitGroup
	for range max(1, r.Workers) {
		workers.Go(func() {
			for i := range next {
				out.Outcomes[i], errs[i] = r.one(cases[i])
			}
		})
	}
	for i := range cases {
		next <- i
	}
	close(next)
	workers.Wait()
	for i, err := range errs {
		if err != nil {
			return nil, fmt.Errorf("case %s: %w", cases[i].ID, err)
		}
	}
	out.Coverage = covered(r.Methodology, out.Outcomes)
	return out, nil
}

// one evaluates a case.
func (r *Runner) one(c *Case) (Outcome, error) {
	out := Outcome{Case: c}
	result, list, err := r.Evaluate(c)
	if err != nil {
		return out, err
	}
	rest := slices.DeleteFunc(slices.Clone(list), func(d diag.Diagnostic) bool { return d.Severity < diag.Error })
	for _, f := range c.Findings {
		if !slices.ContainsFunc(list, f.is) {
			out.Failures.Add(missed(f, list))
		}
		rest = slices.DeleteFunc(rest, f.is)
	}
	for _, d := range rest {
		out.Failures.Add(unexpected(c, d))
	}
	switch {
	case result != nil:
		h := &holder{c: c, r: result}
		h.hold()
		out.Failures.Add(h.list...)
		out.Differences = h.differences
		out.reached = reach(c, result)
	case len(rest) == 0 && len(c.Expect)+len(c.Orders) > 0:
		out.Failures.Add(diag.New(diag.SuiteFinding, c.Place, "the case `%s` expects figures and an error, after which there are none", c.ID).
			WithHelp("expect them in two cases"))
	}
	out.Failures = out.Failures.Sorted()
	return out, nil
}

// is says whether a finding is the expected one.
func (f *Finding) is(d diag.Diagnostic) bool {
	return d.Code == f.Code && (f.Path == "" || f.Path == d.Node) && (f.Unit == "" || f.Unit == d.Unit) && strings.Contains(d.Message, f.Text)
}

// missed is an expected finding that did not come, with the one that comes nearest.
func missed(f *Finding, list diag.List) diag.Diagnostic {
	d := diag.New(diag.SuiteFinding, f.Place, "no finding `%s` came", f.Code).WithHelp("look at what `rubric validate` finds, or remove it")
	for _, x := range list {
		if x.Code == f.Code {
			d.Message = fmt.Sprintf("no finding `%s` came that is also about the rest", f.Code)
			return d.WithHelp("there is one: %s", x.Message)
		}
	}
	return d
}

// unexpected is an error that came, and was not expected.
func unexpected(c *Case, d diag.Diagnostic) diag.Diagnostic {
	out := diag.New(diag.SuiteFinding, c.Place, "`%s` came, and is not expected: %s", d.Code, d.Message).WithNode(d.Node).WithUnit(d.Unit)
	if d.Place.File == c.Place.File && d.Place.Line > 0 { // at the cell itself
		out.Place = d.Place
	} else if d.Place.File != "" {
		out = out.WithRelated(d.Place, "here")
	}
	help := d.Help
	if help != "" {
		help += "; "
	}
	out.Help = fmt.Sprintf("%sif it is right, expect it: `findings: [{code: %s}]`", help, d.Code)
	return out
}

// Evaluate evaluates the data of a case; the result may be nil where an error is found.
// What is found in a table of the suite is found at its place there.
func (r *Runner) Evaluate(c *Case) (*engine.Result, diag.List, error) {
	if c.Set == nil && c.own() && !c.Computed {
		p := &r.plain
		p.once.Do(func() {
			p.result, p.list, p.err = r.evaluated(c, r.Methodology)
		})
		return p.result, p.list, p.err
	}
	m := r.Methodology
	if c.Set != nil {
		changed, list := r.Changed(c.Set)
		if changed == nil {
			return nil, list, nil
		}
		m = changed
	}
	return r.evaluated(c, m)
}

func (r *Runner) evaluated(c *Case, m *check.Methodology) (*engine.Result, diag.List, error) {
	var in dataset.Inputs
	var list diag.List
	var err error
	dataName, givenName := c.ID+" (data)", c.ID+" (given)"
	if c.own() {
		if in, list, err = r.Own(m); err != nil || list.Errors() > 0 {
			return nil, list, err
		}
		if c.Computed {
			in.Given = nil
		}
	} else {
		m = small(m)
		open := func(n *tree.Node) (dataset.Input, error) { return r.Open(n, m) }
		period := c.Period
		if period == "" && m.Periods != nil {
			period = m.Periods.Only
		}
		if in.Data, err = c.Data.inputs(dataName, m, period, open); err != nil {
			return nil, nil, err
		}
		if in.Given, err = c.Given.inputs(givenName, m, period, open); err != nil {
			return nil, nil, err
		}
	}
	d, more, err := dataset.Load(m, in)
	if err != nil {
		return nil, nil, err
	}
	list.Add(more...)
	var result *engine.Result
	if d != nil {
		partial := !slices.ContainsFunc(c.Findings, func(f *Finding) bool { return f.Code == diag.DataColumn.Name })
		var found diag.List
		result, found = engine.Compile(m).Eval(d, engine.Options{Workers: 1, Ledger: true, Partial: partial})
		list.Add(found...)
	}
	for i := range list {
		list[i] = c.placed(list[i], dataName, givenName)
	}
	return result, list, nil
}

// small is a methodology for the data of a case: of so many units as it has, under
// the document's own names.
func small(m *check.Methodology) *check.Methodology {
	out := *m
	out.Units.Expect = 0
	out.Columns = slices.Clone(m.Columns)
	for i := range out.Columns {
		c := &out.Columns[i]
		if !slices.ContainsFunc(m.Columns, func(x check.Column) bool { return slices.Contains(x.Headers, c.Name) }) {
			c.Headers = append(slices.Clip(c.Headers), c.Name)
		}
	}
	return &out
}

// placed is a finding with its places in the suite, where it is about a table there.
// A column that the methodology does not use is a mistake in data that were made up
// for it.
func (c *Case) placed(d diag.Diagnostic, dataName, givenName string) diag.Diagnostic {
	for _, t := range []struct {
		data *Data
		name string
	}{{c.Data, dataName}, {c.Given, givenName}} {
		at, ok := t.data.found(t.name, d.Place)
		if !ok {
			continue
		}
		if d.Code == diag.DataUnused.Name {
			help := d.Help
			d = diag.New(diag.SuiteData, at, "%s", d.Message)
			if d.Help = help; help == "" {
				d.Help = "name the columns as the document does, or remove it"
			}
		}
		d.Place = at
	}
	related := slices.Clone(d.Related)
	for i := range related {
		for _, t := range []struct {
			data *Data
			name string
		}{{c.Data, dataName}, {c.Given, givenName}} {
			related[i].Place, _ = t.data.found(t.name, related[i].Place)
		}
	}
	d.Related = related
	return d
}
