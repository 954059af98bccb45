package diag

import (
	"bytes"
	"encoding/xml"
	"fmt"
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

// TestSuite is a suite of a JUnit report.
type TestSuite struct {
	Name  string
	Tests []Test
}

// Test is a test of a JUnit report. It fails where it has failures.
type Test struct {
	Name     string
	Failures List
	Skipped  string // why; empty: it was run
	Out      string
}

// JUnit writes findings as a JUnit report: a suite a document and a test a finding,
// which fails if it is at least of a severity, and is skipped if it is silenced. A document without a finding is one
// test that passes.
func JUnit(w io.Writer, groups []Group, failOn Severity) error {
	var out []TestSuite
	for _, g := range groups {
		s := TestSuite{Name: g.Name}
		for _, d := range slices.Concat(g.List, g.Silenced).Sorted() {
			t := Test{Name: Plain(d.Code + " " + d.Place.String()), Skipped: d.Silenced}
			if d.Silenced == "" && d.Severity >= failOn {
				t.Failures = List{d}
			} else {
				var text bytes.Buffer
				if err := Text(&text, List{d}, Style{}); err != nil {
					return err
				}
				t.Out = text.String()
			}
			s.Tests = append(s.Tests, t)
		}
		if len(s.Tests) == 0 {
			s.Tests = []Test{{Name: "nothing to report"}}
		}
		out = append(out, s)
	}
	return JUnitReport(w, out)
}

// JUnitReport writes a JUnit report.
func JUnitReport(w io.Writer, suites []TestSuite) error {
	var out junitSuites
	for _, suite := range suites {
		s := junitSuite{Name: suite.Name, Tests: len(suite.Tests)}
		for _, t := range suite.Tests {
			c := junitCase{Name: t.Name, Class: suite.Name, Out: t.Out}
			switch {
			case t.Skipped != "":
				c.Skipped = &junitSkipped{Plain(t.Skipped)}
				s.Skipped++
			case len(t.Failures) > 0:
				var text bytes.Buffer
				if err := Text(&text, t.Failures, Style{}); err != nil {
					return err
				}
				message := Plain(t.Failures[0].Message)
				if more := len(t.Failures) - 1; more > 0 {
					message += fmt.Sprintf(" (and %d more)", more)
				}
				c.Failure = &junitFailure{t.Failures[0].Code, message, text.String()}
				s.Failures++
			}
			s.Cases = append(s.Cases, c)
		}
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
