// Package silence reads the notes in which a document says that a finding is known
// and why it stays:
//
//	# rubric: ignore column/unused until 2027-06-30 because the census of 2026 will use it
//	columns:
//	  households: {title: Households}  # rubric: ignore column/unused because it is published beside the index
//
// A note acts on the key behind which it stands, or on the next one where it has a
// line of its own, with all that is below the key. Errors cannot be silenced: a
// document that has one cannot be scored.
package silence

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"rubric/spec/diag"
	"rubric/spec/source"
	"rubric/spec/tree"
)

// Note silences findings of some codes in a piece of a document.
type Note struct {
	Codes  []string
	Until  string // the last day on which it acts, as 2027-06-30; empty: always
	Reason string
	Place  source.Place

	from, to int // lines
	used     bool
}

// form is what a note looks like.
const form = "`# rubric: ignore CODE until 2027-06-30 because REASON`; `until` may be left out"

var (
	begin  = regexp.MustCompile(`(?m:^|[ \t])#[ \t]*rubric:[ \t]*ignore\b`)
	nearly = regexp.MustCompile(`(?mi)(?:^|[ \t])#[ \t]*rubric:[ \t]*([a-z]+)\b`)
	letter = regexp.MustCompile(`\pL`)
	parts  = regexp.MustCompile(`^[ \t]*((?:[a-z-]+/[a-z-]+)(?:[ \t]*,[ \t]*[a-z-]+/[a-z-]+)*)(?:[ \t]+until[ \t]+(\S+))?(?:[ \t]+because[ \t]+(\S.*?))?[ \t]*$`)
)

// fewest is how many letters a reason has at least: one or two are none, and neither is
// the … of a template.
const fewest = 2

// misspelt reports what was meant to be a note, and is passed over: Rubric: ignroe.
func misspelt(f *source.File, texts []source.Span) (list diag.List) {
	for line := 1; line <= f.Lines(); line++ {
		text := f.Line(line)
		if begin.MatchString(text) {
			continue
		}
		for _, m := range nearly.FindAllStringSubmatchIndex(text, -1) {
			word := strings.ToLower(text[m[2]:m[3]])
			_, near := diag.Nearest(word, []string{"ignore"})
			span := lineSpan(f, line, strings.Index(text[m[0]:], "#")+m[0], m[3])
			if (near || word == "ignore") && !within(texts, span) {
				list.Add(diag.New(diag.SilenceWrong, span.Place(), "this is no note, and silences nothing").WithHelp("write %s", form))
			}
		}
	}
	return list
}

// Read finds the notes of a document, and what is wrong with them. A note that is
// wrong silences nothing.
func Read(f *source.File) (notes []*Note, list diag.List) {
	if !nearly.Match(f.Data) {
		return nil, nil
	}
	root, _ := tree.Parse(f) // what is wrong with it is said elsewhere
	if root == nil {
		return nil, nil
	}
	var texts []source.Span
	var keys []key
	collect(root, &texts, &keys)
	list = misspelt(f, texts)
	for line := 1; line <= f.Lines(); line++ {
		text := f.Line(line)
		at := begin.FindStringIndex(text)
		if at == nil {
			continue
		}
		start := strings.Index(text[at[0]:], "#") + at[0]
		span := lineSpan(f, line, start, len(text))
		if within(texts, span) {
			continue // a text that speaks of notes
		}
		alone := strings.TrimSpace(text[:start]) == ""
		said := text[at[1]:]
		for more := line + 1; alone && more <= f.Lines(); more++ { // a reason may take several lines
			rest, comment := strings.CutPrefix(strings.TrimSpace(f.Line(more)), "#")
			if !comment || begin.MatchString(f.Line(more)) {
				break
			}
			said += " " + strings.TrimSpace(rest)
		}
		n, found := read(span.Place(), said)
		list.Add(found...)
		if n == nil {
			continue
		}
		if !n.aim(keys, line, alone) {
			list.Add(diag.New(diag.SilenceWrong, n.Place, "nothing stands behind this note that it could silence").WithHelp("put it before the key that it is about, or on its line"))
			continue
		}
		notes = append(notes, n)
	}
	return notes, list
}

// within says whether a piece of a file stands in a text that the document has.
func within(texts []source.Span, at source.Span) bool {
	return slices.ContainsFunc(texts, func(s source.Span) bool { return s.Start <= at.Start && at.Start < s.End })
}

// lineSpan is the piece of a line, in bytes of the line.
func lineSpan(f *source.File, line, from, to int) source.Span {
	start := f.Start(line)
	return source.Span{File: f, Start: start + from, End: start + to}
}

