package compare

import (
	"fmt"
	"io"

	"rubric/spec/diag"
	"rubric/spec/diff"
)

// classes say what the changes of a class are about.
var classes = map[diff.Class]string{
	diff.Editorial: "a title, a note, or another thing that no figure depends on",
	diff.Data:      "files, columns, sources, periods or units",
	diff.Parameter: "a number, a bound or a weight of the same method",
	diff.Method:    "a formula, a direction, another method or another rule",
	diff.Structure: "nodes that came, went or moved",
}

// SARIF writes what changed as a SARIF 2.1.0 log of one run, for code scanning: a rule a
// class, a result a change, at its place in the new document, or in the old one where it
// is gone. A change that is approved is there, and marked as suppressed. Who moved
// is not a matter of places; the verdict stands among the properties of the run.
func SARIF(w io.Writer, c *Comparison, version string) error {
	l := diag.Log{
		Version: version, Key: "rubricChange/v1", Suppression: "external", Properties: map[string]string{"verdict": c.Verdict.Word, "reason": c.Verdict.Reason},
		Rule: func(code string) diag.Rule {
			title := "a change of " + classes[diff.Class(code[len(changeCode):])]
			return diag.Rule{Title: title, Help: code + ": " + title + ". Each result says what it does to comparability."}
		},
	}
	var open, approved diag.List
	var ofOpen, ofApproved []string
	for _, x := range c.Diff.Changes {
		d := finding(x)
		d.Help += c.effectText(x)
		if d.Silenced = c.approvedBy(x); d.Silenced != "" {
			approved.Add(d)
			ofApproved = append(ofApproved, x.Fingerprint())
			continue
		}
		open.Add(d)
		ofOpen = append(ofOpen, x.Fingerprint())
	}
	l.Fingerprints = append(ofOpen, ofApproved...)
	return l.Write(w, open, approved)
}

// changeCode begins the codes of changes, which end in their class.
const changeCode = "compare/"

// finding says a change as a finding.
func finding(x diff.Change) diag.Diagnostic {
	d := diag.Diagnostic{
		Code: changeCode + string(x.Class), Severity: x.Severity, Place: x.NewPlace, Message: Sentence(x),
		Expected: x.Before, Found: x.After, Help: effects[x.Severity] + ": " + x.Reason,
	}
	if len(x.Acts) > 0 {
		d.Node = x.Acts[0]
	}
	switch {
	case d.Place.File == "":
		d.Place = x.OldPlace
	case x.OldPlace.File != "":
		d = d.WithRelated(x.OldPlace, "as it was")
	}
	if x.Guess != "" {
		d.Help += "; that the two are one is a guess: " + x.Guess
	}
	return d
}

// effectText says how far a change moved a unit on average, in the first node that is
// told; empty where nobody asked why.
func (c *Comparison) effectText(x diff.Change) string {
	n := c.why(c.Lead(""))
	if n == nil {
		return ""
	}
	for i, f := range c.Why.Factors {
		for _, of := range f.Changes {
			if of.ID != x.ID {
				continue
			}
			with := ""
			if len(f.Parts) > 0 {
				with = ", with what it is one factor with,"
			}
			return fmt.Sprintf("; on average it%s moved a %s by %s in score and %s in rank", with, c.Diff.New.Units.Noun, fixed(n.Score.Mean[i], effectDecimals(n)), fixed(n.Rank.Mean[i], rankDecimals))
		}
	}
	return ""
}
