package compare

import (
	"rubric/spec/diff"
)

// approvedBy says who approved a change and why; empty where nobody did.
func (c *Comparison) approvedBy(x diff.Change) string {
	a, ok := c.Approved[x.Fingerprint()]
	if !ok {
		return ""
	}
	until := ""
	if a.Until != "" {
		until = " until " + a.Until
	}
	return "approved by " + a.By + until + ": " + a.Why
}

// approvals is how many changes are approved.
func (c *Comparison) approvals() (n int) {
	for _, x := range c.Diff.Changes {
		if _, ok := c.Approved[x.Fingerprint()]; ok {
			n++
		}
	}
	return n
}

func (c *Comparison) approvedJSON(x diff.Change) *jsonApproved {
	a, ok := c.Approved[x.Fingerprint()]
	if !ok {
		return nil
	}
	return &jsonApproved{a.By, a.Why, a.Until}
}
