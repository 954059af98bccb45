// Package approval reads a list of changes that somebody has decided on: who, why and
// until when.
//
//	rubric: approvals/1
//	approvals:
//	  - change: "4f0c3a9be1d27658"
//	    id: changed:economy:weight
//	    by: Methodology board
//	    why: the economy counts twice since the revision of 2026
//	    until: 2027-06-30
//
// A change is meant by its fingerprint, which is another one as soon as the change
// says something else: what was approved is what is there, or it is not approved.
package approval

import (
	"strings"

	"rubric/spec/diag"
	"rubric/spec/diff"
	"rubric/spec/schema"
	"rubric/spec/silence"
	"rubric/spec/source"
	"rubric/spec/tree"
)

// Name is the file of a list beside the document whose changes it is about.
const Name = "compare.approvals.yaml"

// Approval is a change that somebody has decided on.
type Approval struct {
	Change string // its fingerprint
	ID     string // what it is called, for people; empty: not said
	By     string // who decided
	Why    string
	Until  string       // the last day on which it acts, as 2027-06-30; empty: for good
	Place  source.Place // of the fingerprint

	id, until source.Place
}

// Load reads a list. Whether its changes are there is said by Apply.
func Load(f *source.File) ([]Approval, diag.List) {
	root, list := tree.ParseAs(f, "a list of approvals begins with `rubric: approvals/1`")
	if root == nil {
		return nil, list
	}
	list.Add(schema.Approvals().Check(root)...)
	if list.Errors() > 0 {
		return nil, list
	}
	var out []Approval
	for _, n := range root.Get("approvals").Items {
		a := Approval{
			Change: n.Get("change").Text(), ID: n.Get("id").Text(), By: strings.TrimSpace(n.Get("by").Text()), Why: strings.TrimSpace(n.Get("why").Text()),
			Until: n.Get("until").Text(), Place: n.Get("change").Place(),
		}
		if a.By == "" {
			list.Add(diag.New(diag.ApprovalWrong, n.Get("by").Place(), "the approval does not say who decided").WithHelp("name the person or the body"))
		}
		if a.Why == "" {
			list.Add(diag.New(diag.ApprovalWrong, n.Get("why").Place(), "the approval gives no reason").WithHelp("say why the change is made"))
		}
		if id := n.Get("id"); id != nil {
			a.id = id.Place()
		}
		if until := n.Get("until"); until != nil {
			if a.until = until.Place(); !silence.IsDay(a.Until) {
				list.Add(diag.New(diag.ApprovalWrong, a.until, "%s is no day", tree.Shown(a.Until)).WithHelp("write a day as 2027-06-30, or remove it"))
			}
		}
		out = append(out, a)
	}
	if list.Errors() > 0 {
		return nil, list
	}
	return out, list
}

// Expired says whether an approval acts no longer on a day, written as 2026-11-26.
func (a Approval) Expired(today string) bool { return a.Until != "" && a.Until < today }

// Apply finds the changes that are approved on a day, by their fingerprints, and
// reports the approvals that do nothing, or not what they say.
func Apply(approvals []Approval, changes []diff.Change, today string) (map[string]Approval, diag.List) {
	there, called := map[string]diff.Change{}, map[string]diff.Change{}
	for _, c := range changes {
		there[c.Fingerprint()] = c
		called[c.ID] = c
	}
	out := map[string]Approval{}
	var list diag.List
	for _, a := range approvals {
		c, ok := there[a.Change]
		first, twice := out[a.Change]
		switch {
		case !ok:
			list.Add(gone(a, called))
		case a.Expired(today):
			list.Add(diag.New(diag.ApprovalExpired, a.until, "the approval of `%s` acted until %s", c.ID, a.Until).WithHelp("have it decided again, and say how long that acts; or take the change back"))
		case a.ID != "" && a.ID != c.ID:
			list.Add(diag.New(diag.ApprovalWrong, a.id, "the change of this fingerprint is `%s`, and not %s", c.ID, tree.Shown(a.ID)).WithHelp("look which of the two was decided on"))
		case twice:
			list.Add(diag.New(diag.ApprovalWrong, a.Place, "`%s` is approved twice", c.ID).WithRelated(first.Place, "here for the first time").WithHelp("remove one of the two"))
		default:
			out[a.Change] = a
		}
	}
	return out, list
}

// gone is an approval of a change that is not there, or not as it was.
func gone(a Approval, called map[string]diff.Change) diag.Diagnostic {
	name := a.ID
	if name == "" {
		name = a.Change
	}
	if c, ok := called[a.ID]; ok {
		return diag.New(diag.ApprovalGone, a.Place, "%s is not the change that was approved: it is another one by now", tree.Shown(name)).
			WithHelp("have it decided on as it is: %s", said(c))
	}
	return diag.New(diag.ApprovalGone, a.Place, "there is no change %s any longer", tree.Shown(name)).WithHelp("remove the approval")
}

// said is what a change makes of what.
func said(c diff.Change) string {
	before, after := c.Before, c.After
	if before == "" {
		before = "nothing"
	}
	if after == "" {
		after = "nothing"
	}
	return before + " → " + after
}
