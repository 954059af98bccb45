package diag

import (
	"slices"

	"rubric/spec/source"
)

// Fix is a text that can stand in the place of what is wrong. A safe one means what
// was written: a word in quotes. Any other is a guess, such as the nearest known key.
type Fix struct {
	Text string `json:"text"`
	Safe bool   `json:"safe"`
}

// WithFix adds a text for the place of the finding.
func (d Diagnostic) WithFix(text string, safe bool) Diagnostic {
	d.Fix = &Fix{text, safe}
	return d
}

// Fixed is a file with the fixes of its findings, and how many there are; of two that
// overlap the first is done. Guesses are only made if they are wanted.
func Fixed(f *source.File, list List, guesses bool) (text []byte, n int) {
	type edit struct {
		from, to int
		text     string
	}
	var edits []edit
	for _, d := range list {
		if d.Fix == nil || d.Place.File != f.Name || d.Place.EndLine != d.Place.Line || !d.Fix.Safe && !guesses {
			continue
		}
		from, ok := f.Offset(d.Place.Line, d.Place.Column)
		to, ok2 := f.Offset(d.Place.EndLine, d.Place.EndColumn)
		if ok && ok2 && from <= to {
			edits = append(edits, edit{from, to, d.Fix.Text})
		}
	}
	slices.SortStableFunc(edits, func(a, b edit) int { return a.from - b.from })
	at := 0
	for _, e := range edits {
		if e.from < at || e.from == at && n > 0 {
			continue
		}
		text = append(append(text, f.Data[at:e.from]...), e.text...)
		at = e.to
		n++
	}
	return append(text, f.Data[at:]...), n
}
