package check

import (
	"strconv"
	"strings"

	"rubric/spec/diag"
	"rubric/spec/expr"
	"rubric/spec/tree"
)

// sections reads what the document says of the data as a whole: periods, groups
// of units, markers of absent figures, named weights.
func (c *checker) sections() {
	if p := c.root.Get("periods"); p != nil {
		c.m.Periods = &Periods{Noun: p.Get("noun").Text(), Key: texts(p.Get("key")), Only: p.Get("only").Text(), Place: p.Place()}
	}
	for _, e := range entries(c.root.Get("groups")) {
		g := Group{ID: e.Key.Value, Title: c.title(e.Value.Get("title")), Header: e.Key.Value, Place: e.Key.Place()}
		g.Headers = []string{g.Header}
		if from := texts(e.Value.Get("from")); from != nil {
			g.Header, g.Headers = from[0], from
		}
		if g.Title == "" {
			g.Title = g.ID
		}
		c.m.Groups = append(c.m.Groups, g)
	}
	for _, e := range entries(c.root.Get("missing_markers")) {
		m := Marker{Text: e.Key.Value, Status: "missing"}
		if e.Value.Get("status") == nil {
			m.Reason = c.title(e.Value)
		} else {
			m.Status, m.Reason = e.Value.Get("status").Text(), c.title(e.Value.Get("reason"))
		}
		c.m.Markers = append(c.m.Markers, m)
	}
	for _, e := range entries(c.root.Get("weights")) {
		set := WeightSet{ID: e.Key.Value, Title: c.title(e.Value.Get("title"))}
		of := e.Value
		if w := e.Value.Get("of"); w != nil && w.Kind == tree.Map {
			of = w
		}
		if set.ID == "given" || set.ID == "equal" {
			c.report(diag.NameReserved, e.Key, "`%s` is a weighting of its own", set.ID).Help = "give the set another name"
		}
		for _, w := range entries(of) {
			if x, ok := number64(w.Value); ok {
				set.Weights = append(set.Weights, SetWeight{w.Key.Value, x})
			}
			c.later = append(c.later, func() { c.nodeAt(w.Key) })
		}
		c.m.WeightSets = append(c.m.WeightSets, set)
	}
}

// screen reads which units are left out for want of data.
func (c *checker) screen() {
	t := c.root.Get("screen")
	if t == nil {
		return
	}
	s := &Screen{Place: t.Place(), written: t.Get("condition")}
	if v := t.Get("min_coverage"); v != nil {
		if share, ok := strings.CutSuffix(v.Value, "%"); ok {
			s.MinCoverage.Percent = c.percent(v, share)
		} else {
			s.MinCoverage.Count = whole(v)
		}
	}
	if v := t.Get("min_nonzero"); v != nil {
		s.MinNonzero = c.percent(v, strings.TrimSuffix(v.Value, "%"))
	}
	if s.written != nil {
		var names []expr.Variable
		for _, column := range c.m.Columns {
			names = append(names, expr.Variable{Name: column.Name, Text: column.Text})
		}
		for _, name := range ScreenNames {
			if c.m.Column(name) == nil {
				names = append(names, expr.Variable{Name: name})
			}
		}
		env, err := expr.NewEnv(names)
		if err == nil {
			s.Condition = c.compile("", s.written, env.Condition)
		}
	}
	c.m.Screen = s
}

// ScreenNames are the names that the condition of a screen has besides the
// columns: how many indicators have a value, their share, and the share of
// those that is not zero.
var ScreenNames = []string{"available", "coverage", "nonzero"}

// percent is a share written as 60%.
func (c *checker) percent(v *tree.Node, text string) float64 {
	x, err := strconv.ParseFloat(text, 64)
	if err != nil || x <= 0 || x > 100 {
		d := c.report(diag.MissingRule, v, "%s is no share", v)
		*d = d.WithHelp("a share is above 0%% and at most 100%%")
	}
	return x
}
