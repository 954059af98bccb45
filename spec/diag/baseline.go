package diag

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
)

// Known is a finding of a baseline.
type Known struct {
	Fingerprint string `json:"fingerprint"`
	Code        string `json:"code"`
	File        string `json:"file"`
	Message     string `json:"message"`
}

// Baseline is the findings that a project had when it began to be checked: they are
// counted, and no longer shown. Errors are never part of it.
type Baseline struct {
	FormatVersion int     `json:"formatVersion"`
	Findings      []Known `json:"findings"`
}

// NewBaseline takes up the findings that are no errors. Files are named as seen from the
// baseline, so that it holds wherever the check is run.
func NewBaseline(list List, seenFrom func(file string) string) Baseline {
	out := Baseline{FormatVersion: 1, Findings: []Known{}}
	seen := map[string]int{}
	for _, d := range list {
		if d.Severity != Error {
			out.Findings = append(out.Findings, Known{fingerprint(d, seenFrom(d.Place.File), seen), d.Code, seenFrom(d.Place.File), d.Message})
		}
	}
	return out
}

// ReadBaseline reads a baseline.
func ReadBaseline(text []byte) (Baseline, error) {
	var out Baseline
	d := json.NewDecoder(bytes.NewReader(text))
	d.DisallowUnknownFields()
	if err := d.Decode(&out); err != nil {
		return out, err
	}
	if out.FormatVersion != 1 {
		return out, fmt.Errorf("the format version is %d, not 1", out.FormatVersion)
	}
	if _, err := d.Token(); err != io.EOF {
		return out, fmt.Errorf("something stands behind the baseline")
	}
	return out, nil
}

// Write writes a baseline, a finding a line, so that a change of it can be read.
func (b Baseline) Write(w io.Writer) error {
	var out bytes.Buffer
	fmt.Fprintf(&out, "{\"formatVersion\": %d, \"findings\": [", b.FormatVersion)
	for i, k := range b.Findings {
		out.WriteString(map[bool]string{true: "\n  ", false: ",\n  "}[i == 0])
		e := json.NewEncoder(&out)
		e.SetEscapeHTML(false)
		if err := e.Encode(k); err != nil {
			return err
		}
		out.Truncate(out.Len() - 1) // the line end
	}
	out.WriteString("\n]}\n")
	_, err := w.Write(out.Bytes())
	return err
}

// Apply parts the findings that a baseline has from the others, and says which of its
// own occur no longer.
func (b Baseline) Apply(list List, seenFrom func(file string) string) (left, known List, gone []Known) {
	have := map[string]bool{}
	for _, k := range b.Findings {
		have[k.Fingerprint] = true
	}
	met, seen := map[string]bool{}, map[string]int{}
	for _, d := range list {
		if d.Severity == Error {
			left = append(left, d)
			continue
		}
		id := fingerprint(d, seenFrom(d.Place.File), seen)
		if !have[id] {
			left = append(left, d)
			continue
		}
		met[id] = true
		known = append(known, d)
	}
	for _, k := range b.Findings {
		if !met[k.Fingerprint] {
			gone = append(gone, k)
		}
	}
	return left, known, gone
}
