package check

import (
	"strings"

	"rubric/spec/source"
	"rubric/spec/tree"
)

// Resolved writes the methodology as a document without defaults: every choice
// stands on the node that it acts on. What it writes is a document itself, and
// means the same.
func (m *Methodology) Resolved() []byte {
	w := m.resolved()
	var out strings.Builder
	for _, l := range w.lines {
		out.WriteString(l.Text + "\n")
	}
	return []byte(out.String())
}

// Line is a line of the resolved document, and where what it says was written.
type Line struct {
	Text string
	From source.Place

	written *tree.Node // the value of its key; nil: none says it
}

// Below is where a key within what the line says was written, as the keys lead to it: that
// key, or the last one before it that somebody wrote.
func (l Line) Below(keys ...string) source.Place {
	at, n := l.From, l.written
	for _, key := range keys {
		e := n.Entry(key)
		if e == nil {
			break
		}
		at, n = e.Key.Place(), e.Value
	}
	return at
}

// Origins are the lines of the resolved document with their origins.
func (m *Methodology) Origins() []Line { return m.resolved().lines }

func (m *Methodology) resolved() *writer {
	w := &writer{}
	w.line(0, "# %s %s, every default resolved. Nothing is left unsaid: this is what is evaluated.", m.Index, m.Edition)
	w.written = m.root
	w.pair(0, "rubric", "1")
	w.text(0, "index", m.Index)
	w.text(0, "edition", m.Edition)
	w.title(0, "title", m.Title)
	w.title(0, "description", m.Description)
	w.text(0, "status", m.Status)
	w.text(0, "comparability", m.Comparability)
	w.units(m.Units)
	w.files(m.relative())
	if len(m.Sources) > 0 {
		w.block(0, "sources", func() {
			for _, s := range m.Sources {
				w.pair(1, s.ID, "{"+w.flow(s.ID, "title", s.Title, "publisher", s.Publisher, "url", s.URL, "note", s.Note)+"}")
			}
		})
	}
	if len(m.Columns) > 0 {
		w.block(0, "columns", func() {
			for _, c := range m.Columns {
				w.column(c)
			}
		})
	}
	w.sections(m)
	w.bands(0, m.Root.Bands)
	if len(m.Unproven) > 0 {
		w.block(0, "unproven", func() {
			for _, r := range m.Unproven {
				w.title(1, r.ID, r.Text)
			}
		})
	}
	w.block(0, "defaults", func() {
		w.block(1, "index", func() { w.at(m.Root.Place, m.root, func() { w.choices(2, m.Root) }) })
	})
	w.block(0, "dimensions", func() {
		for _, n := range m.Root.Children {
			w.node(1, n)
		}
	})
	w.derived(m)
	if len(m.Headline) > 0 {
		var paths []string
		for _, n := range m.Headline {
			paths = append(paths, n.Path)
		}
		w.pair(0, "headline", list(paths))
	}
	return w
}
