package coinr

import (
	"bytes"
	"fmt"
	"strconv"
	"strings"
	"unicode"

	"rubric/spec/ident"
	"rubric/spec/tree"
)

// Names is what the two tables do not say.
type Names struct {
	Index, Edition string // of the document, and of its folder
	Data           string // of the data file beside it
}

// Document writes the methodology.
func (p *Project) Document(names Names) []byte {
	w := &writer{p: p, sources: map[string]string{}}
	w.preamble()
	w.line(0, "rubric: 1")
	w.line(0, "index: %s", tree.Scalar(names.Index))
	w.line(0, "edition: %s", tree.Quoted(names.Edition))
	w.line(0, "title: %s", tree.Scalar(p.root.title))
	w.line(0, "")
	w.line(0, "units: {noun: unit, plural: units, key: %s, name: %s}", hUnits, hLabel)
	w.line(0, "files: {data: [%s]}", tree.Scalar(names.Data))
	w.declarations()
	w.choices()
	w.line(0, "")
	w.line(0, "dimensions:")
	w.below(p.root, 1)
	return w.b.Bytes()
}

// writer writes a document: plain scalars where they can stand plain, small maps
// on one line.
type writer struct {
	b       bytes.Buffer
	p       *Project
	sources map[string]string // ids of the texts that name sources
}

func (w *writer) line(depth int, format string, args ...any) {
	line := strings.Repeat("  ", depth) + fmt.Sprintf(format, args...)
	w.b.WriteString(strings.TrimRight(line, " ") + "\n")
}

const preamble = `Imported from a project of COINr, the files %s and %s.
The steps are COINr's own, with its own defaults:

  Denominate  x / denominator, where iMeta names one
  Normalise   n_minmax to 0 … 100, with the direction of each indicator
  Aggregate   a_amean, level by level; weights are relative below one parent

A figure that is not there stays absent, and a mean is that of what is there.
An indicator whose figures are all the same has no score.

What a project does besides stands in its script, not in iMeta: Screen, Impute,
Treat, other methods. Here these are keys: screen, impute, treat, normalise,
aggregate.`

const targets = `The targets of iMeta stand behind their indicators. min_max does not use them; COINr's
n_dist2targ does, which is normalise: {method: distance_to_target, target: …}.`

// preamble says where the document came from and what it does.
func (w *writer) preamble() {
	text := fmt.Sprintf(preamble, bare(w.p.meta), bare(w.p.data))
	if w.p.targets {
		text += "\n\n" + targets
	}
	for line := range strings.Lines(text) {
		w.line(0, "# %s", strings.TrimRight(line, "\n"))
	}
	w.line(0, "")
}

// declarations writes what the data set brings.
func (w *writer) declarations() {
	w.listSources()
	w.line(0, "")
	w.line(0, "columns:")
	for _, c := range w.p.columns {
		if c.row == nil || c.row.kind != group {
			w.column(c)
		}
	}
	begun := false
	for _, c := range w.p.columns {
		if c.row == nil || c.row.kind != group {
			continue
		}
		if !begun {
			w.line(0, "")
			w.line(0, "groups:")
			begun = true
		}
		w.line(1, "%s: {%s}", c.id, tree.Flow("title", c.row.title, "from", from(c)))
	}
	if w.p.panel {
		w.line(0, "")
		w.line(0, "periods: {noun: time, key: %s}", hTime)
	}
	if w.p.markers != nil {
		var out []string
		for _, m := range w.p.markers {
			out = append(out, tree.Quoted(m)+": no figure")
		}
		w.line(0, "")
		w.line(0, "missing_markers: {%s}", strings.Join(out, ", "))
	}
}

// listSources writes the sources that iMeta names, each once.
func (w *writer) listSources() {
	given := map[string]string{}
	for _, c := range w.p.columns {
		if c.row == nil || c.row.kind == group || c.row.source == "" || w.sources[c.row.source] != "" {
			continue
		}
		text := c.row.source
		id := ident.Snake(strings.ToLower(text))
		if len(id) > 40 {
			id = strings.TrimRight(id[:40], "_")
		}
		id = ident.Unused(id, given)
		given[id], w.sources[text] = text, id
		if len(given) == 1 {
			w.line(0, "")
			w.line(0, "sources:")
		}
		w.line(1, "%s: {title: %s}", id, tree.Scalar(text))
	}
}

