package suite

import (
	"fmt"
	"slices"
	"strings"

	"rubric/engine"
	"rubric/engine/dataset"
	"rubric/engine/report"
	"rubric/spec/check"
	"rubric/spec/diag"
	"rubric/spec/source"
	"rubric/spec/tree"
)

// Recording says what case is to be made of a result.
type Recording struct {
	Row         int      // the unit, at its period
	ID          string   // of the case
	Methodology string   // as the suite is to name it; empty: it stands beside
	Data, Given []string // files that the result was made of, instead of those of the methodology
	Computed    bool     // nothing given was taken
}

// Record writes a suite of one case: a unit's figures as they are in a result. The
// case has the unit's own cells, if they alone come to the same figures but for
// ranks; where a method looks across units it is about the data that the result was
// made of, and that is said.
func Record(r *engine.Result, o Recording) (text string, whole bool, err error) {
	m := r.Plan.Methodology
	alone := o.document(r, true)
	s, list := Load(source.NewFile(Name, []byte(alone)), m)
	if list.Errors() == 0 && !s.Cases[0].own() {
		run := &Runner{Suite: s, Methodology: m}
		report, err := run.Run(s.Cases)
		if err != nil {
			return "", false, err
		}
		if report.Failed() == 0 {
			return alone, false, nil
		}
	}
	text = o.document(r, false)
	if _, list := Load(source.NewFile(Name, []byte(text)), m); list.Errors() > 0 {
		return "", false, fmt.Errorf("a suite that was written here cannot be read: %s", list[0])
	}
	return text, true, nil
}

// document is a suite with the case.
func (o Recording) document(r *engine.Result, alone bool) string {
	m := r.Plan.Methodology
	var b strings.Builder
	fmt.Fprintf(&b, "rubric: suite/1\nindex: %s\nedition: %s\n", tree.Scalar(m.Index), tree.Quoted(m.Edition))
	if o.Methodology != "" {
		fmt.Fprintf(&b, "methodology: %s\n", tree.Scalar(o.Methodology))
	}
	b.WriteString("\ncases:\n")
	b.WriteString(o.oneCase(r, alone))
	return b.String()
}

func (o Recording) oneCase(r *engine.Result, alone bool) string {
	var b strings.Builder
	d, m := r.Data, r.Plan.Methodology
	unit := tree.Scalar(d.ID(o.Row))
	about := "among all " + m.Units.Plural
	if alone {
		about = "from its own figures"
	}
	fmt.Fprintf(&b, "  %s:\n    title: %s\n", tree.Scalar(o.ID), tree.Scalar(fmt.Sprintf("%s, %s", d.Label(o.Row), about)))
	if period := d.Period(o.Row); period != "" {
		fmt.Fprintf(&b, "    period: %s\n", tree.Quoted(period))
	}
	if alone {
		var columns, nodes []string
		for _, c := range m.Columns {
			if have := d.Columns[c.Name]; have != nil {
				columns = append(columns, c.Name, shown(have, o.Row))
			}
		}
		for _, n := range m.Nodes {
			if have := d.Given[n.Path]; have != nil {
				nodes = append(nodes, n.Path, shown(have, o.Row))
			}
		}
		cells(&b, "data", unit, columns)
		cells(&b, "given", unit, nodes)
	} else {
		files(&b, "data", o.Data)
		files(&b, "given", o.Given)
		if o.Computed {
			b.WriteString("    given: none\n")
		}
	}
	b.WriteString("    expect:\n      " + unit + ":\n")
	for i := range r.Nodes {
		if line := expectation(r, &r.Nodes[i], o.Row, alone); line != "" {
			fmt.Fprintf(&b, "        %s: %s\n", tree.Scalar(r.Nodes[i].Node.Path), line)
		}
	}
	return b.String()
}

// shown is a cell as a suite has it.
func shown(c *dataset.Column, row int) string {
	switch {
	case !c.Valid.Get(row):
		return "~"
	case c.Text != nil:
		return tree.Scalar(c.Text[row])
	}
	return report.Number(c.Values[row])
}

// cells writes a unit's cells: on one line if there are few.
func cells(b *strings.Builder, key, unit string, pairs []string) {
	if len(pairs) == 0 {
		return
	}
	fmt.Fprintf(b, "    %s:\n      %s:", key, unit)
	const few = 6
	if len(pairs) <= 2*few {
		var parts []string
		for i := 0; i < len(pairs); i += 2 {
			parts = append(parts, tree.Scalar(pairs[i])+": "+pairs[i+1])
		}
		fmt.Fprintf(b, " {%s}\n", strings.Join(parts, ", "))
		return
	}
	b.WriteByte('\n')
	for i := 0; i < len(pairs); i += 2 {
		fmt.Fprintf(b, "        %s: %s\n", tree.Scalar(pairs[i]), pairs[i+1])
	}
}

