package suite

import (
	"fmt"
	"slices"

	"rubric/engine/report"
	"rubric/spec/diag"
)

// contradictions reports expectations of one case that cannot hold together,
// whatever the methodology makes of the data.
func (r *reader) contradictions(c *Case) {
	type cell struct {
		unit, path, period string
		figure             Figure
	}
	said := map[cell]*Expectation{}
	for _, e := range c.Expect {
		key := cell{e.Unit, e.Path, e.Period, e.Figure}
		if first := said[key]; first != nil {
			r.list.Add(diag.New(diag.SuiteContradiction, e.Place(), "the %s of `%s` of %s is expected twice", e.Figure, e.Path, e.Unit).
				WithHelp("remove one of the two: a node can be named by its path or by its id, and is the same").
				WithRelated(first.Place(), "the first time"))
			continue
		}
		said[key] = e
	}
	for _, e := range c.Expect {
		status := said[cell{e.Unit, e.Path, e.Period, Status}]
		if status == nil || e.Figure == Status || e.Want.None {
			continue
		}
		without := slices.Contains([]string{"excluded", "not_computed"}, status.Want.Text) ||
			e.Figure == Value && slices.Contains([]string{"missing", "not_applicable", "invalid"}, status.Want.Text)
		if without {
			r.list.Add(diag.New(diag.SuiteContradiction, e.Place(), "a figure that is `%s` has no %s, and %s is expected", status.Want.Text, e.Figure, e.Want).
				WithHelp("expect another status, or ~ instead of the %s", e.Figure).
				WithRelated(status.Place(), "the status"))
		}
	}
	r.circles(c)
	r.ranked(c)
}

// circles reports orders by which a unit is above itself. Units that are level with each
// other stand at one place.
func (r *reader) circles(c *Case) {
	level := map[string]string{} // unit in node → one of those that it is level with
	var place func(string) string
	place = func(x string) string {
		if to, ok := level[x]; ok && to != x {
			return place(to)
		}
		return x
	}
	key := func(o *Order, i int) string { return o.Path + "\x00" + o.Units[i] }
	for _, o := range c.Orders {
		for i := 1; o.Relation != "above" && i < len(o.Units); i++ {
			level[place(key(o, i))] = place(key(o, 0))
		}
	}
	above := map[string][]string{} // place → those below it, by what was read so far
	reaches := func(from, to string) bool {
		seen := map[string]bool{}
		var walk func(string) bool
		walk = func(x string) bool {
			if x == to {
				return true
			}
			if seen[x] {
				return false
			}
			seen[x] = true
			return slices.ContainsFunc(above[x], walk)
		}
		return walk(from)
	}
	for _, o := range c.Orders {
		for i := 0; o.Relation == "above" && i < len(o.Units)-1; i++ {
			upper, lower := place(key(o, i)), place(key(o, i+1))
			if reaches(lower, upper) {
				is := "below"
				if upper == lower {
					is = "level with it"
				}
				r.report(diag.SuiteContradiction, o.written.Place(), "remove one of the two", "%s cannot be above %s: by the other orders it is %s", o.Units[i], o.Units[i+1], is)
				break
			}
			above[upper] = append(above[upper], lower)
		}
	}
}

// ranked reports orders that are not those of the ranks that are expected.
func (r *reader) ranked(c *Case) {
	ranks := map[string]*Expectation{}
	for _, e := range c.Expect {
		if e.Figure == Rank && e.Want.Number != nil && e.Period == c.Period {
			ranks[e.Path+"\x00"+e.Unit] = e
		}
	}
	for _, o := range c.Orders {
		for i := range len(o.Units) - 1 {
			a, b := ranks[o.Path+"\x00"+o.Units[i]], ranks[o.Path+"\x00"+o.Units[i+1]]
			if a == nil || b == nil {
				continue
			}
			x, y := *a.Want.Number, *b.Want.Number
			if o.Relation == "above" && x < y || o.Relation != "above" && x == y {
				continue
			}
			r.list.Add(diag.New(diag.SuiteContradiction, o.written.Place(), "%s is to be %s %s, and their expected ranks are %s and %s",
				o.Units[i], o.Relation, o.Units[i+1], report.Number(x), report.Number(y)).
				WithHelp("correct the order or the ranks").WithRelated(a.Place(), "%s", fmt.Sprintf("the rank of %s", a.Unit)).WithRelated(b.Place(), "%s", fmt.Sprintf("the rank of %s", b.Unit)))
		}
	}
}
