// Package diff says what changed between two versions of a methodology: not which
// lines, but what they mean.
//
// Both are compared as they are resolved, every default on the node that it acts on,
// so that a choice that moves from a node into a default is no change. Formulas are
// compared as expressions. Nodes are aligned by path, by what `moved:` says, and, where
// neither helps, by formula and title; the last is said to be a guess.
//
//	normalise of 66 indicators: rank_points {ties: high} → {ties: mean}
//
// A change has a class, which says what kind of thing it is about; a severity, which
// says what it does to comparability; the places in both files; the nodes that it acts
// on; and a fingerprint, by which it is the same one in the next push.
package diff

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"

	"rubric/spec/check"
	"rubric/spec/diag"
	"rubric/spec/source"
)

// Class is the kind of thing that a change is about.
type Class string

// The classes, from what no figure depends on to what all do.
const (
	Editorial Class = "editorial" // titles, descriptions, notes, publishers
	Data      Class = "data"      // files, columns, sources, years, units, periods
	Parameter Class = "parameter" // a number or a bound of the same method, a weight
	Method    Class = "method"    // a formula, a direction, another method or rule
	Structure Class = "structure" // nodes that came, went or moved
)

// Classes lists them in that order.
var Classes = []Class{Editorial, Data, Parameter, Method, Structure}

// Kind is what happened.
type Kind string

// The kinds of changes.
const (
	Added   Kind = "added"
	Removed Kind = "removed"
	Renamed Kind = "renamed" // another id at the same place
	Moved   Kind = "moved"   // another parent
	Merged  Kind = "merged"  // what it held is held by another node now
	Changed Kind = "changed"
)

// Change is one change.
type Change struct {
	ID       string        // stable: kind, subject, key
	Kind     Kind          // what happened
	Class    Class         // to what kind of thing
	Severity diag.Severity // error: it breaks comparability; warning: figures may change; info: none does
	Reason   string        // of the severity
	Key      string        // what of the subject, as `normalise.low`; empty: the subject itself
	Subject  string        // node, column, source …; a node by its path now, a removed one by its path before
	Before   string        // what was there, as a document would say it; empty: nothing
	After    string        // what is there
	OldPlace source.Place  // zero: it was not there
	NewPlace source.Place  // zero: it is gone
	Acts     []string      // paths of the nodes that it acts on, in document order; those of the new document, or of the old one for a removal
	Reaches  []string      // paths of the nodes whose figures it may change: of those nodes and of all that rest on them
	Guess    string        // why two nodes are taken to be one where no document says so; empty: it is said

	gone          []string // paths before of nodes that are gone, on which a default of both versions acted, too
	before, after string   // as fingerprints have them: an expression however it is laid out
	through       []string // of a set of weights: the nodes whose children take theirs from it
}

// Fingerprint is the same for the same change, wherever it stands in its files and
// among others.
func (c Change) Fingerprint() string {
	before, after := cmp.Or(c.before, c.Before), cmp.Or(c.after, c.After)
	sum := sha256.Sum256([]byte(strings.Join(append([]string{string(c.Kind), c.Key, c.Subject, before, after}, slices.Sorted(slices.Values(c.Acts))...), "\x00")))
	return hex.EncodeToString(sum[:8])
}

// Diff is all that changed.
type Diff struct {
	Old, New *check.Methodology
	Changes  []Change          // in the order of the new document; what is gone, where it was
	Nodes    map[string]string // path before → path now, of the nodes that both have

	before map[string]string // the other way round
}

// Of compares two versions of one methodology.
func Of(old, now *check.Methodology) (*Diff, error) {
	before, err := read(old)
	if err != nil {
		return nil, err
	}
	after, err := read(now)
	if err != nil {
		return nil, err
	}
	d := &Diff{Old: old, New: now}
	a := align(old, now)
	d.Nodes, d.before = a.now, a.before
	d.Changes = append(d.Changes, a.structure(before, after)...)
	w := &differ{a: a, old: before, now: after}
	w.columns = renamedColumns(before, after)
	w.document()
	w.nodes()
	d.Changes = append(d.Changes, w.grouped()...)
	for i := range d.Changes {
		c := &d.Changes[i]
		w.act(c)
		c.Class, c.Severity, c.Reason = w.judge(*c)
		c.ID = fmt.Sprintf("%s:%s", c.Kind, c.Subject)
		if c.Key != "" {
			c.ID += ":" + c.Key
		}
		if c.Class != Editorial {
			c.Reaches = w.reaches(*c)
		}
	}
	return d, nil
}

// Before is the node that a node of the new document was; nil: it was not there.
func (d *Diff) Before(now string) *check.Node {
	if was, ok := d.before[now]; ok {
		return at(d.Old, was)
	}
	return nil
}

// Class is the highest class of any change; empty without one.
func (d *Diff) Class() (out Class) {
	for _, c := range d.Changes {
		if out == "" || slices.Index(Classes, c.Class) > slices.Index(Classes, out) {
			out = c.Class
		}
	}
	return out
}
