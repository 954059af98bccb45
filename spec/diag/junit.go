package diag

import (
	"bytes"
	"encoding/xml"
	"io"
	"slices"
)

// Group is the findings of one document.
type Group struct {
	Name     string // as the user calls it
	List     List
	Silenced List
}

// The parts of a JUnit report that are written.
//
// Source: the XML schema of Jenkins' xUnit plugin, junit-10.xsd.
type (
	junitSuites struct {
		XMLName  xml.Name     `xml:"testsuites"`
		Tests    int          `xml:"tests,attr"`
		Failures int          `xml:"failures,attr"`
		Suites   []junitSuite `xml:"testsuite"`
	}
	junitSuite struct {
		Name     string      `xml:"name,attr"`
		Tests    int         `xml:"tests,attr"`
		Failures int         `xml:"failures,attr"`
		Skipped  int         `xml:"skipped,attr"`
		Cases    []junitCase `xml:"testcase"`
	}
	junitCase struct {
		Name    string        `xml:"name,attr"`
		Class   string        `xml:"classname,attr"`
		Failure *junitFailure `xml:"failure,omitempty"`
		Skipped *junitSkipped `xml:"skipped,omitempty"`
		Out     string        `xml:"system-out,omitempty"`
	}
	junitSkipped struct {
		Message string `xml:"message,attr"`
	}
	junitFailure struct {
		Type    string `xml:"type,attr"`
		Message string `xml:"message,attr"`
		Text    string `xml:",chardata"`
	}
)

// JUnit writes findings as a JUnit report: a suite a document and a test a finding,
// which fails if it is at least of a severity, and is skipped if it is silenced. A document without a finding is one
// test that passes.
func JUnit(w io.Writer, groups []Group, failOn Severity) error {
	var out junitSuites
	for _, g := range groups {
		s := junitSuite{Name: g.Name}
		for _, d := range slices.Concat(g.List, g.Silenced).Sorted() {
			var text bytes.Buffer
			if err := Text(&text, List{d}, Style{}); err != nil {
				return err
			}
			c := junitCase{Name: Plain(d.Code + " " + d.Place.String()), Class: g.Name}
			switch {
			case d.Silenced != "":
				c.Skipped, c.Out = &junitSkipped{Plain(d.Silenced)}, text.String()
				s.Skipped++
			case d.Severity >= failOn:
				c.Failure = &junitFailure{d.Code, Plain(d.Message), text.String()}
				s.Failures++
			default:
				c.Out = text.String()
			}
			s.Cases = append(s.Cases, c)
		}
		if len(s.Cases) == 0 {
			s.Cases = []junitCase{{Name: "nothing to report", Class: g.Name}}
		}
		s.Tests = len(s.Cases)
		out.Suites = append(out.Suites, s)
		out.Tests, out.Failures = out.Tests+s.Tests, out.Failures+s.Failures
	}
	if _, err := io.WriteString(w, xml.Header); err != nil {
		return err
	}
	e := xml.NewEncoder(w)
	e.Indent("", "  ")
	if err := e.Encode(out); err != nil {
		return err
	}
	_, err := io.WriteString(w, "\n")
	return err
}