func files(b *strings.Builder, key string, names []string) {
	if len(names) == 0 {
		return
	}
	quoted := make([]string, len(names))
	for i, n := range names {
		quoted[i] = tree.Scalar(n)
	}
	fmt.Fprintf(b, "    %s: [%s]\n", key, strings.Join(quoted, ", "))
}

// expectation is what a node came to; empty where it was given or not computed.
func expectation(r *engine.Result, f *engine.Figures, row int, alone bool) string {
	if f.Origin != engine.Computed {
		return ""
	}
	x := report.RowOf(r, f, row)
	var parts []string
	add := func(f Figure, text string) { parts = append(parts, string(f)+": "+text) }
	switch {
	case x.Text != "":
		add(Value, tree.Scalar(x.Text))
	case x.HasValue && (!x.HasScore || x.Value != x.Score):
		add(Value, report.Number(x.Value))
	}
	if x.HasScore {
		add(Score, report.Number(x.Score))
	}
	if x.HasRank && !alone {
		add(Rank, report.Number(x.Rank))
	}
	if x.Band != "" {
		add(Band, tree.Scalar(x.Band))
	}
	usual := "computed"
	if f.Node.Level == check.Indicator {
		usual = "measured"
	}
	if x.Status != usual && x.Status != "not_applicable" || len(parts) == 0 {
		add(Status, x.Status)
	}
	if len(parts) == 1 && strings.HasPrefix(parts[0], "score: ") {
		return strings.TrimPrefix(parts[0], "score: ")
	}
	return "{" + strings.Join(parts, ", ") + "}"
}

// Append adds the cases of one suite to the text of another one of the same
// methodology, which ends with its cases. What is wrong with that is a finding about
// the latter.
func Append(f *source.File, recorded string) (string, diag.List) {
	doc, list := Parse(f)
	if doc == nil {
		return "", list
	}
	added, list := Parse(source.NewFile(Name, []byte(recorded)))
	if added == nil {
		return "", list
	}
	refuse := func(at *tree.Node, help, format string, args ...any) (string, diag.List) {
		return "", diag.List{diag.New(diag.SuiteExpectation, at.Place(), format, args...).WithHelp("%s", help)}
	}
	for _, key := range []string{"index", "edition", "methodology"} {
		here, there := doc.root.Get(key), added.root.Get(key)
		if key == "edition" && here == nil || here.Text() == there.Text() {
			continue
		}
		if here == nil {
			here = doc.root.Entry("cases").Key
		}
		return refuse(here, "write it into the suite of its own methodology", "the case is of another methodology: its %s is %s, and the suite's %s", key, orNone(there.Text()), orNone(doc.root.Get(key).Text()))
	}
	cases := doc.root.Entry("cases")
	for _, e := range added.root.Get("cases").Entries {
		if same := cases.Value.Entry(e.Key.Value); same != nil {
			return refuse(same.Key, "name the new one with --case, or remove this one", "there is a case `%s` already", e.Key.Value)
		}
	}
	text := appended(f, cases.Value.Entries[0].Key.Place().Column-1, recorded)
	after, list := Parse(source.NewFile(f.Name, []byte(text)))
	if after == nil || !follows(doc.root, added.root, after.root) {
		return refuse(cases.Key, "make `cases:` the last key, with each case on a line of its own", "a case cannot be added behind the last line of this suite")
	}
	return text, list
}

// appended is a text with the cases of another one behind it, indented as its own.
func appended(f *source.File, indent int, recorded string) string {
	_, body, _ := strings.Cut(recorded, "\ncases:\n")
	end := "\n"
	if strings.Contains(string(f.Data), "\r\n") {
		end = "\r\n"
	}
	var b strings.Builder
	b.WriteString(strings.TrimRight(string(f.Data), " \t\r\n") + end + end)
	for line := range strings.Lines(body) {
		b.WriteString(strings.Repeat(" ", indent) + strings.TrimPrefix(strings.TrimRight(line, "\n"), "  ") + end)
	}
	return b.String()
}

// follows says whether a suite has what another one had, and the new cases behind it.
func follows(before, added, after *tree.Node) bool {
	was, more, is := before.Get("cases").Entries, added.Get("cases").Entries, after.Get("cases").Entries
	if len(after.Entries) != len(before.Entries) || len(is) != len(was)+len(more) {
		return false
	}
	for i, e := range is {
		of := append(slices.Clone(was), more...)[i]
		if e.Key.Value != of.Key.Value || e.Value.Digest() != of.Value.Digest() {
			return false
		}
	}
	return true
}
