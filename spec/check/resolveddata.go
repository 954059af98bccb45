package check

import (
	"fmt"
	"strconv"
	"strings"

	"rubric/spec/tree"
)

func (w *writer) units(u Units) {
	w.block(0, "units", func() {
		w.text(1, "noun", u.Noun)
		w.text(1, "plural", u.Plural)
		if u.Expect > 0 {
			w.pair(1, "expect", strconv.Itoa(u.Expect))
		}
		if len(u.Key) > 0 {
			w.pair(1, "key", list(u.Key))
		}
		if len(u.Name) > 0 {
			w.pair(1, "name", list(u.Name))
		}
		if len(u.Only) > 0 {
			w.pair(1, "only", list(plain(u.Only)))
		}
		if len(u.LeaveOut) > 0 {
			w.pair(1, "leave_out", list(plain(u.LeaveOut)))
		}
	})
}

func plain(names []Named) (out []string) {
	for _, n := range names {
		out = append(out, n.Name)
	}
	return out
}

func (w *writer) files(f Files) {
	if f.Units == "" && f.Data == nil && f.Given == nil && f.Published == nil && f.Status == nil && f.Read == (Shape{}) && f.Corrections == "" && f.Deviations == "" {
		return
	}
	w.block(0, "files", func() {
		w.text(1, "units", f.Units)
		if f.Data != nil {
			w.block(1, "data", func() { w.data(f) })
		}
		if f.Given != nil {
			w.pair(1, "given", list(f.Given))
		}
		if f.Published != nil {
			w.block(1, "published", func() {
				for _, p := range f.Published {
					w.published(p)
				}
			})
		}
		if f.Read != (Shape{}) {
			w.pair(1, "read", dataFile("", nil, f.Read))
		}
		if f.Status != nil {
			w.pair(1, "status", list(f.Status))
		}
		w.text(1, "corrections", f.Corrections)
		w.text(1, "deviations", f.Deviations)
	})
}

// data writes the list of data files.
func (w *writer) data(f Files) {
	written := names(w.written)
	for i, name := range f.Data {
		from, value := w.from, (*tree.Node)(nil)
		if i < len(written) {
			from, value = written[i].Place(), written[i]
		}
		w.at(from, value, func() { w.line(2, "- %s", dataFile(name, f.Sources[name], f.Shapes[name])) })
	}
}

// published writes a table of published figures.
func (w *writer) published(p Published) {
	w.block(2, p.Name, func() {
		w.text(3, "file", p.File)
		if len(p.Columns) == 0 {
			return
		}
		w.block(3, "columns", func() {
			for _, c := range p.Columns {
				out := tree.Flow("node", c.Node, "figure", c.Figure)
				if c.Tolerance > 0 {
					out += ", tolerance: " + number(c.Tolerance)
				}
				if c.Period != "" {
					out += ", period: " + tree.Scalar(c.Period)
				}
				w.under(c.Header, func() { w.line(4, "%s: {%s}", tree.Scalar(c.Header), out) })
			}
		})
	})
}

// dataFile is an entry of the list of data files.
func dataFile(name string, sources []string, s Shape) string {
	out := tree.Flow("file", name, "sheet", s.Sheet, "encoding", s.Encoding)
	comma := func() string {
		if out == "" {
			return ""
		}
		return ", "
	}
	if sources != nil {
		out += ", source: " + list(sources)
	}
	if s.Period != "" {
		out += ", period: " + tree.Quoted(s.Period)
	}
	if s.HeaderRow > 0 {
		out += comma() + fmt.Sprintf("header_row: %d", s.HeaderRow)
	}
	if t := s.Tidy; t != nil {
		out += ", tidy: {" + tree.Flow("column", t.Column, "value", t.Value, "status", t.Status) + "}"
	}
	if out == tree.Flow("file", name) {
		return tree.Scalar(name)
	}
	return "{" + out + "}"
}

