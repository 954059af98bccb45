package grid

import (
	"fmt"
	"html"
	"math"
	"strings"

	"github.com/mattn/go-runewidth"

	"rubric/engine/report"
)

// draw is the chart as an SVG, from the back to the front: the series, the columns, the units
// without labels, those with, and those that stand out.
func (c *chart) draw(movers []*line) string {
	var b strings.Builder
	class := "bump"
	if len(c.lines) > fewUnits {
		class += " many"
	}
	fmt.Fprintf(&b, `<svg class="%s" viewBox="0 0 %.0f %.0f" width="%.0f" height="%.0f" style="min-width:%.0fpx" role="img" aria-label="%s">`+"\n",
		class, c.width, c.height, c.width, c.height, c.width, html.EscapeString(c.told(movers)))
	for j := range c.columns {
		if c.breaks(j) {
			fmt.Fprintf(&b, `<rect class="break" x="%.1f" y="%.1f" width="%.1f" height="%.1f"/>`, c.x[j-1], c.top-8, c.x[j]-c.x[j-1], c.bottom-c.top+16)
		}
	}
	b.WriteString(`<path class="guide" d="`)
	for j := range c.columns {
		fmt.Fprintf(&b, "M%.1f %.1fV%.1f", c.x[j], c.top-8, c.bottom+8)
	}
	b.WriteString("\"/>\n")
	c.headings(&b)
	left, right := c.labels(0), c.labels(len(c.columns)-1)
	for _, layer := range []func(line) bool{func(l line) bool { return !l.said }, func(l line) bool { return l.said && !l.mover }, func(l line) bool { return l.mover }} {
		for i := len(c.lines) - 1; i >= 0; i-- { // the best on top
			if l := c.lines[i]; layer(l) {
				c.unit(&b, l, left[i], right[i])
			}
		}
	}
	b.WriteString("</svg>")
	return b.String()
}

// headings are the heads of the columns, of as many as there is room for.
func (c *chart) headings(b *strings.Builder) {
	shown := c.headed()
	for i, h := range c.heads {
		tops := []float64{float64(float64(i+1)*lineRoom) + 5}
		if c.tall() {
			tops = append(tops, c.bottom+10+float64(float64(i+1)*lineRoom))
		}
		for _, y := range tops {
			fmt.Fprintf(b, `<text class="soft" x="%.1f" y="%.1f" text-anchor="end">%s</text>`, c.left-lead-4, y, html.EscapeString(h.Noun))
			for _, j := range shown {
				fmt.Fprintf(b, `<text x="%.1f" y="%.1f" text-anchor="middle">%s</text>`, c.x[j], y, html.EscapeString(h.Texts[j]))
			}
			b.WriteString("\n")
		}
	}
}

// headed are the columns that have heads: the first of each method, the last, and of those
// between as many as fit.
func (c *chart) headed() (out []int) {
	room := 0
	for _, h := range c.heads {
		for _, t := range h.Texts {
			room = max(room, runewidth.StringWidth(t))
		}
	}
	every := max(1, int(math.Ceil((float64(float64(room)*letter)+8)/c.pitch)))
	last := len(c.columns) - 1
	for start := 0; start <= last; {
		next := start + 1
		for next <= last && !c.again(next) {
			next++
		}
		for j := start; j < next; j += every {
			if j == start || next <= last || last-j >= every {
				out = append(out, j)
			}
		}
		start = next
	}
	if out[len(out)-1] != last {
		out = append(out, last)
	}
	return out
}

