package grid

import (
	"cmp"
	"fmt"
	"html/template"
	"math"
	"slices"
	"strings"

	"github.com/mattn/go-runewidth"

	"rubric/engine/report"
)

// The sizes of the chart, in pixels.
const (
	wide      = 1000.0 // the chart, where its columns do not need more
	closest   = 20.0   // columns
	widest    = 180.0
	apart     = 64.0 // a method's columns from those of the next, at least
	lineRoom  = 15.0 // a label
	lead      = 16.0 // between a label and its line
	letter    = 6.2  // of a label, on average
	longName  = 24   // letters
	fewUnits  = 44   // that all have labels
	atTheEnds = 3    // of the first and of the last units that have labels where not all have
)

// line is a unit in the chart.
type line struct {
	name   string
	places []float64 // in the columns that are drawn
	mover  bool
	said   bool // it has labels
}

// rise is by how many places the unit rose from the first column to the last.
func (l line) rise() float64 { return l.places[0] - l.places[len(l.places)-1] }

func (l line) tone() string {
	switch {
	case l.mover && l.rise() > 0:
		return "up"
	case l.mover:
		return "down"
	}
	return ""
}

// chart draws places as a bump chart: a line a unit, from column to column. The units that
// moved furthest stand out. Of many units only these, the first and the last have labels.
type chart struct {
	g       *Grid
	columns []int // of the grid, those that have places
	lines   []line
	heads   []Head // that tell the columns apart

	x                              []float64 // of each column
	left, pitch, top, step, bottom float64
	width, height                  float64
}

// chart is nil where there is nothing to draw: fewer than two columns or units with places.
func (g *Grid) chart() *htmlChart {
	c := &chart{g: g}
	for k, x := range g.Columns {
		if x.Placed() {
			c.columns = append(c.columns, k)
		}
	}
	if len(c.columns) < 2 || g.Common() < 2 {
		return nil
	}
	for _, r := range g.Ranking() {
		l := line{name: r.Name}
		for _, k := range c.columns {
			l.places = append(l.places, r.Cells[k].Place)
		}
		c.lines = append(c.lines, l)
	}
	c.heads = c.telling()
	movers := c.choose()
	c.measure()
	units := g.units()
	out := &htmlChart{
		Says:  fmt.Sprintf("Places among the %s that all columns have, equal ones sharing the better one.", report.Plural(len(c.lines), units.Noun, units.Plural)),
		Drawn: template.HTML(c.draw(movers)), // names are escaped where they are drawn
	}
	for _, l := range movers {
		out.Up, out.Down = out.Up || l.rise() > 0, out.Down || l.rise() < 0
	}
	for j := range c.columns {
		switch {
		case c.breaks(j):
			out.Dashed = "from one series to another"
		case c.again(j) && out.Dashed == "":
			out.Dashed = "from one method to another"
		}
	}
	switch len(movers) {
	case 0:
	case 1:
		out.Says += " The one that moved from the first column to the last stands out."
	default:
		out.Says += fmt.Sprintf(" Of those that moved furthest from the first column to the last, %d stand out.", len(movers))
	}
	return out
}

// telling are the lines of the heads in which the columns differ, none of them twice.
func (c *chart) telling() (out []Head) {
	for _, h := range c.g.telling() {
		drawn := Head{Noun: h.Noun}
		for _, k := range c.columns {
			drawn.Texts = append(drawn.Texts, h.Texts[k])
		}
		again := slices.ContainsFunc(out, func(o Head) bool {
			return slices.EqualFunc(o.Texts, drawn.Texts, func(a, b string) bool { return strings.TrimRight(a, strings.Join(signs, "")) == b })
		})
		if !again && slices.ContainsFunc(drawn.Texts, func(t string) bool { return t != drawn.Texts[0] }) {
			out = append(out, drawn)
		}
	}
	return out
}

// choose says which units stand out and which have labels, and returns the former, the
// furthest first.
func (c *chart) choose() (movers []*line) {
	most := 4
	switch n := len(c.lines); {
	case n > fewUnits:
		most = 10
	case n > 12:
		most = 6
	}
	var far []*line
	for i := range c.lines {
		l := &c.lines[i]
		l.said = len(c.lines) <= fewUnits
		if l.rise() != 0 {
			far = append(far, l)
		}
	}
	slices.SortStableFunc(far, func(a, b *line) int { return cmp.Compare(math.Abs(b.rise()), math.Abs(a.rise())) })
	movers = far[:min(most, len(far))]
	for _, l := range movers {
		l.mover, l.said = true, true
	}
	for _, end := range []int{0, len(c.columns) - 1} {
		by := c.at(end, func(line) bool { return true })
		for _, i := range slices.Concat(by[:min(atTheEnds, len(by))], by[max(len(by)-atTheEnds, 0):]) {
			c.lines[i].said = true
		}
	}
	return movers
}