func (w *writer) column(c Column) {
	kind := "number"
	if c.Text {
		kind = "text"
	}
	out := w.flow(c.Name, "title", c.Title, "type", kind, "measure", c.Measure, "year", c.Year, "status", c.Status, "note", c.Note)
	if len(c.Sources) > 0 {
		out += ", source: " + list(c.Sources)
	}
	if c.Constant {
		out += ", constant: true"
	}
	if r := c.Range; r != nil {
		out += fmt.Sprintf(", range: [%s, %s]", number(r[0]), number(r[1]))
	}
	if c.Impute != nil {
		out += ", impute: " + written(*c.Impute, "method")
	}
	if len(c.Treat) > 0 {
		out += ", treat: " + writtenAll(c.Treat)
	}
	w.pair(1, c.Name, "{"+out+", from: "+headers(c.Headers)+"}")
}

// headers are those that a column may have: one, or a list.
func headers(names []string) string {
	if len(names) == 1 {
		return tree.Scalar(names[0])
	}
	return list(names)
}

// sections writes what the document says of the data as a whole.
func (w *writer) sections(m *Methodology) {
	if p := m.Periods; p != nil {
		out := tree.Flow("noun", p.Noun)
		if len(p.Key) > 0 {
			out += ", key: " + list(p.Key)
		}
		if p.Only != "" {
			out += ", only: " + tree.Scalar(p.Only)
		}
		w.pair(0, "periods", "{"+out+"}")
	}
	if len(m.Groups) > 0 {
		w.block(0, "groups", func() {
			for _, g := range m.Groups {
				w.pair(1, g.ID, "{"+w.flow(g.ID, "title", g.Title)+", from: "+headers(g.Headers)+"}")
			}
		})
	}
	if len(m.Markers) > 0 {
		w.block(0, "missing_markers", func() {
			for _, k := range m.Markers {
				w.marker(k)
			}
		})
	}
	if s := m.Screen; s != nil {
		var out []string
		switch {
		case s.MinCoverage.Percent > 0:
			out = append(out, "min_coverage: "+number(s.MinCoverage.Percent)+"%")
		case s.MinCoverage.Count > 0:
			out = append(out, fmt.Sprintf("min_coverage: %d", s.MinCoverage.Count))
		}
		if s.MinNonzero > 0 {
			out = append(out, "min_nonzero: "+number(s.MinNonzero)+"%")
		}
		if s.Condition != nil {
			out = append(out, "condition: "+tree.Scalar(s.Condition.Text))
		}
		w.pair(0, "screen", "{"+strings.Join(out, ", ")+"}")
	}
	if len(m.WeightSets) > 0 {
		w.block(0, "weights", func() {
			for _, set := range m.WeightSets {
				w.weights(set)
			}
		})
	}
}

// marker writes a text that stands for no figure. What is written of it without a status
// is the reason alone.
func (w *writer) marker(k Marker) {
	written := w.written.Get(k.Text)
	if written.Get("status") != nil {
		written = written.Get("reason")
	}
	out := tree.Flow("status", k.Status)
	if reason := titled(k.Reason, written); reason != "" {
		out += ", reason: " + reason
	}
	w.under(k.Text, func() { w.line(1, "%s: {%s}", tree.Scalar(k.Text), out) })
}

// weights writes a set of weights. The nodes may stand under `of:`, or right below its name.
func (w *writer) weights(set WeightSet) {
	w.block(1, set.ID, func() {
		w.title(2, "title", set.Title)
		from, of := w.from, w.written
		if e := of.Entry("of"); e != nil && e.Value.Kind == tree.Map {
			from, of = e.Key.Place(), e.Value
		}
		w.at(from, of, func() {
			w.line(2, "of:")
			for _, x := range set.Weights {
				w.under(x.Node, func() { w.line(3, "%s: %s", tree.Scalar(x.Node), number(x.Weight)) })
			}
		})
	})
}