// unit draws a unit: a line within each series, a dashed one from one to the next, and its
// labels at those heights.
func (c *chart) unit(b *strings.Builder, l line, left, right float64) {
	class := "unit"
	if l.said {
		class += " ends"
	}
	if l.mover {
		class += " " + l.tone()
	}
	last := len(l.places) - 1
	fmt.Fprintf(b, `<g class="%s"><title>%s: from %s to %s</title>`, class, html.EscapeString(l.name), report.Number(l.places[0]), report.Number(l.places[last]))
	var whole, gaps strings.Builder
	joined := false
	for j := 1; j <= last; j++ {
		d, fresh := &whole, !joined
		if joined = !c.breaks(j) && !c.again(j); !joined {
			d, fresh = &gaps, true
		}
		x, y, to, down := c.x[j-1], c.y(l.places[j-1]), c.x[j], c.y(l.places[j])
		if fresh {
			fmt.Fprintf(d, "M%.1f %.1f", x, y)
		}
		if y == down {
			fmt.Fprintf(d, "H%.1f", to)
		} else {
			fmt.Fprintf(d, "C%.1f %.1f %.1f %.1f %.1f %.1f", (x+to)/2, y, (x+to)/2, down, to, down)
		}
	}
	for _, d := range []struct{ class, path string }{{"halo", whole.String() + gaps.String()}, {"whole", whole.String()}, {"gap", gaps.String()}} {
		if d.path != "" && (d.class != "halo" || l.mover) {
			fmt.Fprintf(b, `<path class="%s" d="%s"/>`, d.class, d.path)
		}
	}
	for j, p := range l.places {
		switch end := j == 0 || j == last; {
		case l.mover && (end || c.pitch > 30):
			fmt.Fprintf(b, `<circle cx="%.1f" cy="%.1f" r="3.5"/>`, c.x[j], c.y(p))
		case l.said && end:
			fmt.Fprintf(b, `<circle cx="%.1f" cy="%.1f" r="2.5"/>`, c.x[j], c.y(p))
		}
	}
	if l.said {
		name, from, to := html.EscapeString(short(l.name)), c.x[0], c.x[last]
		fmt.Fprintf(b, `<path class="lead" d="M%.1f %.1fL%.1f %.1fM%.1f %.1fL%.1f %.1f"/>`, from-lead+2, left, from-4, c.y(l.places[0]), to+4, c.y(l.places[last]), to+lead-2, right)
		fmt.Fprintf(b, `<text x="%.1f" y="%.1f" text-anchor="end"><tspan class="name">%s</tspan> <tspan class="soft">%s</tspan></text>`, from-lead, left+4, name, report.Number(l.places[0]))
		move := ""
		if l.mover {
			move = fmt.Sprintf(` <tspan class="move">%s</tspan>`, signed(l.rise()))
		}
		fmt.Fprintf(b, `<text x="%.1f" y="%.1f"><tspan class="soft">%s</tspan> <tspan class="name">%s</tspan>%s</text>`, to+lead, right+4, report.Number(l.places[last]), name, move)
	}
	b.WriteString("</g>\n")
}

// told is the chart in words.
func (c *chart) told(movers []*line) string {
	units, last := c.g.units(), len(c.columns)-1
	name := func(j int) string {
		var parts []string
		for _, h := range c.heads {
			parts = append(parts, h.Noun+" "+h.Texts[j])
		}
		return strings.Join(parts, ", ")
	}
	out := fmt.Sprintf("Places of %s in %d columns", report.Plural(len(c.lines), units.Noun, units.Plural), len(c.columns))
	if len(c.heads) > 0 {
		out += fmt.Sprintf(", from %s to %s", name(0), name(last))
	}
	out += "."
	for i, l := range movers {
		if i == 0 {
			out += " Moved furthest:"
		}
		out += fmt.Sprintf(" %s from %s to %s,", l.name, report.Number(l.places[0]), report.Number(l.places[last]))
	}
	if len(movers) > 0 {
		out = strings.TrimSuffix(out, ",") + "."
	}
	return out
}

func short(name string) string { return runewidth.Truncate(name, longName, "…") }

// signed is a number of places with its sign.
func signed(x float64) string {
	if x < 0 {
		return "−" + report.Number(-x)
	}
	return "+" + report.Number(x)
}
