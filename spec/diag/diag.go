// Package diag is how a user's mistake is said: a Diagnostic with a stable
// code, a severity, the smallest place that is wrong, what is wrong, and a way
// out. Every reader and check returns a List with all of its findings; none
// stops at the first. A Go error is for what the user did not write.
//
//	methodology.yaml:41:7: error: unknown method `minmax`, did you mean `min_max`? [method/unknown]
package diag

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"rubric/spec/source"
)

// Severity says what a finding does to the run.
type Severity uint8

// The severities, worst last. Only an Error fails a run by itself.
const (
	Info Severity = iota
	Warning
	Error
)

var severityNames = [...]string{"info", "warning", "error"}

func (s Severity) String() string { return severityNames[s] }

// MarshalText writes the severity's name.
func (s Severity) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// Diagnostic is one finding.
type Diagnostic struct {
	Code     string       `json:"code"`
	Severity Severity     `json:"severity"`
	Place    source.Place `json:"place"`
	Node     string       `json:"node,omitempty"` // path of the node it is about
	Unit     string       `json:"unit,omitempty"` // unit it is about
	Message  string       `json:"message"`
	Expected string       `json:"expected,omitempty"` // what was expected in the place
	Found    string       `json:"found,omitempty"`    // and what is there
	Help     string       `json:"help,omitempty"`     // a way out
	Related  []Related    `json:"related,omitempty"`
	Fix      *Fix         `json:"fix,omitempty"`      // what could stand in the place; nil: that is not known
	Silenced string       `json:"silenced,omitempty"` // why it stays; empty: nobody said so
}

// Related is another place that the finding speaks of.
type Related struct {
	Place   source.Place `json:"place"`
	Message string       `json:"message"`
}

// New makes a finding from a code of the list in codes.go.
func New(code Code, place source.Place, format string, args ...any) Diagnostic {
	return Diagnostic{Code: code.Name, Severity: code.Severity, Place: place, Message: fmt.Sprintf(format, args...)}
}

// WithHelp adds a way out.
func (d Diagnostic) WithHelp(format string, args ...any) Diagnostic {
	d.Help = fmt.Sprintf(format, args...)
	return d
}

// WithExpected adds what was expected and what is there instead, for programs: the
// message says both. Nothing is there where found is empty.
func (d Diagnostic) WithExpected(expected, found string) Diagnostic {
	d.Expected, d.Found = expected, found
	return d
}

// WithNode adds the path of the node that the finding is about.
func (d Diagnostic) WithNode(path string) Diagnostic {
	d.Node = path
	return d
}

// WithUnit adds the unit that the finding is about.
func (d Diagnostic) WithUnit(unit string) Diagnostic {
	d.Unit = unit
	return d
}

// WithRelated adds another place.
func (d Diagnostic) WithRelated(place source.Place, format string, args ...any) Diagnostic {
	d.Related = append(slices.Clip(d.Related), Related{place, fmt.Sprintf(format, args...)})
	return d
}

// String is the finding on one line.
func (d Diagnostic) String() string {
	var b strings.Builder
	if d.Place.File != "" {
		b.WriteString(d.Place.String())
		b.WriteString(": ")
	}
	fmt.Fprintf(&b, "%s: %s [%s]", d.Severity, d.Message, d.Code)
	return b.String()
}

// List is a set of findings.
type List []Diagnostic

// Add appends findings.
func (l *List) Add(d ...Diagnostic) { *l = append(*l, d...) }

// Errors is the number of findings of error severity.
func (l List) Errors() int { return l.Count(Error) }

// Count is the number of findings of a severity.
func (l List) Count(s Severity) (n int) {
	for _, d := range l {
		if d.Severity == s {
			n++
		}
	}
	return n
}

// Sorted is the list by place, worst first at the same place, each finding once.
func (l List) Sorted() List {
	out := slices.Clone(l)
	slices.SortStableFunc(out, func(a, b Diagnostic) int {
		return cmp.Or(a.Place.Compare(b.Place), int(b.Severity)-int(a.Severity), cmp.Compare(a.Code, b.Code), cmp.Compare(a.Message, b.Message))
	})
	return slices.CompactFunc(out, func(a, b Diagnostic) bool {
		return a.Place == b.Place && a.Code == b.Code && a.Message == b.Message
	})
}
