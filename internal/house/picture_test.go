package house

import (
	"fmt"
	"html"
	"math"
	"path"
	"slices"
	"strings"
	"testing"
)

// The picture of the packages, docs/packages.svg, is drawn from the imports as
// they are. An arrow that follows from two others is left out of it: engine
// imports spec/expr, but so does engine/formula, which engine imports.
func TestPictureIsUpToDate(t *testing.T) {
	p := readProject(t)
	p.golden(t, "docs/packages.svg", picture(p))
}

// libraries that a box names, by the beginning of their path.
var libraries = []struct{ prefix, name string }{
	{"github.com/google/cel-go", "cel-go"},
	{"cel.dev/cel-go", "cel-go"},
	{"go.yaml.in/yaml", "yaml"},
	{"github.com/santhosh-tekuri/jsonschema", "jsonschema"},
	{"github.com/spf13/cobra", "cobra"},
	{"github.com/knadh/koanf", "koanf"},
	{"github.com/jedib0t/go-pretty", "go-pretty"},
	{"github.com/parquet-go/parquet-go", "parquet-go"},
	{"github.com/xuri/excelize", "excelize"},
}

// box is a package of the picture.
type box struct {
	path, folder, name string
	libraries          []string
	look               look
}

type look struct{ fill, line, text string }

var looks = map[string]look{
	"cmd":    {"#ecebfa", "#7a74c9", "#3b3690"},
	"engine": {"#e1f3ee", "#3f9c86", "#145a4a"},
	"spec":   {"#fdf0dc", "#d0943c", "#7a4c0c"},
	"data":   {"#eef0f2", "#9aa4ae", "#4a545e"},
}

func groupOf(p string) string {
	top, _, _ := strings.Cut(p, "/")
	if _, ok := looks[top]; ok {
		return top
	}
	return "data"
}

func newBox(p pkg) box {
	b := box{path: p.Path, look: looks[groupOf(p.Path)]}
	b.folder, b.name = path.Split(p.Path)
	b.folder = strings.Replace(b.folder, "cmd/rubric/internal/", "cmd/…/", 1)
	for _, l := range libraries {
		if slices.ContainsFunc(p.Arrows, func(a arrow) bool { return !a.Test && !a.Ours && strings.HasPrefix(a.To, l.prefix) }) && !slices.Contains(b.libraries, l.name) {
			b.libraries = append(b.libraries, l.name)
		}
	}
	return b
}

const (
	boxHeight   = 46
	layerHeight = 96
	margin      = 36
	headHeight  = 92
)

func (b box) width() float64 {
	title := 6.9*float64(len([]rune(b.folder))) + 9.3*float64(len([]rune(b.name)))
	below := 6.2 * float64(len(strings.Join(b.libraries, ", ")))
	return math.Ceil(max(title, below, 56) + 30)
}

// graph is what the picture shows: the packages with code, without those that
// keep the house, and the arrows between them.
func (p project) graph() (boxes map[string]box, nodes []string, arrows [][2]string) {
	boxes = map[string]box{}
	for _, one := range p.Packages {
		if one.hasCode && !matches(one.Path, []string{"internal/..."}) {
			boxes[one.Path] = newBox(one)
			nodes = append(nodes, one.Path)
		}
	}
	for _, one := range p.Packages {
		for _, a := range one.Arrows {
			edge := [2]string{a.From, a.To}
			if _, known := boxes[a.To]; a.Ours && !a.Test && known && boxes[a.From].path != "" && !slices.Contains(arrows, edge) {
				arrows = append(arrows, edge)
			}
		}
	}
	return boxes, nodes, arrows
}

// reduced leaves out every arrow that follows from others.
func reduced(arrows [][2]string) [][2]string {
	next := map[string][]string{}
	for _, a := range arrows {
		next[a[0]] = append(next[a[0]], a[1])
	}
	reach := map[string]map[string]bool{}
	var visit func(n string) map[string]bool
	visit = func(n string) map[string]bool {
		if r, ok := reach[n]; ok {
			return r
		}
		r := map[string]bool{}
		for _, m := range next[n] {
			r[m] = true
			for x := range visit(m) {
				r[x] = true
			}
		}
		reach[n] = r
		return r
	}
	return slices.DeleteFunc(slices.Clone(arrows), func(a [2]string) bool {
		return slices.ContainsFunc(next[a[0]], func(via string) bool { return via != a[1] && visit(via)[a[1]] })
	})
}

