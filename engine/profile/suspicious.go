package profile

import (
	"hash/fnv"
	"math"
	"slices"
	"strconv"

	"rubric/engine/numeric"
	"rubric/engine/report"
	"rubric/spec/diag"
)

// shown is how many cells of a column one kind of finding names.
const shown = 10

// far is the robust z-score beyond which a figure is far beyond all others. The
// usual limit, 3.5, finds ordinary outliers; here a wrong unit of measurement or
// a shifted decimal point is looked for.
const far = 10

// suspicious reports figures that look as if they were something else.
func suspicious(d Data) (list diag.List) {
	for i := range d.Columns {
		c := &d.Columns[i]
		switch {
		case c.From == nil || c.Valid.Count() == 0:
		case c.Text:
			list.Add(c.numbersInText(d)...)
		default:
			list.Add(c.outside(d)...)
			list.Add(c.constant(d)...)
			list.Add(c.outliers(d)...)
		}
	}
	return append(list, twins(d.Columns)...)
}

// Implausible reports the figures outside the plausible range of their column, and
// nothing else.
func Implausible(d Data) (list diag.List) {
	for i := range d.Columns {
		if c := &d.Columns[i]; c.From != nil && !c.Text {
			list.Add(c.outside(d)...)
		}
	}
	return list
}

// outside reports figures outside the plausible range.
func (c *Source) outside(d Data) (list diag.List) {
	if c.Range == nil {
		return nil
	}
	low, high := c.Range[0], c.Range[1]
	rows := c.rowsWhere(func(x float64) bool { return x < low || x > high })
	for _, row := range rows[:min(len(rows), shown)] {
		list.Add(diag.New(diag.DataRange, c.Cell(row), "`%s` of `%s` is %s, outside the plausible %s to %s%s", c.Name, d.Unit(row), short(c.Values[row]), short(low), short(high), more(rows, row)).
			WithUnit(d.Unit(row)).WithHelp("correct the figure, or the `range` of the column"))
	}
	return list
}

// constant reports a column without a difference between units.
func (c *Source) constant(d Data) diag.List {
	sorted := numeric.Sorted(c.Vector)
	if len(sorted) < 2 || sorted[0] != sorted[len(sorted)-1] {
		return nil
	}
	return diag.List{diag.New(diag.DataConstant, c.Declared, "all %d figures of `%s` are %s", len(sorted), c.Name, short(sorted[0])).
		WithHelp("a column like that tells no unit from another, and most normalisations have no score for it")}
}

// outliers reports figures far beyond all others, by the robust z-score
//
//	z = 0.6745·(x − median) / MAD
//
// where MAD is the median of |x − median|; a column more than half of whose
// figures are the same has none.
//
// Source: B. Iglewicz and D. Hoaglin, How to Detect and Handle Outliers, 1993, p. 11.
//
// By hand: 1 2 3 4 5000 has the median 3, distances 2 1 0 1 4997, MAD 1; the last
// has z = 0.6745·4997 = 3370.
func (c *Source) outliers(d Data) (list diag.List) {
	sorted := numeric.Sorted(c.Vector)
	if len(sorted) < 5 {
		return nil
	}
	middle := numeric.Quantile(sorted, 0.5)
	distances := make([]float64, len(sorted))
	for i, x := range sorted {
		distances[i] = math.Abs(x - middle)
	}
	slices.Sort(distances)
	mad := numeric.Quantile(distances, 0.5)
	if mad == 0 || math.IsInf(mad, 0) {
		return nil
	}
	z := func(x float64) float64 { return 0.6745 * (x - middle) / mad }
	rows := c.rowsWhere(func(x float64) bool { return math.Abs(z(x)) > far })
	for _, row := range rows[:min(len(rows), shown)] {
		list.Add(diag.New(diag.DataOutlier, c.Cell(row), "`%s` of `%s` is %s, far beyond the others: their median is %s, its robust z-score %.0f%s",
			c.Name, d.Unit(row), short(c.Values[row]), strconv.FormatFloat(middle, 'g', 6, 64), z(c.Values[row]), more(rows, row)).WithUnit(d.Unit(row)))
	}
	return list
}

// numbersInText reports a column of texts that are all numbers.
func (c *Source) numbersInText(Data) diag.List {
	for row, text := range c.Texts {
		if !c.Valid.Get(row) {
			continue
		}
		if _, err := strconv.ParseFloat(text, 64); err != nil {
			return nil
		}
	}
	return diag.List{diag.New(diag.DataText, c.Declared, "all %d texts of `%s` are numbers", c.Valid.Count(), c.Name).
		WithHelp("without `type: text` they can be computed with")}
}

// twins reports columns with the same figures.
func twins(columns []Source) (list diag.List) {
	alike := map[uint64][]*Source{}
	for i := range columns {
		c := &columns[i]
		if c.Text || c.From == nil || c.Valid.Count() < 2 || len(c.constant(Data{})) > 0 {
			continue
		}
		sum := c.digest()
		k := slices.IndexFunc(alike[sum], func(o *Source) bool { return same(o, c) })
		if k < 0 {
			alike[sum] = append(alike[sum], c)
			continue
		}
		other := alike[sum][k]
		list.Add(diag.New(diag.DataTwin, c.Declared, "`%s` has the same figures as `%s`", c.Name, other.Name).
			WithHelp("look whether one of them was filled in for the other").WithRelated(other.Declared, "the other"))
	}
	return list
}

func (c *Source) digest() uint64 {
	h := fnv.New64a()
	var b [8]byte
	for row, x := range c.Values {
		if !c.Valid.Get(row) {
			x = math.NaN()
		}
		bits := math.Float64bits(x + 0)
		for i := range b {
			b[i] = byte(bits >> (8 * i))
		}
		h.Write(b[:])
	}
	return h.Sum64()
}

func same(a, b *Source) bool {
	for row := range a.Values {
		x, ok := a.At(row)
		y, both := b.At(row)
		if ok != both || ok && x != y {
			return false
		}
	}
	return true
}

func (c *Source) rowsWhere(what func(x float64) bool) (out []int) {
	for row, x := range c.Values {
		if c.Valid.Get(row) && what(x) {
			out = append(out, row)
		}
	}
	return out
}

// more says, behind the last that is named, how many others there are.
func more(rows []int, row int) string {
	if len(rows) > shown && row == rows[shown-1] {
		return "; so it is with " + strconv.Itoa(len(rows)-shown) + " more"
	}
	return ""
}

func short(x float64) string { return report.Number(x) }
