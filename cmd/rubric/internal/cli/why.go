package cli

import (
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"rubric/engine/attribute"
	"rubric/engine/compare"
	"rubric/engine/dataset"
	"rubric/spec/check"
)

// whyFlags ask for what made the changes.
type whyFlags struct {
	why          bool
	unit         string
	order        string
	together     []string
	seed         uint64
	permutations int
}

func (f *whyFlags) add(cmd *cobra.Command) {
	cmd.Flags().BoolVar(&f.why, "why", false, "attribute every change of score and rank to the provisions of the method, the data and the units that made it")
	cmd.Flags().StringVar(&f.unit, "unit", "", "say of this unit alone why it moved; implies --why")
	cmd.Flags().StringVar(&f.order, "order", "", "with --why: show the effects one after the other, too, in this order of factors: data,1,units; those not named follow")
	cmd.Flags().StringArrayVar(&f.together, "together", nil, "with --why: factors that are one, because they were decided on as one: 1,2,4; repeatable")
	cmd.Flags().IntVar(&f.permutations, "permutations", 256, "with --why: how many orders are sampled where there are more than 12 factors")
	cmd.Flags().Uint64Var(&f.seed, "seed", 1, "with --why: the seed of these")
}

// wrong says what does not go together.
func (f *whyFlags) wrong(cmd *cobra.Command) error {
	f.why = f.why || f.unit != ""
	for _, name := range []string{"order", "together", "seed", "permutations"} {
		if cmd.Flags().Changed(name) && !f.why {
			return usage("--%s has no effect without --why", name)
		}
	}
	if f.permutations < 4 {
		return usage("--permutations: at least 4, two orders and the reverse of each, for a standard error")
	}
	return nil
}

// attribute adds to a comparison what made the changes.
func (a *app) attribute(c *compare.Comparison, old, now *side, node string, f whyFlags) error {
	switch {
	case c.OldSide == compare.Refused || c.NewSide == compare.Refused:
		return nil // what is wrong with the data has been said
	case c.Old == nil || c.New == nil:
		return usage("--why needs data on both sides: name files under `files:` in the documents, or with --data FILE")
	}
	var lead *check.Node
	if n := c.Lead(node); n != nil {
		lead = n.Now
	}
	data, err := a.bothReadings(c, old, now)
	if err != nil {
		return err
	}
	o := attribute.Options{Lead: lead, Seed: f.seed, Permutations: f.permutations, Progress: a.progress()}
	if f.order != "" {
		o.Order = factorNames(f.order)
	}
	for _, names := range f.together {
		o.Together = append(o.Together, factorNames(names))
	}
	c.Why, err = attribute.Of(c.Diff, c.Old, c.New, data, o)
	a.cleared()
	if wrong, ok := err.(attribute.OrderError); ok {
		return usage("--order: %v", wrong)
	}
	if wrong, ok := err.(attribute.NameError); ok {
		return usage("--together: %v", wrong)
	}
	if much, ok := err.(attribute.SizeError); ok {
		return usage("--why: %v", much)
	}
	return err
}

// factorNames are the names of factors: 1,data or, as one that was joined is called, 1+data.
func factorNames(list string) []string {
	return strings.FieldsFunc(list, func(r rune) bool { return r == ',' || r == '+' })
}

// bothReadings are the data of both sides, each with the columns that only the other
// version knows, as far as its files have them, and the old period as the new files
// have it.
func (a *app) bothReadings(c *compare.Comparison, old, now *side) (attribute.Data, error) {
	d := attribute.Data{Old: c.Old.Data, New: c.New.Data}
	with := func(to *dataset.Dataset, of *side, m *check.Methodology, period *check.Periods) (*dataset.Dataset, error) {
		other, err := a.reading(of, m, period, false)
		if err != nil || other == nil {
			return to, err
		}
		return to.With(other), nil
	}
	var err error
	if d.Old, err = with(d.Old, old, now.m, old.m.Periods); err != nil {
		return d, err
	}
	if d.New, err = with(d.New, now, old.m, now.m.Periods); err != nil {
		return d, err
	}
	before, after := old.m.Periods, now.m.Periods
	if before == nil || after == nil || before.Only == "" || after.Only == "" || before.Only == after.Only {
		return d, nil
	}
	revised, err := a.reading(now, now.m, before, true)
	if err != nil || revised == nil {
		return d, err
	}
	d.Revised, err = with(revised, now, old.m, before)
	return d, err
}

// reading is the data of a side as a methodology reads them that need not be its own;
// nil where it cannot.
func (a *app) reading(of *side, m *check.Methodology, period *check.Periods, given bool) (*dataset.Dataset, error) {
	in, _, err := a.unsaidInputs(of.loaded, of.flags, false) // it has been said
	if err != nil {
		return nil, err
	}
	if !given {
		for _, x := range in.Given {
			if r, err := x.Open(); err == nil {
				r.Close()
			}
		}
		in.Given = nil
	}
	read := *m
	if m.Periods != nil && period != nil {
		p := *m.Periods
		p.Only = period.Only
		read.Periods = &p
	}
	d, _, err := dataset.Load(&read, in)
	if err != nil {
		return nil, usageError{err}
	}
	return d, nil
}

// progress is a line on a terminal about what takes longer than a second; nil where
// standard error is none.
func (a *app) progress() func(done, total int) {
	if _, ok := isTerminal(a.Stderr); !ok {
		return nil
	}
	start := time.Now()
	return func(done, total int) {
		if time.Since(start) < time.Second {
			return
		}
		a.shown = true
		const wide = 24
		bar := strings.Repeat("█", wide*done/total) + strings.Repeat("░", wide-wide*done/total)
		fmt.Fprintf(a.Stderr, "\r%s %d of %d editions evaluated\x1b[K", bar, done, total)
	}
}

// cleared takes the line of progress away.
func (a *app) cleared() {
	if a.shown {
		fmt.Fprint(a.Stderr, "\r\x1b[K")
		a.shown = false
	}
}
