package main

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/rogpeppe/go-internal/txtar"

	"rubric/spec/approval"
	"rubric/spec/diff"
	"rubric/spec/source"
)

// FuzzApprovals: whatever a list of approvals holds, it is read or refused with
// findings; and what is added to it leaves its text as it is, or is refused.
func FuzzApprovals(f *testing.F) {
	seed(f, ".yaml", func(_ *txtar.Archive, file txtar.File) {
		if strings.Contains(string(file.Data), "rubric: approvals/1") {
			f.Add(file.Data, "Board", "why: not")
		}
	})
	for _, text := range []string{"rubric: approvals/1\napprovals: []", "{rubric: approvals/1, approvals: [ ]}", "rubric: approvals/1\napprovals:\n- change: \"0123456789abcdef\"\n  by: |\n    a\n  why: b\n  until: 2027-01-01", "approvals: [] # none\nrubric: approvals/1"} {
		f.Add([]byte(text), "- a", "#\n: {")
	}
	change := diff.Change{ID: "changed:a b:c", Kind: diff.Changed, Subject: "a b", Key: "c", Before: "1", After: "2"}
	f.Fuzz(func(t *testing.T, data []byte, by, why string) {
		file := source.NewFile("fuzz.yaml", data)
		known, list := approval.Load(file)
		sound(t, list, file)
		if list.Errors() > 0 || !utf8.ValidString(by+why) { // no file could hold these
			return
		}
		approved, list := approval.Apply(known, []diff.Change{change}, "2026-11-26")
		sound(t, list, file)
		for _, a := range approved {
			if a.By == "" || a.Why == "" || a.Expired("2026-11-26") || a.Change != change.Fingerprint() {
				t.Errorf("not an approval: %+v", a)
			}
		}
		one := approval.Approval{Change: change.Fingerprint(), ID: change.ID, By: strings.TrimSpace(by), Why: strings.TrimSpace(why), Until: "2027-01-01"}
		text, list := approval.Append(file, []approval.Approval{one})
		sound(t, list, file)
		if list.Errors() > 0 {
			return
		}
		more, list := approval.Load(source.NewFile("fuzz.yaml", []byte(text)))
		if list.Errors() > 0 || len(more) != len(known)+1 {
			t.Fatalf("what was written cannot be read: %v\n%s", list, text)
		}
		if last := more[len(known)]; last.By != one.By || last.Why != one.Why || last.ID != one.ID || last.Until != one.Until {
			t.Errorf("another approval was written: %+v\n%s", last, text)
		}
		for i, a := range known {
			if a.Change != more[i].Change || a.By != more[i].By || a.Why != more[i].Why || a.Until != more[i].Until {
				t.Errorf("an approval has changed: %+v\n%s", more[i], text)
			}
		}
	})
}
