package report

import (
	"bufio"
	"io"

	"rubric/engine"
	"rubric/engine/cell"
)

// ObservationsHeader is the header of the observations.
const ObservationsHeader = "unit,period,indicator,value,obs_status\n"

// Observations writes the values of the indicators that were computed from data,
// after imputation and treatment, each with its OBS_STATUS letter: a tidy file that
// a data set can bring in again. A figure that a rule or the data themselves have
// filled in is `I`, an estimate `E`, one that cannot be `M`; what else a letter of
// the data says of a figure goes on with it, and where nothing is said a figure is
// `A` and the absence of one `O`.
//
// Source: SDMX, code list for observation status (CL_OBS_STATUS), version 2.2.
func Observations(w io.Writer, r *engine.Result, v View) error {
	out := bufio.NewWriterSize(w, 1<<16)
	out.WriteString(ObservationsHeader)
	var line []byte
	for _, unit := range v.rows(r) {
		for i := range r.Nodes {
			f := &r.Nodes[i]
			if f.Node.Formula == nil || f.Origin != engine.Computed {
				continue
			}
			row := RowOf(r, f, unit)
			line = line[:0]
			for _, text := range []string{row.Unit, row.Period, row.Node} {
				line = append(appendText(line, text), ',')
			}
			if row.HasValue {
				line = appendNumber(line, row.Value)
			} else {
				line = appendText(line, row.Text)
			}
			line = append(line, ',')
			line = append(line, letter(r, f, unit, row.HasValue || row.Text != "")...)
			line = append(line, '\n')
			if _, err := out.Write(line); err != nil {
				return err
			}
		}
	}
	return out.Flush()
}

// letter is the OBS_STATUS letter of an indicator's cell. Of several columns the
// first that has a letter speaks for the cell.
func letter(r *engine.Result, f *engine.Figures, unit int, has bool) string {
	status := r.Status(f, unit)
	switch {
	case has && status == cell.Imputed:
		return "I"
	case status == cell.NotApplicable:
		return "M"
	}
	for _, name := range f.Node.Formula.Columns {
		if c := r.Data.Columns[name]; c != nil {
			if l := c.Letter(unit); l != nil && l.Absent != has {
				return l.Code
			}
		}
	}
	switch {
	case !has:
		return "O"
	case status == cell.Estimated:
		return "E"
	}
	return "A"
}
