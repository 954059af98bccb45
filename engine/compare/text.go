package compare

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/jedib0t/go-pretty/v6/text"

	"rubric/engine/report"
	"rubric/spec/check"
	"rubric/spec/diag"
	"rubric/spec/diff"
)

// Show says what of a comparison a person is shown.
type Show struct {
	report.Style
	Node string // the node whose moves are listed; empty: the first one that is ranked
	Top  int    // how many moves are listed; 0: all, and all changes
	Unit string // the one unit whose move is explained, by id or name; empty: all
}

// mostRows is how many changes a person is shown, unless all are asked for; the rest is
// counted.
const mostRows = 40

// rows is how many of a list are shown, the moves apart.
func (s Show) rows(n int) int {
	if s.Top == 0 {
		return n
	}
	return min(n, mostRows)
}

// leftOut counts what is not shown.
func (s Show) leftOut(b *strings.Builder, n int) {
	if n > 0 {
		fmt.Fprintf(b, "%s\n", s.Faint(fmt.Sprintf("… and %d more: --top 0 lists all", n)))
	}
}

// Text writes a comparison for a person.
func Text(w io.Writer, c *Comparison, s Show) error {
	var b strings.Builder
	old, now := c.Diff.Old, c.Diff.New
	fmt.Fprintf(&b, "%s\n%s\n", s.Bold(diag.Plain(heading(old, now))), s.Wrap(diag.Plain(c.Verdict.Word+": "+c.Verdict.Reason)))
	if s.Unit != "" {
		whyUnit(&b, c, s)
		_, err := io.WriteString(w, b.String())
		return err
	}
	changesText(&b, c, s)
	weightsText(&b, c.Diff, s)
	if c.Old != nil && c.New != nil {
		movesText(&b, c, s)
	} else {
		fmt.Fprintf(&b, "\n%s\n%s\n", s.Bold("Who moved"), s.Wrap(diag.Plain(c.unscored())))
	}
	if c.Why != nil {
		whyText(&b, c, s)
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func heading(old, now *check.Methodology) string {
	if old.Title == now.Title {
		return fmt.Sprintf("%s, %s → %s", now.Title, old.Edition, now.Edition)
	}
	return fmt.Sprintf("%s (%s) → %s (%s)", old.Title, old.Edition, now.Title, now.Edition)
}

// effects say a severity in the words of a comparison.
var effects = map[diag.Severity]string{diag.Error: "breaks comparability", diag.Warning: "figures may differ", diag.Info: "no figure differs"}

// changesText lists what changed, what breaks comparability first.
func changesText(b *strings.Builder, all *Comparison, s Show) {
	d := all.Diff
	fmt.Fprintf(b, "\n%s\n", s.Bold("What changed"))
	if len(d.Changes) == 0 {
		b.WriteString("Nothing: the two documents mean the same.\n")
		return
	}
	if line := tally(d.Changes); len(d.Changes) > mostRows {
		fmt.Fprintf(b, "%s\n", s.Wrap(line))
	}
	shown, left := s.rows(len(d.Changes)), 0
	for _, severity := range []diag.Severity{diag.Error, diag.Warning, diag.Info} {
		for _, reason := range reasonsOf(d.Changes, severity) {
			n := 0
			for _, c := range d.Changes {
				if c.Severity != severity || c.Reason != reason {
					continue
				}
				if shown == 0 {
					left++
					continue
				}
				shown--
				if n++; n == 1 {
					fmt.Fprintf(b, "\n%s\n", s.Faint(s.Wrap(effects[severity]+": "+reason)))
				}
				s.entry(b, string(c.Class), diag.Plain(Sentence(c)), false)
				s.places(b, c)
				for _, line := range details(c)[1:] {
					s.entry(b, "", diag.Plain(line), true)
				}
				if line := all.approvedBy(c); line != "" {
					s.entry(b, "", diag.Plain(line), false)
				}
			}
		}
	}
	if left > 0 {
		b.WriteString("\n")
	}
	s.leftOut(b, left)
}

// tally counts changes by what they do, and by class.
func tally(changes []diff.Change) string {
	var parts []string
	for _, severity := range []diag.Severity{diag.Error, diag.Warning, diag.Info} {
		n := 0
		of := map[diff.Class]int{}
		for _, c := range changes {
			if c.Severity == severity {
				n++
				of[c.Class]++
			}
		}
		if n == 0 {
			continue
		}
		var classes []string
		for i := range diff.Classes {
			if class := diff.Classes[len(diff.Classes)-1-i]; of[class] > 0 {
				classes = append(classes, fmt.Sprintf("%d %s", of[class], class))
			}
		}
		parts = append(parts, fmt.Sprintf("%s (%d: %s)", effects[severity], n, strings.Join(classes, ", ")))
	}
	return report.Plural(len(changes), "change", "changes") + ": " + strings.Join(parts, "; ")
}

// reasonsOf are the reasons of the changes of a severity, in their order.
func reasonsOf(changes []diff.Change, of diag.Severity) (out []string) {
	for _, c := range changes {
		if c.Severity == of && !slices.Contains(out, c.Reason) {
			out = append(out, c.Reason)
		}
	}
	return out
}

// places writes where a change was and is: in one line, or a line each, and never within a
// place, so that a terminal can follow it.
func (s Show) places(b *strings.Builder, c diff.Change) {
	const indent = 13
	lines := placesOf(c)
	if one := strings.Join(lines, " → "); s.Width <= 0 || len([]rune(one))+indent <= s.Width {
		lines = []string{one}
	} else if len(lines) > 1 {
		lines[0] += " →"
	}
	for _, line := range lines {
		fmt.Fprintf(b, "%s%s\n", strings.Repeat(" ", indent), s.Faint(diag.Plain(line)))
	}
}

// entry writes a line of a list behind what heads it, in as many lines as the terminal
// wants.
func (s Show) entry(b *strings.Builder, head, line string, faint bool) {
	const indent, least = 13, 20
	lines := []string{line}
	if s.Width > 0 {
		lines = strings.Split(text.WrapSoft(line, max(s.Width-indent, least)), "\n")
	}
	for i, part := range lines {
		if part = strings.TrimRight(part, " "); faint {
			part = s.Faint(part)
		}
		if i > 0 {
			head = ""
		}
		fmt.Fprintf(b, "  %-9s  %s\n", head, part)
	}
}

// Sentence says a change in one line.
func Sentence(c diff.Change) string {
	subject := c.Subject
	if c.Key != "" {
		subject += ": " + c.Key
		if len(c.Acts) > 1 {
			subject = fmt.Sprintf("%s of %d nodes", c.Key, len(c.Acts))
		}
		if c.Subject == "document" {
			subject = c.Key
		}
	}
	below := ""
	if n := len(c.Acts) - 1; c.Key == "" && n > 0 {
		below = " with " + report.Plural(n, "node", "nodes") + " below it"
	}
	switch c.Kind {
	case diff.Added:
		if c.Key == "" {
			return fmt.Sprintf("%s added%s: %s", subject, below, cut(c.After))
		}
		return fmt.Sprintf("%s: %s, where nothing was said", subject, cut(c.After))
	case diff.Removed:
		if c.Key == "" {
			return fmt.Sprintf("%s removed%s: %s", subject, below, cut(c.Before))
		}
		return fmt.Sprintf("%s: %s no longer", subject, cut(c.Before))
	case diff.Merged:
		if below != "" {
			below = "," + below + ","
		}
		verb := "merged into"
		if strings.Contains(c.After, ", ") {
			verb = "split over"
		}
		return fmt.Sprintf("%s%s %s %s", c.Subject, below, verb, c.After)
	case diff.Renamed, diff.Moved:
		return fmt.Sprintf("%s %s to %s%s", c.Before, c.Kind, c.After, below)
	}
	before, after := differing(c.Before, c.After)
	return fmt.Sprintf("%s: %s → %s", subject, cut(before), cut(after))
}

// most is how many characters of a value a line can hold.
const most = 120

// cut is what a line can hold of a value.
func cut(value string) string {
	if r := []rune(value); len(r) > most {
		return string(r[:most-1]) + "…"
	}
	return value
}

// differing leaves out how two values begin alike, where a line could not hold them and
// would not show where they differ.
func differing(before, after string) (string, string) {
	const lead = 20
	a, b := []rune(before), []rune(after)
	same := 0
	for same < min(len(a), len(b)) && a[same] == b[same] {
		same++
	}
	if max(len(a), len(b)) <= most || same <= lead {
		return before, after
	}
	return "…" + string(a[same-lead:]), "…" + string(b[same-lead:])
}

// placesOf are where a change was and is.
func placesOf(c diff.Change) (out []string) {
	for _, p := range []string{c.OldPlace.String(), c.NewPlace.String()} {
		if p != "" {
			out = append(out, p)
		}
	}
	return out
}

// some are the first of many nodes.
func some(paths []string) string {
	const most = 3
	if left := len(paths) - most; left > 1 {
		return fmt.Sprintf("%s and %d more", strings.Join(paths[:most], ", "), left)
	}
	return strings.Join(paths, ", ")
}

// details are the places of a change, and why two nodes are taken to be one.
func details(c diff.Change) (out []string) {
	out = append(out, strings.Join(placesOf(c), " → "))
	switch {
	case len(c.Acts) > 1 && c.Key != "":
		out = append(out, "on "+some(c.Acts))
	case len(c.Acts) == 0 && len(c.Reaches) > 0 && c.Subject != "document":
		out = append(out, "reaches "+some(c.Reaches))
	}
	switch {
	case c.Guess != "":
		out = append(out, "a guess: "+c.Guess+"; `moved:` in the document settles it")
	case c.Kind == diff.Merged || c.Kind == diff.Moved || c.Kind == diff.Renamed:
		out = append(out, "`moved:` in the document says so")
	}
	return out
}
