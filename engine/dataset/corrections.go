package dataset

import (
	"fmt"

	"rubric/engine/cell"
	"rubric/spec/correction"
	"rubric/spec/diag"
)

// Correction is a cell that was changed.
type Correction struct {
	correction.Cell
	Row int
}

// correct changes the listed cells. A correction whose old figure is not what
// the data have is refused: it was written for other data.
func (l *loader) correct(list []correction.Cell) {
	for _, k := range list {
		c := l.d.Columns[k.Column]
		row, ok := l.d.Row(k.Unit, k.Period)
		switch {
		case c == nil:
			l.list.Add(diag.New(diag.CorrectionWrong, k.Place, "no file has the column `%s`", k.Column).WithHelp("name a column as the document does"))
			continue
		case c.Text != nil:
			l.list.Add(diag.New(diag.CorrectionWrong, k.Place, "the column `%s` has texts, and corrections are of numbers", k.Column).WithHelp("correct it in the file"))
			continue
		case !ok:
			of := k.Unit
			if k.Period != "" {
				of += " in " + k.Period
			}
			l.list.Add(diag.New(diag.CorrectionWrong, k.Place, "the data have no row of %s", of).WithUnit(k.Unit).WithHelp("remove the correction, or correct its unit"))
			continue
		}
		had, has := c.At(row)
		if has != (k.Old != nil) || has && had != *k.Old {
			l.list.Add(diag.New(diag.CorrectionWrong, k.Place, "`%s` of %s is %s in the data, where the correction says %s", k.Column, l.d.Label(row), shown(had, has), shownPointer(k.Old)).
				WithUnit(l.d.ID(row)).WithHelp("look whether the data were corrected already; then remove the correction").
				WithExpected(shownPointer(k.Old), shown(had, has)))
			continue
		}
		if k.New != nil {
			c.Put(row, *k.New)
			c.setStatus(row, cell.Measured)
		} else {
			c.Valid.Clear(row)
			c.setStatus(row, cell.Missing)
		}
		delete(c.letters, row) // it spoke of the other figure
		note := fmt.Sprintf("corrected from %s: %s", shownPointer(k.Old), k.Reason)
		if k.Source != "" {
			note += " (" + k.Source + ")"
		}
		c.note(row, note)
		l.d.Corrected = append(l.d.Corrected, Correction{k, row})
	}
}

func shown(x float64, ok bool) string {
	if !ok {
		return "missing"
	}
	return fmt.Sprint(x)
}

func shownPointer(x *float64) string {
	if x == nil {
		return "missing"
	}
	return shown(*x, true)
}
