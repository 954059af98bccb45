// Package prove holds two versions of a methodology against each other over many data
// sets, to show that they are one method: that a document was laid out anew, its defaults
// moved, its nodes renamed, and no figure has changed.
//
//	p := prove.New(d, 0)
//	p.Add("data.csv", old, now) // what the two make of the same data
//	p.Close()                   // p.First: nil where every figure is the same
//
// It is no proof over all data that there could be, but over those that were tried:
// as many as there are. Where figures differ, the first one is told, at the lowest
// node that differs, and the change of the document that did it: every change is tried
// by itself, in a hybrid of the two versions in which nothing else is new.
package prove

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"hash"

	"rubric/engine"
	"rubric/spec/diag"
	"rubric/spec/diff"
)

// Outcome is what one version made of a data set.
type Outcome struct {
	Result *engine.Result // nil: it could not be evaluated
	Errors diag.List      // why
}

// Run is a data set that both versions were tried on.
type Run struct {
	Name    string
	Figures int  // that either of the two has
	Differ  int  // of these
	Errors  int  // where neither could be evaluated, for the same reasons: how many these are
	Alone   bool // one version alone could be evaluated, or neither, for other reasons
	Fits    Fits // which of them could be
}

// Fits says which versions could evaluate a data set.
type Fits string

// What it says.
const (
	BothFit    Fits = "both"
	OldFits    Fits = "old"
	NewFits    Fits = "new"
	NeitherFit Fits = "neither"
)

// Proof is what came of all runs.
type Proof struct {
	Diff   *diff.Diff
	Within float64 // by how much numbers may differ; 0: not by a bit
	Runs   []Run
	First  *Difference // nil: nothing differs
	Digest string      // of all figures of the new version, in the order of the runs; empty where something differs

	sum hash.Hash
}

// New begins a proof.
func New(d *diff.Diff, within float64) *Proof {
	return &Proof{Diff: d, Within: within, sum: sha256.New()}
}

// Figures is how many figures were compared.
func (p *Proof) Figures() (n int) {
	for _, r := range p.Runs {
		n += r.Figures
	}
	return n
}

// Differ is how many of them differ, and in how many runs.
func (p *Proof) Differ() (figures, runs int) {
	for _, r := range p.Runs {
		figures += r.Differ
		if r.Differ > 0 {
			runs++
		}
	}
	return figures, runs
}

// Add compares what the two versions made of a data set. Names of runs are for people,
// and no part of the digest: a copy of the files yields the same.
func (p *Proof) Add(name string, old, now Outcome) {
	run := Run{Name: name, Fits: BothFit}
	fmt.Fprintf(p.sum, "run %d\n", len(p.Runs))
	var first *Difference
	switch {
	case old.Result == nil && now.Result == nil:
		run.Errors, run.Fits = len(now.Errors), NeitherFit
		if d := unlike(old.Errors, now.Errors); d != nil {
			first, run.Alone = d, true
		}
		for _, d := range now.Errors { // in the order of their places
			fmt.Fprintf(p.sum, "%s\x00%s\x00%s\n", d.Code, d.Node, d.Unit)
		}
	case old.Result == nil:
		first, run.Alone, run.Fits = failed(old.Errors, "the old version"), true, NewFits
	case now.Result == nil:
		first, run.Alone, run.Fits = failed(now.Errors, "the new version"), true, OldFits
	default:
		c := &comparison{p: p, old: old.Result, now: now.Result}
		c.compare()
		first, run.Figures, run.Differ = c.first, c.figures, c.differ
	}
	p.Runs = append(p.Runs, run)
	if p.First == nil && first != nil {
		first.Run = name
		p.First = first
		p.blame(old.Result, now.Result)
	}
}

// Close ends a proof: it has its digest then, if nothing differs.
func (p *Proof) Close() {
	if p.First == nil {
		p.Digest = "sha256:" + hex.EncodeToString(p.sum.Sum(nil))
	}
}

// unlike are errors of both versions that are not the same ones.
func unlike(old, now diag.List) *Difference {
	key := func(d diag.Diagnostic) string { return d.Code + "\x00" + d.Unit }
	count := map[string]int{}
	for _, d := range old {
		count[key(d)]++
	}
	for i, d := range now {
		if count[key(d)]--; count[key(d)] < 0 {
			return &Difference{Side: "the new version alone", Finding: &now[i]}
		}
	}
	for i, d := range old {
		if count[key(d)] > 0 {
			return &Difference{Side: "the old version alone", Finding: &old[i]}
		}
	}
	return nil
}

// failed is a version that the data do not fit.
func failed(list diag.List, side string) *Difference {
	for i := range list {
		if list[i].Severity == diag.Error {
			return &Difference{Side: side, Finding: &list[i]}
		}
	}
	return &Difference{Side: side}
}
