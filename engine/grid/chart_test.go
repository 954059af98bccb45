package grid

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"math/rand"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"rubric/engine"
	"rubric/engine/report"
	"rubric/spec/check"
)

// of is a grid of scores, a slice a column, of series 1 but for those that are named.
func of(units int, score func(unit, column int) float64, series ...int) *Grid {
	m := &check.Methodology{Title: "Test", Units: check.Units{Noun: "town", Plural: "towns"}}
	g := &Grid{}
	for k, s := range series {
		g.Columns = append(g.Columns, Column{Method: fmt.Sprint(k + 1), Vintage: "v", Of: m, Node: &check.Node{Level: check.Index, Path: "index"}, Result: &engine.Result{}, Series: s, Word: "not comparable"})
	}
	for i := range units {
		r := Row{Unit: fmt.Sprint(i), Name: fmt.Sprintf("Town <%d>", i), Common: true}
		for k := range series {
			r.Cells = append(r.Cells, Cell{Row: report.Row{Score: score(i, k), HasScore: true}, There: true})
		}
		g.Rows = append(g.Rows, r)
	}
	for k := range series {
		g.place(k)
	}
	return g
}

func TestEachSeriesHasItsOwnMark(t *testing.T) {
	g := of(2, func(unit, _ int) float64 { return float64(unit) }, 1, 2, 1, 3, 2, 4, 5, 6, 7)
	var marks []string
	for k := range g.Columns {
		marks = append(marks, g.Mark(k))
	}
	assert.Equal(t, []string{"", "†", "", "‡", "†", "§", "¶", "‖", "††"}, marks)
}

// Labels do not cover one another, stay in the chart, and stand in the order of the places:
// whatever the places are, ties and all.
func TestLabelsOfAChartStandApart(t *testing.T) {
	for seed := range int64(200) {
		random := rand.New(rand.NewSource(seed))
		units, ties := 2+random.Intn(220), 1+random.Intn(100)
		g := of(units, func(int, int) float64 { return float64(random.Intn(ties)) }, 1, 1, 2)
		c := &chart{g: g, columns: []int{0, 1, 2}}
		for _, r := range g.Ranking() {
			c.lines = append(c.lines, line{name: r.Name, places: []float64{r.Cells[0].Place, r.Cells[1].Place, r.Cells[2].Place}})
		}
		c.heads = c.telling()
		c.choose()
		c.measure()
		for _, column := range []int{0, 2} {
			at := c.labels(column)
			var before float64
			for k, i := range c.at(column, said) {
				y := at[i]
				require.GreaterOrEqual(t, y, c.top-1e-9, "seed %d", seed)
				require.LessOrEqual(t, y, c.bottom+1e-9, "seed %d", seed)
				if k > 0 {
					require.GreaterOrEqual(t, y-before, lineRoom-1e-9, "seed %d", seed)
				}
				before = y
			}
		}
	}
}

func TestThePageIsWellFormedWhateverNamesSay(t *testing.T) {
	g := of(60, func(unit, column int) float64 { return float64(unit * (column*7 + 1) % 31) }, 1, 2, 3)
	g.Columns[1].Method = `"><script>`
	var out bytes.Buffer
	require.NoError(t, HTML(&out, g))
	assert.NotContains(t, out.String(), "<script")
	start := strings.Index(out.String(), "<svg")
	svg := out.String()[start : strings.Index(out.String(), "</svg>")+len("</svg>")]
	d := xml.NewDecoder(strings.NewReader(svg))
	elements := map[string]int{}
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		require.NoError(t, err)
		if e, ok := token.(xml.StartElement); ok {
			elements[e.Name.Local]++
			if e.Name.Local == "svg" {
				assert.True(t, slices.ContainsFunc(e.Attr, func(a xml.Attr) bool { return a.Name.Local == "role" && a.Value == "img" }))
			}
		}
	}
	assert.Equal(t, 60, elements["title"], "a unit each")
	assert.Equal(t, 2, elements["rect"], "a band each break")
}

func TestNothingIsDrawnOfOneColumn(t *testing.T) {
	assert.Nil(t, of(5, func(unit, _ int) float64 { return float64(unit) }, 1).chart())
	assert.Nil(t, of(1, func(int, int) float64 { return 1 }, 1, 1).chart())
}

// Two methods of two vintages stand apart in the chart; three of one, and a series of each
// its own, do not.
func TestColumnsBeginAnewWhereNothingIsTheSame(t *testing.T) {
	anew := func(sides ...string) (out []int) {
		g := of(2, func(unit, _ int) float64 { return float64(unit) }, make([]int, len(sides))...)
		c := &chart{g: g}
		for k, side := range sides {
			g.Columns[k].Method, g.Columns[k].Vintage = side[:1], side[1:]
			c.columns = append(c.columns, k)
		}
		for k := range sides {
			if c.again(k) {
				out = append(out, k)
			}
		}
		return out
	}
	assert.Equal(t, []int{2}, anew("1a", "1b", "2a", "2b"))
	assert.Equal(t, []int{3, 6}, anew("1a", "1b", "1c", "2a", "2b", "2c", "3a", "3b", "3c"))
	assert.Empty(t, anew("1a", "2a", "3a"))
	assert.Empty(t, anew("1a", "2b", "3c"))
	assert.Empty(t, anew("1a", "1b", "1c"))
}
