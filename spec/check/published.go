package check

import "rubric/spec/diag"

// stricter holds a published edition to what a reader needs who has nothing else: where
// figures come from, what they are measured in, what a node is called. A draft may lack
// it. That is worth an information only: what is frozen is not edited for it, and a
// method may rightly name no source.
func (c *checker) stricter() {
	if c.m.Status != "published" {
		return
	}
	for i := range c.m.Columns {
		column := &c.m.Columns[i]
		if len(column.Sources) == 0 {
			c.list.Add(diag.New(diag.EditionSource, column.Place, "the column `%s` of a published edition has no source", column.Name).
				WithHelp("say `source:`, and declare it under `sources:`"))
		}
		if column.Measure == "" && !column.Text {
			c.list.Add(diag.New(diag.EditionMeasure, column.Place, "the column `%s` of a published edition has no measure", column.Name).
				WithHelp("say `measure:`, such as persons, percent, 100m CNY or points"))
		}
	}
	for _, n := range c.m.Nodes {
		if n.Title == n.ID && n.Parent != nil {
			c.list.Add(diag.New(diag.EditionTitle, n.Place, "`%s` of a published edition has no title", n.Path).WithNode(n.Path).
				WithHelp("say `title:`: what a reader calls it"))
		}
	}
}
