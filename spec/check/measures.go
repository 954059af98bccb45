package check

import (
	"rubric/spec/diag"
	"rubric/spec/measure"
	"rubric/spec/tree"
)

// measures follows the measures of columns through an indicator's formula, and holds
// what comes out against the measure that the indicator declares.
func (c *checker) measures(n *Node, t *tree.Node) {
	if n.Formula == nil {
		return
	}
	if c.measured == nil {
		c.measured = map[string]measure.Measure{}
		for _, column := range c.m.Columns {
			c.measured[column.Name] = measure.Parse(column.Measure)
		}
	}
	found, issues := measure.Infer(n.Formula, func(name string) measure.Measure { return c.measured[name] })
	for _, i := range issues {
		code := diag.MeasureDifferent
		if i.Scale {
			code = diag.MeasureScale
		}
		d := diag.New(code, n.written.At(i.Start, i.End), "%s", i.Message).WithNode(n.Path).WithExpected(i.First.String(), i.Other.String())
		d.Help = i.Help
		c.list.Add(d)
	}
	written := t.Get("measure")
	if len(issues) > 0 || written == nil || !found.Known {
		return
	}
	declared := measure.Parse(n.Measure)
	factor := measure.Apart(found, declared)
	switch {
	case !measure.Same(found, declared):
		d := c.report(diag.MeasureDeclared, written, "the formula is in %s, and the indicator's measure says %s", found, declared)
		*d = d.WithNode(n.Path).WithHelp("correct the measure, the formula, or the measure of a column").WithExpected(declared.String(), found.String())
	case factor != 1 && n.Display != "percent":
		d := c.report(diag.MeasureDeclared, written, "the formula is in %s, and the indicator's measure says %s: the figures differ by the factor %s", found, declared, measure.Factor(max(factor, 1/factor)))
		*d = d.WithNode(n.Path).WithHelp("write the factor into the formula, or correct the measure").WithExpected(declared.String(), found.String())
	}
}
