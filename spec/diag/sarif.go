package diag

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"rubric/spec/source"
)

// The parts of a SARIF log that are written. Names and meaning are those of the
// standard.
//
// Source: OASIS, Static Analysis Results Interchange Format (SARIF) 2.1.0.
type (
	sarifLog struct {
		Schema  string     `json:"$schema"`
		Version string     `json:"version"`
		Runs    []sarifRun `json:"runs"`
	}
	sarifRun struct {
		Tool       sarifTool         `json:"tool"`
		ColumnKind string            `json:"columnKind"`
		Results    []sarifResult     `json:"results"`
		Properties map[string]string `json:"properties,omitempty"`
	}
	sarifTool struct {
		Driver sarifDriver `json:"driver"`
	}
	sarifDriver struct {
		Name    string      `json:"name"`
		Version string      `json:"version"`
		Rules   []sarifRule `json:"rules"`
	}
	sarifRule struct {
		ID               string      `json:"id"`
		ShortDescription sarifText   `json:"shortDescription"`
		Help             sarifHelp   `json:"help"`
		Default          sarifConfig `json:"defaultConfiguration"`
	}
	sarifConfig struct {
		Level string `json:"level"`
	}
	sarifText struct {
		Text string `json:"text"`
	}
	sarifHelp struct {
		Text     string `json:"text"`
		Markdown string `json:"markdown,omitempty"`
	}
	sarifResult struct {
		RuleID       string            `json:"ruleId"`
		RuleIndex    int               `json:"ruleIndex"`
		Level        string            `json:"level"`
		Message      sarifText         `json:"message"`
		Locations    []sarifLocation   `json:"locations,omitempty"`
		Related      []sarifLocation   `json:"relatedLocations,omitempty"`
		Fingerprints map[string]string `json:"partialFingerprints"`
		Suppressions []sarifSuppressed `json:"suppressions,omitempty"`
		Properties   map[string]string `json:"properties,omitempty"`
	}
	sarifSuppressed struct {
		Kind          string `json:"kind"`
		Justification string `json:"justification"`
	}
	sarifLocation struct {
		Physical sarifPhysical `json:"physicalLocation"`
		Message  *sarifText    `json:"message,omitempty"`
	}
	sarifPhysical struct {
		Artifact sarifArtifact `json:"artifactLocation"`
		Region   *sarifRegion  `json:"region,omitempty"`
	}
	sarifArtifact struct {
		URI string `json:"uri"`
	}
	sarifRegion struct {
		StartLine   int        `json:"startLine"`
		StartColumn int        `json:"startColumn,omitempty"`
		EndLine     int        `json:"endLine,omitempty"`
		EndColumn   int        `json:"endColumn,omitempty"`
		Snippet     *sarifText `json:"snippet,omitempty"`
	}
)

// SARIF writes findings as a SARIF 2.1.0 log of one run, for code scanning. Every
// code that occurs is a rule. A fingerprint stays the same when lines are added
// above a finding. Silenced findings are there, and marked as suppressed. page is the
// page of a code in Markdown, which a rule has as its help; empty: it has none.
func SARIF(w io.Writer, list, silenced List, version string, page func(code string) string) error {
	seen := map[string]int{}
	l := Log{Version: version, Key: "rubricFinding/v1", Suppression: "inSource"}
	l.Rule = func(code string) Rule {
		title := code
		if i := slices.IndexFunc(Codes, func(c Code) bool { return c.Name == code }); i >= 0 {
			title = Codes[i].Title
		}
		return Rule{title, fmt.Sprintf("%s: %s. Each result says what was found, and a way out; `rubric checks %s` explains it.", code, title, code), page(code)}
	}
	for _, d := range slices.Concat(list, silenced) {
		l.Fingerprints = append(l.Fingerprints, fingerprint(d, d.Place.File, seen))
	}
	return l.Write(w, list, silenced)
}

// Log is what a SARIF log says beside its results.
type Log struct {
	Version      string                 // of the command
	Rule         func(code string) Rule // what a code is about
	Key          string                 // the name and the version of the fingerprints
	Fingerprints []string               // of the results: those of the list, then the silenced ones
	Suppression  string                 // where it is said why a result is silenced: inSource, external
	Properties   map[string]string      // of the run
}

