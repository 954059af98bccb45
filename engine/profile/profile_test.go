package profile

import (
	"bytes"
	"fmt"
	"math"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"rubric/engine/cell"
	"rubric/engine/report"
	"rubric/spec/source"
)

// numbers is a column; NaN stands for a cell without a figure.
func numbers(name string, figures ...float64) Source {
	c := Source{
		Name: name, Title: name, Headers: []string{name}, From: []From{{"data.csv", name}}, Vector: cell.NewVector(len(figures)),
		Cell: func(row int) source.Place { return source.Place{File: "data.csv", Line: row + 2} },
	}
	for i, x := range figures {
		if !math.IsNaN(x) {
			c.Put(i, x)
		}
	}
	return c
}

func data(rows int, columns ...Source) Data {
	return Data{
		Title: "Test 1", Noun: "town", Plural: "towns", Rows: rows, Columns: columns,
		Unit:   func(row int) string { return string(rune('a' + row)) },
		Period: func(int) string { return "" },
	}
}

func findings(d Data) []string {
	_, list := Of(d)
	var out []string
	for _, f := range list {
		out = append(out, f.String())
	}
	return out
}

func TestCounts(t *testing.T) {
	none := math.NaN()
	first := numbers("first", 1, none, 3, none)
	first.Status = []cell.Status{cell.Measured, cell.NotApplicable, cell.Estimated, cell.Missing}
	first.Notes = map[int]string{1: "not asked", 2: "an estimate"}
	second := numbers("second", none, none, none, none)
	third := Source{Name: "third", Headers: []string{"Third", "3rd"}}
	d := data(4, first, second, third)
	d.Unused = []string{"third", "note"}
	p, list := Of(d)
	assert.Empty(t, list)
	assert.Equal(t, []int{4, 4, 2, 6}, []int{p.Units, p.Rows, p.Figures, p.Missing})
	assert.Equal(t, []Reason{{"missing", "", 1}, {"not_applicable", "not asked", 1}}, p.Columns[0].Reasons)
	assert.Equal(t, []Reason{{"missing", "", 5}, {"not_applicable", "not asked", 1}}, p.Reasons)
	assert.Equal(t, []float64{1, 2, 3}, []float64{*p.Columns[0].Lowest, *p.Columns[0].Median, *p.Columns[0].Highest})
	assert.Nil(t, p.Columns[1].Lowest)
	assert.Empty(t, p.Columns[2].From)
	assert.Equal(t, []Gap{
		{"b", 0, 2, []string{"first", "second"}}, {"d", 0, 2, []string{"first", "second"}},
		{"a", 1, 1, []string{"second"}}, {"c", 1, 1, []string{"second"}},
	}, p.Gaps, "a column that no file has is missing as a whole, and not unit by unit")
	assert.Equal(t, []Header{{"third", "Third"}, {"note", ""}}, p.Unused)
}

func TestPeriods(t *testing.T) {
	d := data(5, numbers("x", 1, 2, math.NaN(), 4, math.NaN()))
	d.Time = "year"
	d.Unit = func(row int) string { return []string{"a", "a", "b", "b", "a"}[row] }
	d.Period = func(row int) string { return []string{"2020", "2021", "2020", "2021", "2022"}[row] }
	p, _ := Of(d)
	assert.Equal(t, 2, p.Units)
	assert.Equal(t, []Period{{"2020", 2, 1, 1}, {"2021", 2, 2, 0}, {"2022", 1, 0, 1}}, p.Periods)
	assert.Equal(t, []Gap{{"a", 2, 1, []string{"x"}}, {"b", 1, 1, []string{"x"}}}, p.Gaps)
}

// By hand: 1 2 3 4 5000 has the median 3, distances 2 1 0 1 4997, MAD 1, so the
// last has z = 0.6745·4997 = 3370; 17.8 instead has 0.6745·14.8 = 9.98.
func TestOutliers(t *testing.T) {
	assert.Equal(t, []string{"data.csv:6: info: `x` of `e` is 5000, far beyond the others: their median is 3, its robust z-score 3370 [data/outlier]"},
		findings(data(5, numbers("x", 1, 2, 3, 4, 5000))))
	assert.Empty(t, findings(data(5, numbers("x", 1, 2, 3, 4, 17.8))))
	assert.Empty(t, findings(data(5, numbers("x", 3, 3, 3, 4, 5000))), "more than half are the same")
	assert.Empty(t, findings(data(4, numbers("x", 1, 2, 3, 5000))), "four are too few")
	assert.Len(t, findings(data(5, numbers("x", -math.MaxFloat64, 0, 1, 2, math.MaxFloat64))), 2)
}

func TestManyFindingsAreCounted(t *testing.T) {
	x := make([]float64, 25)
	for i := range x {
		x[i] = float64(i)
	}
	c := numbers("x", x...)
	c.Range = &[2]float64{5, 5}
	list := findings(data(25, c))
	require.Len(t, list, shown)
	assert.Contains(t, list[shown-1], "outside the plausible 5 to 5; so it is with 14 more")
}

func TestTwins(t *testing.T) {
	none := math.NaN()
	assert.Len(t, findings(data(3, numbers("x", 1, none, 3), numbers("y", 1, none, 3), numbers("z", 1, 2, 3))), 1)
	assert.Empty(t, findings(data(3, numbers("x", 1, none, none), numbers("y", 1, none, none))), "one figure alone")
	assert.Empty(t, findings(data(3, numbers("x", 1, none, 3), numbers("y", 1, 0, 3))))
	assert.Len(t, findings(data(2, numbers("x", 0, 1), numbers("y", math.Copysign(0, -1), 1))), 1, "a zero is a zero")
}

// The page stays within the width, whatever columns are called.
func TestText(t *testing.T) {
	var columns []Source
	for i := range 12 {
		c := numbers(fmt.Sprintf("a_column_with_a_rather_long_name_%d", i), 1.5, float64(i), 1234567.891)
		c.From = []From{{"a/b.csv", "某一个很长很长的表头名称，" + c.Name}, {"c.csv", "x"}, {"d.csv", "y"}}
		columns = append(columns, c)
	}
	d := data(3, append(columns, numbers("gap", 1, math.NaN(), math.NaN()))...)
	d.Unused = []string{strings.Repeat("word ", 30), "\x1b[31mred"}
	p, _ := Of(d)
	var b bytes.Buffer
	require.NoError(t, Text(&b, p, report.Style{Width: 80}))
	for line := range strings.Lines(b.String()) {
		assert.LessOrEqual(t, len([]rune(line)), 81, line)
		assert.NotContains(t, line, "\x1b")
	}
}