func (w *writer) column(c column) {
	title, unit, source := c.header, "", ""
	if c.row != nil {
		title, unit, source = c.row.title, c.row.unit, w.sources[c.row.source]
	}
	w.line(1, "%s: {%s}", c.id, tree.Flow("title", title, "measure", unit, "source", source, "from", from(c)))
}

// from is the header of a column, where it is not its id.
func from(c column) string {
	if c.header == c.id {
		return ""
	}
	return c.header
}

// choices writes what COINr does where nothing is said.
func (w *writer) choices() {
	over := ""
	if w.p.panel && w.p.times > 1 {
		over = ", over: all"
	}
	w.line(0, "")
	w.line(0, "defaults:")
	if over != "" {
		w.line(1, "# A purse: bounds are taken over all times at once, as COINr does unless it is told")
		w.line(1, "# Normalise(global = FALSE). Without `over: all` each time has bounds of its own.")
	}
	w.line(1, "indicator: {normalise: {method: min_max, to: [0, 100]%s}, missing: keep}", over)
	w.line(1, "dimension: {aggregate: arithmetic_mean, missing: omit, rank: standard}")
	w.line(1, "index:     {aggregate: arithmetic_mean, missing: omit, rank: standard}")
}

// below writes what an aggregate holds. A dimension holds one kind of thing, and
// the index dimensions. Where an indicator stands beside aggregates, or right
// below the index, it has a dimension around it: the mean of one is itself.
func (w *writer) below(r *row, depth int) {
	aggregates, indicators := 0, 0
	for _, c := range r.children {
		if c.kind == aggregate {
			aggregates++
		} else {
			indicators++
		}
	}
	switch {
	case aggregates == 0 && r != w.p.root:
		w.line(depth-1, "indicators:")
		w.indicators(r.children, depth)
		return
	case aggregates == 0:
		w.line(depth, "%s: # all of them, because the index holds dimensions", w.p.free("indicators"))
		w.line(depth+1, "title: Indicators")
		w.line(depth+1, "indicators:")
		w.indicators(r.children, depth+2)
		return
	case r != w.p.root:
		w.line(depth-1, "dimensions:")
	}
	for _, c := range r.children {
		if c.kind == aggregate {
			w.dimension(c, depth)
		} else {
			w.alone(c, depth)
		}
	}
}

func (w *writer) dimension(r *row, depth int) {
	w.line(depth, "%s:", r.id)
	w.line(depth+1, "title: %s", tree.Scalar(r.title))
	w.line(depth+1, "description: %s", tree.Scalar(r.code+" in COINr"))
	if r.weight != 1 {
		w.line(depth+1, "weight: %s", shortest(r.weight))
	}
	w.below(r, depth+2)
}

// alone writes an indicator that stands beside aggregates.
func (w *writer) alone(r *row, depth int) {
	w.line(depth, "%s: # holds one indicator, because a dimension holds one kind of thing", w.p.free(r.id+"_alone"))
	w.line(depth+1, "title: %s", tree.Scalar(r.title))
	if r.weight != 1 {
		w.line(depth+1, "weight: %s", shortest(r.weight))
	}
	one := *r
	one.weight = 1 // it weighs as the dimension
	w.line(depth+1, "indicators:")
	w.indicators([]*row{&one}, depth+2)
}

// free is an id that no code has.
func (p *Project) free(base string) string { return ident.Unused(base, p.ids) }

func (w *writer) indicators(rows []*row, depth int) {
	for _, r := range rows {
		formula, direction := r.id, "higher"
		if r.denominator != "" {
			formula += " / " + w.id(r.denominator)
		}
		if r.lower {
			direction = "lower"
		}
		out := tree.Flow("title", r.title, "formula", formula, "direction", direction)
		if r.weight != 1 {
			out += ", weight: " + shortest(r.weight)
		}
		target := ""
		if r.target != nil {
			target = " # target " + shortest(*r.target)
		}
		w.line(depth, "%s: {%s}%s", r.id, out, target)
	}
}

// id is the name of a column.
func (w *writer) id(header string) string {
	for _, c := range w.p.columns {
		if c.header == header {
			return c.id
		}
	}
	return ""
}

// shortest is a number in the shortest form that reads back to the same double.
func shortest(x float64) string { return strconv.FormatFloat(x, 'g', -1, 64) }

// bare is the name of a file without its folders, as it can stand in a comment.
func bare(name string) string {
	return strings.Map(func(r rune) rune {
		if !unicode.IsPrint(r) {
			return unicode.ReplacementChar
		}
		return r
	}, name[strings.LastIndexAny(name, `/\`)+1:])
}