// Rule describes a code: its title, its help, and that once more as Markdown, if any.
type Rule struct{ Title, Help, Markdown string }

// Write writes findings as a log of one run.
func (l Log) Write(w io.Writer, list, silenced List) error {
	run := sarifRun{
		Tool: sarifTool{sarifDriver{Name: "rubric", Version: l.Version, Rules: []sarifRule{}}}, ColumnKind: "unicodeCodePoints", Results: []sarifResult{}, Properties: l.Properties,
	}
	index := map[string]int{}
	for i, d := range slices.Concat(list, silenced) {
		at, ok := index[d.Code]
		if !ok {
			at = len(run.Tool.Driver.Rules)
			index[d.Code] = at
			r := l.Rule(d.Code)
			run.Tool.Driver.Rules = append(run.Tool.Driver.Rules, sarifRule{d.Code, sarifText{r.Title}, sarifHelp{r.Help, r.Markdown}, sarifConfig{sarifLevel(d.Severity)}})
		}
		r := sarifResult{
			RuleID: d.Code, RuleIndex: at, Level: sarifLevel(d.Severity), Message: sarifText{said(d)},
			Locations: locations(d.Place, ""), Fingerprints: map[string]string{l.Key: l.Fingerprints[i]}, Properties: map[string]string{},
		}
		if d.Silenced != "" {
			r.Suppressions = []sarifSuppressed{{l.Suppression, d.Silenced}}
		}
		for _, o := range d.Related {
			r.Related = append(r.Related, locations(o.Place, o.Message)...)
		}
		for key, value := range map[string]string{"node": d.Node, "unit": d.Unit, "expected": d.Expected, "found": d.Found} {
			if value != "" {
				r.Properties[key] = value
			}
		}
		run.Results = append(run.Results, r)
	}
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(sarifLog{"https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json", "2.1.0", []sarifRun{run}})
}

// said is the message of a finding with its way out.
func said(d Diagnostic) string {
	if d.Help == "" {
		return d.Message
	}
	return d.Message + "\n" + d.Help
}

func sarifLevel(s Severity) string {
	if s == Info {
		return "note"
	}
	return s.String()
}

// locations are the place of a finding; none where it has none.
func locations(p source.Place, message string) []sarifLocation {
	if p.File == "" {
		return nil
	}
	out := sarifLocation{Physical: sarifPhysical{Artifact: sarifArtifact{reference(p.File)}}}
	if message != "" {
		out.Message = &sarifText{message}
	}
	if p.Line > 0 {
		r := &sarifRegion{StartLine: p.Line, StartColumn: p.Column}
		if p.Column > 0 && p.EndLine >= p.Line && p.EndColumn > 0 {
			r.EndLine, r.EndColumn = p.EndLine, p.EndColumn
		}
		if p.Text != "" {
			r.Snippet = &sarifText{p.Text}
		}
		out.Physical.Region = r
	}
	return []sarifLocation{out}
}

// reference is a file's name as a relative URI, whatever it has in it.
func reference(file string) string {
	parts := strings.Split(strings.ReplaceAll(file, `\`, "/"), "/")
	for i, part := range parts {
		parts[i] = url.PathEscape(part)
		if i == 0 { // a colon would make it a scheme
			parts[i] = strings.ReplaceAll(parts[i], ":", "%3A")
		}
	}
	return strings.Join(parts, "/")
}

// fingerprint is what makes a finding the same one in the next run: what it says of
// which file, wherever it stands there, and whatever figures it says it with: those are
// others with every revision of the data. Equal ones are counted.
func fingerprint(d Diagnostic, file string, seen map[string]int) string {
	text := strings.Join([]string{d.Code, file, d.Node, d.Unit, figureless(d.Message)}, "\x00")
	seen[text]++
	sum := sha256.Sum256([]byte(fmt.Sprintf("%s\x00%d", text, seen[text])))
	return hex.EncodeToString(sum[:16])
}

var figures = regexp.MustCompile(`-?[0-9]+(?:[.,][0-9]+)*`)

// figureless is a message without its figures. What stands in backquotes is a name.
func figureless(message string) string {
	parts := strings.Split(message, "`")
	for i := 0; i < len(parts); i += 2 {
		parts[i] = figures.ReplaceAllString(parts[i], "0")
	}
	return strings.Join(parts, "`")
}
