package dataset

import (
	"strings"

	"rubric/engine/cell"
	"rubric/engine/table"
	"rubric/spec/diag"
	"rubric/spec/source"
)

// Letter is a code of SDMX's code list of observation statuses.
type Letter struct {
	Code   string
	Title  string
	Status cell.Status // what it says of a cell that has a figure, or of one that has none
	Absent bool        // it stands where there is no figure
}

// Letters are the codes that are known.
//
// Source: SDMX, Content-Oriented Guidelines, code list for observation status
// (CL_OBS_STATUS), version 2.2, 2021.
var Letters = []Letter{
	{"A", "normal value", cell.Measured, false},
	{"B", "time series break", cell.Measured, false},
	{"D", "definition differs", cell.Measured, false},
	{"E", "estimated value", cell.Estimated, false},
	{"F", "forecast value", cell.Estimated, false},
	{"G", "experimental value", cell.Estimated, false},
	{"I", "imputed value", cell.Imputed, false},
	{"K", "data included in another category", cell.Missing, true},
	{"L", "missing value; data exist but were not collected", cell.Missing, true},
	{"M", "missing value; data cannot exist", cell.NotApplicable, true},
	{"N", "not significant", cell.Measured, false},
	{"O", "missing value", cell.Missing, true},
	{"P", "provisional value", cell.Measured, false},
	{"Q", "missing value; suppressed", cell.Missing, true},
	{"S", "strike and other special events", cell.Measured, false},
	{"U", "low reliability", cell.Measured, false},
	{"V", "unvalidated value", cell.Measured, false},
	{"W", "includes data from another category", cell.Measured, false},
}

// letters reads a column of letters: of the column that it is of, or of the one
// that it is called like in a file of letters.
func (g *grid) letters(f *file, c *table.Column, m meaning) {
	of := m.letters
	if of == nil {
		of = m.column
	}
	if of == nil {
		return // a group in a file of letters
	}
	out := g.l.d.Columns[of.Name]
	if out == nil {
		g.l.list.Add(diag.New(diag.DataStatus, c.Header.Place, "`%s` has the statuses of the column `%s`, which no file before it has", c.Header.Name, of.Name).
			WithHelp("give the figures, or remove the statuses"))
		return
	}
	for i, text := range c.Text {
		if text == "" {
			continue
		}
		for _, row := range g.rowsOf(f, m, i) {
			g.l.letter(out, row, text, source.Place{File: f.Name, Line: f.Line(i)})
		}
	}
}

// letter notes a status of a cell.
func (l *loader) letter(c *Column, row int, text string, at source.Place) {
	var known *Letter
	var codes []string
	for i := range Letters {
		if codes = append(codes, Letters[i].Code); Letters[i].Code == text {
			known = &Letters[i]
		}
	}
	has := c.Valid.Get(row)
	switch {
	case known == nil:
		l.list.Add(diag.New(diag.DataStatus, at, "`%s` is no OBS_STATUS letter", text).WithUnit(l.d.ID(row)).WithHelp("one of %s", strings.Join(codes, ", ")))
	case known.Absent && has:
		l.list.Add(diag.New(diag.DataStatus, at, "the status %s says that there is no figure of `%s` for %s, and there is one", known.Code, c.From(row).Header, l.d.Label(row)).WithUnit(l.d.ID(row)).
			WithHelp("correct the status, or remove the figure"))
	case !known.Absent && !has && known.Code != "A":
		l.list.Add(diag.New(diag.DataStatus, at, "the status %s speaks of a figure of `%s` for %s, and there is none", known.Code, c.From(row).Header, l.d.Label(row)).WithUnit(l.d.ID(row)).
			WithHelp("give the figure, or a status of missing ones: L, M, O, Q"))
	case known.Code != "A":
		c.setStatus(row, known.Status)
		c.setLetter(row, known)
		c.note(row, "OBS_STATUS "+known.Code+": "+known.Title)
	}
}

// Letter is what the data say of a cell by a letter other than A; nil: nothing.
func (c *Column) Letter(row int) *Letter { return c.letters[row] }

func (c *Column) setLetter(row int, l *Letter) {
	if c.letters == nil {
		c.letters = map[int]*Letter{}
	}
	c.letters[row] = l
}
