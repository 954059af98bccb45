package trace

import (
	"encoding/json"
	"io"

	"rubric/engine/report"
)

// JSON writes a trace for a machine. An absent figure is null; a part that the
// node does not have is absent itself.
func JSON(w io.Writer, t *Trace, d report.Digests) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(struct {
		FormatVersion int `json:"formatVersion"`
		*Trace
		Digests report.Digests `json:"digests"`
	}{1, t, d})
}