// read takes a note apart.
func read(at source.Place, text string) (*Note, diag.List) {
	m := parts.FindStringSubmatch(text)
	if m == nil {
		return nil, diag.List{diag.New(diag.SilenceWrong, at, "the note does not say which codes it silences, and why").WithHelp("write %s", form)}
	}
	n := &Note{Until: m[2], Reason: m[3], Place: at}
	var list diag.List
	for _, code := range strings.Split(m[1], ",") {
		code = strings.TrimSpace(code)
		i := slices.IndexFunc(diag.Codes, func(c diag.Code) bool { return c.Name == code })
		switch {
		case i < 0:
			d := diag.New(diag.SilenceWrong, at, "there is no code `%s`", code).WithHelp("the code of a finding stands behind it, in brackets")
			if near, ok := diag.Nearest(code, names()); ok {
				d = d.WithHelp("did you mean `%s`?", near)
			}
			list.Add(d)
		case strings.HasPrefix(code, "silence/"):
			list.Add(diag.New(diag.SilenceWrong, at, "a note cannot silence what is said of notes").WithHelp("correct the note"))
		case diag.Codes[i].Severity == diag.Error:
			list.Add(diag.New(diag.SilenceWrong, at, "`%s` is an error, and cannot be silenced", code).WithHelp("correct what it is about"))
		}
		n.Codes = append(n.Codes, code)
	}
	if len(letter.FindAllString(n.Reason, -1)) < fewest {
		list.Add(diag.New(diag.SilenceWrong, at, "the note gives no reason").WithHelp("write %s", form))
	}
	if n.Until != "" {
		if !IsDay(n.Until) {
			list.Add(diag.New(diag.SilenceWrong, at, "`%s` is no day", n.Until).WithHelp("write a day as 2027-06-30"))
		}
	}
	if len(list) > 0 {
		return nil, list
	}
	return n, nil
}

var day = regexp.MustCompile(`^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$`)

// IsDay says whether a text is a day of the calendar, as 2027-06-30.
func IsDay(text string) bool {
	m := day.FindStringSubmatch(text)
	if m == nil {
		return false
	}
	year, _ := strconv.Atoi(text[:4])
	longest := map[string]string{"04": "30", "06": "30", "09": "30", "11": "30", "02": "28"}
	if year%4 == 0 && (year%100 != 0 || year%400 == 0) {
		longest["02"] = "29"
	}
	most, short := longest[m[1]]
	return !short || m[2] <= most
}

func names() (out []string) {
	for _, c := range diag.Codes {
		out = append(out, c.Name)
	}
	return out
}

// key is a key of the document with the lines that it and its value take.
type key struct{ from, to int }

// collect finds the texts and the keys of a document, in its order.
func collect(n *tree.Node, texts *[]source.Span, keys *[]key) {
	if n.Kind == tree.Text {
		*texts = append(*texts, n.Span)
	}
	for _, e := range n.Entries {
		*texts = append(*texts, e.Key.Span)
		from, to := e.Key.Place().Line, e.Key.Place().EndLine
		last(e.Value, &to)
		*keys = append(*keys, key{from, to})
		collect(e.Value, texts, keys)
	}
	for _, x := range n.Items {
		collect(x, texts, keys)
	}
}

// last is the last line of a value.
func last(n *tree.Node, line *int) {
	if !n.Span.IsZero() {
		*line = max(*line, n.Place().EndLine)
	}
	for _, e := range n.Entries {
		last(e.Value, line)
	}
	for _, x := range n.Items {
		last(x, line)
	}
}

// aim settles which lines a note acts on. alone: it has a line of its own.
func (n *Note) aim(keys []key, line int, alone bool) bool {
	for _, k := range keys {
		if k.from == line && !alone || k.from > line && alone {
			n.from, n.to = line, k.to
			return true
		}
	}
	return false
}

// Apply parts the findings that notes silence on a day, written as 2026-11-26, from
// the others. They carry the reason.
func Apply(notes []*Note, list diag.List, today string) (left, silenced diag.List) {
	for _, d := range list {
		var by *Note
		for _, n := range notes {
			if !n.Expired(today) && n.speaksOf(d) {
				by = n
				n.used = true
			}
		}
		if by == nil {
			left = append(left, d)
		} else {
			d.Silenced = by.Reason
			silenced = append(silenced, d)
		}
	}
	return left, silenced
}

// Expired says whether a note acts no longer.
func (n *Note) Expired(today string) bool { return n.Until != "" && n.Until < today }

func (n *Note) speaksOf(d diag.Diagnostic) bool {
	return d.Severity != diag.Error && d.Place.File == n.Place.File && slices.Contains(n.Codes, d.Code) && n.from <= d.Place.Line && d.Place.Line <= n.to
}

// Idle reports the notes that have expired, and, if all findings were seen, those
// that silenced nothing.
func Idle(notes []*Note, today string, all bool) (list diag.List) {
	for _, n := range notes {
		switch {
		case n.Expired(today):
			list.Add(diag.New(diag.SilenceExpired, n.Place, "the note acted until %s", n.Until).WithHelp("correct what it is about, or say how long it stays, and why"))
		case all && !n.used:
			list.Add(diag.New(diag.SilenceUnused, n.Place, "the note silences nothing: no finding of %s is here", strings.Join(n.Codes, ", ")).WithHelp("remove it"))
		}
	}
	return list
}
