package cli

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"rubric/engine/compare"
	"rubric/engine/report"
	"rubric/spec/approval"
	"rubric/spec/diag"
	"rubric/spec/diff"
	"rubric/spec/silence"
	"rubric/spec/source"
)

// approveFlags are the flags about approvals of changes.
type approveFlags struct {
	file           string // of the list; empty: the one beside NEW
	approve, until string
}

func (f *approveFlags) add(cmd *cobra.Command) {
	cmd.Flags().StringVar(&f.file, "approvals", "", "the list of approved changes, instead of the "+approval.Name+" beside NEW")
	cmd.Flags().StringVar(&f.approve, "approve", "", "\"WHO: WHY\": approve the changes that are not approved so far, or those whose ids or fingerprints follow NEW, and write that into the list")
	cmd.Flags().StringVar(&f.until, "until", "", "with --approve: the last day on which the approvals act, as 2027-06-30")
}

// args wants OLD and NEW, and takes changes where some are to be approved.
func (f *approveFlags) args(cmd *cobra.Command, args []string) error {
	if f.approve == "" || len(args) < 2 {
		return exactly("OLD", "NEW")(cmd, args)
	}
	return nil
}

// decision is what --approve and --until say.
func (f *approveFlags) decision() (by, why string, err error) {
	by, why, ok := strings.Cut(f.approve, ":")
	by, why = strings.TrimSpace(by), strings.TrimSpace(why)
	switch {
	case f.approve == "" && f.until != "":
		return "", "", usage("--until belongs to --approve \"WHO: WHY\"")
	case f.approve == "":
		return "", "", nil
	case !ok || by == "" || why == "":
		return "", "", usage("--approve: `%s` does not say who decides and why: write \"WHO: WHY\"", f.approve)
	case f.until != "" && !silence.IsDay(f.until):
		return "", "", usage("--until: `%s` is no day: write one as 2027-06-30", f.until)
	}
	return by, why, nil
}

// approvals reads the list of approved changes; nil: there is none.
func (a *app) approvals(now string, f approveFlags) (*source.File, []approval.Approval, error) {
	var text []byte
	var shown string
	if f.file != "" {
		file, err := os.Open(a.path(f.file))
		if errors.Is(err, fs.ErrNotExist) && f.approve != "" {
			return nil, nil, nil // it is written
		}
		if err != nil {
			return nil, nil, usage("cannot read %s: %v", f.file, unwrapped(err))
		}
		defer file.Close()
		if info, err := file.Stat(); err == nil {
			a.read = append(a.read, info)
		}
		shown = filepath.ToSlash(f.file)
		if text, err = readDocument(file); err != nil {
			return nil, nil, usage("cannot read %s: %v", f.file, unwrapped(err))
		}
	} else {
		at, err := a.locate(now)
		if err != nil {
			return nil, nil, err
		}
		shown = at.name(approval.Name)
		if text, err = at.read(approval.Name); errors.Is(err, fs.ErrNotExist) {
			return nil, nil, nil
		}
		if err != nil {
			return nil, nil, usage("cannot read %s: %v", shown, unwrapped(err))
		}
		a.reads(at, approval.Name)
	}
	file := source.NewFile(shown, text)
	list, findings := approval.Load(file)
	notes, wrong := silence.Read(file)
	a.notes = append(a.notes, notes...)
	findings.Add(wrong...)
	return file, list, a.print(findings)
}

// approved says which changes of a comparison are approved, and what is wrong with
// the approvals.
func (a *app) approved(c *compare.Comparison, list []approval.Approval) error {
	var findings diag.List
	c.Approved, findings = approval.Apply(list, c.Diff.Changes, a.today())
	return a.print(findings)
}

// approve writes approvals of changes into the list.
func (a *app) approve(c *compare.Comparison, now string, ids []string, known *source.File, f approveFlags) error {
	by, why, err := f.decision()
	if err != nil {
		return err
	}
	if f.until != "" && f.until < a.today() {
		return usage("--until: %s is over", f.until)
	}
	to := f.file
	if to == "" {
		at, err := a.locate(now)
		if err != nil {
			return err
		}
		to = filepath.Join(filepath.FromSlash(at.shown), approval.Name)
		if _, revised := at.fs.(revision); revised || at.isBuiltIn() {
			return usage("nothing can be written beside %s: name a file by --approvals", now)
		}
	}
	chosen, err := chosenChanges(c, ids)
	if err != nil {
		return err
	}
	var more []approval.Approval
	said := ""
	for _, x := range chosen {
		if was, ok := c.Approved[x.Fingerprint()]; ok {
			if len(ids) > 0 {
				said += fmt.Sprintf("  %s is approved already, by %s\n", diag.Plain(x.ID), diag.Plain(was.By))
			}
			continue
		}
		more = append(more, approval.Approval{Change: x.Fingerprint(), ID: x.ID, By: by, Why: why, Until: f.until})
		said += fmt.Sprintf("  %s\n", diag.Plain(x.ID))
	}
	if len(more) == 0 {
		_, err := fmt.Fprintf(a.Stdout, "nothing to approve: %s\n%s", nothingToApprove(c), said)
		return err
	}
	text, findings := approval.Append(known, more)
	if len(findings) > 0 {
		return a.print(findings)
	}
	err = atomically(a.path(to), to, func(w io.Writer) error {
		_, err := io.WriteString(w, text)
		return err
	})
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(a.Stdout, "%s: %s by %s\n%s", filepath.ToSlash(to), report.Plural(len(more), "change approved", "changes approved"), diag.Plain(by), said)
	return err
}

func nothingToApprove(c *compare.Comparison) string {
	if len(c.Diff.Changes) == 0 {
		return "nothing changed"
	}
	return "what changed is approved"
}

// chosenChanges are the changes of some ids or fingerprints; all where none is named.
func chosenChanges(c *compare.Comparison, ids []string) ([]diff.Change, error) {
	if len(ids) == 0 {
		return c.Diff.Changes, nil
	}
	var out []diff.Change
	var names []string
	for _, x := range c.Diff.Changes {
		names = append(names, x.ID)
	}
	for _, id := range ids {
		at := slices.IndexFunc(c.Diff.Changes, func(x diff.Change) bool { return x.ID == id || x.Fingerprint() == id })
		if at < 0 {
			near, ok := diag.Nearest(id, names)
			switch {
			case ok:
				return nil, usage("there is no change `%s`, did you mean `%s`?", id, near)
			case len(names) == 0:
				return nil, usage("there is no change `%s`: nothing changed", id)
			}
			return nil, usage("there is no change `%s`: one of %s", id, strings.Join(names, ", "))
		}
		out = append(out, c.Diff.Changes[at])
	}
	return out, nil
}