func picture(p project) string {
	boxes, nodes, arrows := p.graph()
	arrows = reduced(arrows)
	l := arrange(nodes, arrows, func(n string) float64 { return boxes[n].width() })
	right := 0.0
	for _, layer := range l.layers {
		last := layer[len(layer)-1]
		right = max(right, last.x+last.width/2)
	}
	width := max(int(right)+2*margin, 720)
	height := headHeight + (len(l.layers)-1)*layerHeight + boxHeight + margin
	shift := (float64(width) - right) / 2

	var b strings.Builder
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" width="%d" height="%d" role="img" font-family="system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'Liberation Sans', sans-serif">`+"\n", width, height, width, height)
	b.WriteString("<title>The packages of Rubric and what they import</title>\n")
	fmt.Fprintf(&b, `<rect width="%d" height="%d" rx="10" fill="#ffffff"/>`+"\n", width, height)
	legend(&b)
	for _, a := range arrows {
		drawArrow(&b, l.paths[a], boxes[a[0]].look.line, shift)
	}
	for _, layer := range l.layers {
		for _, s := range layer {
			if s.name != "" {
				drawBox(&b, boxes[s.name], s, shift)
			}
		}
	}
	b.WriteString("</svg>\n")
	return b.String()
}

func legend(b *strings.Builder) {
	fmt.Fprintf(b, `<text x="%d" y="38" font-size="17" font-weight="600" fill="#1d252c">Packages</text>`+"\n", margin)
	fmt.Fprintf(b, `<text x="%d" y="58" font-size="12" fill="#5b666f">An arrow is an import; one that follows from others is left out. In italics, libraries.</text>`+"\n", margin)
	x := margin + 110
	for _, g := range []struct{ group, text string }{{"cmd", "shows it"}, {"engine", "does it"}, {"spec", "says what it means"}, {"data", "data"}} {
		k := looks[g.group]
		name := g.group + ": " + g.text
		if g.group == "data" {
			name = g.text
		}
		fmt.Fprintf(b, `<rect x="%d" y="27" width="13" height="13" rx="3" fill="%s" stroke="%s"/><text x="%d" y="38" font-size="12" fill="%s">%s</text>`+"\n", x, k.fill, k.line, x+19, k.text, name)
		x += 44 + 7*len(name)
	}
}

func top(s *spot) float64 { return float64(headHeight + s.layer*layerHeight) }

func drawBox(b *strings.Builder, x box, s *spot, shift float64) {
	left, y := s.x-s.width/2+shift, top(s)
	fmt.Fprintf(b, `<rect x="%.0f" y="%.0f" width="%.0f" height="%d" rx="8" fill="%s" stroke="%s" stroke-width="1.3"/>`+"\n", left, y, s.width, boxHeight, x.look.fill, x.look.line)
	base := y + 28
	if len(x.libraries) > 0 {
		base = y + 21
		fmt.Fprintf(b, `<text x="%.0f" y="%.0f" font-size="11" font-style="italic" text-anchor="middle" fill="%s" opacity="0.8">%s</text>`+"\n", s.x+shift, y+37, x.look.text, html.EscapeString(strings.Join(x.libraries, ", ")))
	}
	fmt.Fprintf(b, `<text x="%.0f" y="%.0f" font-size="15" text-anchor="middle" fill="%s"><tspan font-size="12" opacity="0.65">%s</tspan><tspan font-weight="600">%s</tspan></text>`+"\n",
		s.x+shift, base, x.look.text, html.EscapeString(x.folder), html.EscapeString(x.name))
}

// port is where the arrow between two spots touches the first: arrows of one
// box stand apart, in the order of where they come from or go to.
func port(s, other *spot, down bool) float64 {
	next := s.up
	if down {
		next = s.down
	}
	if s.name == "" || len(next) < 2 {
		return s.x
	}
	sorted := slices.Clone(next)
	slices.SortStableFunc(sorted, func(a, b *spot) int { return int(a.x - b.x) })
	step := min(18, (s.width-24)/float64(len(sorted)-1))
	return s.x + step*(float64(slices.Index(sorted, other))-float64(len(sorted)-1)/2)
}

func drawArrow(b *strings.Builder, path []*spot, color string, shift float64) {
	from, to := path[0], path[len(path)-1]
	x, y := port(from, path[1], true)+shift, top(from)+boxHeight
	fmt.Fprintf(b, `<path d="M%.0f %.0f`, x, y)
	for i, s := range path[1:] {
		nextX, nextY := port(s, path[i], false)+shift, top(s)
		if s == to {
			nextY -= 7
		}
		bend := (nextY - y) / 2
		fmt.Fprintf(b, ` C%.0f %.0f %.0f %.0f %.0f %.0f`, x, y+bend, nextX, nextY-bend, nextX, nextY)
		x, y = nextX, nextY
		if s.name == "" {
			y += boxHeight
			fmt.Fprintf(b, ` V%.0f`, y)
		}
	}
	fmt.Fprintf(b, `" fill="none" stroke="%s" stroke-width="1.6" stroke-opacity="0.75"/>`, color)
	fmt.Fprintf(b, `<path d="M%.0f %.0f l-4.5 -8 h9 z" fill="%s"/>`+"\n", x, y+7, color)
}
