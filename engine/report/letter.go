package report

import (
	"rubric/engine/cell"
	"rubric/engine/dataset"
)

// Letter is the OBS_STATUS letter of a score in SDMX's code list: B, a break in the series,
// where it is of another series than those that it is held against. Else I for a figure
// that a rule has filled in and E for an estimated one, M where there can be none, O
// where there is none, and A.
//
// Source: SDMX, code list for observation status (CL_OBS_STATUS), version 2.2.
func (r Row) Letter(breaks bool) string {
	switch {
	case r.Status == cell.NotApplicable.String() && !r.HasScore:
		return "M"
	case !r.HasScore:
		return "O"
	case breaks:
		return "B"
	case r.Status == cell.Missing.String(): // the floor stands there
		return "I"
	}
	for _, l := range dataset.Letters {
		if !l.Absent && l.Status != cell.Measured && l.Status.String() == r.Status {
			return l.Code // the first that says so: E, I
		}
	}
	return "A"
}