// at are the lines that are wanted, in the order of their places in a column.
func (c *chart) at(column int, wanted func(line) bool) (out []int) {
	for i, l := range c.lines {
		if wanted(l) {
			out = append(out, i)
		}
	}
	slices.SortStableFunc(out, func(a, b int) int { return cmp.Compare(c.lines[a].places[column], c.lines[b].places[column]) })
	return out
}

func said(l line) bool { return l.said }

// measure settles where everything stands.
func (c *chart) measure() {
	n := float64(len(c.lines))
	before, after, labels := 0, 0, 0.0
	for _, l := range c.lines {
		if l.said {
			labels++
			name := runewidth.StringWidth(short(l.name))
			before = max(before, name+5)
			after = max(after, name+5)
			if l.mover {
				after = max(after, name+10)
			}
		}
	}
	c.left = float64(float64(before)*letter) + lead + 8
	right := float64(float64(after)*letter) + lead + 8
	c.pitch = min(max((wide-c.left-right)/float64(len(c.columns)-1), closest), widest)
	at := c.left
	for j := range c.columns {
		if j > 0 {
			at += c.pitch
		}
		if c.again(j) {
			at += max(apart-c.pitch, 0)
		}
		c.x = append(c.x, at)
	}
	c.width = at + right
	c.step = min(max(640/n, lineRoom+1), 32)
	if n > fewUnits {
		c.step = min(max(900/n, 4.5), lineRoom+1)
	}
	c.top = float64(float64(len(c.heads))*lineRoom) + 28
	c.bottom = c.top + max(float64((n-1)*c.step), float64((labels-1)*lineRoom))
	c.height = c.bottom + 20
	if c.tall() {
		c.height += float64(float64(len(c.heads)) * lineRoom)
	}
}

// tall says whether the heads stand below the columns, too.
func (c *chart) tall() bool { return c.bottom-c.top > 500 }

func (c *chart) y(place float64) float64 { return c.top + float64((place-1)*c.step) }

// breaks says whether a column is of another series than the one before.
func (c *chart) breaks(column int) bool {
	return column > 0 && c.of(column).Series != c.of(column-1).Series
}

// again says whether a column begins anew, by another method, with data that one before it
// has had: neither the method nor the data of the column before it are its own.
func (c *chart) again(column int) bool {
	x := c.of(column)
	same := func(y Column) bool { return x.Vintage == y.Vintage && x.Period == y.Period }
	if column == 0 || x.Method == c.of(column-1).Method || same(c.of(column-1)) {
		return false
	}
	return slices.ContainsFunc(c.columns[:column], func(k int) bool { return same(c.g.Columns[k]) })
}

func (c *chart) of(column int) Column { return c.g.Columns[c.columns[column]] }

// labels are how high the labels of a column stand: each as near to its line as the others
// let it, in the order of the places.
func (c *chart) labels(column int) map[int]float64 {
	order := c.at(column, said)
	// Less the room of those above it, a label must not stand above the one before: of all
	// such heights, the nearest to the lines are found by pooling those that are.
	type pool struct{ sum, n float64 }
	var pools []pool
	for k, i := range order {
		pools = append(pools, pool{c.y(c.lines[i].places[column]) - float64(float64(k)*lineRoom), 1})
		for n := len(pools); n > 1 && pools[n-2].sum/pools[n-2].n > pools[n-1].sum/pools[n-1].n; n = len(pools) {
			pools[n-2].sum += pools[n-1].sum
			pools[n-2].n += pools[n-1].n
			pools = pools[:n-1]
		}
	}
	out := map[int]float64{}
	k := 0
	for _, p := range pools {
		at := max(min(p.sum/p.n, c.bottom-float64(float64(len(order)-1)*lineRoom)), c.top)
		for range int(p.n) {
			out[order[k]] = at + float64(float64(k)*lineRoom)
			k++
		}
	}
	return out
}
