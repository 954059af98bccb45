package approval

import (
	"strings"

	"rubric/spec/diag"
	"rubric/spec/source"
	"rubric/spec/tree"
)

// head is how a list begins.
const head = "rubric: approvals/1\napprovals:\n"

// Append adds approvals to the text of a list, which stays as it is; nil begins a new
// one. A list to whose end nothing can be added is a finding.
func Append(f *source.File, more []Approval) (string, diag.List) {
	text, indent, before := head, "  ", 0
	if f != nil {
		known, list := Load(f)
		if list.Errors() > 0 {
			return "", list
		}
		root, _ := tree.Parse(f)
		text, indent = opened(f, root.Get("approvals"))
		before = len(known)
	}
	var b strings.Builder
	b.WriteString(text)
	for _, a := range more {
		b.WriteString(a.written(indent))
	}
	if f == nil {
		return b.String(), nil
	}
	// A list can be written in more ways than are worth knowing: what matters is that
	// the new text says what the old one said, and the rest.
	after, list := Load(source.NewFile(f.Name, []byte(b.String())))
	if list.Errors() > 0 || len(after) != before+len(more) {
		root, _ := tree.Parse(f)
		return "", diag.List{diag.New(diag.ApprovalWrong, root.Entry("approvals").Key.Place(), "an approval can be added only where `approvals:` is the last key, and each begins with `- ` on a line of its own").WithHelp("write the list so")}
	}
	return b.String(), nil
}

// opened is the text of a list to whose end entries can be added, and how far these
// are indented.
func opened(f *source.File, list *tree.Node) (text, indent string) {
	text = string(f.Data)
	if len(list.Items) == 0 { // []: what is behind it stays
		at := list.Span.Start
		text = strings.TrimRight(text[:at], " ") + strings.TrimPrefix(text[at:], "[]")
		indent = "  "
	} else {
		line := f.Line(list.Items[0].Place().Line)
		indent = line[:len(line)-len(strings.TrimLeft(line, " "))]
	}
	return strings.TrimRight(text, " \t\r\n") + "\n", indent
}

// written is an approval as an entry of a list.
func (a Approval) written(indent string) string {
	out, dash := "", "- "
	add := func(key, text string) {
		if text != "" {
			out += indent + dash + key + ": " + text + "\n"
			dash = "  "
		}
	}
	add("change", tree.Quoted(a.Change)) // of digits alone it would be a number
	if a.ID != "" {
		add("id", tree.Scalar(a.ID))
	}
	add("by", tree.Scalar(a.By))
	add("why", tree.Scalar(a.Why))
	add("until", a.Until)
	return out
}
